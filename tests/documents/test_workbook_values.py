"""What stands in a cell is handed over as it is: numbers, days, texts, and where it stood."""

from datetime import date, datetime, time
from typing import Any

import pytest

from pingyi.documents.workbook_headings import column_letters
from pingyi.documents.workbooks import SheetSpec, read_list, read_tables
from tests.documents.incoming import Desk, excel

MEMBERS = SheetSpec(
    key="members",
    titles=("党员", "members"),
    columns={"name": ("姓名", "name"), "born": ("出生日期",), "unit": ("所在支部", "支部")},
    needed=("name",),
)
UNITS = SheetSpec(key="units", titles=("党组织",), columns={"code": ("编码",)}, needed=("code",))


@pytest.mark.parametrize(
    ("given", "handed"),
    [
        (3, 3),
        (3.0, 3),
        (3.5, 3.5),
        (-2, -2),
        (0, 0),
        (True, True),
        (999_999_999_999_999, 999_999_999_999_999),
        (1e15, 1e15),
        (date(2011, 6, 1), date(2011, 6, 1)),
        (datetime(2011, 6, 1, 13, 5), date(2011, 6, 1)),
        (time(8, 30), "08:30:00"),
        ("王建国", "王建国"),
        (" 王 建国\n", " 王 建国\n"),
        ("0012", "0012"),
        ("2011-06-01", "2011-06-01"),
        ("@x", "@x"),
        ("王䶮𠅤\ue000", "王䶮𠅤\ue000"),
        ("  \t", None),
        ("", None),
    ],
    ids=repr,
)
def test_a_value_is_handed_over_as_it_is(desk: Desk, given: Any, handed: Any) -> None:
    values = desk.rows(excel({"名单": [["序号", "值"], ["王", "'"], ["李", given]]}))[2]
    assert values == ["李", handed]
    assert type(values[1]) is type(handed)


def test_a_row_without_a_value_in_the_wanted_columns_is_left_out(desk: Desk) -> None:
    rows = [["姓名", "备注"], ["王", "x"], [None, "只有备注"], [], ["李", None]]
    [members] = read_tables(desk.put(excel({"党员": rows})), sheets=[MEMBERS])
    assert members.rows == [(2, ["王"]), (5, ["李"])]
    assert members.ignored == ("备注",)


def test_rows_carry_the_numbers_that_the_sheet_shows(desk: Desk) -> None:
    rows: list[list[Any]] = [[], ["县名册"], [], ["姓名"], [], ["王"], [], [], ["李"]]
    [members] = read_tables(desk.put(excel({"党员": rows})), sheets=[MEMBERS])
    assert members.rows == [(6, ["王"]), (9, ["李"])]


def test_a_table_may_begin_right_of_the_first_column(desk: Desk) -> None:
    rows = [[None, None, "姓名", None, "支部"], [None, None, "王", "x", "甲"]]
    [members] = read_tables(desk.put(excel({"党员": rows})), sheets=[MEMBERS])
    assert members.keys == ("name", "unit")
    assert members.positions == (3, 5)
    assert members.rows == [(2, ["王", "甲"])]
    assert members.cell(2, "unit") == "E2"


def test_columns_come_in_the_order_of_the_sheet_under_our_names(desk: Desk) -> None:
    rows = [["支部", "出生日期", "姓名"], ["甲", date(1970, 1, 1), "王"]]
    [members] = read_tables(desk.put(excel({"党员": rows})), sheets=[MEMBERS])
    assert members.keys == ("unit", "born", "name")
    assert members.headings == ("支部", "出生日期", "姓名")
    assert members.rows == [(2, ["甲", date(1970, 1, 1), "王"])]


def test_a_short_row_ends_in_blanks(desk: Desk) -> None:
    rows = [["姓名", "出生日期", "支部"], ["王"]]
    [members] = read_tables(desk.put(excel({"党员": rows})), sheets=[MEMBERS])
    assert members.rows == [(2, ["王", None, None])]


def test_sheets_come_in_the_order_asked_for_under_any_of_their_names(desk: Desk) -> None:
    book = excel(
        {"说明": [["看这里"]], " Members ": [["name"], ["王"]], "党组织": [["编码"], ["A"]]}
    )
    units, members = read_tables(desk.put(book), sheets=[UNITS, MEMBERS])
    assert (units.key, units.title) == ("units", "党组织")
    assert (members.key, members.title.strip()) == ("members", "Members")
    assert [members.rows, units.rows] == [[(2, ["王"])], [(2, ["A"])]]


def test_a_list_has_every_column_under_its_own_heading(desk: Desk) -> None:
    rows = [["姓名", None, "单位 "], ["王", "没有标题", "甲"]]
    found = read_list(desk.put(excel({"名单": rows})))
    assert (found.key, found.title) == ("", "名单")
    assert found.keys == found.headings == ("姓名", "单位")
    assert found.positions == (1, 3)
    assert found.rows == [(2, ["王", "甲"])]


def test_thousands_of_rows_come_whole_and_in_order(desk: Desk) -> None:
    rows = [["姓名"], *([f"党员{number}"] for number in range(5000))]
    [members] = read_tables(desk.put(excel({"党员": rows})), sheets=[MEMBERS])
    assert [values for _, values in members.rows] == rows[1:]
    assert [number for number, _ in members.rows] == list(range(2, 5002))


@pytest.mark.parametrize(
    ("position", "letters"),
    [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")],
)
def test_columns_are_named_as_the_sheet_names_them(position: int, letters: str) -> None:
    assert column_letters(position) == letters


def test_a_code_is_read_with_the_zeros_that_the_sheet_shows(desk: Desk) -> None:
    forms = {"A2": "000", "A3": "00000_ ", "A4": "0.00", "A5": "0", "A6": "000"}

    def dress(book: Any) -> None:
        for cell, form in forms.items():
            book["名单"][cell].number_format = form

    rows = [["编码"], [1], [12], [3], [4], ["x"], [7]]
    read = desk.rows(excel({"名单": rows}, dress))[1:]
    assert read == [["001"], ["00012"], [3], [4], ["x"], [7]]
