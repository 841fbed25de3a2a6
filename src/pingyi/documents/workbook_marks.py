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
ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")
FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*?(?:/>|>(.*?)</)", re.DOTALL)
RESULT = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]+)<")
YES = (b"1", b"true")


@dataclass
class Marks:
    """What is marked on a sheet."""

    # What a cell shows that has no value: #N/A, or the formula that has no result (=…).
    faults: dict[Cell, str] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)


def xlsx_marks(archive: zipfile.ZipFile, part: str) -> Marks:
    """The marks of one sheet of an .xlsx."""
    marks = Marks()
    row = column = 0
    for piece in _pieces(archive, part, END_OF_ROW):
        for tag in TAG.finditer(piece):
            kind, attributes, closed = tag.groups()
            if kind == b"row":
                row, column = _number(attributes, row), 0
            elif kind == b"c":
                column = _column(attributes, column)
                if not closed:
                    end = END_OF_CELL.search(piece, tag.end())
                    body = piece[tag.end() : end.start() if end else len(piece)]
                    if shown := _fault(attributes, body):
                        marks.faults[row, column] = shown
    return marks


def _fault(attributes: bytes, body: bytes) -> str:
    """What a cell shows in the place of a value; empty where it has one."""
    result = RESULT.search(body)
    if b'"e"' in attributes or b"'e'" in attributes:
        return _text(result.group(1)) if result else "#N/A"
    if result is None and (formula := FORMULA.search(body)):
        # A result that is an empty text is one: `t="str"` with an empty <v>.
        return "" if b'"str"' in attributes else f"={_text(formula.group(1) or b'')}"
    return ""


def _pieces(archive: zipfile.ZipFile, part: str, end: re.Pattern[bytes]) -> Iterator[bytes]:
    """The XML in pieces of whole rows."""
    rest = b""
    with archive.open(part) as file:
        while chunk := file.read(CHUNK):
            text = rest + chunk
            last = max((found.end() for found in end.finditer(text)), default=0)
            yield text[:last]
            rest = text[last:]
    yield rest


def _attributes(tag: bytes) -> dict[bytes, bytes]:
    """The attributes of a tag."""
    return dict(ATTRIBUTE.findall(tag))


def _number(attributes: bytes, before: int) -> int:
    """The number of a row; one that does not say it follows the one before."""
    said = _attributes(attributes).get(b"r", b"")
    return int(said) if said.isdigit() else before + 1


def _column(attributes: bytes, before: int) -> int:
    """The column of a cell; one that does not say it follows the one before."""
    said = _attributes(attributes).get(b"r", b"").rstrip(b"0123456789")
    position = 0
    for letter in said:
        position = position * 26 + letter - 64
    return position or before + 1


def _text(raw: bytes) -> str:
    """The text of a piece of XML."""
    return unescape(raw.decode(errors="replace"))
