"""Files as other people send them: workbooks of every kind, and what is none."""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pingyi.documents.workbooks import Limits, SheetSpec, UnreadableWorkbook, read_list, read_tables

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NAMES = "urn:oasis:names:tc:opendocument:xmlns"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{NAMES}:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>'
    "</manifest:manifest>"
)
Rows = Sequence[Sequence[Any]]


def excel(sheets: Mapping[str, Rows], dress: Callable[[Any], None] | None = None) -> bytes:
    """An .xlsx; None leaves a cell out. `dress` does to the book what people do to it."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                if value is not None:
                    page.cell(number, column, value)
    if dress:
        dress(book)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def opendocument(rows: Rows, *, kind: str = ODS_TYPE, manifest: str = MANIFEST) -> bytes:
    """An .ods of one sheet of texts."""
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{value}</text:p>'
            "</table:table-cell>"
            for value in row
        )
        + "</table:table-row>"
        for row in rows
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2" '
        f'xmlns:office="{NAMES}:office:1.0" xmlns:table="{NAMES}:table:1.0" '
        f'xmlns:text="{NAMES}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="名单">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def changed(content: bytes, part: str, old: str, new: str) -> bytes:
    """A workbook with a text of one of its parts replaced."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in parts[part]
    return zipped({**parts, part: parts[part].replace(old.encode(), new.encode())})


class Desk:
    """Where files are put and read."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "file"

    def put(self, content: bytes) -> Path:
        self.path.write_bytes(content)
        return self.path

    def rows(self, content: bytes, limits: Limits | None = None) -> list[list[Any]]:
        """The headings, then the values, of the first sheet that holds anything."""
        found = read_list(self.put(content), limits=limits)
        return [list(found.headings), *(values for _, values in found.rows)]

    def refused(
        self, content: bytes, limits: Limits | None = None, sheets: Sequence[SheetSpec] = ()
    ) -> UnreadableWorkbook:
        """Why it cannot be read."""
        path = self.put(content)
        wanted = {"sheets": sheets} if sheets else {}
        with pytest.raises(UnreadableWorkbook) as refused:
            (read_tables if sheets else read_list)(path, limits=limits, **wanted)
        return refused.value
