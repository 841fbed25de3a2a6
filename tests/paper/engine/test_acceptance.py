"""The rule of acceptance, without pixels: what is believed and what a person is asked."""

import pytest

from pingyi.paper.omr.acceptance import (
    CellInk,
    Decision,
    StrokePart,
    Voter,
    decide,
    touching,
    voter_of,
)  # fmt: skip

STRONG = Voter(tick=2.0, ticks=40, clarity=6.0, wide=4.0, strands=2.2)
CLEAN = CellInk()


def tick(times: float = 1.0, *, inside: float = 1.0, solid: bool = False) -> CellInk:
    own = times * STRONG.tick
    return CellInk(own=own, inside=own * inside, solid=solid, peak=150)


def item(**cells: CellInk) -> list[CellInk]:
    """Four cells, a to d; those not given are clean."""
    return [cells.get(name, CLEAN) for name in "abcd"]


def test_one_tick_in_one_cell_is_accepted() -> None:
    assert decide(item(b=tick()), STRONG, bilevel=False) == Decision((1,), None)


@pytest.mark.parametrize("times", [0.56, 1.74])
def test_a_tick_between_the_bounds_of_this_voter_is_accepted(times: float) -> None:
    assert decide(item(a=tick(times)), STRONG, bilevel=False).reason is None


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (item(a=tick(0.54)), "weak_ink"),
        (item(a=tick(1.76)), "heavy_ink"),
        (item(a=CellInk(own=2.0, inside=2.0, strands=3.1)), "heavy_ink"),
        (item(a=tick(solid=True)), "heavy_ink"),
        (item(a=tick(), c=tick()), "several_marks"),
        (item(a=tick(), c=tick(0.2)), "stray_ink"),
        (item(a=tick(), c=CellInk(foreign=0.95)), "stray_ink"),
        (item(a=tick(inside=0.6)), "between_cells"),
        (item(a=CellInk(own=1.3, inside=1.3, cut=True)), "between_cells"),
        (item(a=tick(), b=CellInk(loose=0.3)), "between_cells"),
        (item(a=tick(), b=CellInk(loose=0.3, long=0.3)), "long_line"),
        (item(b=CellInk(foreign=0.3)), "stray_ink"),
        (item(a=CellInk(loose=0.09)), "stray_ink"),
        (item(a=CellInk(own=0.05, foreign=0.04)), "stray_ink"),
    ],
)
def test_everything_else_is_a_question(cells: list[CellInk], reason: str) -> None:
    assert decide(cells, STRONG, bilevel=False).reason == reason


def test_dust_beside_a_tick_is_no_question() -> None:
    cells = item(a=tick(), c=CellInk(own=0.15, inside=0.15), d=CellInk(foreign=0.3))
    assert decide(cells, STRONG, bilevel=False) == Decision((0,), None)


def test_a_blank_item_is_believed_of_a_voter_with_strong_ink() -> None:
    assert decide(item(), STRONG, bilevel=False) == Decision((), None)


@pytest.mark.parametrize(
    "voter",
    [Voter(2.0, 40, clarity=2.0), Voter(2.0, 2, clarity=6.0), Voter(0.0, 0, clarity=0.0)],
)
def test_a_blank_item_of_a_voter_whose_ink_is_faint_or_unknown_is_a_question(voter: Voter) -> None:
    assert decide(item(), voter, bilevel=False).reason == "blank_uncertain"


def test_a_blank_item_on_which_something_lies_is_a_question() -> None:
    assert decide(item(), STRONG, bilevel=False, bare=False).reason == "blank_uncertain"
    assert decide(item(a=tick()), STRONG, bilevel=False, bare=False).reason is None


def test_who_makes_crosses_is_measured_by_crosses() -> None:
    cross = CellInk(own=2.0, inside=2.0, strands=3.8)
    voter = voter_of([item(a=cross)] * 9, threshold=20)
    assert voter.strands == 3.8
    assert decide(item(a=cross), voter, bilevel=False).reason != "heavy_ink"


