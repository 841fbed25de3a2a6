"""Layouts as Excel workbooks, written by XlsxWriter: the sheet as on paper, figures as numbers.

Every text goes in as text, so "=1+1" in a remark stays a remark. The file says when it was made
only if told, and nothing about the machine.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter

from pingyi.documents.fonts import OFFICE
from pingyi.documents.layouts import Cell, Layout, LedgerTable, Pair
from pingyi.documents.measures import (
    CELL_PADDING_MM,
    HEAD_PADDING_MM,
    MM_PER_POINT,
    clean,
    lines_needed,
    most_lines,
    room,
)
from pingyi.documents.sheets import Kind, Sheet, column_kinds, sheet_of

NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
PIXELS_PER_MM = 96 / 25.4
ROWS_TOLD = 500
_TEXT_STAYS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False}
A4 = 9
_ALIGNED: Mapping[Kind, Mapping[str, object]] = {
    "head": {"align": "center", "valign": "vcenter"},
    "label": {"align": "center", "valign": "vcenter"},
    "figure": {"align": "center", "valign": "vcenter"},
    "item": {"align": "left", "valign": "vcenter"},
    "left": {"align": "left", "valign": "vcenter"},
    "right": {"align": "right", "valign": "vcenter"},
    "write": {"align": "left", "valign": "top"},
    "corner": {"align": "center", "valign": "vcenter", "diag_type": 2, "diag_border": 1},
}


def xlsx(layout: Layout, *, made_at: datetime | None = None) -> bytes:
    """One layout as a workbook of one worksheet, ready to print."""
    if not isinstance(layout, LedgerTable):
        return several_xlsx([layout], made_at=made_at)
    file = BytesIO()
    write_xlsx(layout, file, made_at=made_at)
    return file.getvalue()


def several_xlsx(layouts: Sequence[Layout], *, made_at: datetime | None = None) -> bytes:
    """Layouts as the worksheets of one workbook, named by their annex or title."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **_TEXT_STAYS_TEXT}) as book:
        _say_what_it_is(book, layouts[0].title if layouts else "", made_at)
        taken: set[str] = set()
        for layout in layouts:
            sheet = sheet_of(layout)
            name = _tab_name(sheet, taken)
            taken.add(name.casefold())
            _Page(book, book.add_worksheet(name), sheet).draw()
    return file.getvalue()


def write_xlsx(
    table: LedgerTable,
    file: BinaryIO,
    *,
    made_at: datetime | None = None,
    told: Callable[[int], None] = lambda _rows: None,
    folder: Path | None = None,
) -> None:
    """A list as a workbook, row by row: of a long one no more is held than of a short one.

    `told` is called with the rows written so far, after every ROWS_TOLD. What is in between lies
    in the `folder` (else the system's), and is gone afterwards.
    """
    options = {"constant_memory": True, "tmpdir": folder and str(folder), **_TEXT_STAYS_TEXT}
    with xlsxwriter.Workbook(file, options) as book:
        _say_what_it_is(book, table.title, made_at)
        sheet = sheet_of(replace(table, rows=()))
        page = book.add_worksheet(_tab_name(sheet, set()))
        _LongPage(book, page, sheet, table, told).draw()


def _say_what_it_is(book: Any, title: str, made_at: datetime | None) -> None:
    created = (made_at or NO_TIME).astimezone(UTC).replace(tzinfo=None)
    title = clean(title).replace("\n", "")
    book.set_properties({"title": title, "author": "", "created": created})


def _tab_name(sheet: Sheet, taken: set[str]) -> str:
    wanted = clean(sheet.annex or sheet.title).replace("\n", "")
    name = "".join(sign for sign in wanted if sign not in "[]:*?/\\'")[:28] or "1"
    number = 1
    free = name
    while free.casefold() in taken:
        number += 1
        free = f"{name} {number}"
    return free


