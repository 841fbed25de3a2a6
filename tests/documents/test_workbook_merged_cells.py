"""Merged cells show one value for many rows, and are read so."""

from collections.abc import Sequence
from typing import Any

import pytest

from pingyi.documents.workbooks import SheetData, SheetSpec, read_list, read_tables
from tests.documents.incoming import Desk, excel

COLUMNS = {"name": ("姓名",), "unit": ("支部",), "kind": ("类别",)}
SPEC = SheetSpec("members", ("党员",), COLUMNS, ("name",))


@pytest.fixture
def merged(desk: Desk) -> Any:
    def read(rows: Sequence[Sequence[Any]], *areas: str, aside: str = "") -> SheetData:
        def dress(book: Any) -> None:
            for area in areas:
                book["党员"].merge_cells(area)

        table = [["姓名", "支部", "类别"], *rows]
        path = desk.put(excel({"党员": table}, dress))
        [members] = read_tables(path, sheets=[SPEC], aside=aside)
        return members

    return read


def test_the_value_stands_in_every_row_of_the_cells(merged: Any) -> None:
    found = merged([["王", "甲", 1], ["李", None, 2], ["张", None, 3], ["赵", None, 4]], "B2:B4")
    assert [values[1] for _, values in found.rows] == ["甲", "甲", "甲", None]
    assert found.noticed == [("merged", "B2:B4", "支部", "甲")]


def test_areas_follow_each_other_and_lie_beside_each_other(merged: Any) -> None:
    rows = [["王", "甲", "正式"], ["李", None, None], ["张", "乙", None], ["赵", None, "预备"]]
    found = merged(rows, "B4:B5", "B2:B3", "C2:C4")
    assert [values[1:] for _, values in found.rows] == [
        ["甲", "正式"],
        ["甲", "正式"],
        ["乙", "正式"],
        ["乙", "预备"],
    ]
    assert found.noticed == [
        ("merged", "B2:B3", "支部", "甲"),
        ("merged", "C2:C4", "类别", "正式"),
        ("merged", "B4:B5", "支部", "乙"),
    ]


def test_rows_that_hold_nothing_else_are_no_rows(merged: Any) -> None:
    found = merged([["王", "甲", None], [None, None, None], ["李", None, None]], "B2:B9")
    assert found.rows == [(2, ["王", "甲", None]), (4, ["李", "甲", None])]


def test_blank_cells_that_are_merged_stay_blank_and_are_no_news(merged: Any) -> None:
    found = merged([["王", None, 1], ["李", None, 2]], "B2:B3")
    assert (found.rows, found.noticed) == ([(2, ["王", None, 1]), (3, ["李", None, 2])], [])


def test_an_error_shows_in_every_row_too(merged: Any) -> None:
    found = merged([["王", "#N/A", 1], ["李", None, 2]], "B2:B3")
    assert found.faults == {(2, "unit"): "#N/A", (3, "unit"): "#N/A"}


def test_what_is_merged_over_columns_is_read_once_and_said(merged: Any) -> None:
    found = merged([["王", "甲", None], ["李", "乙", "正式"]], "B2:C2")
    assert found.rows == [(2, ["王", "甲", None]), (3, ["李", "乙", "正式"])]
    assert found.noticed == [("merged_across", "B2:C2", "支部", "甲")]


def test_titles_above_the_headings_are_none_of_the_rows(desk: Desk) -> None:
    rows = [["党员名册"], ["姓名", "支部", "类别"], ["王", "甲", "正式"], ["李", None, None]]
    book = excel({"党员": rows}, lambda book: book["党员"].merge_cells("A1:C1"))
    [members] = read_tables(desk.put(book), sheets=[SPEC])
    assert members.rows == [(3, ["王", "甲", "正式"]), (4, ["李", None, None])]
    assert members.noticed == []


def test_cells_that_begin_in_a_line_that_is_left_out_go_on_below_it(merged: Any) -> None:
    rows = [["（必填）", "甲", "（如正式）"], ["王", None, "正式"], ["李", None, "正式"]]
    found = merged(rows, "B2:B4", aside="小计")
    assert [values for _, values in found.rows] == [["王", "甲", "正式"], ["李", "甲", "正式"]]
    assert ("merged", "B2:B4", "支部", "甲") in found.noticed


def test_headings_that_are_repeated_among_merged_cells_are_no_row(merged: Any) -> None:
    rows = [["王", "甲", "正式"], ["姓名", None, "类别"], ["李", None, "正式"]]
    found = merged(rows, "B2:B4")
    assert [values for _, values in found.rows] == [["王", "甲", "正式"], ["李", "甲", "正式"]]
    assert ("headings_again", "3", "", "姓名 类别") in found.noticed


@pytest.mark.parametrize("areas", [["B2:C4"], ["B2:C2", "B3:C3", "B4:C4"]])
def test_a_heading_over_two_columns_is_that_of_the_first(desk: Desk, areas: list[str]) -> None:
    values = ["甲", None, None] if len(areas) == 1 else ["甲", "乙", "甲"]
    names = zip(["王", "李", "张"], values, strict=True)
    rows = [["姓名", "支部", None, "类别"], *([name, unit, None, "正式"] for name, unit in names)]

    def merge(book: Any) -> None:
        for area in ["B1:C1", *areas]:
            book["党员"].merge_cells(area)

    found = read_list(desk.put(excel({"党员": rows}, merge)), words={"姓名", "支部", "类别"})
    assert found.keys == ("姓名", "支部", "类别")
    units = [values[1] for _, values in found.rows]
    assert units == (["甲", "甲", "甲"] if len(areas) == 1 else ["甲", "乙", "甲"])
