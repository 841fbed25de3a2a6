"""Layouts as Word documents, written by python-docx: merged cells, page set-up, page number field.

The same layout gives the same bytes: the archive is written again with one fixed time.
"""

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx as word
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from pingyi.documents.fonts import OFFICE
from pingyi.documents.layouts import Layout, Pair
from pingyi.documents.measures import (
    EVEN,
    HEAD_SCALE,
    MM_PER_POINT,
    PADDING_MM,
    clean,
    ems,
    line_ends,
    room,
    wrapped,
)
from pingyi.documents.sheets import GridCell, Margins, Sheet, sheet_of

NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
ARCHIVE_TIME = (1980, 1, 1, 0, 0, 0)
CELL_MARGIN_TWIPS = 40
CELL_MARGINS_MM = 2 * CELL_MARGIN_TWIPS / 1440 * 25.4
MARK_ABOVE_MM = 12
"""A mark begins so far above the text area, as in the PDF."""
LOOSE_EMS = 0.15
"""Left free beside the longest line: too little for another character."""
LINE = 1.3
"""Height of every line in sizes of its type, as 仿宋 has it: forms fit their page in any face."""
LATIN = "Times New Roman"
_SIDES = {
    "item": WD_ALIGN_PARAGRAPH.LEFT,
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "write": WD_ALIGN_PARAGRAPH.LEFT,
}


def docx(layout: Layout, *, made_at: datetime | None = None) -> bytes:
    """One layout as a Word document, ready to print and to go on with by hand."""
    sheet = sheet_of(layout)
    document = word.Document()
    properties_of(document, sheet.title, made_at or NO_TIME)
    base_style(document)
    _page(document, sheet)
    mark_pages(document, sheet.mark, sheet.margins)
    if sheet.annex:
        _paragraph(document, sheet.annex, "hei", 16, after=4)
    title = _paragraph(document, sheet.title, "title", sheet.title_size, after=6)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _pairs(document, sheet, sheet.head)
    _grid(document, sheet)
    _notes(document, sheet)
    _pairs(document, sheet, sheet.foot)
    if sheet.noted:
        _paragraph(document, sheet.noted_line, "song", 8)
    file = BytesIO()
    document.save(file)
    return with_fixed_times(file)


def properties_of(document: Document, title: str, made_at: datetime) -> None:
    """What the file says of itself: its title, and no person."""
    about = document.core_properties
    about.title = clean(title).replace("\n", "")
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.language = "zh-CN"
    about.revision = 1
    about.created = about.modified = made_at.astimezone(UTC)


def base_style(document: Document) -> None:
    """Text in the body face, its punctuation that of the mainland."""
    normal = document.styles["Normal"]
    normal.font.name = LATIN
    normal.font.size = Pt(12)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), OFFICE["body"])
    # Without it a comma stands in the middle of its square, as in Taiwan.
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    spacing = normal.paragraph_format
    spacing.space_before = spacing.space_after = Pt(0)


def _page(document: Document, sheet: Sheet) -> None:
    section = document.sections[0]
    wide = sheet.orientation == "landscape"
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))
    margins_of_page(document, sheet.margins)
    if sheet.page_numbers:
        page_numbers(document, sheet.margins)


def margins_of_page(document: Document, margins: Margins) -> None:
    """The text area of every page."""
    section = document.sections[0]
    section.top_margin, section.bottom_margin = Mm(margins.top), Mm(margins.bottom)
    section.left_margin, section.right_margin = Mm(margins.left), Mm(margins.right)


def page_numbers(document: Document, margins: Margins) -> None:
    """Odd right and even left; the number stands 7 mm below the text area (GB/T 9704)."""
    section = document.sections[0]
    document.settings.odd_and_even_pages_header_footer = True
    section.footer_distance = Mm(max(margins.bottom - 7 - 5, 5))
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        run_of(paragraph, "\u2014 ", "song", 14)
        _page_field(paragraph)
        run_of(paragraph, " \u2014", "song", 14)


def mark_pages(document: Document, mark: str, margins: Margins) -> None:
    """A mark at the head of every page; nothing where there is none."""
    if not mark:
        return
    section = document.sections[0]
    section.header_distance = Mm(margins.top - MARK_ABOVE_MM)
    for header in (section.header, section.even_page_header):
        paragraph = header.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run_of(paragraph, mark, "kai", 10.5)


def _page_field(paragraph: Paragraph) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = run_of(paragraph, "1", "song", 14)
    paragraph._p.append(field)  # noqa: SLF001  python-docx has no public way to fields
    field.append(run._r)  # noqa: SLF001  likewise


def _paragraph(
    document: Document, text: str, face: str, size: float, *, after: float = 0
) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(after)
    run_of(paragraph, text, face, size)
    return paragraph


def run_of(paragraph: Paragraph, text: str, face: str, size: float) -> Any:
    """A piece of a paragraph in one face and size."""
    run = paragraph.add_run(clean(text))
    run.font.name = LATIN
    run.font.size = Pt(size)
    if paragraph.paragraph_format.line_spacing is None:
        paragraph.paragraph_format.line_spacing = Pt(round(size * LINE * 2) / 2)
    properties = run._element.get_or_add_rPr()  # noqa: SLF001  eastAsia has no public setter
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), OFFICE[face])
    return run


