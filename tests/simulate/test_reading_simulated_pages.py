"""A small part of `make bench-paper`: few pages a level, and sheets that something happened to."""

from dataclasses import replace

import pytest

from pingyi.paper.omr.intake.files import part_of
from pingyi.paper.omr.page import Reader
from pingyi.paper.omr.readings import Reading
from tests.simulate.pages import Simulated, simulated
from tests.simulate.scoring import Score
from tests.simulate.seeds import seeds
from tests.simulate.troubles import TROUBLES, troubled

PAGES = {"grey": 8, "phone": 3, "fax": 4}


def read(page: Simulated) -> Reading:
    return Reader([page.layout]).read(part_of(page.content).page(1))


@pytest.mark.parametrize("level", PAGES)
def test_nothing_is_silently_wrong_and_no_page_is_lost(level: str) -> None:
    score = Score()
    for seed in seeds("dev", PAGES[level]):
        page = simulated(level, seed)
        score.add(page, read(page))
    assert not [str(one) for one in score.mistakes if one.inside]
    assert not score.lost
    assert score.wrong_ballots == 0
    assert score.to_people < 0.5 * score.items


def test_a_tail_that_crosses_a_corner_of_cells_is_no_mark_beyond_it() -> None:
    """Of this voter's largest tick; hidden by the rules where it crosses them."""
    page = simulated("grey", 1_165_775)
    beyond = next(one for one in read(page).items if (one.row, one.item) == (14, "post"))
    assert (beyond.state, beyond.reason) == ("doubtful", "between_cells")


CASES = [*((trouble, 3) for trouble in TROUBLES), ("overlapping", 6)]
"""Of the last one the sheet on top covers the QR."""


@pytest.mark.parametrize(("trouble", "seed"), CASES)
def test_a_sheet_that_something_happened_to_is_named(trouble: str, seed: int) -> None:
    page = troubled(trouble, seed, rows=20)
    reading = read(page)
    _, status, reasons = TROUBLES[trouble]
    assert (reading.status, reading.reason) in {(status, reason) for reason in reasons}
    score = Score()
    score.add(page, reading)
    assert not score.mistakes
    assert score.wrong_ballots == 0


def test_every_item_of_a_page_with_a_spoilt_code_is_a_question() -> None:
    reading = read(troubled("stained", seed=3, rows=20))
    assert reading.ballot is None
    assert {one.reason for one in reading.items} == {"no_ballot"}


def test_scoring_sees_a_wrong_item_and_a_wrong_ballot() -> None:
    page = simulated("grey", 1)
    reading = read(page)
    accepted = next(one for one in reading.items if one.state == "accepted" and one.marked)
    wrong = replace(accepted, marked=())
    items = tuple(wrong if one is accepted else one for one in reading.items)
    score = Score()
    score.add(page, replace(reading, items=items))
    score.add(page, replace(reading, ballot="0" * 20))
    score.add(page, replace(reading, status="rejected", reason="no_markers", items=()))
    assert [(one.row, one.item, one.read) for one in score.mistakes] == [
        (wrong.row, wrong.item, ())
    ]
    assert score.wrong_ballots == 1
    assert dict(score.lost) == {"no_markers": 1}