class _Page:
    """One worksheet being drawn from top to bottom."""

    def __init__(self, book: Any, page: Any, sheet: Sheet) -> None:
        self.book = book
        self.page = page
        self.sheet = sheet
        self.last = max(len(sheet.grid.widths) - 1, 0)
        self.row = 0
        self.style = cache(self._style)

    def draw(self) -> None:
        self._set_up()
        if self.sheet.mark:
            self._line(self.sheet.mark, self.style("kai", 10.5, align="center"), 16)
        first = self.row
        if self.sheet.annex:
            self._line(self.sheet.annex, self.style("hei", 16), 24)
        title = self.style("title", self.sheet.title_size, align="center", text_wrap=True)
        height = self.sheet.title_size * 1.5 * len(self.sheet.title.split("\n")) + 6
        self._line(self.sheet.title, title, height)
        if self.sheet.head:
            self._pairs(self.sheet.head)
        self._grid()
        self._notes()
        if self.sheet.foot:
            self._pairs(self.sheet.foot)
        if self.sheet.noted:
            self._line(self.sheet.noted_line, self.style("song", 8), 14)
        self.page.print_area(first, 0, max(self.row - 1, first), self.last)

    def _set_up(self) -> None:
        sheet, page = self.sheet, self.page
        page.set_paper(A4)
        if sheet.orientation == "landscape":
            page.set_landscape()
        margins = sheet.margins
        inches = [mm / 25.4 for mm in (margins.left, margins.right, margins.top, margins.bottom)]
        page.set_margins(left=inches[0], right=inches[1], top=inches[2], bottom=inches[3])
        page.center_horizontally()
        page.fit_to_pages(1, 0)
        page.hide_gridlines(2)
        if sheet.page_numbers:
            mark = f'&"{OFFICE["song"]}"&14\u2014 &P \u2014'
            page.set_footer(f"&R{mark}", {"margin": max(margins.bottom - 12, 5) / 25.4})
        if sheet.mark:
            # A header takes 255 characters, codes and all.
            mark = clean(sheet.mark)[:100].replace("&", "&&")
            above = {"margin": max(margins.top - 12, 5) / 25.4}
            page.set_header(f'&C&10&"{OFFICE["kai"]}"{mark}', above)
        for index, width in enumerate(sheet.grid.widths):
            page.set_column_pixels(index, index, round(width * PIXELS_PER_MM))

    def _line(self, text: str, style: Any, height: float) -> None:
        self.page.set_row(self.row, height)
        self._spread((self.row, 0, self.row, self.last), text, style)
        self.row += 1

    def _pairs(self, pairs: tuple[Pair, ...]) -> None:
        """Fields side by side over the width of the table, as many as it has columns."""
        columns = self.last + 1
        for first in range(0, len(pairs), columns):
            self._line_of_pairs(pairs[first : first + columns])

    def _line_of_pairs(self, pairs: tuple[Pair, ...]) -> None:
        self.page.set_row(self.row, 24)
        style = self.style("body", 12, valign="vcenter", shrink=True)
        starts = self._starts(len(pairs))
        for (label, value), start, end in zip(
            pairs, starts, [*starts[1:], self.last + 1], strict=True
        ):
            text = f"{clean(label)}\uff1a{clean(value)}"
            self._spread((self.row, start, self.row, end - 1), text, style)
        self.row += 1

    def _starts(self, pieces: int) -> list[int]:
        """The columns nearest to where equal parts of the width begin, each its own."""
        *edges, whole = accumulate(self.sheet.grid.widths, initial=0.0)
        starts: list[int] = []
        for piece in range(pieces):
            target = whole * piece / pieces
            distances = [abs(edge - target) for edge in edges]
            nearest = distances.index(min(distances))
            least = starts[-1] + 1 if starts else 0
            starts.append(min(max(nearest, least), len(edges) - pieces + piece))
        return starts

    def _grid(self) -> None:
        sheet, grid = self.sheet, self.sheet.grid
        first = self.row
        for index, height in enumerate(self._heights()):
            self.page.set_row(first + index, height)
        styles = {kind: self._cell_style(kind) for kind in _ALIGNED}
        for y, x, cell in grid.placed():
            value = _corner(cell.value) if cell.kind == "corner" else cell.value
            top, bottom = first + y, first + y + cell.rows - 1
            if cell.columns == cell.rows == 1:
                self._write(top, x, value, styles[cell.kind])
            else:
                self._spread((top, x, bottom, x + cell.columns - 1), value, styles[cell.kind])
        self.row = first + len(grid.lines)
        self.page.repeat_rows(first, first + grid.head_lines - 1)
        if sheet.filters:
            self.page.freeze_panes(first + grid.head_lines, 0)
            self.page.autofilter(first + grid.head_lines - 1, 0, self.row - 1, self.last)

    def _cell_style(self, kind: Kind) -> Any:
        face = "hei" if kind == "head" else "body"
        size = self.sheet.cell_size
        return self.style(face, size, border=1, text_wrap=True, **_ALIGNED[kind])

    def _heights(self) -> list[float]:
        """Row heights in points: at least the sheet's, more where text needs more lines."""
        grid, size = self.sheet.grid, self.sheet.cell_size
        heights = [max(height / MM_PER_POINT, size * 1.3 + 4) for height in grid.heights]
        across = {
            kind: [room(width, size, _padding(kind)) for width in grid.widths] for kind in _ALIGNED
        }
        texts: list[list[tuple[int, str, float]]] = [[] for _ in heights]
        for y, x, cell in grid.placed():
            value, kind = cell.value, cell.kind
            if not isinstance(value, str) or cell.rows > 1 or kind in ("write", "corner"):
                continue
            if cell.columns == 1:
                fits = across[kind][x]
            else:
                fits = room(sum(grid.widths[x : x + cell.columns]), size, _padding(kind))
            most = most_lines(value, fits)
            if most > 1:
                texts[y].append((most, value, fits))
        for y, cells in enumerate(texts):
            lines = _lines_of_row(cells)
            heights[y] = max(heights[y], lines * size * 1.3 + 4)
        return [min(round(height, 2), 409.0) for height in heights]

    def _notes(self) -> None:
        style = self.style("body", 10.5, text_wrap=True, valign="top")
        across = room(sum(self.sheet.grid.widths), 10.5)
        for index, note in enumerate(self.sheet.notes):
            text = (self.sheet.notes_label if index == 0 else "") + note
            self._line(text, style, lines_needed(text, across) * 14 + 3)

    def _spread(self, area: tuple[int, int, int, int], value: Cell, style: Any) -> None:
        top, left, bottom, right = area
        if top != bottom or left != right:
            self.page.merge_range(top, left, bottom, right, "", style)
        self._write(top, left, value, style)

    def _write(self, row: int, column: int, value: Cell, style: Any) -> None:
        if value is None or value == "":
            self.page.write_blank(row, column, None, style)
        elif isinstance(value, str):
            # A text beyond what a cell holds would be cut off without a word.
            if self.page.write_string(row, column, clean(value), style):
                raise ValueError(f"Excel has no room for {value[:40]!r} … in row {row + 1}")
        else:
            self.page.write_number(row, column, value, style)

    def _style(self, face: str, size: float, **more: object) -> Any:
        return self.book.add_format({"font_name": OFFICE[face], "font_size": size, **more})


