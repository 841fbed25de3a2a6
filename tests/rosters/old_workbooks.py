"""The same roster as Excel 97 and as OpenDocument, with real dates in its cells."""

import zipfile
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from tests.rosters.workbook import HEADINGS, Sheets, small_roster

# Nothing here writes this format. Made with LibreOffice 7.4 from workbook(dated_roster()):
# soffice --headless --convert-to 'xls:MS Excel 97' roster.xlsx
XLS = Path(__file__).parents[1] / "fixtures" / "small-roster.xls"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = "urn:oasis:names:tc:opendocument:xmlns"
MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{NAMES}:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def dated_roster() -> Sheets:
    """The small roster, its days being dates and no texts."""
    return {
        title: [[_day(value) for value in row] for row in rows]
        for title, rows in small_roster().items()
    }


def _day(value: Any) -> Any:
    is_day = isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-"
    return date.fromisoformat(value) if is_day else value


def ods(sheets: Sheets) -> bytes:
    """The sheets as an OpenDocument spreadsheet, blank cells written as repeated ones."""
    tables = "".join(
        f'<table:table table:name="{title}">{_rows([columns, *sheets.get(title, [])])}'
        "</table:table>"
        for title, columns in HEADINGS.items()
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2" '
        f'xmlns:office="{NAMES}:office:1.0" xmlns:table="{NAMES}:table:1.0" '
        f'xmlns:text="{NAMES}:text:1.0"><office:body><office:spreadsheet>{tables}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", ODS_TYPE)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
    return file.getvalue()


def _rows(rows: Iterable[list[Any]]) -> str:
    return "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)


def _cell(value: Any) -> str:
    if value is None:
        return '<table:table-cell table:number-columns-repeated="1"/>'
    kind = 'office:value-type="string"'
    if isinstance(value, date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    text = escape(str(value))
    return f"<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>"
