"""The arithmetic of a roll-up: sums, heads that stand in several parts, blank and zero."""

from typing import Any

import pytest

from pingyi.returns.rules.cells import Cell
from pingyi.returns.rules.rollup import Overlap, RolledCell, Stand, added_up, overlaps

BASES = {"total": "total", "done": "total", "loose": None}


def stand(head: int, part: str, column: str, row: str = "total", rank: float = 1) -> Stand:
    return Stand(head, row, column, part, (rank, column))


def added(
    *stands: Stand, headless: set[tuple[str, str]] = frozenset(), **parts: dict[str, Any]
) -> dict[tuple[str, str], RolledCell]:
    cells = {
        part: {
            f"{row}.{column}": Cell(number, number)
            for row, numbers in rows.items()
            for column, number in zip("ab", numbers, strict=True)
        }
        for part, rows in parts.items()
    }
    return added_up(cells, BASES, "ab", overlaps(stands), headless)


def numbers(found: dict[tuple[str, str], RolledCell], row: str) -> list[int | None]:
    return [found[row, column].number for column in "ab"]


def test_a_head_in_two_parts_counts_once_in_its_one_column_in_every_row():
    found = added(
        stand(7, "x", "a", rank=1), stand(7, "y", "b", rank=2), stand(7, "y", "b", "done", rank=2),
        stand(8, "x", "a"), stand(8, "y", "a"),
        x={"total": [5, None], "done": [0, None]}, y={"total": [3, 2], "done": [1, 2]},
    )  # fmt: skip
    assert numbers(found, "total") == [7, 1]
    # What was done counts where the head does, though no part has it there.
    assert numbers(found, "done") == [2, 1]
    assert found["total", "a"].overlaps == (Overlap(8, "total", "a", (("x", "a"), ("y", "a"))),)
    assert found["total", "b"].overlaps == (Overlap(7, "total", "a", (("x", "a"), ("y", "b"))),)
    assert [each.head for each in found["done", "a"].overlaps] == [7]


def test_a_head_that_stands_in_one_place_is_no_overlap():
    assert overlaps([stand(7, "x", "a"), stand(7, "x", "a", "done")]) == []


@pytest.mark.parametrize(
    ("x", "y", "total", "done"),
    [
        # Nothing of a kind is blank, also where others have begun.
        ({"total": [3, None], "done": [0, None]}, {"total": [2, None]}, [5, None], [0, None]),
        # One has begun: what another has of a kind is zero, not blank.
        ({"total": [3, None], "done": [1, None]}, {"total": [None, 4]}, [3, 4], [1, 0]),
        # Nobody has begun.
        ({"total": [3, None], "done": [None, None]}, {"total": [1, 4]}, [4, 4], [None, None]),
        # Nil is a zero that was said; unknown is no number.
        ({"total": ["nil", "unknown"], "done": ["nil", None]}, {}, [0, None], [0, None]),
        # Nor is zero what nobody else has begun, where one does not know.
        ({"total": [3, 4], "done": [1, "unknown"]}, {}, [3, 4], [1, None]),
    ],
)
def test_blank_and_zero(x: Any, y: Any, total: Any, done: Any):
    found = added(x=x, y={"done": [None, None], **y})
    assert numbers(found, "total") == total
    assert numbers(found, "done") == done


def test_a_column_that_overlaps_leave_empty_is_blank():
    found = added(
        stand(7, "x", "a", rank=1), stand(7, "y", "b", rank=2), stand(7, "y", "b", "done", rank=2),
        stand(7, "x", "a", "done", rank=1),
        x={"total": [1, None], "done": [1, None]}, y={"total": [None, 1], "done": [None, 1]},
    )  # fmt: skip
    assert numbers(found, "total") == [1, None]
    assert numbers(found, "done") == [1, None]


def test_a_row_without_a_row_of_all_its_heads_is_added_as_it_is():
    found = added(x={"loose": [None, 2]}, y={"loose": [None, 1]})
    assert numbers(found, "loose") == [None, 3]


def test_sums_without_heads_and_words_are_named():
    found = added(
        headless={("x", "total.a"), ("y", "total.a")},
        x={"total": [4, "unknown"]},
        y={"total": [0, 2]},
    )
    # Nobody stands in a sum of zero twice.
    assert found["total", "a"].unchecked == ("x",)
    assert found["total", "b"].unchecked == ()
    assert found["total", "b"].wordless == ("x",)
    assert found["total", "b"].said == {"x": "unknown", "y": 2}
