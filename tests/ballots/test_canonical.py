"""Bytes of ballots: those of RFC 8785, and nothing else is read."""

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from pingyi.ballots.rules.canonical import (
    NotCanonical,
    as_list,
    as_number,
    as_object,
    as_text,
    canonical,
    decoded,
    encoded,
    read,
)

WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
NAMES = st.text(st.characters(max_codepoint=127), max_size=6)
VALUES = st.recursive(
    st.none() | st.booleans() | WHOLE | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_the_bytes_are_those_of_the_library_and_are_read_again(value):
    written = canonical(value)

    assert written == rfc8785.dumps(value)
    assert read(written) == value


def test_the_text_sample_of_the_rfc_is_written_as_it_says():
    # RFC 8785 §3.2.2: the string and the literals of its sample.
    text = "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/"

    written = canonical({"string": text, "literals": [None, True, False]})

    assert written.decode() == (
        '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


@pytest.mark.parametrize(
    "text",
    [
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a": 1}',
        b'{"a":1.0}',
        b'{"a":1e3}',
        b'{"a":NaN}',
        b'{"a":-Infinity}',
        b'{"a":"\\u0041"}',
        b'{"a":"\\ud800"}',
        b'{"a":"\xff"}',
        b'{"a":01}',
        b'{"a":1}\n',
        b"\xef\xbb\xbf{}",
        b"{",
        b"",
        b"[" * 100_000,
        b"9" * 5_000,
    ],
)
def test_what_is_written_in_another_way_is_refused(text):
    with pytest.raises(NotCanonical):
        read(text)


def test_half_a_character_cannot_be_written():
    with pytest.raises(NotCanonical):
        canonical("\ud800")


@given(st.binary(max_size=40))
def test_bytes_come_back_from_their_text(raw):
    assert decoded(encoded(raw), len(raw)) == raw


@pytest.mark.parametrize("text", [None, 7, "", "AA=", "AAA", "AAB", "A A", "//8", "ÄÄ8"])
def test_bytes_are_written_in_one_way_only(text):
    # Two bytes are three signs of which the last has two spare bits.
    with pytest.raises(NotCanonical):
        decoded(text, 2) if text != "AAA" else decoded(text, 3)


@pytest.mark.parametrize(
    ("kind", "value"),
    [(as_object, []), (as_list, {}), (as_text, 1), (as_number, -1), (as_number, True)],
)
def test_a_value_of_another_kind_is_refused(kind, value):
    with pytest.raises(NotCanonical):
        kind(value)
