"""Slips: what is typed is the code that was printed, and it makes one key in one box."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingyi.ballots.rules.slips import (
    ALPHABET,
    NoSlip,
    key_of,
    new_code,
    public_bytes,
    slip_hash,
    slip_list,
    slip_root,
    tidy,
)

CODE = "0123-4567-89AB-CDEF-GHJK"


@pytest.mark.parametrize(
    "typed",
    [
        "0123456789abcdefghjk",
        " 0123 4567 89ab cdef ghjk ",
        "oI23-4567-89AB-CDEF-GHJK",
        "0l23-4567-89ab-cdef-ghjk",
    ],
)
def test_a_code_is_understood_as_people_type_it(typed):
    assert tidy(typed) == CODE.replace("-", "")
    assert public_bytes(key_of(typed, "box")) == public_bytes(key_of(CODE, "box"))


@pytest.mark.parametrize("typed", ["", CODE[:-1], CODE + "0", "U" * 20, "０" * 20, "\0" * 20])
def test_what_is_no_code_is_refused(typed):
    with pytest.raises(NoSlip):
        tidy(typed)


def test_codes_differ_and_are_printed_in_groups():
    codes = {new_code() for _ in range(200)}

    assert len(codes) == 200
    assert all(len(part) == 4 for code in codes for part in code.split("-"))
    assert {sign for code in codes for sign in code.replace("-", "")} == set(ALPHABET)


def test_a_slip_makes_another_key_in_another_box():
    here, elsewhere = (public_bytes(key_of(CODE, box)) for box in ("box-1", "box-2"))

    assert here != elsewhere
    assert slip_hash("box-1", here) != slip_hash("box-2", here)


@given(st.lists(st.binary(min_size=32, max_size=32), unique=True, max_size=9), st.randoms())
def test_the_root_over_slips_says_nothing_of_the_order_they_were_made_in(hashes, random):
    shuffled = list(hashes)
    random.shuffle(shuffled)

    assert slip_root(slip_list(shuffled)) == slip_root(slip_list(hashes))
