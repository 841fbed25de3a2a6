"""A worksheet as on paper: fields in their places, rows high enough, ready to print."""

from dataclasses import replace
from typing import Any

import pytest

from pingyi.documents.layouts import Column, LedgerTable, PaperTable, TableBlock, TableRow
from pingyi.documents.xlsx import several_xlsx, xlsx
from tests.documents_reading import excel_page
from tests.documents_samples import annex_1, annex_4, annex_5, ledger

HEAD = (("单位", "示范镇党委"), ("截止时间", "2011年6月30日"), ("填表人", "王建国"))


def visible(page: Any) -> list[str]:
    """The texts a reader sees: in a merged range only that of its first cell."""
    hidden = {
        (row, column)
        for area in page.merged_cells.ranges
        for row, column in area.cells
        if (row, column) != (area.min_row, area.min_col)
    }
    return [
        cell.value
        for row in page.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and (cell.row, cell.column) not in hidden
    ]


@pytest.mark.parametrize("pairs", [1, 2, 3])
@pytest.mark.parametrize(
    "widths", [(10,), (10, 10), (5, 10, 40), (40, 10, 5), (1, 1, 1, 97), (6, 12, 12, 30, 8)]
)
def test_every_field_is_seen_inside_the_printed_width(
    widths: tuple[float, ...], pairs: int
) -> None:
    columns = tuple(Column(f"栏{number}", width) for number, width in enumerate(widths))
    layout = LedgerTable("台账", columns, (), head=HEAD[:pairs])
    page = excel_page(xlsx(layout))
    wanted = [f"{label}\uff1a{value}" for label, value in HEAD[:pairs]]
    assert [text for text in visible(page) if "\uff1a" in text] == wanted
    assert page.max_column == len(widths)
    areas = [area for area in page.merged_cells.ranges if area.max_col > len(widths)]
    assert areas == []


def test_fields_begin_where_equal_parts_of_the_width_begin() -> None:
    page = excel_page(xlsx(annex_1()))
    foot = next(row for row in page.iter_rows() if str(row[0].value).startswith("负责人"))
    fields = [cell for cell in foot if cell.value]
    whole = page.max_column
    assert [cell.value for cell in fields] == ["负责人\uff1a", "填表人\uff1a", "联系电话\uff1a"]
    for part, cell in enumerate(fields):
        assert abs(cell.column - 1 - whole * part / 3) < 2
        assert cell.alignment.shrink_to_fit


def test_what_is_printed_are_the_columns_of_the_table_and_all_rows() -> None:
    page = excel_page(xlsx(replace(ledger((1, "王", "一"), (2, "李", "二")), notes=("注意",))))
    assert page.print_area == "'领导点评工作台账'!$A$1:$C$6"
    assert page["A6"].value == "注\uff1a注意"
    assert page.print_title_rows == "$3:$3"
    assert not page.sheet_view.showGridLines
    assert page.oddFooter.right.text == "\u2014 &P \u2014"


def test_a_ballot_is_printed_upright_and_without_a_number() -> None:
    page = excel_page(xlsx(annex_4()))
    assert page.page_setup.orientation != "landscape"
    assert not page.oddFooter.right.text
    assert page.freeze_panes is None
    assert page.auto_filter.ref is None
    assert excel_page(xlsx(annex_5())).page_setup.orientation == "landscape"


def test_boxes_to_write_in_are_high_and_begin_at_their_top() -> None:
    page = excel_page(xlsx(annex_4()))
    boxes = [
        cell
        for row in page.iter_rows()
        for cell in row
        if cell.value and cell.alignment.vertical == "top" and cell.border.top.style
    ]
    [box] = boxes
    assert box.value == "意见和建议(可附页)\uff1a"
    assert page.row_dimensions[box.row].height > 100
    assert page.row_dimensions[box.row].height <= 409


def test_no_row_is_higher_than_excel_can_show() -> None:
    page = excel_page(xlsx(ledger((1, "王", "很长的努力方向" * 2000))))
    assert 400 < page.row_dimensions[4].height <= 409


def test_a_row_is_as_high_as_its_longest_text_though_others_have_more_signs() -> None:
    """Ten line ends need more room than a long text of narrow letters."""
    short, long_ = "\n".join("行" * 10), "i" * 100
    page = excel_page(xlsx(ledger((1, short, long_), (2, long_, short), (3, long_, long_))))
    assert page.row_dimensions[4].height >= 10 * 9 * 1.3
    assert page.row_dimensions[5].height >= 10 * 9 * 1.3
    assert page.row_dimensions[6].height < 5 * 9 * 1.3


def test_a_title_of_two_lines_has_room_for_both() -> None:
    one, two = (excel_page(xlsx(replace(ledger(), title=title))) for title in ("台账", "台\n账"))
    assert two.row_dimensions[1].height > one.row_dimensions[1].height * 1.5
    assert two.title == "台账"


def test_figures_stay_numbers_and_blanks_are_ruled() -> None:
    rows = (TableRow(("总人数",), (0, None, 12)), TableRow(("其中",), ("-", None)))
    page = excel_page(xlsx(PaperTable("表", (TableBlock(("甲", "乙", "丙"), rows),))))
    values = [[cell.value for cell in row] for row in page.iter_rows(min_row=3)]
    assert values == [["总人数", 0, None, 12], ["其中", "-", None, None]]
    assert [cell.data_type for cell in page[3]] == ["s", "n", "n", "n"]
    assert all(cell.border.left.style == "thin" for row in page["A2:D4"] for cell in row)


def test_many_sheets_of_one_name_are_told_apart_whatever_the_case() -> None:
    layouts = [replace(ledger(), title=title) for title in ("Annex", "ANNEX", "annex", "Annex 2")]
    book_names = [page.title for page in excel_pages(several_xlsx(layouts))]
    assert book_names == ["Annex", "ANNEX 2", "annex 3", "Annex 2 2"]


def excel_pages(data: bytes) -> list[Any]:
    return list(excel_page(data).parent.worksheets)


def test_a_workbook_says_what_it_is() -> None:
    page = excel_page(several_xlsx([replace(ledger(), title="领导\n点评"), ledger()]))
    assert page.parent.properties.title == "领导点评"
    assert page.parent.properties.creator in (None, "")
