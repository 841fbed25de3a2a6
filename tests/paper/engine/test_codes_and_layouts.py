"""What a QR says, and what a layout must be."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pingyi.paper.omr import codes
from pingyi.paper.omr.layout import Layout, LayoutRefused, parse_layout, sealed

HASH = "ab" * 32
PAGE = {
    "page": 1, "of": 1, "width": 210, "height": 297, "markers": [], "lines": [],
    "qr": {"x": 175, "y": 7, "w": 19, "h": 19},
    "cells": [{"item": "team", "row": None, "option": "good", "x": 30, "y": 60, "w": 20, "h": 14}],
}  # fmt: skip


def layout(**page: object) -> Layout:
    return sealed("annex4", ["good", "bad"], [PAGE | page])


def written(one: Layout) -> dict[str, object]:
    content: dict[str, object] = json.loads(one.model_dump_json())
    return content


def sheet(page: int = 1, of: int = 1) -> codes.SheetCode:
    return codes.SheetCode("ANNEX5", codes.short_hash(HASH), codes.new_ballot_id(), page, of)


@given(of=some.integers(1, 120), form=some.sampled_from(["annex4", "annex_5", "ce-ping"]))
def test_what_is_written_into_a_qr_is_read_back(of: int, form: str) -> None:
    code = codes.SheetCode(codes.form_word(form), codes.short_hash(HASH), "A" * 20, of, of)
    assert codes.parse(code.payload) == code


def test_a_qr_of_one_page_fits_version_three_at_level_q() -> None:
    assert len(sheet().payload) <= 47


@pytest.mark.parametrize("place", range(47))
def test_one_changed_sign_is_never_taken_for_another_ballot(place: int) -> None:
    payload = sheet().payload
    other = "7" if payload[place] != "7" else "8"
    assert codes.parse(payload[:place] + other + payload[place + 1 :]) is None


@pytest.mark.parametrize("text", ["", "https://example.org", "P1:ANNEX5"])
def test_a_foreign_qr_is_no_sheet(text: str) -> None:
    assert codes.parse(text) is None


def test_a_later_version_is_not_guessed_at() -> None:
    assert codes.parse("P2" + sheet().payload[2:]) is None


def test_a_page_beyond_the_last_is_no_sheet() -> None:
    assert codes.parse(sheet(3, 2).payload) is None


def test_ballot_ids_do_not_repeat() -> None:
    assert len({codes.new_ballot_id() for _ in range(2000)}) == 2000


def test_a_layout_is_read_back_as_it_was_written() -> None:
    assert parse_layout(written(layout())) == layout()


def test_later_keys_of_a_layout_are_left_alone_but_belong_to_its_hash() -> None:
    content = written(layout())
    with pytest.raises(LayoutRefused, match="hash"):
        parse_layout(content | {"later": 1})


def test_a_layout_that_was_changed_is_refused() -> None:
    content = written(layout())
    content["form"] = "annex5"
    with pytest.raises(LayoutRefused, match="hash"):
        parse_layout(content)


@pytest.mark.parametrize(
    ("key", "value"), [("cells", []), ("width", -1), ("page", 2), ("qr", {"x": 1})]
)
def test_a_layout_with_a_wrong_page_is_refused_by_name(key: str, value: object) -> None:
    content = written(layout()) | {"pages": [PAGE | {key: value}]}
    with pytest.raises(LayoutRefused, match="pages"):
        parse_layout(content)


def test_something_else_is_refused() -> None:
    with pytest.raises(LayoutRefused):
        parse_layout([1, 2])
