"""Workbooks that people fill in: headings stay, lists offer what there is, cells are text."""

from typing import Any

import openpyxl
import pytest

from pingyi.documents.entry_workbooks import (
    EntryBook,
    EntryColumn,
    EntrySheet,
    entry_workbook,
)
from tests.documents_reading import excel_page

NOTES = (("带星号的必须填写。",), (), ("党员", "张三", "1970-01-01"))


def filled(*columns: EntryColumn, notes: Any = NOTES) -> bytes:
    sheets = [EntrySheet("党员", columns), EntrySheet("职务", [EntryColumn("姓名*")])]
    return entry_workbook(EntryBook(sheets, "说明", notes))


def book(*columns: EntryColumn, notes: Any = NOTES) -> Any:
    return excel_page(filled(*columns, notes=notes)).parent


def offered(made: Any, column: int) -> list[str]:
    """What the list of a column of the first sheet offers, wherever it stands."""
    page = made["党员"]
    letters = openpyxl.utils.get_column_letter(column)
    [rule] = [rule for rule in page.data_validations.dataValidation if f"{letters}2" in rule.sqref]
    assert rule.type == "list"
    if rule.formula1.startswith('"'):
        return rule.formula1.strip('"').split(",")
    sheet, _, area = rule.formula1.partition("!")
    cells = made[sheet][area.replace("$", "")]
    return [row[0].value for row in cells] if isinstance(cells, tuple) else [cells.value]


def test_sheets_stand_in_order_with_their_headings_and_nothing_else() -> None:
    made = book(EntryColumn("姓名*"), EntryColumn("出生日期", is_date=True, width=24))
    assert made.sheetnames == ["党员", "职务", "说明", "_"]
    assert [list(row) for row in made["党员"].values] == [["姓名*", "出生日期"]]
    assert [list(row) for row in made["职务"].values] == [["姓名*"]]
    assert made["党员"].freeze_panes == "A2"
    assert made["_"].sheet_state == "hidden"
    assert made["党员"].column_dimensions["B"].width > made["党员"].column_dimensions["A"].width


def test_a_column_is_text_or_a_day_so_that_long_numbers_keep_their_digits() -> None:
    page = book(EntryColumn("身份证号"), EntryColumn("出生日期", is_date=True))["党员"]
    formats = [page.column_dimensions[letter].number_format for letter in "AB"]
    assert formats == ["@", "yyyy-mm-dd"]


def test_a_short_list_stands_in_the_rule_for_all_rows_to_be_filled() -> None:
    made = book(EntryColumn("姓名"), EntryColumn("性别", choices=("男", "女")))
    assert offered(made, 2) == ["男", "女"]
    [rule] = made["党员"].data_validations.dataValidation
    assert rule.formula1 == '"男,女"'
    assert str(rule.sqref) == "B2:B50001"
    assert rule.allow_blank


def test_a_long_list_is_offered_whole() -> None:
    long = [f"很长的领导干部类别名称第{number}类" for number in range(60)]
    made = book(EntryColumn("类别", choices=long), EntryColumn("性别", choices=("男", "女")))
    assert offered(made, 1) == long
    assert offered(made, 2) == ["男", "女"]


def test_a_choice_with_a_comma_stays_one_choice() -> None:
    choices = ("机关,事业单位", "农村")
    assert offered(book(EntryColumn("领域", choices=choices)), 1) == list(choices)


@pytest.mark.parametrize("choice", ["=1+1", "+1", "@x", "http://x.cn"])
def test_a_choice_or_a_note_is_never_a_formula_or_a_link(choice: str) -> None:
    long = [choice, *(f"很长的领导干部类别名称第{number}类" for number in range(60))]
    made = book(EntryColumn("类别", choices=long), notes=((choice, choice),))
    cells = [made["_"]["A1"], made["说明"]["A1"], made["说明"]["B1"]]
    assert [cell.value for cell in cells] == [choice] * 3
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_more_long_lists_than_letters_are_all_offered() -> None:
    lists = [[f"第{at}列很长的一个选项{number}" for number in range(40)] for at in range(30)]
    made = book(*(EntryColumn(f"栏{at}", choices=each) for at, each in enumerate(lists)))
    assert [offered(made, at) for at in (1, 26, 27, 30)] == [
        lists[0], lists[25], lists[26], lists[29]
    ]  # fmt: skip


def test_notes_are_written_row_by_row() -> None:
    rows = [list(row) for row in book(EntryColumn("姓名"))["说明"].values]
    assert rows == [
        ["带星号的必须填写。", None, None],
        [None, None, None],
        ["党员", "张三", "1970-01-01"],
    ]


def test_the_same_columns_give_the_same_bytes() -> None:
    made = book(EntryColumn("姓名"))
    assert made.properties.created.year == 2000
    assert filled(EntryColumn("姓名")) == filled(EntryColumn("姓名"))
