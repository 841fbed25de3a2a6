"""The simulator itself: same seed, same page; truth that fits the paper; seeds kept apart."""

import json
from dataclasses import asdict

import numpy as np
import pytest

from pingyi.paper.omr.layout import Cell
from tests.simulate import seeds
from tests.simulate.pages import LEVELS, chosen_page, random, simulated
from tests.simulate.scoring import upper_bound
from tests.simulate.truth import Ground
from tests.simulate.voters import Habits

PLAIN = Habits(
    blank=0, corrected=0, two=0, struck=0, line_sheet=0, stray_sheet=0, sloppy_sheet=0,
    words_sheet=0, margin_sheet=0,
)  # fmt: skip


@pytest.mark.parametrize("level", LEVELS)
def test_a_seed_makes_the_same_page_each_time(level: str) -> None:
    first, second = simulated(level, 1), simulated(level, 1)
    assert first.content == second.content
    assert first.truth == second.truth


def test_another_seed_makes_another_page() -> None:
    assert simulated("grey", 1).content != simulated("grey", 2).content


def test_the_truth_names_every_item_of_the_page_once() -> None:
    page = simulated("grey", 1)
    printed = page.layout.pages[page.truth.k - 1]
    assert sorted({(cell.row, cell.item) for cell in printed.cells}) == sorted(
        item.key for item in page.truth.items
    )
    options = {cell.option for cell in printed.cells}
    assert all(set(item.meant) <= options for item in page.truth.items)


def test_the_truth_is_ready_for_json() -> None:
    truth = simulated("fax", 1).truth
    again = json.loads(json.dumps(truth.plain()))
    assert again["ballot"] == truth.ballot
    assert again["items"][0] == json.loads(json.dumps(asdict(truth.items[0])))


def test_ink_lies_in_the_cells_that_are_meant() -> None:
    """Where nothing goes wrong, most of every mark is in the cell the truth names."""
    page = simulated("grey", 1, PLAIN)
    ground = Ground(page.layout.pages[page.truth.k - 1].cells)
    held: dict[tuple[int | None, str], str] = {}
    for stroke in page.filled.strokes:
        shares = ground.shares([stroke.points])
        cell = ground.cells[max(shares, key=lambda number: shares[number])]
        held[cell.row, cell.item] = cell.option
    inside = {item.key: item for item in page.truth.items if item.is_well_inside}
    assert len(inside) > 0.9 * len(page.truth.items)
    assert all(item.meant == (held[key],) for key, item in inside.items())


def test_a_mark_that_enters_a_neighbour_counts_for_both() -> None:
    cells = [Cell(x=10 * n, y=0, w=10, h=8, item=f"item{n}", row=1, option="yes") for n in range(2)]
    shares = Ground(cells).shares([np.array([[5.0, 4.0], [15.0, 4.0]])])
    assert shares == pytest.approx({0: 0.5, 1: 0.5}, abs=0.02)


def test_both_forms_all_numbers_of_rows_and_second_pages_come_up() -> None:
    chosen = [chosen_page(random("grey", seed)) for seed in range(600)]
    assert {one.form for one in chosen} == {"annex4", "annex5"}
    assert {one.rows for one in chosen} >= set(range(20, 36))
    assert {one.page for one in chosen} == {0, 1}


def test_development_and_test_seeds_are_never_mixed() -> None:
    assert seeds.kind_of(9_999) == "dev"
    assert seeds.kind_of(1_000_000) == "test"
    with pytest.raises(ValueError, match="not mixed"):
        seeds.one_kind([3, 1_000_003])
    with pytest.raises(ValueError, match="neither"):
        simulated("grey", 10_000)
    with pytest.raises(ValueError, match="end after"):
        seeds.seeds("dev", 2, first=9_999)


def test_bounds_are_those_of_the_tables() -> None:
    """One-sided 95 % Clopper-Pearson: the rule of three, and values of printed tables."""
    assert upper_bound(0, 3_000_000) == pytest.approx(3 / 3_000_000, rel=0.002)
    assert upper_bound(0, 10) == pytest.approx(0.2589, abs=1e-4)
    assert upper_bound(1, 10) == pytest.approx(0.3942, abs=1e-4)
    assert upper_bound(5, 1_000_000) == pytest.approx(10.513e-6, rel=1e-3)
    assert upper_bound(10, 10) == 1
