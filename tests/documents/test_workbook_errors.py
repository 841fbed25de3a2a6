"""What a cell shows in the place of a value is handed over as that, and never as a blank."""

from typing import Any

import pytest

from pingyi.documents.workbooks import SheetSpec, read_list, read_tables
from tests.documents.incoming import Desk, changed, excel

SPEC = SheetSpec("members", ("党员",), {"name": ("姓名",), "unit": ("支部",)}, ("name",))
SHEET = "xl/worksheets/sheet1.xml"


def faults(desk: Desk, rows: list[list[Any]]) -> dict[tuple[int, str], str]:
    [members] = read_tables(desk.put(excel({"党员": [["姓名", "支部"], *rows]})), sheets=[SPEC])
    return members.faults


@pytest.mark.parametrize(
    "shown", ["#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!"]
)
def test_an_error_is_no_value_and_is_named(desk: Desk, shown: str) -> None:
    assert faults(desk, [["王", "甲"], ["李", shown]]) == {(3, "unit"): shown}


def test_a_formula_that_was_never_calculated_is_told_by_its_text(desk: Desk) -> None:
    assert faults(desk, [["王", '=IF(A2<>"",B9&"x","")']]) == {(2, "unit"): '=IF(A2<>"",B9&"x","")'}


def test_a_result_that_is_an_empty_text_is_a_blank(desk: Desk) -> None:
    book = changed(
        excel({"党员": [["姓名", "支部"], ["王", "=A9"]]}), SHEET,
        '<c r="B2"><f>A9</f><v></v></c>', '<c r="B2" t="str"><f>A9</f><v></v></c>',
    )  # fmt: skip
    [members] = read_tables(desk.put(book), sheets=[SPEC])
    assert (members.rows, members.faults) == ([(2, ["王", None])], {})


def test_a_result_is_the_value(desk: Desk) -> None:
    book = changed(
        excel({"党员": [["姓名", "支部"], ["王", "=A9"]]}), SHEET,
        '<c r="B2"><f>A9</f><v></v></c>', '<c r="B2" t="str"><f>A9</f><v>甲</v></c>',
    )  # fmt: skip
    [members] = read_tables(desk.put(book), sheets=[SPEC])
    assert (members.rows, members.faults) == ([(2, ["王", "甲"])], {})


def test_rows_that_hold_nothing_else_are_rows(desk: Desk) -> None:
    rows = [["王", "甲"], ["=A1", None], [], ["李", "乙"], ["#N/A", "=B1"]]
    [members] = read_tables(desk.put(excel({"党员": [["姓名", "支部"], *rows]})), sheets=[SPEC])
    assert members.rows == [
        (2, ["王", "甲"]),
        (3, [None, None]),
        (5, ["李", "乙"]),
        (6, [None] * 2),
    ]
    assert members.faults == {(3, "name"): "=A1", (6, "name"): "#N/A", (6, "unit"): "=B1"}


def test_cells_that_do_not_say_where_they_stand_follow_each_other(desk: Desk) -> None:
    book = excel({"党员": [["姓名", "支部"], ["王", "#N/A"]]})
    for old, new in (('<row r="1">', "<row>"), ('<row r="2">', "<row>"), (' r="B2"', "")):
        book = changed(book, SHEET, old, new)
    [members] = read_tables(desk.put(book), sheets=[SPEC])
    assert members.faults == {(2, "unit"): "#N/A"}


def test_what_stands_above_the_headings_or_in_other_columns_is_none_of_ours(desk: Desk) -> None:
    rows = [["=A1", "#N/A"], ["姓名", "序号"], ["王", "#REF!"]]
    [members] = read_tables(desk.put(excel({"党员": rows})), sheets=[SPEC])
    assert (members.rows, members.faults) == ([(3, ["王"])], {})


def test_a_list_names_them_too(desk: Desk) -> None:
    found = read_list(desk.put(excel({"名单": [["姓名", "支部"], ["王", "#N/A"]]})))
    assert found.faults == {(2, "支部"): "#N/A"}


def test_thousands_of_rows_keep_their_places(desk: Desk) -> None:
    rows: list[list[Any]] = [[f"党员{number}", "甲" * 30] for number in range(20_000)]
    rows[19_998][1] = "#N/A"
    assert faults(desk, rows) == {(20_000, "unit"): "#N/A"}
