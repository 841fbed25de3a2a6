"""Lines below the headings that are no rows of the table."""

from typing import Any

import pytest

from pingyi.documents.workbooks import SheetData, SheetSpec, read_list, read_tables
from tests.documents.incoming import Desk, excel

COLUMNS = {"name": ("姓名",), "unit": ("支部",), "since": ("入党日期",)}
SPEC = SheetSpec("members", ("党员",), COLUMNS, ("name", "unit"))
HEADINGS = ["序号", "姓名", "支部", "入党日期"]


def read(desk: Desk, rows: list[list[Any]], aside: str = "合计|填表") -> SheetData:
    [members] = read_tables(desk.put(excel({"党员": rows})), sheets=[SPEC], aside=aside)
    return members


def test_who_filled_it_in_and_totals_are_left_out_and_said(desk: Desk) -> None:
    rows = [HEADINGS, [1, "王", "甲", None], ["合计", None, 120, None], [None, "填表人：周洁"]]
    found = read(desk, rows)
    assert found.rows == [(2, ["王", "甲", None])]
    assert found.noticed == [
        ("row_aside", "3", "", "合计 120"),
        ("row_aside", "4", "", "填表人：周洁"),
    ]


@pytest.mark.parametrize("row", [[None, "合计", "甲", None], [3, "填表", "甲", "x"]])
def test_a_line_with_all_that_a_row_needs_is_a_row(desk: Desk, row: list[Any]) -> None:
    assert read(desk, [HEADINGS, row]).rows == [(2, row[1:])]


@pytest.mark.parametrize("row", [[None, "王", None, None], [None, None, "不合计", None]])
def test_a_line_that_begins_otherwise_is_a_row_that_lacks_something(
    desk: Desk, row: list[Any]
) -> None:
    assert read(desk, [HEADINGS, row]).rows == [(2, row[1:])]


def test_nobody_asked_so_nothing_is_aside(desk: Desk) -> None:
    assert len(read(desk, [HEADINGS, [None, "填表人"]], aside="").rows) == 1


def test_pages_that_repeat_title_and_headings_are_read_on(desk: Desk) -> None:
    title = ["某镇党员名册"]
    rows = [
        title,
        HEADINGS,
        [1, "王", "甲"],
        title,
        [*HEADINGS[:2], " 支 部", "入党日期"],
        [2, "李", "乙"],
    ]
    found = read(desk, rows)
    assert found.rows == [(3, ["王", "甲", None]), (6, ["李", "乙", None])]
    assert [noticed[:2] for noticed in found.noticed] == [
        ("headings_again", "5"),
    ]


def test_a_title_in_a_column_that_is_read_is_no_row(desk: Desk) -> None:
    title = [None, "某镇党员名册"]
    found = read(desk, [title, HEADINGS, [1, "王", "甲"], title, HEADINGS, [2, "李", "乙"]])
    assert [row for row, _ in found.rows] == [3, 6]
    assert [noticed[1] for noticed in found.noticed] == ["4", "5"]


def test_in_a_list_a_line_aside_has_at_most_half_of_the_cells(desk: Desk) -> None:
    rows = [["甲", "乙", "丙", "丁"], ["合计", 1, None, None], ["合计", 1, 2, None]]
    found = read_list(desk.put(excel({"名单": rows})), aside="合计")
    assert found.rows == [(3, ["合计", 1, 2, None])]
