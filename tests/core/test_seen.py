"""What was seen, part by part."""

from datetime import date

from django.utils.translation import override

from pingyi.core.seen import Said, changed_since, seen_too, version_of

SEEN = {"name": "柳湾村党支部", "on": date(2011, 6, 1), "above": Said("上级", [3, 4], "青石镇")}


def test_what_stands_as_it_was_seen_has_not_changed() -> None:
    assert changed_since(version_of(SEEN), dict(SEEN)) == []


def test_the_parts_that_changed_are_named() -> None:
    now = {**SEEN, "name": "石桥村党支部", "above": Said("上级", [3], "青石镇")}
    assert changed_since(version_of(SEEN), now) == ["name", "above"]


def test_a_part_that_was_not_there_has_changed() -> None:
    assert changed_since(version_of(SEEN), {**SEEN, "until": None}) == ["until"]


def test_nothing_and_an_empty_text_are_one() -> None:
    assert version_of({"until": None}) == version_of({"until": ""})


def test_a_version_is_the_same_in_every_language() -> None:
    with override("en"):
        english = version_of({"state": Said("State", "open", "open")})
    assert english == version_of({"state": Said("状态", "open", "进行中")})


def test_who_has_been_told_a_part_has_seen_it() -> None:
    now = {**SEEN, "name": "石桥村党支部"}
    told = seen_too(version_of(SEEN), {"name": now["name"]})
    assert changed_since(told, now) == []
    assert changed_since(told, SEEN) == ["name"]
