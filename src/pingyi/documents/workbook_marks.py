"""What a sheet shows beside its values: errors, formulas without a result, what is hidden, struck
out or merged. Used inside the child: no Django here.

Readers hand over blanks where a sheet shows #N/A. The scan streams the XML once and looks at the
tags of rows and cells only.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

Cell = tuple[int, int]
"""Row and column, both from 1 on."""
Merged = tuple[int, int, int, int]
"""First row and column, last row and column."""

CHUNK = 1024 * 1024
TAG = re.compile(rb"<(?:\w+:)?(row|col|c)\b([^>]*?)(/?)>")
END_OF_CELL = re.compile(rb"</(?:\w+:)?c>")
END_OF_ROW = re.compile(rb"</(?:\w+:)?row>")
ATTRIBUTE = re.compile(rb"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*?(?:/>|>(.*?)</)", re.DOTALL)
RESULT = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]+)<")
YES = (b"1", b"true")
STYLE = re.compile(rb"\bs\s*=\s*[\"']([0-9]+)")
STRIKE = re.compile(rb"<(?:\w+:)?strike\b(?![^>]*(?:\"0\"|\"false\"))[^>]*>")
FONTS = re.compile(rb"<(?:\w+:)?fonts\b.*?</(?:\w+:)?fonts>", re.DOTALL)
FONT = re.compile(rb"<(?:\w+:)?font\b(?:[^>]*/>|.*?</(?:\w+:)?font>)", re.DOTALL)
FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
FORMAT = re.compile(rb"<(?:\w+:)?xf\b[^>]*>")
TEXT = re.compile(rb"<(?:\w+:)?si\b(?:[^>]*/>|.*?</(?:\w+:)?si>)", re.DOTALL)
REFERENCE = re.compile(rb"\br\s*=\s*[\"']([A-Z]+)[0-9]")
NUMBER_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b([^>]*)>")
ZEROS = re.compile(r"(0{2,})(?:_ |;.*)?")
END_OF_TEXT = re.compile(rb"</(?:\w+:)?si>")


@dataclass
class Marks:
    """What is marked on a sheet."""

    # What a cell shows that has no value: #N/A, or the formula that has no result (=…).
    faults: dict[Cell, str] = field(default_factory=dict)
    # How cells are reckoned; empty where another cell says it for several.
    formulas: dict[Cell, str] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)
    # Rows and columns without height or width: hidden by hand, by a filter, by a closed group.
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    # Cells whose text is struck through, all of it or a part.
    struck: set[Cell] = field(default_factory=set)
    # Numbers that are shown with zeros before them, and how many digits that makes.
    padded: dict[Cell, int] = field(default_factory=dict)
    # Whether nobody can say what is marked.
    unknown: bool = False


def xlsx_marks(archive: zipfile.ZipFile, part: str) -> Marks:
    """The marks of one sheet of an .xlsx."""
    marks = Marks()
    formats = _formats(archive)
    struck = _Struck(_struck_styles(formats), _struck_texts(archive), _padded_styles(formats))
    row = column = 0
    for piece in pieces_of(archive, part, END_OF_ROW):
        for tag in TAG.finditer(piece):
            kind, attributes, closed = tag.groups()
            if kind == b"c":
                column = _column(attributes, column)
                if not closed:
                    end = END_OF_CELL.search(piece, tag.end())
                    body = piece[tag.end() : end.start() if end else len(piece)]
                    _mark_cell(marks, (row, column), attributes, body, struck)
            elif kind == b"row":
                row, column = _number(attributes, row), 0
                if _is_hidden(attributes, b"ht"):
                    marks.hidden_rows.add(row)
            elif _is_hidden(attributes, b"width"):
                said = attributes_of(attributes)
                marks.hidden_columns.update(range(int(said[b"min"]), int(said[b"max"]) + 1))
    return marks


@dataclass(frozen=True)
class _Struck:
    """What is struck through: formats of cells, and places of shared texts, as cells name them.
    Beside them the formats that show zeros before a number."""

    styles: set[bytes]
    texts: set[bytes]
    padded: dict[bytes, int]


def _mark_cell(marks: Marks, cell: Cell, attributes: bytes, body: bytes, struck: _Struck) -> None:
    """The marks of one cell."""
    if shown := _fault(attributes, body):
        marks.faults[cell] = shown
    if (formula := FORMULA.search(body)) is not None:
        marks.formulas[cell] = text_of_xml(formula.group(1) or b"")
    if _is_struck(attributes, body, struck):
        marks.struck.add(cell)
    style = STYLE.search(attributes) if struck.padded else None
    if style and style.group(1) in struck.padded:
        marks.padded[cell] = struck.padded[style.group(1)]


def _fault(attributes: bytes, body: bytes) -> str:
    """What a cell shows in the place of a value; empty where it has one."""
    is_error = b'"e"' in attributes or b"'e'" in attributes
    if not is_error and b"<f" not in body and b":f" not in body:
        return ""
    result = RESULT.search(body)
    if is_error:
        return text_of_xml(result.group(1)) if result else "#N/A"
    if result is None and (formula := FORMULA.search(body)):
        # A result that is an empty text is one: `t="str"` with an empty <v>.
        return "" if b'"str"' in attributes else f"={text_of_xml(formula.group(1) or b'')}"
    return ""


def _is_hidden(attributes: bytes, size: bytes) -> bool:
    """Whether a row or a column is hidden, or so low or narrow that nobody sees it."""
    if b"hidden" not in attributes and b'"0"' not in attributes:
        return False
    said = attributes_of(attributes)
    return said.get(b"hidden") in YES or said.get(size) == b"0"


def _is_struck(attributes: bytes, body: bytes, struck: _Struck) -> bool:
    """Whether the cell has a struck font, or a text with one."""
    style = STYLE.search(attributes) if struck.styles else None
    if style and style.group(1) in struck.styles:
        return True
    if struck.texts and b'"s"' in attributes and (result := RESULT.search(body)):
        return result.group(1) in struck.texts
    return b"strike" in body and STRIKE.search(body) is not None


def _formats(archive: zipfile.ZipFile) -> bytes:
    """The formats of an .xlsx."""
    return archive.read("xl/styles.xml") if "xl/styles.xml" in archive.namelist() else b""


def _padded_styles(content: bytes) -> dict[bytes, int]:
    """The formats of cells that show so many digits at least, as cells name them: 000."""
    shown = {}
    for said in map(attributes_of, NUMBER_FORMAT.findall(content)):
        if zeros := ZEROS.fullmatch(text_of_xml(said.get(b"formatCode", b""))):
            shown[said.get(b"numFmtId")] = len(zeros.group(1))
    formats = FORMATS.search(content) if shown else None
    forms = FORMAT.findall(formats.group()) if formats else []
    names = [attributes_of(form).get(b"numFmtId") for form in forms]
    return {str(place).encode(): shown[name] for place, name in enumerate(names) if name in shown}


def _struck_styles(content: bytes) -> set[bytes]:
    """The formats of cells with a struck font, as cells name them."""
    fonts = FONTS.search(content)
    formats = FORMATS.search(content)
    if fonts is None or formats is None or b"strike" not in fonts.group():
        return set()
    struck = {
        str(place).encode()
        for place, font in enumerate(FONT.findall(fonts.group()))
        if STRIKE.search(font)
    }
    return {
        str(place).encode()
        for place, form in enumerate(FORMAT.findall(formats.group()))
        if attributes_of(form).get(b"fontId") in struck
    }


def _struck_texts(archive: zipfile.ZipFile) -> set[bytes]:
    """The places of the shared texts of which a part is struck through."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return set()
    struck: set[bytes] = set()
    place = 0
    for piece in pieces_of(archive, "xl/sharedStrings.xml", END_OF_TEXT):
        texts = TEXT.findall(piece)
        if b"strike" in piece:
            struck |= {
                str(place + index).encode()
                for index, text in enumerate(texts)
                if STRIKE.search(text)
            }
        place += len(texts)
    return struck


def pieces_of(archive: zipfile.ZipFile, part: str, end: re.Pattern[bytes]) -> Iterator[bytes]:
    """The XML in pieces of whole rows."""
    rest = b""
    with archive.open(part) as file:
        while chunk := file.read(CHUNK):
            text = rest + chunk
            last = max((found.end() for found in end.finditer(text)), default=0)
            yield text[:last]
            rest = text[last:]
    yield rest


def attributes_of(tag: bytes) -> dict[bytes, bytes]:
    """The attributes of a tag."""
    return {name: double or single for name, double, single in ATTRIBUTE.findall(tag)}


def _number(attributes: bytes, before: int) -> int:
    """The number of a row; one that does not say it follows the one before."""
    said = attributes_of(attributes).get(b"r", b"")
    return int(said) if said.isdigit() else before + 1


def _column(attributes: bytes, before: int) -> int:
    """The column of a cell; one that does not say it follows the one before."""
    place = REFERENCE.search(attributes)
    said = place.group(1) if place else b""
    position = 0
    for letter in said:
        position = position * 26 + letter - 64
    return position or before + 1


def text_of_xml(raw: bytes) -> str:
    """The text of a piece of XML."""
    return unescape(raw.decode(errors="replace"))
