"""Pages of a form that people fill in: what stands where, what may be typed, what is reckoned.

One description, from which the form is written (form_books) and with which it is compared when it
comes back. Rows and columns count from 1, as on the sheet.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from pingyi.documents.layouts import PaperTable
from pingyi.documents.measures import MM_PER_POINT, lines_needed, most_lines, room
from pingyi.documents.sheets import LANDSCAPE, Margins, Sheet, sheet_of
from pingyi.documents.workbook_headings import column_letters

Kind = Literal["label", "number", "text", "day", "stated", "sum", "same"]
"""A printed word; a number, a text or a day to be typed; a figure that the form states; the sum of
entries, and an entry said once more, both as formulas."""
Look = Literal[
    "mark", "annex", "title", "pair", "pair_end", "head", "row", "figure", "note", "aside", "list"
]
ASIDE_MM = 16
Cell = tuple[int, int]
"""Row and column."""
Value = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell of a page, or several that are merged."""

    row: int
    column: int
    kind: Kind
    look: Look
    # The words of a label.
    text: str = ""
    # What an entry or a stated figure is called: `annex2.total.rural`.
    key: str = ""
    # The entries that are added up, or said once more.
    parts: tuple[str, ...] = ()
    formula: str = ""
    rows: int = 1
    columns: int = 1

    @property
    def name(self) -> str:
        """As people call it: C7."""
        return f"{column_letters(self.column)}{self.row}"

    @property
    def is_entry(self) -> bool:
        """Whether something is typed here."""
        return self.kind in ("number", "text", "day")


@dataclass(frozen=True)
class FormPage:
    """A sheet: its cells, the widths of its columns in mm, the heights of its rows in points."""

    title: str
    spots: tuple[Spot, ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    margins: Margins = LANDSCAPE
    # First row, last row and last column of what is printed.
    printed: tuple[int, int, int] = (1, 1, 1)


@dataclass(frozen=True)
class TableKeys:
    """What the entries of an official table are called: its figures by block, row and column, the
    value of each line of its head (none where it is printed) and of its foot.
    """

    figures: tuple[tuple[tuple[str, ...], ...], ...]
    head: tuple[str, ...]
    foot: tuple[str, ...]
    total: str


@dataclass
class FormSheet:
    """The cells of a sheet that hold anything, wherever they stand."""

    values: dict[Cell, Value] = field(default_factory=dict)
    # What cells show that have no value: #N/A.
    faults: dict[Cell, str] = field(default_factory=dict)
    # The formulas, as the program that saved the file writes them.
    formulas: dict[Cell, str] = field(default_factory=dict)


@dataclass
class FormFile:
    """A workbook: its sheets by their titles, and what can be said of the file."""

    sheets: dict[str, FormSheet] = field(default_factory=dict)
    # Whether formulas can be told from values: not in an .xls.
    knows_formulas: bool = True
    # Names in the book, and where they lead.
    names: dict[str, str] = field(default_factory=dict)
    has_macros: bool = False
    has_links: bool = False


def table_page(title: str, paper: PaperTable, keys: TableKeys) -> FormPage:
    """An official table with its figures, its day and its foot to be filled in.

    The sums of its rows stand beside it, where they are not printed.
    """
    return _Planning(title, paper, keys).page()


@dataclass
class _Planning:
    """A page being planned from top to bottom."""

    title: str
    paper: PaperTable
    keys: TableKeys
    spots: list[Spot] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)

    def page(self) -> FormPage:
        self.sheet: Sheet = sheet_of(self.paper)
        self.last = len(self.sheet.grid.widths)
        if self.paper.mark:
            self._line(self.paper.mark, "mark", 16)
        first = len(self.heights) + 1
        if self.paper.annex:
            self._line(self.paper.annex, "annex", 24)
        self._line(self.paper.title, "title", self.sheet.title_size * 1.5 + 6)
        self._pairs(self.paper.head, self.keys.head, "day")
        self._grid()
        across = room(sum(self.sheet.grid.widths), 10.5)
        for index, note in enumerate(self.sheet.notes):
            text = (self.sheet.notes_label if index == 0 else "") + note
            self._line(text, "note", lines_needed(text, across) * 14 + 3)
        self._pairs(self.paper.foot, self.keys.foot, "text")
        return FormPage(
            self.title,
            tuple(self.spots),
            (*self.sheet.grid.widths, ASIDE_MM),
            tuple(self.heights),
            self.sheet.margins,
            (first, len(self.heights), self.last),
        )

    def _line(self, text: str, look: Look, height: float) -> None:
        self.heights.append(height)
        row = len(self.heights)
        self.spots.append(Spot(row, 1, "label", look, text=text, columns=self.last))

    def _pairs(
        self, pairs: Sequence[tuple[str, str]], keys: Sequence[str], kind: Literal["day", "text"]
    ) -> None:
        """Fields side by side, each as wide as the others; those with a key are filled in."""
        if not pairs:
            return
        self.heights.append(24)
        row = len(self.heights)
        edges = [1 + self.last * at // len(pairs) for at in range(len(pairs) + 1)]
        for (label, value), key, start, end in zip(pairs, keys, edges, edges[1:], strict=False):
            if not key:
                text = f"{label}\uff1a{value}"
                self.spots.append(Spot(row, start, "label", "pair", text, columns=end - start))
                continue
            self.spots.append(Spot(row, start, "label", "pair_end", text=f"{label}\uff1a"))
            here = Spot(row, start + 1, kind, "pair", key=key, columns=max(end - start - 1, 1))
            self.spots.append(here)

    def _grid(self) -> None:
        grid, above = self.sheet.grid, len(self.heights)
        self.heights += _heights(self.sheet)
        names = [list(row) for block in self.keys.figures for row in ((), *block)]
        levels = self.last - max(len(row) for row in names)
        for y, x, cell in grid.placed():
            row, column, size = above + y + 1, x + 1, (cell.rows, cell.columns)
            if cell.kind == "figure" and x - levels < len(names[y]):
                key = names[y][x - levels]
                self.spots.append(Spot(row, column, "number", "figure", "", key, (), "", *size))
            else:
                look: Look = "head" if cell.kind == "head" else "row"
                text = "" if cell.value is None else str(cell.value)
                self.spots.append(Spot(row, column, "label", look, text, "", (), "", *size))
        for y, row_of in enumerate(names):
            self.spots.append(self._aside(above + y + 1, levels, row_of))

    def _aside(self, row: int, levels: int, keys: Sequence[str]) -> Spot:
        """Beside a heading its word, beside a row of figures their sum."""
        if not keys:
            return Spot(row, self.last + 1, "label", "aside", text=self.keys.total)
        letters = column_letters(levels + 1), column_letters(levels + len(keys))
        formula = f"=SUM({letters[0]}{row}:{letters[1]}{row})"
        return Spot(row, self.last + 1, "sum", "aside", parts=tuple(keys), formula=formula)


def _heights(sheet: Sheet) -> list[float]:
    """At least what the paper has; more where a word needs more lines."""
    heights = [height / MM_PER_POINT for height in sheet.grid.heights]
    for y, x, cell in sheet.grid.placed():
        if isinstance(cell.value, str) and cell.rows == 1:
            across = room(sum(sheet.grid.widths[x : x + cell.columns]), sheet.cell_size)
            if most_lines(cell.value, across) > 1:
                least = lines_needed(cell.value, across) * sheet.cell_size * 1.3 + 4
                heights[y] = max(heights[y], least)
    return [round(height, 2) for height in heights]
