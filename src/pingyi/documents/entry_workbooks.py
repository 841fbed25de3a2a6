"""Workbooks that people fill in: headings that stay, lists to choose from, a sheet of notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import xlsxwriter

ROWS_WITH_LISTS = 50_000
LONGEST_INLINE_LIST = 255
"""What a spreadsheet takes as a list written into the rule itself."""


@dataclass(frozen=True)
class EntryColumn:
    """A column to be filled in."""

    heading: str
    choices: Sequence[str] = ()
    is_date: bool = False
    width: int = 16


@dataclass(frozen=True)
class EntrySheet:
    """A sheet to be filled in."""

    title: str
    columns: Sequence[EntryColumn]


def entry_workbook(
    sheets: Sequence[EntrySheet], *, notes_title: str, notes: Sequence[Sequence[str]]
) -> bytes:
    """An .xlsx with empty sheets. Cells are text, so that long numbers keep their digits."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    heading = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F2F2F2"})
    text = book.add_format({"num_format": "@"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    written = [(book.add_worksheet(sheet.title), sheet) for sheet in sheets]
    note_sheet = book.add_worksheet(notes_title)
    # Lists too long for the rule stand on a hidden sheet and are pointed to.
    list_sheet = book.add_worksheet("_")
    list_sheet.hide()
    lists = 0
    for page, sheet in written:
        page.freeze_panes(1, 0)
        for column, stated in enumerate(sheet.columns):
            page.write_string(0, column, stated.heading, heading)
            page.set_column(column, column, stated.width, day if stated.is_date else text)
            if not stated.choices:
                continue
            source: str | list[str] = list(stated.choices)
            if len(",".join(stated.choices)) > LONGEST_INLINE_LIST:
                list_sheet.write_column(0, lists, list(stated.choices))
                letter = chr(ord("A") + lists)
                source = f"=_!${letter}$1:${letter}${len(stated.choices)}"
                lists += 1
            rule = {"validate": "list", "source": source, "ignore_blank": True}
            page.data_validation(1, column, ROWS_WITH_LISTS, column, rule)
    note_sheet.set_column(0, 0, 24)
    for number, line in enumerate(notes):
        note_sheet.write_row(number, 0, line)
    book.close()
    return buffer.getvalue()
