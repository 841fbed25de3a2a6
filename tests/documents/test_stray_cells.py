"""A value far away from its table is named before a reader spans a range up to it."""

from typing import Any

import pytest
from django.utils import translation

from pingyi.documents.workbooks import Limits
from tests.documents.incoming import Desk, changed, excel, opendocument

ROWS: list[list[Any]] = [["姓名", "单位"], ["王", "甲"], ["李", "乙"]]
PART = "xl/worksheets/sheet1.xml"
END = "</sheetData>"


def with_cell(where: str, cell: str | None = None) -> bytes:
    """A small workbook with one more cell; the row it stands in is told from its name."""
    row = where.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    text = cell or f'<c r="{where}" t="inlineStr"><is><t>x</t></is></c>'
    return changed(excel({"名单": ROWS}), PART, END, f'<row r="{row}">{text}</row>{END}')


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "A2000", "CW4", "XFD4", "AAA5"])
def test_a_far_value_is_named_with_its_sheet_and_cell(desk: Desk, cell: str) -> None:
    refusal = desk.refused(with_cell(cell))
    assert refusal.problems == [("stray_cell", {"sheet": "名单", "cell": cell})]
    with translation.override("en"):
        assert f"Sheet 名单 has a value in {cell}, far away" in str(refusal)


@pytest.mark.parametrize("cell", ["A1000", "CV4"])
def test_a_value_within_reach_belongs_to_the_table(desk: Desk, cell: str) -> None:
    assert desk.rows(with_cell(cell))[:3] == [list(row) for row in ROWS]


def test_how_far_is_far_is_a_limit(desk: Desk) -> None:
    assert desk.refused(with_cell("A100"), Limits(empty_rows=50)).code == "stray_cell"
    assert desk.refused(with_cell("K4"), Limits(columns=10)).code == "stray_cell"
    assert len(desk.rows(with_cell("A100"), Limits(empty_rows=97))) == 4


def test_a_format_alone_is_no_value(desk: Desk) -> None:
    empty = '<c r="XFD1048576" s="0"/>'
    assert desk.rows(with_cell("XFD1048576", empty)) == ROWS


def test_a_table_that_begins_far_down_is_no_stray_value(desk: Desk) -> None:
    assert desk.rows(excel({"名单": [*[[]] * 3000, *ROWS]})) == ROWS


def test_every_sheet_is_looked_at_and_named_as_people_see_it(desk: Desk) -> None:
    book = excel({"甲 & 乙": ROWS, "第二": ROWS})
    for part in (PART, "xl/worksheets/sheet2.xml"):
        more = f'<row r="90000"><c r="B90000"><v>1</v></c></row>{END}'
        book = changed(book, part, END, more)
    assert desk.refused(book).problems == [
        ("stray_cell", {"sheet": "甲 & 乙", "cell": "B90000"}),
        ("stray_cell", {"sheet": "第二", "cell": "B90000"}),
    ]


def test_a_far_value_is_found_wherever_a_piece_of_the_file_ends(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sheet is read in pieces; the name of a cell may be cut in two."""
    content = with_cell("A90000")
    for size in (1, 7, 64, 333):
        monkeypatch.setattr("pingyi.documents.workbook_scan.CHUNK", size)
        assert desk.refused(content).problems[0][1]["cell"] == "A90000"


def test_prefixes_and_order_of_attributes_do_not_hide_a_value(desk: Desk) -> None:
    for cell in (
        '<x:c xmlns:x="urn:x" s="1" r="A90000" t="n"><v>1</v></x:c>',
        '<c s="1" t="n" r="A90000"><v>1</v></c>',
    ):
        assert desk.refused(with_cell("A90000", cell)).code == "stray_cell"


def test_more_columns_than_are_read_are_refused_where_no_cell_is_scanned(desk: Desk) -> None:
    wide = opendocument([["姓名", *map(str, range(20))]])
    assert desk.refused(wide, Limits(columns=20)).problems == [
        ("too_many_columns", {"sheet": "名单", "limit": 20})
    ]
    assert len(desk.rows(wide, Limits(columns=21))[0]) == 21


def test_more_rows_than_are_read_are_refused(desk: Desk) -> None:
    many = excel({"名单": [["姓名"], *[["王"]] * 20]})
    assert desk.refused(many, Limits(rows=20)).problems == [
        ("too_many_rows", {"sheet": "名单", "limit": 20})
    ]
    assert len(desk.rows(many, Limits(rows=21))) == 21
