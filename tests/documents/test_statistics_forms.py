"""The official forms read back from each file: every figure, blank and merged label (N11)."""

from io import BytesIO
from typing import Any

import docx as word
import openpyxl
import pytest

from pingyi.documents.docx import docx
from pingyi.documents.layouts import Cell, PaperTable, TableBlock, TableRow
from pingyi.documents.pdf import pdf, several_pdf
from pingyi.documents.xlsx import several_xlsx, xlsx
from tests.documents_reading import pdf_lines, pdf_pages
from tests.documents_samples import annex_1, annex_2

TABLES = [annex_1(), annex_2(2), annex_2(3)]


def excel(layout: PaperTable) -> Any:
    return openpyxl.load_workbook(BytesIO(xlsx(layout))).worksheets[0]


def find(page: Any, text: str) -> list[Any]:
    return [cell for row in page.iter_rows() for cell in row if cell.value == text]


def word_rows(layout: PaperTable) -> Any:
    return word.Document(BytesIO(docx(layout))).tables[0].rows


def figures_of(block: TableBlock) -> list[tuple[Cell, ...]]:
    return [row.cells for row in block.rows]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.annex)
def test_excel_holds_every_figure_as_a_number_and_every_blank_as_a_blank(table: PaperTable) -> None:
    page = excel(table)
    for block, heading in zip(table.blocks, find(page, "类别"), strict=True):
        names = [page.cell(heading.row, 3 + i).value for i in range(len(block.columns))]
        assert tuple(names) == block.columns
        for offset, cells in enumerate(figures_of(block), start=1):
            found = [page.cell(heading.row + offset, 3 + i).value for i in range(len(cells))]
            assert tuple(found) == cells


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.annex)
def test_word_holds_every_figure_in_its_place(table: PaperTable) -> None:
    rows = word.Document(BytesIO(docx(table))).tables[0].rows
    texts = iter([[cell.text for cell in row.cells] for row in rows])
    for block in table.blocks:
        assert tuple(next(texts)[2:]) == block.columns
        for cells in figures_of(block):
            assert next(texts)[2:] == ["" if cell is None else str(cell) for cell in cells]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.annex)
def test_pdf_shows_every_figure_row_by_row_on_one_page(table: PaperTable) -> None:
    pages = pdf_pages(pdf(table))
    assert len(pages) == 1
    lines = pdf_lines(pages[0])
    for block in table.blocks:
        for row in block.rows:
            wanted = [str(cell) for cell in row.cells if cell is not None]
            assert not wanted or [row.label[-1], *wanted] in lines


def test_a_label_of_two_levels_spans_its_rows() -> None:
    page = excel(annex_2())
    merged = {str(area) for area in page.merged_cells.ranges}
    label = find(page, "已被点评党组织数")[0]
    assert f"A{label.row}:A{label.row + 1}" in merged
    total = find(page, "党组织数")[0]
    assert f"A{total.row}:B{total.row}" in merged
    rows = word.Document(BytesIO(docx(annex_2()))).tables[0].rows
    assert rows[2].cells[0]._tc is rows[3].cells[0]._tc
    assert rows[1].cells[0]._tc is rows[1].cells[1]._tc


def test_zero_is_printed_and_a_blank_is_not() -> None:
    table = PaperTable("表", (TableBlock(("甲", "乙"), (TableRow(("总人数",), (0, None)),)),))
    page = excel(table)
    assert find(page, 0)
    assert ["总人数", "0"] in pdf_lines(pdf_pages(pdf(table))[0])
    assert word.Document(BytesIO(docx(table))).tables[0].rows[1].cells[2].text == ""


def test_title_fields_notes_and_foot_are_all_there() -> None:
    page = excel(annex_1())
    words = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value]
    document = word.Document(BytesIO(docx(annex_1())))
    for text in (
        "\n".join(words),
        "\n".join(paragraph.text for paragraph in document.paragraphs),
        pdf_pages(pdf(annex_1()))[0],
    ):
        for wanted in ("附件1", "统计表(党员领导干部)", "填报单位(盖章)", "中共示范镇委员会"):
            assert wanted in text.replace("附件 1", "附件1")
        for wanted in ("①表中", "②在今年", "负责人", "填表人", "联系电话"):
            assert wanted in text


