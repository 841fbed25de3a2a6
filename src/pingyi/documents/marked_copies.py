"""A copy of a workbook that somebody sent, with what is wrong marked in its cells and said beside
its rows. It is read in the child process as any other, and written anew: values, merged cells,
hidden and struck rows are kept, colours and formulas are not.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any, BinaryIO

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol

from pingyi.documents.workbook_rows import REMARK
from pingyi.documents.workbooks import Limits, UnreadableWorkbook, answered
from pingyi.documents.xlsx import NO_TIME, ROWS_TOLD

Cell = tuple[int, int]
"""Row and column, both from 1 on."""
LONGEST_NAME = 31
WIDE, WIDEST = 14, 80


@dataclass(frozen=True)
class Mistake:
    """What is wrong with a cell, or with a row where no cell is named; on a sheet by its title."""

    sheet: str
    cell: str
    sentence: str


@dataclass(frozen=True)
class MarkedCopy:
    """The file, and what is wrong in it."""

    path: Path
    mistakes: tuple[Mistake, ...]
    limits: Limits


def write_marked_copy(
    copy: MarkedCopy,
    file: BinaryIO,
    *,
    made_at: datetime | None = None,
    told: Callable[[int], None] = lambda _rows: None,
) -> None:
    """Write it as an .xlsx. Raises UnreadableWorkbook where the file cannot be read any more."""
    order = {
        "path": str(copy.path), "sheets": [], "words": [], "aside": "", "shown_only": False,
        "whole": True,
    }  # fmt: skip
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with answered(order, copy.limits) as (answer, failure):
        sheets = list(_sheets(answer, failure))
    with xlsxwriter.Workbook(file, options) as book:
        created = (made_at or NO_TIME).astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"created": created})
        for marks, rows in sheets:
            alone = len(sheets) == 1
            mine = [one for one in copy.mistakes if alone or one.sheet == marks["title"]]
            _Page(book, marks, mine).draw(rows, told)


def _sheets(
    answer: IO[bytes], failure: tuple[str, dict[str, Any]]
) -> Iterator[tuple[dict[str, Any], list[list[Any]]]]:
    """What is marked on each sheet, and its rows."""
    marks: dict[str, Any] | None = None
    rows: list[list[Any]] = []
    for line in answer:
        said = json.loads(line) if line.endswith(b"\n") else {}
        if isinstance(said, list):
            rows.append(said)
            continue
        if "problems" in said:
            raise UnreadableWorkbook([(name, params) for name, params in said["problems"]])
        if marks is not None:
            yield marks, rows
        marks, rows = said, []
    if marks != {"end": True}:
        raise UnreadableWorkbook([failure])


class _Page:
    """One sheet being written."""

    def __init__(self, book: Any, marks: dict[str, Any], mistakes: list[Mistake]) -> None:
        self.book = book
        self.marks = marks
        # A list has no title; the sheet of a file that lost its name neither.
        self.page = book.add_worksheet((marks["title"] or "1")[:LONGEST_NAME])
        self.faults = {(row, column): text for row, column, text in marks["faults"]}
        self.padded = {(row, column): width for row, column, width in marks["padded"]}
        self.struck = {tuple(cell) for cell in marks["struck"]}
        self.hidden = set(marks["hidden"])
        self.wrong, self.remarks = _by_place(mistakes)
        self.formats: dict[tuple[bool, bool, bool], Any] = {}

    def draw(self, rows: list[list[Any]], told: Callable[[int], None]) -> None:
        """Every row where it stood; what is wrong behind its last column."""
        last = max((len(row) - 1 for row in rows), default=0)
        self.page.set_column(0, max(last - 1, 0), WIDE)
        self.page.set_column(last, last, WIDEST)
        values: dict[Cell, Any] = {}
        for written, (number, *cells) in enumerate(rows, start=1):
            for column, value in enumerate(cells, start=1):
                values[number, column] = value
            if written % ROWS_TOLD == 0:
                told(written)
        for cell in {*values, *self.faults, *self.wrong}:
            self._write(cell, values.get(cell))
        for first, left, bottom, right in self.marks["merged"]:
            value = self._shown((first, left), values.get((first, left)))
            area = (first - 1, left - 1, bottom - 1, right - 1)
            self.page.merge_range(*area, "", self._format((first, left), value))
            self._write((first, left), values.get((first, left)))
        for number in self.hidden:
            self.page.set_row(number - 1, None, None, {"hidden": True})
        for number, sentences in self.remarks.items():
            said = f"{REMARK} {' '.join(dict.fromkeys(sentences))}"
            self.page.write_string(number - 1, last, said, self.book.add_format({"color": "red"}))

    def _write(self, cell: Cell, value: Any) -> None:
        """A value as it stood."""
        row, column = cell[0] - 1, cell[1] - 1
        said = self._shown(cell, value)
        style = self._format(cell, said)
        if isinstance(said, date):
            self.page.write_datetime(row, column, said, style)
        elif isinstance(said, int | float) and not isinstance(said, bool):
            self.page.write_number(row, column, said, style)
        elif said is None:
            self.page.write_blank(row, column, None, style)
        else:
            self.page.write_string(row, column, str(said), style)

    def _shown(self, cell: Cell, value: Any) -> Any:
        """What people see in a cell: an error, zeros before a number, a day."""
        if cell in self.faults:
            return self.faults[cell]
        if cell in self.padded and isinstance(value, int):
            return str(value).zfill(self.padded[cell])
        if isinstance(value, list):
            return date.fromisoformat(value[0])
        return value

    def _format(self, cell: Cell, value: Any) -> Any:
        key = (cell in self.wrong, cell in self.struck, isinstance(value, date))
        if key not in self.formats:
            wrong, struck, day = key
            look: dict[str, Any] = {"num_format": "yyyy-mm-dd" if day else "General"}
            look |= {"bg_color": "#F8CBAD", "border": 1, "border_color": "red"} if wrong else {}
            look |= {"font_strikeout": True} if struck else {}
            self.formats[key] = self.book.add_format(look)
        return self.formats[key]


def _by_place(mistakes: list[Mistake]) -> tuple[set[Cell], Mapping[int, list[str]]]:
    """The cells that are wrong, and what is to be said beside each row."""
    cells: set[Cell] = set()
    rows: defaultdict[int, list[str]] = defaultdict(list)
    for mistake in mistakes:
        named = mistake.cell.partition(":")[0]
        if named.isdigit():
            rows[int(named)].append(mistake.sentence)
        elif named:
            row, column = xl_cell_to_rowcol(named)
            cells.add((row + 1, column + 1))
            rows[row + 1].append(mistake.sentence)
    return cells, rows
