"""A list of any length: its rows come one by one, and no more of it is held than of a short one."""

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from pingyi.documents.layouts import Cell, LedgerTable
from pingyi.documents.xlsx import ROWS_TOLD, several_xlsx, write_xlsx
from tests.documents_reading import excel_page
from tests.documents_samples import ledger

ROWS = ((1, "王建国", "短"), (2, "李", "很长的努力方向" * 40), (3, None, "=1+1"))


def many(rows: int) -> Iterator[tuple[Cell, ...]]:
    for number in range(rows):
        yield number, "王建国", f"第{number}条努力方向" * 6


def most_held(table: LedgerTable, folder: Path) -> int:
    """The most bytes that Python holds while it writes the list."""
    with (folder / "list.xlsx").open("wb") as file:
        tracemalloc.start()
        write_xlsx(table, file, folder=folder)
        held = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return held


def drawn(made: bytes) -> tuple[object, ...]:
    page = excel_page(made)
    return (
        [[cell.value for cell in row] for row in page.iter_rows()],
        {number: row.height for number, row in page.row_dimensions.items()},
        (page.auto_filter.ref, page.freeze_panes, page.print_area, page.print_title_rows),
        [(cell.font.name, cell.alignment.horizontal) for row in page.iter_rows() for cell in row],
    )


def test_row_by_row_it_is_the_same_workbook() -> None:
    table = replace(ledger(), rows=iter(ROWS), notes=("注意",), mark="虚构")
    file = BytesIO()
    write_xlsx(table, file)
    assert drawn(file.getvalue()) == drawn(several_xlsx([replace(table, rows=ROWS)]))


def test_what_is_held_does_not_grow_with_the_list(tmp_path: Path) -> None:
    few, most = (most_held(replace(ledger(), rows=many(n)), tmp_path) for n in (2_000, 8_000))
    assert most < 1.1 * few


def test_it_tells_how_far_it_is() -> None:
    told: list[int] = []
    write_xlsx(replace(ledger(), rows=many(2 * ROWS_TOLD + 1)), BytesIO(), told=told.append)
    assert told == [ROWS_TOLD, 2 * ROWS_TOLD]


def test_nothing_is_left_where_it_was_written(tmp_path: Path) -> None:
    write_xlsx(replace(ledger(), rows=many(20)), BytesIO(), folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_broken_list_leaves_nothing_either(tmp_path: Path) -> None:
    def broken() -> Iterator[tuple[Cell, ...]]:
        yield from many(3)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_xlsx(replace(ledger(), rows=broken()), BytesIO(), folder=tmp_path)
    assert list(tmp_path.iterdir()) == []