def _pairs(document: Document, sheet: Sheet, pairs: tuple[Pair, ...]) -> None:
    """Fields on one line, each beginning at a tab stop."""
    if not pairs:
        return
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(6)
    paragraph.paragraph_format.space_after = Pt(4)
    first = 0.63 if len(pairs) == 2 else 1 / len(pairs)
    for index in range(1, len(pairs)):
        stop = sheet.text_width * first * index
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(stop))
    text = "\t".join(f"{label}\uff1a{clean(value)}" for label, value in pairs)
    paragraph.add_run()
    for index, piece in enumerate(text.split("\t")):
        if index:
            paragraph.add_run().add_tab()
        run_of(paragraph, piece, "body", 12)


def _grid(document: Document, sheet: Sheet) -> None:
    grid = sheet.grid
    table = document.add_table(rows=len(grid.lines), cols=len(grid.widths), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _cell_margins(table)
    for column, width in zip(table.columns, grid.widths, strict=True):
        column.width = Mm(width)
    cells = [list(row.cells) for row in table.rows]
    for index, row in enumerate(table.rows):
        if grid.heights[index]:
            row.height = Mm(grid.heights[index])
            row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001  no public setter for these
        properties.append(OxmlElement("w:cantSplit"))
        if index < grid.head_lines:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, width in zip(cells[index], grid.widths, strict=True):
            cell.width = Mm(width)
    for y, x, cell in grid.placed():
        place = cells[y][x]
        if cell.rows > 1 or cell.columns > 1:
            place = place.merge(cells[y + cell.rows - 1][x + cell.columns - 1])
        _fill(place, cell, sheet, sum(grid.widths[x : x + cell.columns]))


def _cell_margins(table: Table) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        element = OxmlElement(f"w:{side}")
        element.set(qn("w:w"), str(CELL_MARGIN_TWIPS))
        element.set(qn("w:type"), "dxa")
        margins.append(element)
    table._tbl.tblPr.append(margins)  # noqa: SLF001  no public setter


def _fill(place: _Cell, cell: GridCell, sheet: Sheet, width: float) -> None:
    text = "" if cell.value is None else str(cell.value)
    paragraph = place.paragraphs[0]
    if cell.kind == "write":
        place.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP
    else:
        place.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph.alignment = _SIDES.get(cell.kind, WD_ALIGN_PARAGRAPH.CENTER)
    if cell.kind == "corner":
        _corner(place, text, sheet.cell_size)
        return
    size = sheet.cell_size * HEAD_SCALE if cell.kind == "head" else sheet.cell_size
    size = round(size * 2) / 2
    if cell.kind == "write":
        paragraph.paragraph_format.space_before = Pt(4)
        paragraph.paragraph_format.left_indent = Mm(1.5)
    elif cell.kind in PADDING_MM and "\n" not in text:
        across = room(width, sheet.cell_size, PADDING_MM[cell.kind])
        lines = line_ends(clean(text), across, even=cell.kind in EVEN)
        _lead_to(lines, paragraph, cell.kind, width - CELL_MARGINS_MM, size)
    if text:
        run_of(paragraph, text, "hei" if cell.kind == "head" else "body", size)


def _lead_to(
    lines: list[str], paragraph: Paragraph, kind: str, width: float, size: float
) -> None:  # fmt: skip
    """Word wraps by itself; indents make it end the lines where the PDF does.

    A break in the text would part the words for everybody who searches or reads the cell.
    """
    spare = width - (max(map(ems, lines)) + LOOSE_EMS) * size * MM_PER_POINT
    if spare <= 0 or lines == wrapped("".join(lines), room(width, size, 0)):
        return
    if kind in EVEN:
        paragraph.paragraph_format.left_indent = Mm(spare / 2)
    paragraph.paragraph_format.right_indent = Mm(spare / 2 if kind in EVEN else spare)


def _corner(place: _Cell, text: str, size: float) -> None:
    """Two words on either side of a diagonal."""
    above, _, below = text.partition("\n")
    first, second = place.paragraphs[0], place.add_paragraph()
    for paragraph, word_, side in (
        (first, above, WD_ALIGN_PARAGRAPH.RIGHT),
        (second, below, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        paragraph.alignment = side
        paragraph.paragraph_format.left_indent = Mm(6)
        paragraph.paragraph_format.right_indent = Mm(6)
        run_of(paragraph, word_, "body", size)
    borders = OxmlElement("w:tcBorders")
    line = OxmlElement("w:tl2br")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "auto")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    properties = place._tc.get_or_add_tcPr()  # noqa: SLF001  borders have no public setter
    properties.insert_element_before(borders, "w:shd", "w:noWrap", "w:tcMar", "w:vAlign")


def _notes(document: Document, sheet: Sheet) -> None:
    for index, note in enumerate(sheet.notes):
        label = sheet.notes_label if index == 0 else ""
        paragraph = _paragraph(document, label + note, "body", 10.5)
        paragraph.paragraph_format.space_before = Pt(6 if index == 0 else 0)
        paragraph.paragraph_format.left_indent = Pt(21)
        if label:
            paragraph.paragraph_format.first_line_indent = Pt(-21)


def with_fixed_times(file: BytesIO) -> bytes:
    """The archive written again with one time: the same document gives the same bytes."""
    made = BytesIO()
    with (
        zipfile.ZipFile(file) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, ARCHIVE_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return made.getvalue()
