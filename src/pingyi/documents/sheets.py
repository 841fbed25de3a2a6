"""From a layout to a ruled sheet: the one description that PDF, Excel and Word all draw.

Lengths are millimetres on A4, type sizes points. The page is GB/T 9704-2012 (rulebook §9): text
area 156 × 225 mm; a wide table is turned, so that the binding side of 28 mm is on top.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatch
from itertools import groupby
from typing import Literal, NamedTuple

from pingyi.documents.layouts import (
    BlankBallot,
    BlankRosterBallot,
    Box,
    Cell,
    LedgerTable,
    Noted,
    Orientation,
    Pair,
    PaperTable,
    TableBlock,
    TableRow,
)
from pingyi.documents.measures import CELL_PADDING_MM, HEAD_PADDING_MM, lines_needed, room, width_mm

Kind = Literal["head", "label", "item", "figure", "left", "right", "write", "corner"]
"""How a cell is set: heading, row label, item of a ballot, centred figure, running text,
box to write in, or the heading corner with a diagonal and two words divided by a line feed."""

PAIRS_GUTTER_MM = 6
SPARE_MM = 4
"""Kept free at the bottom of a form, so that another typeface does not push it to a second page."""
CIRCLED = "".join(chr(0x2460 + index) for index in range(20))


@dataclass(frozen=True, slots=True)
class Margins:
    top: float
    right: float
    bottom: float
    left: float


PORTRAIT = Margins(top=37, right=26, bottom=35, left=28)
LANDSCAPE = Margins(top=28, right=36, bottom=26, left=36)
NARROW = Margins(top=25, right=20, bottom=22, left=20)


class GridCell(NamedTuple):
    """A cell as it stands in its line; a tuple, for a long ledger has hundreds of thousands."""

    value: Cell
    kind: Kind
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells row by row, left to right; a place covered by an earlier span has no cell.

    Heights are the least ones; 0 leaves a row to its text, which is quicker in a long ledger.
    """

    widths: tuple[float, ...]
    heights: tuple[float, ...]
    lines: tuple[tuple[GridCell, ...], ...]
    head_lines: int

    def placed(self) -> Iterator[tuple[int, int, GridCell]]:
        """Every cell with the line and the column where it begins."""
        taken: set[tuple[int, int]] = set()
        for y, line in enumerate(self.lines):
            x = 0
            for cell in line:
                while taken and (y, x) in taken:
                    x += 1
                yield y, x, cell
                if cell.rows > 1:
                    taken |= {
                        (y + down, x + right)
                        for down in range(1, cell.rows)
                        for right in range(cell.columns)
                    }
                x += cell.columns


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    grid: Grid
    orientation: Orientation
    margins: Margins
    annex: str = ""
    head: tuple[Pair, ...] = ()
    notes: tuple[str, ...] = ()
    notes_label: str = ""
    foot: tuple[Pair, ...] = ()
    mark: str = ""
    noted: Noted | None = None
    noted_mm: float = 11
    title_size: float = 22
    cell_size: float = 10.5
    page_numbers: bool = True
    filters: bool = False

    @property
    def noted_line(self) -> str:
        """What the foot says of the ledger; nothing where it says nothing."""
        return self.noted.line if self.noted else ""

    @property
    def text_width(self) -> float:
        page = 210 if self.orientation == "portrait" else 297
        return page - self.margins.left - self.margins.right


def margins_of(orientation: Orientation) -> Margins:
    return PORTRAIT if orientation == "portrait" else LANDSCAPE


def text_width_of(orientation: Orientation, margins: Margins) -> float:
    return (210 if orientation == "portrait" else 297) - margins.left - margins.right


def shares(relative: list[float], whole: float) -> tuple[float, ...]:
    """The whole width divided in the given proportions."""
    total = sum(relative) or 1
    return tuple(round(whole * part / total, 3) for part in relative)


def numbered(notes: tuple[str, ...]) -> tuple[str, ...]:
    """Several notes are counted \u2460\u2461\u2462, unless they come counted."""
    if len(notes) < 2 or notes[0].startswith(CIRCLED[0]):
        return notes
    return tuple(
        f"{CIRCLED[index]}{note}" if index < len(CIRCLED) else note
        for index, note in enumerate(notes)
    )


@singledispatch
def sheet_of(layout: object) -> Sheet:
    """The sheet of a layout."""
    raise TypeError(f"not a layout: {layout!r}")


