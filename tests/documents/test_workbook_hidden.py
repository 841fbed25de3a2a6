"""What people do not see on a sheet is told apart from what they see."""

from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from pingyi.documents.workbooks import SheetSpec, read_list, read_tables
from tests.documents.incoming import Desk, changed, excel

COLUMNS = {"name": ("姓名",), "unit": ("支部",)}
SPEC = SheetSpec("members", ("党员",), COLUMNS, ("name",))
TABLE = [["姓名", "支部"], ["王", "甲"], ["李", "乙"], ["张", "丙"]]
ALL = [(2, ["王", "甲"]), (3, ["李", "乙"]), (4, ["张", "丙"])]
SHEET = "xl/worksheets/sheet1.xml"


def hide(*rows: int) -> Any:
    def dress(book: Any) -> None:
        for row in rows:
            book["党员"].row_dimensions[row].hidden = True

    return dress


@pytest.mark.parametrize(("shown_only", "code"), [(False, "row_hidden"), (True, "row_hidden_out")])
def test_hidden_rows_are_said_and_may_be_left_out(desk: Desk, shown_only: bool, code: str) -> None:
    book = desk.put(excel({"党员": TABLE}, hide(1, 3)))
    [members] = read_tables(book, sheets=[SPEC], shown_only=shown_only)
    assert members.rows == (ALL[::2] if shown_only else ALL)
    assert members.noticed == [(code, "3", "", "李")]


def test_a_list_leaves_them_out_too(desk: Desk) -> None:
    book = desk.put(excel({"党员": TABLE}, hide(3)))
    assert read_list(book, shown_only=True).rows == ALL[::2]


def test_a_row_without_height_is_hidden(desk: Desk) -> None:
    book = changed(
        excel({"党员": TABLE}), SHEET, '<row r="4">', '<row r="4" ht="0" customHeight="1">'
    )
    [members] = read_tables(desk.put(book), sheets=[SPEC])
    assert members.noticed == [("row_hidden", "4", "", "张")]


def test_a_hidden_column_is_said_where_it_is_read(desk: Desk) -> None:
    def dress(book: Any) -> None:
        book["党员"].column_dimensions["B"].hidden = True
        book["党员"].column_dimensions["D"].hidden = True

    [members] = read_tables(desk.put(excel({"党员": TABLE}, dress)), sheets=[SPEC])
    assert (members.rows, members.noticed) == (ALL, [("column_hidden", "B", "支部", "支部")])


@pytest.mark.parametrize(("shown_only", "code"), [(False, "row_struck"), (True, "row_struck_out")])
def test_rows_that_are_struck_through_are_said(desk: Desk, shown_only: bool, code: str) -> None:
    def dress(book: Any) -> None:
        book["党员"]["A3"].font = Font(strike=True)
        book["党员"]["A4"].font = Font(strike=False, bold=True)
        book["党员"]["C2"].font = Font(strike=True)

    book = desk.put(excel({"党员": TABLE}, dress))
    [members] = read_tables(book, sheets=[SPEC], shown_only=shown_only)
    assert members.rows == (ALL[::2] if shown_only else ALL)
    assert members.noticed == [(code, "3", "", "李")]


def test_a_part_of_a_text_that_is_struck_through_is_said(desk: Desk) -> None:
    def dress(book: Any) -> None:
        struck = TextBlock(InlineFont(strike=True), "李")
        book["党员"]["A3"] = CellRichText(struck, "利")

    [members] = read_tables(desk.put(excel({"党员": TABLE}, dress)), sheets=[SPEC])
    assert members.noticed == [("row_struck", "3", "", "李利")]


def test_the_sheet_that_people_see_is_read_and_the_hidden_one_named(desk: Desk) -> None:
    def dress(book: Any) -> None:
        book["党员"].sheet_state = "hidden"

    old = [["姓名", "支部"], ["旧", "旧"]]
    book = excel({"党员": old, " 党员 ": TABLE}, dress)
    [members] = read_tables(desk.put(book), sheets=[SPEC])
    assert (members.title, members.rows) == (" 党员 ", ALL)
    assert members.noticed == [("sheet_hidden", "", "", "党员")]
    assert read_list(desk.put(book)).title == " 党员 "


def test_sheets_that_nobody_asked_for_are_named_and_empty_ones_are_not(desk: Desk) -> None:
    book = excel({"党员": TABLE, "党员 (2)": TABLE, "Sheet3": [], "说明": [["请填表"]]})
    [members] = read_tables(desk.put(book), sheets=[SPEC])
    assert [noticed[0::3] for noticed in members.noticed] == [
        ("sheet_not_read", "党员 (2)"),
        ("sheet_not_read", "说明"),
    ]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_sheet_that_is_only_there_hidden_is_missing_and_named(desk: Desk, state: str) -> None:
    def dress(book: Any) -> None:
        book["党员"].sheet_state = state

    refusal = desk.refused(excel({"党员": TABLE, "说明": [["x"]]}, dress), sheets=[SPEC])
    assert refusal.problems == [
        ("sheets_missing", {"missing": ["党员"], "found": ["说明"]}),
        ("sheets_hidden", {"hidden": ["党员"]}),
    ]


def test_a_hidden_sheet_is_no_list(desk: Desk) -> None:
    def dress(book: Any) -> None:
        book["旧"].sheet_state = "hidden"

    book = desk.put(excel({"旧": [["名字"], ["旧"]], "名单": TABLE}, dress))
    assert read_list(book).title == "名单"
    only = excel({"旧": TABLE, "空": []}, dress)
    assert desk.refused(only).code == "nothing_in_it"
