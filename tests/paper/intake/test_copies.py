"""The same ballot again: kept once where it is the same sheet, a question where it is not."""

import pytest

from pingyi.paper.omr import copies
from pingyi.paper.omr.layout import sealed
from pingyi.paper.omr.result import ItemResult, PageResult

ITEMS, OPTIONS = ["a", "b", "c", "d", "e"], ["good", "fair", "bad"]
CELLS = [
    {"item": item, "row": 1, "option": option, "x": 10, "y": 60, "w": 10, "h": 8}
    for item in ITEMS
    for option in OPTIONS
]
PAGE = {
    "page": 1, "of": 1, "width": 210, "height": 297, "markers": [], "lines": [], "cells": CELLS,
    "qr": {"x": 175, "y": 7, "w": 19, "h": 19},
}  # fmt: skip
LAYOUT = sealed("annex5", OPTIONS, [PAGE])
Reading = tuple[PageResult, tuple[float, ...]]


def sheet(
    marks: str, *, file: str = "a", ballot: str | None = "X", doubtful: str = "",
    ink: dict[int, float] | None = None,
) -> Reading:  # fmt: skip
    """A page; `marks` gives the option of each item, `-` none; `ink` changes single cells."""
    items = [
        ItemResult(
            item=item, row=1, marked=[] if mark == "-" else [OPTIONS[int(mark)]],
            state="doubtful" if item in doubtful else "accepted",
            reason="weak_ink" if item in doubtful else None, crop=(0, 0, 1, 1),
        )
        for item, mark in zip(ITEMS, marks, strict=True)
    ]  # fmt: skip
    masses = [float(mark == str(number)) for mark in marks for number in range(3)]
    for number, mass in (ink or {}).items():
        masses[number] = mass
    page = PageResult(
        file=file, page=1, status="read", reason=None, ballot=ballot, layout=LAYOUT.hash, k=1, of=1,
        items=items,
    )  # fmt: skip
    return page, tuple(masses)


def judged(*readings: Reading) -> list[PageResult]:
    return copies.resolved(readings, [LAYOUT]).pages


def questions(page: PageResult) -> dict[str, str | None]:
    return {one.item: one.reason for one in page.items if one.state == "doubtful"}


def test_the_same_sheet_again_is_kept_once() -> None:
    first, second = judged(sheet("01210"), sheet("01210", file="b"))
    assert (first.status, questions(first)) == ("read", {})
    assert (second.status, second.reason, second.similarity) == ("duplicate", "rescan", 1.0)
    assert second.duplicate_of is not None
    assert second.duplicate_of.file == "a"


def test_a_scanner_that_swells_every_stroke_makes_no_other_sheet() -> None:
    swollen = dict.fromkeys((0, 4, 8, 10, 12), 1.3)
    assert judged(sheet("01210"), sheet("01210", ink=swollen))[1].reason == "rescan"


def test_an_item_with_another_mark_is_a_question_on_the_page_that_is_kept() -> None:
    first, second = judged(sheet("01210"), sheet("01211"))
    assert second.reason == "altered_copy"
    assert questions(first) == {"e": "copies_differ"}
    assert [one.marked for one in first.items][-1] == ["good"]


@pytest.mark.parametrize(
    ("cell", "mass"), [(13, 0.43), (12, 2.2), (12, 0.2)], ids=["added", "blacked out", "erased"]
)
def test_ink_that_was_added_or_taken_away_is_found_although_the_item_reads_the_same(
    cell: int, mass: float
) -> None:
    first, second = judged(sheet("01210"), sheet("01210", doubtful="e", ink={cell: mass}))
    assert second.reason == "altered_copy"
    assert questions(first) == {"e": "copies_differ"}


@pytest.mark.parametrize("mass", [0.2, 0.4])
def test_dust_and_streaks_of_the_glass_make_no_other_sheet(mass: float) -> None:
    assert judged(sheet("01210"), sheet("01210", ink={13: mass}))[1].reason == "rescan"


def test_an_item_that_was_a_question_keeps_its_own_reason() -> None:
    first, _ = judged(sheet("01210", doubtful="e"), sheet("01211"))
    assert questions(first) == {"e": "weak_ink"}


def test_sheets_that_do_not_go_together_are_no_rescan_even_where_nothing_is_accepted() -> None:
    _, second = judged(sheet("00000", doubtful="abcde"), sheet("22222", doubtful="abcde"))
    assert (second.reason, second.similarity) == ("altered_copy", 0.0)


def test_every_later_page_is_compared_with_the_first() -> None:
    pages = judged(sheet("01210"), sheet("01211", file="b"), sheet("01210", file="c"))
    assert [page.reason for page in pages] == [None, "altered_copy", "rescan"]
    assert {page.duplicate_of.file for page in pages if page.duplicate_of} == {"a"}


def test_two_empty_sheets_with_one_id_are_one_sheet() -> None:
    assert judged(sheet("-----"), sheet("-----"))[1].reason == "rescan"


def test_other_ballots_and_pages_without_an_id_are_no_copies() -> None:
    readings = [sheet("01210"), sheet("01210", ballot="Y"), *[sheet("01210", ballot=None)] * 2]
    assert {page.status for page in judged(*readings)} == {"read"}


def test_only_items_that_became_questions_through_a_copy_get_pictures_afterwards() -> None:
    found = copies.resolved([sheet("01210", doubtful="d"), sheet("01221")], [LAYOUT])
    assert found.differing == {0: [(1, "e")]}


def test_a_ballot_lacks_the_pages_that_were_not_read() -> None:
    two = sealed("annex5", OPTIONS, [PAGE | {"of": 2}, PAGE | {"page": 2, "of": 2}])
    page = sheet("01210")[0].model_copy(update={"layout": two.hash, "of": 2})
    (lacking,) = copies.incomplete([page], [two])
    assert (lacking.ballot, lacking.missing) == ("X", [2])
    assert copies.incomplete([page, page.model_copy(update={"k": 2})], [two]) == []
