"""The characters that are meant, where files and pages have others."""

import unicodedata

import pytest

from pingyi.organizations.rules.characters import REAL, is_private, meant, real
from pingyi.organizations.rules.names import name_key


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("刘\ue863", "刘䶮"),
        ("刘\ue81e", "刘\u9fb4"),
        ("⽅⼩⽟", "方小玉"),
        ("⻢⻰", "马龙"),
        ("ＬＩ", "LI"),
        ("plain", "plain"),
        ("𠮷野", "𠮷野"),
        ("王\ue000", "王\ue000"),
    ],
)
def test_old_places_and_radicals_become_the_characters(text: str, meant: str) -> None:
    assert real(text) == meant


def test_every_place_of_gb_18030_leads_to_a_character_of_its_own() -> None:
    private = {chr(sign): meant for sign, meant in REAL.items() if is_private(chr(sign))}
    assert len(private) == len(set(private.values())) == 80
    assert not any(map(is_private, private.values()))


def test_radicals_lead_to_characters() -> None:
    radicals = [chr(sign) for sign in REAL if not is_private(chr(sign))]
    assert all("RADICAL " in unicodedata.name(sign) for sign in radicals)
    assert len(radicals) > 214
    assert all(unicodedata.name(real(s)).startswith("CJK UNIFIED ") for s in radicals)


def test_width_and_signs_of_a_title_stay() -> None:
    assert meant("⽯桥村（⼀）党⽀部") == "石桥村（一）党支部"


def test_names_are_one_name_however_their_characters_came() -> None:
    assert name_key("刘\ue863") == name_key("刘䶮")
    assert name_key("⻢⼩⽟\u200b") == name_key("马小玉")


@pytest.mark.parametrize(("sign", "is_so"), [("\ue000", True), ("\U000f0000", True), ("王", False)])
def test_what_only_one_machine_knows_is_private(sign: str, is_so: bool) -> None:
    assert is_private(sign) is is_so