@sheet_of.register
def _paper_table(layout: PaperTable) -> Sheet:
    margins = margins_of(layout.orientation)
    width = text_width_of(layout.orientation, margins)
    figures = max((len(block.columns) for block in layout.blocks), default=1)
    label_widths = _label_widths(layout)
    figure_width = round((width - sum(label_widths)) / figures, 3)
    head_heights = [_head_height(block.columns, figure_width, 10.5) for block in layout.blocks]
    rows = sum(len(block.rows) for block in layout.blocks)
    left = free_height(layout, margins) - sum(head_heights)
    row_height = round(min(12.0, max(7.5, left / max(rows, 1))), 2)
    lines: list[tuple[GridCell, ...]] = []
    heights: list[float] = []
    for block, head_height in zip(layout.blocks, head_heights, strict=True):
        lines.append(_block_head(block, len(label_widths), figures))
        lines.extend(_block_rows(block, len(label_widths), figures))
        heights += [head_height, *[row_height] * len(block.rows)]
    return Sheet(
        title=layout.title,
        annex=layout.annex,
        head=layout.head,
        grid=Grid(
            widths=(*label_widths, *[figure_width] * figures),
            heights=tuple(heights),
            lines=tuple(lines),
            head_lines=1,
        ),
        notes=numbered(layout.notes),
        notes_label=layout.notes_label,
        mark=layout.mark,
        noted=layout.noted,
        noted_mm=layout.noted_mm,
        foot=layout.foot,
        orientation=layout.orientation,
        margins=margins,
    )


def _label_widths(layout: PaperTable) -> list[float]:
    """Wide enough for the labels on one line each, within reason."""
    labels = [row.label for block in layout.blocks for row in block.rows]
    if all(len(label) < 2 for label in labels):
        longest = max((width_mm("".join(label), 10.5) for label in labels), default=0)
        return [min(50.0, max(26.0, longest + CELL_PADDING_MM + 1))]
    levels = zip(*(label for label in labels if len(label) > 1), strict=False)
    widths = [
        min(40.0, max(14.0, max(width_mm(text, 10.5) for text in level) + CELL_PADDING_MM + 1))
        for level in levels
    ]
    single = max((width_mm(label[0], 10.5) for label in labels if len(label) == 1), default=0)
    widths[0] = max(widths[0], min(50.0, single + CELL_PADDING_MM + 1) - sum(widths[1:]))
    return widths


def _head_height(names: tuple[str, ...], width: float, size: float) -> float:
    columns = room(width, size, HEAD_PADDING_MM)
    deepest = max((lines_needed(name, columns) for name in names), default=1)
    return max(2, deepest) * 5.0 + 2


def free_height(layout: PaperTable | BlankBallot, margins: Margins) -> float:
    """What title, fields and notes leave of the text area for the table."""
    page = 297 if layout.orientation == "portrait" else 210
    width = text_width_of(layout.orientation, margins)
    notes = sum(lines_needed(note, notes_room(width)) for note in layout.notes)
    foot = 8.5 if getattr(layout, "foot", ()) else 0
    title = 8.2 * lines_needed(layout.title, room(width, 22, 0)) + 6
    head = 5.5 * pair_lines(layout.head, width)
    annex = 8.5 if layout.annex else 0
    used = annex + title + head + notes * 4.2 + 3 + foot
    return page - margins.top - margins.bottom - used - SPARE_MM


def notes_room(width: float) -> float:
    """How many characters stand on a line of notes, beside their label."""
    return room(width - 7, 10.5)


def pair_rooms(pairs: int, width: float) -> list[float]:
    """How many characters stand on a line of each of the fields side by side.

    Of two the first is wider: it is a name, the second a day.
    """
    parts = [1.7, 1.0] if pairs == 2 else [1.0] * pairs
    free = width - PAIRS_GUTTER_MM * (pairs - 1)
    return [room(free * part / sum(parts), 12) for part in parts]


def pair_lines(pairs: tuple[Pair, ...], width: float) -> int:
    """The lines that fields side by side take: those of the longest."""
    texts = [f"{label}\uff1a{value}" for label, value in pairs]
    rooms = pair_rooms(len(pairs), width)
    return max(map(lines_needed, texts, rooms), default=0)


def _block_head(block: TableBlock, levels: int, figures: int) -> tuple[GridCell, ...]:
    names = [*block.columns, *[""] * (figures - len(block.columns))]
    return (
        GridCell(block.heading, "head", columns=levels),
        *(GridCell(name, "head") for name in names),
    )


def _block_rows(block: TableBlock, levels: int, figures: int) -> Iterator[tuple[GridCell, ...]]:
    for _label, group in groupby(block.rows, key=_shared_label):
        rows = list(group)
        for index, row in enumerate(rows):
            yield (*_labels(row, index, len(rows), levels), *_figures(row, figures))


def _shared_label(row: TableRow) -> tuple[bool, str]:
    """Rows with the same first of two levels stand together; a label of one level stands alone."""
    return len(row.label) > 1, row.label[0]


def _labels(row: TableRow, index: int, rows: int, levels: int) -> Iterator[GridCell]:
    if len(row.label) < 2:
        yield GridCell(row.label[0], "label", columns=levels)
        return
    if index == 0:
        yield GridCell(row.label[0], "label", rows=rows)
    yield GridCell(row.label[1], "label")


