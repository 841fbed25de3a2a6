"""Finds cells that lie far away from their table before a reader spans a range up to them.

One value in XFD1048576 of a file of 100 kB makes readers allocate 17 thousand million cells.
The scan streams the sheet's XML and looks only at the addresses of cells with content.
"""

import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

# Cells with content only: `<c r="A1" s="1"/>` is nothing but a format.
CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\sr="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
CHUNK = 1024 * 1024
LONGEST_TAG = 400


def stray_cells(
    archive: zipfile.ZipFile, limits: dict[str, int]
) -> list[tuple[str, dict[str, Any]]]:
    """One problem for every sheet of an .xlsx with a value outside its table."""
    names = set(archive.namelist())
    titles = {part: title for title, part in parts_by_title(archive).items()}
    found = []
    for name in sorted(names):
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            cell = _stray_cell(archive, name, limits)
            if cell:
                found.append(("stray_cell", {"sheet": titles.get(name, name), "cell": cell}))
    return found


def _stray_cell(archive: zipfile.ZipFile, name: str, limits: dict[str, int]) -> str:
    """The first cell too far right, or after too many empty rows; empty where there is none."""
    last = 0
    for cells in _cells(archive, name):
        columns = {letters for letters, _ in cells}
        far = {letters for letters in columns if _position(letters) > limits["columns"]}
        # Rows come in order; a first table that starts late is not a stray cell.
        for digits in dict.fromkeys(digits for _, digits in cells):
            row = int(digits)
            if last and row - last > limits["empty_rows"]:
                return next((a + b).decode() for a, b in cells if b == digits)
            last = max(last, row)
        if far:
            return next((a + b).decode() for a, b in cells if a in far)
    return ""


def _cells(archive: zipfile.ZipFile, name: str) -> Iterator[list[tuple[bytes, bytes]]]:
    """The addresses of the cells with content, in the order of the file, many at a time."""
    rest = b""
    with archive.open(name) as file:
        while chunk := file.read(CHUNK):
            text = rest + chunk
            # Up to the last closed tag; what follows waits for the next piece.
            end = text.rfind(b">") + 1
            yield CELL.findall(text, 0, end)
            rest = text[end:][-LONGEST_TAG:]


def _position(letters: bytes) -> int:
    """A is 1."""
    position = 0
    for letter in letters:
        position = position * 26 + letter - 64
    return position


def defined_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """The names of cells in an .xlsx, and where they lead; none of another file."""
    if "xl/workbook.xml" not in archive.namelist():
        return {}
    book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314  limits hold
    return {
        name.get("name", ""): (name.text or "").strip()
        for name in book.iter()
        if name.tag.endswith("}definedName")
    }


def parts_by_title(archive: zipfile.ZipFile) -> dict[str, str]:
    """The parts of the sheets of an .xlsx, by the names people see; none of another file."""
    if "xl/workbook.xml" not in archive.namelist():
        return {}
    try:
        book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314  limits hold
        links = ET.fromstring(  # noqa: S314  limits hold
            archive.read("xl/_rels/workbook.xml.rels")
        )
    except ET.ParseError as error:
        raise zipfile.BadZipFile from error
    parts = {link.get("Id"): link.get("Target", "") for link in links}
    found = {}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet"):
            key = next((value for name, value in sheet.items() if name.endswith("}id")), None)
            target = parts.get(key, "").removeprefix("/xl/")
            found[sheet.get("name", "")] = f"xl/{target}"
    return found