def test_blocks_of_different_width_share_one_ruled_table() -> None:
    table = PaperTable(
        "表",
        (
            TableBlock(("甲", "乙", "丙"), (TableRow(("数",), (1, 2, 3)),)),
            TableBlock(("丁",), (TableRow(("数",), (4,)),)),
        ),
    )
    document = word.Document(BytesIO(docx(table)))
    assert [cell.text for cell in document.tables[0].rows[3].cells] == ["数", "4", "", ""]


def test_several_tables_make_one_file_with_pages_numbered_through() -> None:
    pages = pdf_pages(several_pdf(TABLES))
    assert len(pages) == 3
    for number, page in enumerate(pages, start=1):
        assert f"\u2014 {number} \u2014" in page
    book = openpyxl.load_workbook(BytesIO(several_xlsx(TABLES)))
    assert book.sheetnames == ["附件1", "附件2", "附件3"]


def test_worksheets_of_the_same_name_are_told_apart() -> None:
    book = openpyxl.load_workbook(BytesIO(several_xlsx([annex_1(), annex_1()])))
    assert book.sheetnames == ["附件1", "附件1 2"]


def test_the_excel_sheet_is_ready_to_print_on_turned_a4() -> None:
    page = excel(annex_1())
    assert page.page_setup.paperSize == 9
    assert page.page_setup.orientation == "landscape"
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.page_setup.fitToHeight == 0
    assert page.print_options.horizontalCentered
    assert round(page.page_margins.top * 25.4) == 28
    assert page.print_title_rows
    heading = find(page, "类别")[0]
    assert heading.border.left.style == heading.border.top.style == "thin"
    assert heading.font.name == "黑体"


def test_word_has_chinese_faces_turned_paper_and_a_repeated_heading() -> None:
    document = word.Document(BytesIO(docx(annex_1())))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    xml = document.element.xml
    assert 'w:eastAsia="仿宋"' in xml
    languages = document.styles.element.xpath("//w:lang/@w:eastAsia")
    assert set(languages) == {"zh-CN"}
    assert 'w:eastAsia="方正小标宋简体"' in xml
    assert "w:tblHeader" in xml
    assert "PAGE" in section.footer._element.xml
    assert "PAGE" in section.even_page_footer._element.xml


def test_a_label_of_one_level_stands_alone_among_those_that_begin_like_it() -> None:
    rows = (
        TableRow(("党组织数",), (1, 2)),
        TableRow(("党组织数", "农村"), (3, 4)),
        TableRow(("党组织数", "社区"), (5, 6)),
        TableRow(("党组织数",), (7, 8)),
        TableRow(("党员数",), (9, 10)),
    )
    table = PaperTable("表", (TableBlock(("甲", "乙"), rows),))
    in_word = word_rows(table)
    assert [[cell.text for cell in row.cells] for row in in_word][1:] == [
        ["党组织数", "党组织数", "1", "2"],
        ["党组织数", "农村", "3", "4"],
        ["党组织数", "社区", "5", "6"],
        ["党组织数", "党组织数", "7", "8"],
        ["党员数", "党员数", "9", "10"],
    ]
    assert in_word[2].cells[0]._tc is in_word[3].cells[0]._tc
    page = excel(table)
    merged = {str(area) for area in page.merged_cells.ranges}
    assert {"A3:B3", "A4:A5", "A6:B6", "A7:B7"} <= merged
    lines = pdf_lines(pdf_pages(pdf(table))[0])
    for label, first, second in (("农村", "3", "4"), ("社区", "5", "6"), ("党员数", "9", "10")):
        assert any(line[-3:] == [label, first, second] for line in lines)
