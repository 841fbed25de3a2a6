"""Official documents (公文) as Word files: the same page, grid, head and imprint as the PDF.

Word is told the grid; where it sets a line a little looser than the PDF, pages may end elsewhere.
"""

from datetime import datetime
from io import BytesIO
from typing import Any

import docx as word
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from pingyi.documents.docx import (
    NO_TIME,
    base_style,
    margins_of_page,
    mark_pages,
    page_numbers,
    properties_of,
    run_of,
    with_fixed_times,
)
from pingyi.documents.measures import MM_PER_POINT
from pingyi.documents.official import (
    HEIGHT_MM,
    IMPRINT_SIZE,
    LINES,
    SIZE,
    TITLE_SIZE,
    Official,
    head_size,
    level_of,
    title_lines,
)
from pingyi.documents.sheets import PORTRAIT

LINE_PT = round(HEIGHT_MM / LINES / MM_PER_POINT, 1)
# Twentieths of a point: 28 characters of 16 pt are a little wider than the text area.
TIGHTER = -5
EIGHTHS_OF_A_POINT = 8 / MM_PER_POINT
"""Rules are told in eighths of a point; this many of them are a millimetre."""
RED = RGBColor(0xE6, 0x00, 0x12)


def official_docx(document: Official, *, made_at: datetime | None = None) -> bytes:
    """An official document as a Word file; the same document gives the same bytes."""
    file = word.Document()
    properties_of(file, document.title, made_at or NO_TIME)
    base_style(file)
    margins_of_page(file, PORTRAIT)
    file.sections[0].page_width, file.sections[0].page_height = Mm(210), Mm(297)
    page_numbers(file, PORTRAIT)
    mark_pages(file, document.mark, PORTRAIT)
    _head(file, document)
    _line(file, title_lines(document.title), "title", TITLE_SIZE, WD_ALIGN_PARAGRAPH.CENTER, pt=32)
    _line(file, "", "body", SIZE)
    if document.addressees:
        _line(file, f"{document.addressees}\uff1a", "body", SIZE)
    for each in document.said:
        paragraph = _line(file, each, level_of(each), SIZE)
        paragraph.paragraph_format.first_line_indent = Pt(2 * SIZE)
    _signed(file, document)
    _imprint(file, document)
    if document.noted:
        _line(file, document.noted.line, "song", 8, pt=12)
    made = BytesIO()
    file.save(made)
    return with_fixed_times(made)


def _head(file: Document, document: Official) -> None:
    if document.agency:
        size = head_size(document.agency)
        agency = _line(
            file,
            document.agency,
            "title",
            size,
            WD_ALIGN_PARAGRAPH.CENTER,
            pt=size * 1.2,
            color=RED,
        )
        # At the top of a page Word leaves out what is to be free above a paragraph only where it
        # follows a page break.
        agency.paragraph_format.space_before = Mm(35)
    if document.agency or document.number:
        number = _line(file, document.number, "body", SIZE, WD_ALIGN_PARAGRAPH.CENTER)
        number.paragraph_format.space_before = Pt(2 * LINE_PT)
        number.paragraph_format.space_after = Pt(LINE_PT)
        if document.agency:
            _rule(number, "bottom", 0.35, "E60012", space=11)


def _signed(file: Document, document: Official) -> None:
    """Both lines end four characters from the right, in the middle of each other as far as Word
    knows: their widths are reckoned.
    """
    longest = max(len(document.signed), len(document.day) - 2)
    for at, text in enumerate(filter(None, (document.signed, document.day))):
        paragraph = _line(file, text, "body", SIZE, WD_ALIGN_PARAGRAPH.CENTER)
        paragraph.paragraph_format.left_indent = Pt(max(0, 24 - longest) * SIZE)
        paragraph.paragraph_format.right_indent = Pt(4 * SIZE)
        paragraph.paragraph_format.space_before = Pt(0 if at else LINE_PT)
        paragraph.paragraph_format.keep_together = True


def _imprint(file: Document, document: Official) -> None:
    texts = [document.copies_to] if document.copies_to else []
    if document.printed_by:
        texts.append(f"{document.printed_by}\t{document.printed_on}")
    for at, text in enumerate(texts):
        paragraph = _line(file, text, "body", IMPRINT_SIZE)
        shape = paragraph.paragraph_format
        shape.left_indent = shape.right_indent = Pt(IMPRINT_SIZE)
        shape.tab_stops.add_tab_stop(Mm(156) - Pt(IMPRINT_SIZE))
        shape.space_before = Pt(0 if at else LINE_PT)
        _rule(paragraph, "top", 0.25 if at else 0.35)
        if at == len(texts) - 1:
            _rule(paragraph, "bottom", 0.35)


def _line(
    file: Document, text: str, face: str, size: float,
    side: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT, *, pt: float = LINE_PT,
    color: RGBColor | None = None,
) -> Paragraph:  # fmt: skip
    """A paragraph whose lines are exactly so high."""
    paragraph = file.add_paragraph()
    paragraph.alignment = side
    paragraph.paragraph_format.line_spacing = Pt(pt)
    run = run_of(paragraph, text, face, size)
    if size == SIZE:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(TIGHTER))
        _properties(run).insert_element_before(
            spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:lang"
        )
    if color is not None:
        run.font.color.rgb = color
    return paragraph


def _rule(
    paragraph: Paragraph, side: str, mm: float, color: str = "000000", space: int = 1
) -> None:
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001  borders have no public setter
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(
            borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc"
        )
    rule = OxmlElement(f"w:{side}")
    for name, value in (
        ("val", "single"), ("sz", str(round(mm * EIGHTHS_OF_A_POINT))),
        ("space", str(space)), ("color", color),
    ):  # fmt: skip
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)


def _properties(run: Any) -> Any:
    return run._element.get_or_add_rPr()  # noqa: SLF001  spacing has no public setter
