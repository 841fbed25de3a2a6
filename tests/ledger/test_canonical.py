from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum, StrEnum
from fractions import Fraction

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from pingyi.ledger import rules


class Colour(StrEnum):
    RED = "red"


class Late:
    def __str__(self) -> str:
        return "said late"


def test_every_kind_of_value_has_one_text():
    beijing = timezone(timedelta(hours=8))
    body = {
        "on": date(2011, 6, 28),
        "at": datetime(2011, 6, 28, 9, 30, tzinfo=beijing),
        "share": Fraction(2, 6),
        Colour.RED: Colour.RED,
        "heads": 1277,
        "yes": True,
        "none": None,
        "places": {"b", "a"},
        "pair": (1, "示范镇"),
        "late": Late(),
    }
    assert rules.canonical_text(rules.plain(body, texts=(Late,))) == (
        '{"at":"2011-06-28T01:30:00.000000Z","heads":1277,"late":"said late","none":null,'
        '"on":"2011-06-28","pair":[1,"示范镇"],"places":["a","b"],"red":"red","share":"1/3",'
        '"yes":true}'
    )


def test_what_is_said_late_is_read_wherever_it_stands():
    said = Enum("Said", {"LATE": Late()})
    body = {"list": [Late()], "set": {Late()}, "enum": said.LATE, "map": {"deep": Late()}}
    late = "said late"
    assert rules.plain(body, texts=(Late,)) == {
        "list": [late], "set": [late], "enum": late, "map": {"deep": late},
    }  # fmt: skip


def test_a_set_stands_in_the_order_of_the_texts_of_what_is_in_it():
    assert rules.plain({2, 10, "a"}) == ["a", 10, 2]


@pytest.mark.parametrize("value", [0.5, b"bytes", object(), Late(), {"deep": [1.0]}])
def test_what_has_no_single_text_is_refused(value):
    with pytest.raises(TypeError, match="no canonical text"):
        rules.plain(value)


def test_names_inside_a_body_must_be_text():
    with pytest.raises(TypeError, match="must be text"):
        rules.plain({1: "one"})


def test_a_moment_without_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        rules.plain(datetime(2011, 6, 28))


def test_what_a_damaged_line_holds_in_place_of_a_moment_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        rules.leaf_bytes(rules.Leaf(7, "review.given", "person:3", "ab", "clerk", "yesterday"))


def test_a_leaf_is_the_canonical_json_of_the_line():
    leaf = rules.Leaf(
        7, "review.given", "person:3", "ab", "clerk@SFZ", datetime(2011, 6, 28, tzinfo=UTC)
    )
    assert rules.leaf_bytes(leaf) == (
        b'{"actor_role":"clerk@SFZ","at":"2011-06-28T00:00:00.000000Z","body_hash":"ab",'
        b'"kind":"review.given","seq":7,"subject":"person:3"}'
    )


def test_a_leaf_names_the_account_where_there_is_one():
    at = datetime(2011, 6, 28, tzinfo=UTC)
    leaf = rules.Leaf(7, "review.given", "person:3", "ab", "clerk@SFZ", at, account=12)
    assert rules.leaf_bytes(leaf).startswith(b'{"account":12,"actor_role":"clerk@SFZ","at":')


@settings(deadline=None)  # other work on the machine is no fault of the bytes
@given(st.text(), st.text(), st.integers(0, 2**53 - 1))
def test_a_leaf_is_what_the_standard_says_for_any_text(subject, role, seq):
    leaf = rules.Leaf(seq, "kind", subject, "ab", role, datetime(2011, 6, 28, tzinfo=UTC))
    fields = {"actor_role": role, "at": "2011-06-28T00:00:00.000000Z", "body_hash": "ab"}
    standard = rfc8785.dumps({**fields, "kind": "kind", "seq": seq, "subject": subject})
    assert rules.leaf_bytes(leaf) == standard


def test_salts_make_equal_bodies_differ():
    assert rules.body_hash("00" * 32, "{}") != rules.body_hash("01" * 32, "{}")


@pytest.mark.parametrize("salt", ["00", "00" * 33, "zz" * 32])
def test_a_salt_has_32_bytes(salt):
    with pytest.raises(ValueError, match=r"salt has|non-hexadecimal"):
        rules.body_hash(salt, "{}")


def test_rows_are_part_of_the_hash_of_a_body_and_cannot_be_taken_for_its_text():
    salt = "00" * 32
    assert rules.body_hash(salt, "{}", "") == rules.body_hash(salt, "{}")
    assert rules.body_hash(salt, "{}", '{"a":{}}') != rules.body_hash(salt, "{}")
    assert "\n" not in rules.canonical_text({"text": "two\nlines"})
