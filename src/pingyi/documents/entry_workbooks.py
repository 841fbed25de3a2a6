"""Workbooks that people fill in: headings that stay, lists to choose from, a sheet of notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import xlsxwriter

from pingyi.documents.workbook_headings import column_letters
from pingyi.documents.xlsx import NO_TIME

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
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"created": NO_TIME.replace(tzinfo=None)})
    heading = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F2F2F2"})
    text = book.add_format({"num_format": "@"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    written = [(book.add_worksheet(sheet.title), sheet) for sheet in sheets]
    note_sheet = book.add_worksheet(notes_title)
    # Lists that the rule cannot hold stand on a hidden sheet and are pointed to.
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
            if not _fits_inline(stated.choices):
                list_sheet.write_column(0, lists, list(stated.choices))
                letters = column_letters(lists + 1)
                source = f"=_!${letters}$1:${letters}${len(stated.choices)}"
                lists += 1
            rule = {"validate": "list", "source": source, "ignore_blank": True}
            page.data_validation(1, column, ROWS_WITH_LISTS, column, rule)
    note_sheet.set_column(0, 0, 24)
    for number, line in enumerate(notes):
        note_sheet.write_row(number, 0, line)
    book.close()
    return buffer.getvalue()


def _fits_inline(choices: Sequence[str]) -> bool:
    """Whether a rule can hold the list itself, where a comma parts the choices."""
    together = ",".join(choices)
    return len(together) <= LONGEST_INLINE_LIST and together.count(",") == len(choices) - 1
