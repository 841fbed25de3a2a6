"""A Word file that opens ready to print, and to go on with by hand."""

import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from lxml import etree

from pingyi.documents.docx import docx
from pingyi.documents.layouts import Layout, PaperTable, TableBlock, TableRow
from pingyi.documents.sheets import sheet_of
from tests.documents_reading import word_file
from tests.documents_samples import annex_1, annex_4, annex_5, every_layout, ledger

LAYOUTS = pytest.mark.parametrize("layout", every_layout(), ids=lambda layout: layout.title)


def texts(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


@LAYOUTS
def test_the_page_is_that_of_the_sheet(layout: Layout) -> None:
    sheet, section = sheet_of(layout), word_file(docx(layout)).sections[0]
    wide = sheet.orientation == "landscape"
    assert (section.page_width.mm > section.page_height.mm) == wide
    margins = [section.top_margin, section.right_margin, section.bottom_margin, section.left_margin]
    found = [round(margin.mm) for margin in margins]
    wanted = sheet.margins
    assert found == [wanted.top, wanted.right, wanted.bottom, wanted.left]


@LAYOUTS
def test_rows_stay_whole_headings_repeat_and_heights_are_least_heights(layout: Layout) -> None:
    sheet, rows = sheet_of(layout), word_file(docx(layout)).tables[0].rows
    for index, row in enumerate(rows):
        properties = row._tr.trPr
        assert properties.find(qn("w:cantSplit")) is not None
        repeated = properties.find(qn("w:tblHeader")) is not None
        assert repeated == (index < sheet.grid.head_lines)
        if sheet.grid.heights[index]:
            assert row.height_rule == WD_ROW_HEIGHT_RULE.AT_LEAST
            assert row.height.mm == pytest.approx(sheet.grid.heights[index], abs=0.1)
        else:
            assert row.height is None


@LAYOUTS
def test_every_part_is_in_the_order_that_word_asks_for(layout: Layout) -> None:
    """Word calls a file damaged whose cell properties stand in another order."""
    order = ["tcW", "gridSpan", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "vAlign"]
    document = word_file(docx(layout))
    for properties in document.element.iter(qn("w:tcPr")):
        names = [etree.QName(child).localname for child in properties]
        assert names == sorted(names, key=order.index)
    with zipfile.ZipFile(BytesIO(docx(layout))) as archive:
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert archive.testzip() is None


def test_the_number_of_a_page_is_right_on_odd_and_left_on_even_pages() -> None:
    document = word_file(docx(annex_1()))
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        [paragraph] = footer.paragraphs
        assert paragraph.alignment == side
        [field] = paragraph._p.findall(qn("w:fldSimple"))
        assert field.get(qn("w:instr")) == "PAGE"
        assert [run.text for run in paragraph.runs] == ["\u2014 ", " \u2014"]
        order = [etree.QName(child).localname for child in paragraph._p]
        assert order[-3:] == ["r", "fldSimple", "r"]


def test_a_ballot_has_no_page_number() -> None:
    for layout in (annex_4(), annex_5()):
        sheet = sheet_of(layout)
        footer = word_file(docx(layout)).sections[0].footer
        assert ("PAGE" in footer._element.xml) == sheet.page_numbers


def test_fields_stand_side_by_side_at_their_tab_stops() -> None:
    document = word_file(docx(annex_1()))
    head = document.paragraphs[2]
    assert head.text == "填报单位(盖章)\uff1a中共示范镇委员会\t填报时间\uff1a2011年6月20日"
    [stop] = head.paragraph_format.tab_stops
    assert stop.position.mm == pytest.approx(225 * 0.63, abs=0.5)
    foot = document.paragraphs[-1]
    stops = [stop.position.mm for stop in foot.paragraph_format.tab_stops]
    assert stops == pytest.approx([75, 150], abs=0.5)
    assert foot.text.count("\t") == 2


def test_a_tab_in_a_name_does_not_shift_the_fields() -> None:
    layout = replace(annex_1(), head=(("单位", "甲\t乙"), ("时间", "今天")))
    assert "单位\uff1a甲 乙\t时间\uff1a今天" in texts(word_file(docx(layout)))


def test_notes_hang_behind_their_label() -> None:
    paragraphs = word_file(docx(annex_1())).paragraphs
    first, second = (paragraph for paragraph in paragraphs if paragraph.text[-1:] in ";。")
    assert first.text.startswith("注\uff1a①")
    assert second.text.startswith("②")
    hanging = first.paragraph_format
    assert hanging.first_line_indent == -hanging.left_indent
    assert second.paragraph_format.first_line_indent is None
    assert second.paragraph_format.left_indent == hanging.left_indent


def test_a_document_begins_with_its_annex_and_its_title_in_the_middle() -> None:
    document = word_file(docx(annex_1()))
    assert texts(document)[:2] == [annex_1().annex, annex_1().title]
    assert document.paragraphs[1].alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert texts(word_file(docx(ledger())))[0] == "领导点评工作台账"


def test_figures_stand_in_the_middle_and_texts_at_the_left() -> None:
    row = word_file(docx(ledger((1, "王", "加强管理")))).tables[0].rows[1]
    sides = [cell.paragraphs[0].alignment for cell in row.cells]
    assert sides == [WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.LEFT]


def test_zero_is_printed_and_a_blank_is_not() -> None:
    block = TableBlock(("甲", "乙"), (TableRow(("数",), (0, None)),))
    row = word_file(docx(PaperTable("表", (block,)))).tables[0].rows[1]
    assert [cell.text for cell in row.cells] == ["数", "0", ""]


def test_the_properties_say_what_it_is_and_nothing_of_its_maker() -> None:
    about = word_file(docx(replace(annex_1(), title="统计\n表"))).core_properties
    assert about.title == "统计表"
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")
    assert about.language == "zh-CN"


def test_latin_letters_have_a_latin_face_beside_the_chinese_one() -> None:
    document = word_file(docx(annex_1()))
    runs = [run for row in document.tables[0].rows for cell in row.cells
            for run in cell.paragraphs[0].runs]  # fmt: skip
    assert {run.font.name for run in runs} == {"Times New Roman"}
    faces = {run._element.rPr.rFonts.get(qn("w:eastAsia")) for run in runs}
    assert faces == {"仿宋", "黑体"}