def _figures(row: TableRow, figures: int) -> Iterator[GridCell]:
    for cell in (*row.cells, *[None] * (figures - len(row.cells))):
        yield GridCell(cell, "figure")


@sheet_of.register
def _ballot_form(layout: BlankBallot) -> Sheet:
    margins = margins_of(layout.orientation)
    width = text_width_of(layout.orientation, margins)
    grades = len(layout.grades)
    grade_width = min(24.0, width * 0.6 / max(grades, 1))
    item_width = width - grade_width * grades
    first_width = 30.0
    item_heights = [_item_height(item, item_width) for item in layout.items]
    left = max(60.0, free_height(layout, margins) - 14 - sum(item_heights))
    total = sum(box.share for box in layout.boxes) or 1
    box_heights = [round(left * box.share / total, 2) for box in layout.boxes]
    figures = layout.figures or ((None,) * grades,) * len(layout.items)
    lines = [
        (
            GridCell("\n".join(layout.corner), "corner", columns=2),
            *(GridCell(grade, "head") for grade in layout.grades),
        ),
        *(
            (GridCell(item, "item", columns=2), *(GridCell(each, "figure") for each in row))
            for item, row in zip(layout.items, figures, strict=True)
        ),
        *(_box_line(box, grades) for box in layout.boxes),
    ]
    return Sheet(
        title=layout.title,
        annex=layout.annex,
        head=layout.head,
        grid=Grid(
            widths=(first_width, item_width - first_width, *[grade_width] * grades),
            heights=(14.0, *item_heights, *box_heights),
            lines=tuple(lines),
            head_lines=1,
        ),
        notes=numbered(layout.notes),
        notes_label=layout.notes_label,
        orientation=layout.orientation,
        margins=margins,
        mark=layout.mark,
        noted=layout.noted,
        cell_size=12,
        page_numbers=False,
    )


def _item_height(item: str, width: float) -> float:
    return max(14.0, 5.5 * lines_needed(item, room(width, 12)) + 1)


def _box_line(box: Box, grades: int) -> tuple[GridCell, ...]:
    if box.beside:
        return (GridCell(box.label, "label"), GridCell(None, "write", columns=grades + 1))
    label = box.label if box.label[-1:] in ("", ":", "\uff1a") else f"{box.label}\uff1a"
    return (GridCell(f"{label}\n{box.text}".rstrip("\n"), "write", columns=grades + 2),)


@sheet_of.register
def _roster_ballot_form(layout: BlankRosterBallot) -> Sheet:
    margins = NARROW if layout.orientation == "landscape" else PORTRAIT
    width = text_width_of(layout.orientation, margins)
    marks = len(layout.items) * len(layout.grades)
    name_width = 34.0
    mark_width = round((width - name_width) / max(marks, 1), 3)
    names = [*layout.names, *[None] * layout.blank_rows]
    return Sheet(
        title=layout.title,
        annex=layout.annex,
        head=layout.head,
        grid=Grid(
            widths=(name_width, *[mark_width] * marks),
            heights=(10.0, 11.0, *[8.5] * len(names)),
            lines=(
                (
                    GridCell(layout.corner, "head", rows=2),
                    *(GridCell(i, "head", columns=len(layout.grades)) for i in layout.items),
                ),
                tuple(GridCell(grade, "head") for _ in layout.items for grade in layout.grades),
                *((GridCell(name, "label"), *[GridCell(None, "figure")] * marks) for name in names),
            ),
            head_lines=2,
        ),
        notes=numbered(layout.notes),
        notes_label=layout.notes_label,
        orientation=layout.orientation,
        margins=margins,
    )


@sheet_of.register
def _ledger_table(layout: LedgerTable) -> Sheet:
    margins = NARROW if layout.orientation == "landscape" else PORTRAIT
    width = text_width_of(layout.orientation, margins)
    kinds = column_kinds(layout)
    rows = tuple(layout.rows)
    return Sheet(
        title=layout.title,
        head=layout.head,
        grid=Grid(
            widths=shares([column.width for column in layout.columns], width),
            heights=(9.0, *[0.0] * len(rows)),
            lines=(
                tuple(GridCell(column.label, "head") for column in layout.columns),
                *(tuple(map(GridCell, row, kinds)) for row in rows),
            ),
            head_lines=1,
        ),
        notes=numbered(layout.notes),
        notes_label=layout.notes_label,
        mark=layout.mark,
        noted=layout.noted,
        orientation=layout.orientation,
        margins=margins,
        title_size=18,
        cell_size=9,
        filters=True,
    )


def column_kinds(layout: LedgerTable) -> list[Kind]:
    """How the cells of each column of a list are set."""
    kinds: dict[str, Kind] = {"left": "left", "center": "figure", "right": "right"}
    return [kinds[column.align] for column in layout.columns]
