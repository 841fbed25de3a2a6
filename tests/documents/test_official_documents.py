"""Official documents keep the measures of GB/T 9704-2012, as read back (rulebook §9)."""

import itertools
from dataclasses import dataclass, replace
from io import BytesIO

import docx as word
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from docx.oxml.ns import qn

from pingyi.documents.official import (
    Official,
    head_size,
    level_of,
    official_pdf,
    paragraphs_of,
    title_lines,
)
from pingyi.documents.official_docx import official_docx
from tests.documents_reading import MM, pdf_pages

WHOLE = Official(
    title="关于上半年工作情况的通报",
    said=("一、基本情况", "（一）点评", "情况属实。" * 40, "字" * 1000),
    agency="云岭县办公室文件",
    number="云办〔2011〕5号",
    addressees="各乡镇",
    signed="云岭县办公室",
    day="2011年7月5日",
    copies_to="抄送：市办公室。",
    printed_by="云岭县办公室",
    printed_on="2011年7月5日印发",
    mark="虚构数据",
)
PLAIN = Official(title="通报", said=("字" * 1400,))


@dataclass(frozen=True)
class Sign:
    """A character of a page in mm from its top left, and its size in points."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float


def signs_of(data: bytes, number: int) -> list[Sign]:
    file = pypdfium2.PdfDocument(data)
    try:
        page = file[number]
        height, text = page.get_height(), page.get_textpage()
        found = []
        for at in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(at, loose=True)
            size = pdfium.FPDFText_GetFontSize(text.raw, at)
            box = [left * MM, right * MM, (height - top) * MM, (height - bottom) * MM]
            found.append(Sign(text.get_text_range(at, 1), *box, size))
        return [sign for sign in found if sign.text.strip()]
    finally:
        file.close()


def rules_of(data: bytes, number: int) -> list[tuple[float, float]]:
    """The horizontal rules of a page: their height from its top and their thickness, in mm."""
    file = pypdfium2.PdfDocument(data)
    try:
        page = file[number]
        found = []
        for shape in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
            left, bottom, right, top = shape.get_bounds()
            if (right - left) * MM > 100:
                found.append(((page.get_height() - (top + bottom) / 2) * MM, (top - bottom) * MM))
        return found
    finally:
        file.close()


def test_a_page_has_22_lines_of_28_characters_in_the_text_area() -> None:
    body = [sign for sign in signs_of(official_pdf(PLAIN), 1) if sign.text == "字"]
    lines = sorted({round(sign.bottom, 1) for sign in body})
    assert len(lines) == 22
    assert all(sum(round(s.bottom, 1) == line for s in body) == 28 for line in lines)
    assert {round(sign.size, 1) for sign in body} == {16.0}
    # 156 × 225 mm, 28 mm from the binding side, 37 mm from the top.
    assert min(sign.left for sign in body) == pytest.approx(28, abs=0.3)
    assert max(sign.right for sign in body) == pytest.approx(28 + 156, abs=0.5)
    pitches = [b - a for a, b in itertools.pairwise(lines)]
    assert pitches == [pytest.approx(225 / 22, abs=0.15)] * 21
    assert 37 - 1 <= min(sign.top for sign in body) <= 37 + 1.5
    assert max(sign.bottom for sign in body) <= 297 - 35 + 1.5


def test_title_head_and_number_have_their_sizes_and_places() -> None:
    signs = signs_of(official_pdf(WHOLE), 0)
    title = [sign for sign in signs if round(sign.size) == 22]
    assert "".join(sign.text for sign in title) == WHOLE.title
    middle = (title[0].left + title[-1].right) / 2
    assert middle == pytest.approx(28 + 78, abs=0.6)
    agency = signs[len("虚构数据") :][: len(WHOLE.agency)]
    assert agency[0].top >= 37 + 35 - 2
    assert agency[0].size * MM <= 22
    assert agency[0].size == pytest.approx(head_size(WHOLE.agency), abs=0.1)
    number = next(sign for sign in signs if sign.text == "〔")
    assert round(number.size) == 16
    assert number.top > agency[0].bottom


def test_pages_are_numbered_below_the_text_area_odd_right_even_left() -> None:
    data = official_pdf(WHOLE)
    for page, side in ((0, "right"), (1, "left")):
        signs = [sign for sign in signs_of(data, page) if sign.bottom > 297 - 35 + 5]
        assert "".join(sign.text for sign in signs) == f"—{page + 1}—"
        assert {round(sign.size) for sign in signs} == {14}
        assert (signs[0].left > 105) == (side == "right")


def test_the_imprint_closes_the_last_page_between_rules() -> None:
    data = official_pdf(WHOLE)
    last = len(pdf_pages(data)) - 1
    rules = sorted(rules_of(data, last))
    assert len(rules) == 3
    assert rules[-1][0] == pytest.approx(297 - 35, abs=0.5)
    imprint = [sign for sign in signs_of(data, last) if rules[0][0] < sign.top < rules[-1][0]]
    assert {round(sign.size) for sign in imprint} == {14}
    assert imprint[0].text == "抄"
    signed = [sign for sign in signs_of(data, last) if sign.bottom < rules[0][0]]
    assert "".join(sign.text for sign in signed).endswith("云岭县办公室2011年7月5日")


@pytest.mark.parametrize(
    "left_out", ["agency", "number", "addressees", "signed", "copies_to", "printed_by", "mark"]
)
def test_a_part_that_is_empty_is_not_printed(left_out: str) -> None:
    without = replace(WHOLE, **{left_out: ""})
    assert official_pdf(without) != official_pdf(WHOLE)
    assert official_docx(without) != official_docx(WHOLE)


def test_the_same_document_gives_the_same_bytes() -> None:
    assert official_pdf(WHOLE) == official_pdf(WHOLE)
    assert official_docx(WHOLE) == official_docx(WHOLE)


def test_the_levels_of_headings() -> None:
    assert [level_of(text) for text in ("一、情况", "（二）点评", "(二)点评", "1. 做法")] == [
        "hei", "kai", "kai", "body",
    ]  # fmt: skip
    assert level_of("一、要认真学习，抓好落实。") == "body"
    assert paragraphs_of("  一、情况\n\n\u3000第一段\r\n") == ("一、情况", "第一段")
    assert title_lines("通报") == "通报"


def test_the_word_file_has_the_page_and_the_type() -> None:
    file = word.Document(BytesIO(official_docx(WHOLE)))
    section = file.sections[0]
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides] == [37, 35, 28, 26]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    by_text = {paragraph.text: paragraph for paragraph in file.paragraphs}
    title = by_text[WHOLE.title]
    assert title.runs[0].font.size.pt == 22
    body = by_text["情况属实。" * 40]
    assert body.runs[0].font.size.pt == 16
    # 28 characters and their spacing on a line, 22 lines on a page.
    spacing = int(body.runs[0]._element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert 28 * (16 + spacing) <= 156 / MM < 29 * (16 + spacing)
    assert 22 * body.paragraph_format.line_spacing.pt <= 225 / MM + 1
    assert body.paragraph_format.first_line_indent.pt == 32
    assert by_text[WHOLE.agency].runs[0].font.color.rgb == (0xE6, 0x00, 0x12)
    assert "各乡镇：" in by_text
    rules = [
        rule.get(qn("w:sz"))
        for paragraph in file.paragraphs
        for rule in paragraph._p.iter(qn("w:top"))
    ]
    # 0.35 and 0.25 mm, in eighths of a point.
    assert rules == ["8", "6"]
