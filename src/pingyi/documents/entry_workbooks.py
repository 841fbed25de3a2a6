"""Workbooks that people fill in: headings that stay, lists to choose from, a sheet of notes; empty,
or with what is known already, to be corrected."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter

from pingyi.documents.workbook_headings import column_letters
from pingyi.documents.xlsx import NO_TIME, ROWS_TOLD

ROWS_WITH_LISTS = 50_000
LONGEST_INLINE_LIST = 255
"""What a spreadsheet takes as a list written into the rule itself."""
FIRST_DAY = date(1900, 3, 1)
"""Earlier days are no days to a spreadsheet, or other ones."""
EntryCell = str | int | date | None


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
    rows: Iterable[Sequence[EntryCell]] = ()


@dataclass(frozen=True)
class EntryBook:
    """Sheets to be filled in, and notes on how."""

    sheets: Sequence[EntrySheet]
    notes_title: str
    notes: Sequence[Sequence[str]]


def entry_workbook(book: EntryBook) -> bytes:
    """The book as an .xlsx."""
    buffer = BytesIO()
    write_entry_workbook(book, buffer)
    return buffer.getvalue()


def write_entry_workbook(
    book: EntryBook,
    file: BinaryIO,
    *,
    made_at: datetime | None = None,
    told: Callable[[int], None] = lambda _rows: None,
    folder: Path | None = None,
) -> None:
    """Write it row by row. Cells are text, so that long numbers keep their digits.

    `told` is called with the rows written so far, after every ROWS_TOLD; what is in between lies in
    the `folder`.
    """
    options = {
        "constant_memory": True, "tmpdir": folder and str(folder), "strings_to_formulas": False,
        "strings_to_urls": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(file, options) as workbook:
        created = (made_at or NO_TIME).astimezone(UTC).replace(tzinfo=None)
        workbook.set_properties({"created": created})
        _Writing(workbook, book, told).write()


class _Writing:
    """One book being written."""

    def __init__(self, workbook: Any, book: EntryBook, told: Callable[[int], None]) -> None:
        self.workbook = workbook
        self.book = book
        self.told = told
        self.heading = workbook.add_format({"bold": True, "bottom": 1, "bg_color": "#F2F2F2"})
        self.text = workbook.add_format({"num_format": "@"})
        self.day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        # Lists that a rule cannot hold stand on a hidden sheet and are pointed to.
        self.lists: list[Sequence[str]] = []
        self.written = 0

    def write(self) -> None:
        """Sheets, notes, lists, in this order."""
        pages = [self.workbook.add_worksheet(sheet.title) for sheet in self.book.sheets]
        notes = self.workbook.add_worksheet(self.book.notes_title)
        lists = self.workbook.add_worksheet("_")
        lists.hide()
        for page, sheet in zip(pages, self.book.sheets, strict=True):
            self._head(page, sheet)
            self._body(page, sheet)
        notes.set_column(0, 0, 24)
        for number, line in enumerate(self.book.notes):
            notes.write_row(number, 0, line)
        for number, values in enumerate(zip_longest(*self.lists)):
            lists.write_row(number, 0, values)

    def _head(self, page: Any, sheet: EntrySheet) -> None:
        page.freeze_panes(1, 0)
        for column, stated in enumerate(sheet.columns):
            page.write_string(0, column, stated.heading, self.heading)
            page.set_column(column, column, stated.width, self.day if stated.is_date else self.text)
            if not stated.choices:
                continue
            source: str | list[str] = list(stated.choices)
            if not _fits_inline(stated.choices):
                self.lists.append(stated.choices)
                letters = column_letters(len(self.lists))
                source = f"=_!${letters}$1:${letters}${len(stated.choices)}"
            rule = {"validate": "list", "source": source, "ignore_blank": True}
            page.data_validation(1, column, ROWS_WITH_LISTS, column, rule)

    def _body(self, page: Any, sheet: EntrySheet) -> None:
        for row, cells in enumerate(sheet.rows, start=1):
            for column, cell in enumerate(cells):
                if isinstance(cell, date) and cell >= FIRST_DAY:
                    page.write_datetime(row, column, cell, self.day)
                elif cell not in (None, ""):
                    page.write_string(row, column, str(cell), self.text)
            self.written += 1
            if self.written % ROWS_TOLD == 0:
                self.told(self.written)


def _fits_inline(choices: Sequence[str]) -> bool:
    """Whether a rule can hold the list itself, where a comma parts the choices."""
    together = ",".join(choices)
    return len(together) <= LONGEST_INLINE_LIST and together.count(",") == len(choices) - 1