class _LongPage(_Page):
    """One worksheet whose rows come one by one, each written before the next is read."""

    def __init__(
        self, book: Any, page: Any, sheet: Sheet, table: LedgerTable, told: Callable[[int], None]
    ) -> None:
        super().__init__(book, page, sheet)
        self.table = table
        self.told = told

    def _grid(self) -> None:
        super()._grid()
        size = self.sheet.cell_size
        across = [room(width, size) for width in self.sheet.grid.widths]
        styles = [self._cell_style(kind) for kind in column_kinds(self.table)]
        first = self.row - 1
        for number, row in enumerate(self.table.rows, start=1):
            self._row(row, across, styles)
            if number % ROWS_TOLD == 0:
                self.told(number)
        self.page.autofilter(first, 0, max(self.row - 1, first), self.last)

    def _row(self, row: tuple[Cell, ...], across: list[float], styles: list[Any]) -> None:
        size = self.sheet.cell_size
        texts = [
            (most_lines(value, fits), value, fits)
            for value, fits in zip(row, across, strict=True)
            if isinstance(value, str)
        ]
        height = _lines_of_row(texts) * size * 1.3 + 4
        self.page.set_row(self.row, min(round(height, 2), 409.0))
        for column, (value, style) in enumerate(zip(row, styles, strict=True)):
            self._write(self.row, column, value, style)
        # XlsxWriter keeps the height of every row it has written, which is all that would grow.
        self.page.row_info.pop(self.row - 1, None)
        self.page.row_sizes.pop(self.row - 1, None)
        self.row += 1


def _lines_of_row(cells: list[tuple[int, str, float]]) -> int:
    """The lines of its longest text, of (most lines, text, room); those surely shorter unread."""
    lines = 1
    for most, text, fits in sorted(cells, reverse=True):
        if most <= lines:
            break
        lines = max(lines, lines_needed(text, fits))
    return lines


def _padding(kind: Kind) -> float:
    return HEAD_PADDING_MM if kind == "head" else CELL_PADDING_MM


def _corner(value: Cell) -> str:
    above, _, below = str(value or "").partition("\n")
    return f"{' ' * 16}{above}\n{below}{' ' * 16}"
