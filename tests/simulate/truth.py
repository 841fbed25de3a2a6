"""What is really on a simulated page, item by item; ready for JSON."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from pingyi.paper.omr.layout import Cell
from tests.simulate.marks import Points

Key = tuple[int | None, str]
"""Row and item."""
WELL_INSIDE = 0.6
STEP_MM = 0.15


@dataclass(frozen=True, slots=True)
class ItemTruth:
    """One item: the options meant in the end, what happened, and how well inside the marks lie.

    `inside` is the least share of its own cell over every mark that enters the item, this item's
    own or another's; 1 where nothing enters.
    """

    item: str
    row: int | None
    meant: tuple[str, ...]
    incident: str
    inside: float

    @property
    def key(self) -> Key:
        return self.row, self.item

    @property
    def is_well_inside(self) -> bool:
        return self.inside >= WELL_INSIDE


@dataclass(frozen=True, slots=True)
class PageTruth:
    """One page: which ballot, which pen, how dark, and every item on it."""

    seed: int
    level: str
    form: str
    rows: int
    layout: str
    ballot: str
    k: int
    of: int
    pen: str
    contrast: float
    items: tuple[ItemTruth, ...]

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        return asdict(self)


def evenly(points: Points) -> Points:
    """The same line with a point every STEP_MM, so that points can be counted as length."""
    steps = np.hypot(*np.diff(points, axis=0).T)
    along = np.concatenate([[0], np.cumsum(steps)])
    if along[-1] < STEP_MM:
        return points
    at = np.arange(STEP_MM / 2, along[-1], STEP_MM)
    return np.stack([np.interp(at, along, points[:, axis]) for axis in (0, 1)], axis=1)


class Ground:
    """The cells of a page, asked which of them a mark enters and with what share of its length."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self.cells = cells
        self._low = np.array([[cell.x, cell.y] for cell in cells])
        self._high = self._low + np.array([[cell.w, cell.h] for cell in cells])

    def shares(self, lines: Iterable[Points]) -> dict[int, float]:
        """Cell by number, and the share of the mark's length within it."""
        points = np.vstack([evenly(line) for line in lines])
        near = np.flatnonzero(
            ((self._low <= points.max(axis=0)) & (self._high >= points.min(axis=0))).all(axis=1)
        )
        found = {}
        for number in near.tolist():
            within = ((points >= self._low[number]) & (points <= self._high[number])).all(axis=1)
            if within.any():
                found[number] = float(within.mean())
        return found