def test_a_blank_item_on_a_fax_is_always_a_question() -> None:
    assert decide(item(), STRONG, bilevel=True).reason == "blank_uncertain"


def test_an_item_whose_rules_were_not_found_is_a_question_with_a_proposal() -> None:
    decision = decide(item(c=tick()), STRONG, bilevel=False, registered=False)
    assert decision == Decision((2,), "poor_registration")


def test_a_weak_mark_alone_is_still_proposed() -> None:
    assert decide(item(d=tick(0.3)), STRONG, bilevel=False).marked == (3,)


def test_the_voter_is_measured_by_the_median_of_the_heaviest_marks() -> None:
    items = [item(a=tick(times)) for times in (0.5, 1.0, 1.5)] + [item()]
    voter = voter_of(items, threshold=30)
    assert (voter.tick, voter.ticks, voter.clarity) == (2.0, 3, 5.0)


def test_dust_and_blacked_out_cells_do_not_measure_the_voter() -> None:
    items = [item(a=tick(4, solid=True)), item(b=CellInk(own=0.1)), item(c=tick())]
    assert voter_of(items, threshold=30).ticks == 1


def test_a_sheet_without_any_mark_measures_nobody() -> None:
    assert voter_of([item(), item()], threshold=30) == Voter(0.0, 0, 0.0, 1.0)


@pytest.mark.parametrize(("clarity", "bilevel"), [(6.0, True), (2.0, False)])
def test_where_ink_was_lost_on_the_way_even_a_clear_tick_is_a_question(
    clarity: float, bilevel: bool
) -> None:
    voter = Voter(tick=2.0, ticks=40, clarity=clarity, lost=0.2)
    assert decide(item(a=tick()), voter, bilevel=bilevel).reason == "weak_ink"


def test_a_voter_with_strong_ink_may_leave_items_blank() -> None:
    voter = Voter(tick=2.0, ticks=40, clarity=6.0, lost=0.5)
    assert decide(item(a=tick()), voter, bilevel=False).reason is None


def test_the_share_of_items_without_a_tick_is_known() -> None:
    items = [item(a=tick())] * 3 + [item()]
    assert voter_of(items, threshold=30).lost == 0.25


def part(item: int, times: float = 1.0, *, wide: float = 4.0) -> StrokePart:
    return StrokePart(item, times * STRONG.tick, wide)


def test_ticks_of_neighbouring_rows_that_touch_are_told_apart() -> None:
    parts = [part(0, 1.1), part(1, 0.1), part(2, 0.9)]
    assert touching(parts, 2.2 * STRONG.tick, STRONG) == (0, 2)


@pytest.mark.parametrize(
    ("parts", "mass"),
    [
        ([part(0, 0.84), part(1, 0.84)], 1.68),
        ([part(0, 1.0), part(1, 0.5)], 1.5),
        ([part(0, 1.0), part(0, 1.0)], 2.0),
        ([part(0, 1.0), part(1, 1.7)], 2.7),
        ([part(0, wide=2.0), part(1, wide=2.0), part(2, wide=2.0)], 3.0),
        ([part(row) for row in range(4)], 4.0),
        ([part(0), part(1)], 2.9),
    ],
    ids=[
        "one across a rule",
        "a long tail",
        "two in an item",
        "scribble",
        "line",
        "zigzag",
        "elsewhere",
    ],
)
def test_what_is_not_plainly_several_ticks_stays_one_stroke(
    parts: list[StrokePart], mass: float
) -> None:
    assert touching(parts, mass * STRONG.tick, STRONG) == ()


def test_ticks_are_not_told_apart_by_the_measure_of_few() -> None:
    few = Voter(tick=2.0, ticks=5, clarity=6.0, wide=4.0)
    assert touching([part(0), part(1)], 2 * STRONG.tick, few) == ()
