"""What the engine prepares once for every page of a layout: pixels of its table, its items."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from pingyi.paper.omr.codes import SheetCode
from pingyi.paper.omr.ink import Table, table_of
from pingyi.paper.omr.layout import Cell, Layout, Page
from pingyi.paper.omr.registration import Pieces, pieces_of

Box = tuple[float, float, float, float]
"""x, y, w, h in mm on the page."""
NEAR_MM = 1.0


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a page: its cells in the order of the options, and the box around them."""

    item: str
    row: int | None
    options: tuple[str, ...]
    cells: tuple[int, ...]
    box: Box


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page of a layout, ready to be read."""

    layout: Layout
    page: Page
    items: tuple[Item, ...]
    table: Table
    pieces: Pieces
    item_of_cell: tuple[int, ...]
    near: NDArray[np.bool_]
    """items x pieces: which pieces of rules lie along an item's box."""


class Forms:
    """All pages of all layouts that a reader knows."""

    def __init__(self, layouts: Sequence[Layout]) -> None:
        self._pages = {
            (layout.short, page.page): (layout, page) for layout in layouts for page in layout.pages
        }
        self._shorts = {layout.short for layout in layouts}
        self._ready: dict[tuple[str, int], FormPage] = {}

    def knows(self, code: SheetCode) -> bool:
        """Whether the sheet was printed with one of the layouts."""
        return code.layout in self._shorts

    def of(self, code: SheetCode) -> FormPage | None:
        """The page a QR names; None where the layout has no such page."""
        return self._made((code.layout, code.page))

    def all(self) -> Iterator[FormPage]:
        """Every page, in the order of the layouts."""
        for key in self._pages:
            made = self._made(key)
            if made is not None:
                yield made

    def geometries(self) -> list[Page]:
        """One page for each way in which markers and QR stand on the paper."""
        kinds = {
            (page.width, page.height, str(page.markers), str(page.qr)): page
            for _, page in self._pages.values()
        }
        return list(kinds.values())

    def _made(self, key: tuple[str, int]) -> FormPage | None:
        if key not in self._pages:
            return None
        if key not in self._ready:
            self._ready[key] = form_page(*self._pages[key])
        return self._ready[key]


def form_page(layout: Layout, page: Page) -> FormPage:
    """A page of a layout made ready."""
    items = tuple(_items(page.cells))
    pieces = pieces_of(page)
    owners = {cell: number for number, item in enumerate(items) for cell in item.cells}
    item_of_cell = tuple(owners[cell] for cell in range(len(page.cells)))
    return FormPage(layout, page, items, table_of(page), pieces, item_of_cell, _near(items, pieces))


def _items(cells: Sequence[Cell]) -> Iterator[Item]:
    numbered = enumerate(cells)
    for (row, item), group in groupby(numbered, key=lambda pair: (pair[1].row, pair[1].item)):
        some = list(group)
        x, y = min(cell.x for _, cell in some), min(cell.y for _, cell in some)
        right = max(cell.x + cell.w for _, cell in some)
        low = max(cell.y + cell.h for _, cell in some)
        yield Item(
            item, row, tuple(cell.option for _, cell in some), tuple(n for n, _ in some),
            (x, y, round(right - x, 2), round(low - y, 2)),
        )  # fmt: skip


def _near(items: Sequence[Item], pieces: Pieces) -> NDArray[np.bool_]:
    boxes = np.array([item.box for item in items])
    x, y = pieces.middle[:, 0], pieces.middle[:, 1]
    left, top = boxes[:, 0, None] - NEAR_MM, boxes[:, 1, None] - NEAR_MM
    right = boxes[:, 0, None] + boxes[:, 2, None] + NEAR_MM
    low = boxes[:, 1, None] + boxes[:, 3, None] + NEAR_MM
    return np.asarray((x >= left) & (x <= right) & (y >= top) & (y <= low), np.bool_)
