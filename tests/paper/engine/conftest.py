"""One ticked sheet, and what may happen to it between the pen and the reader."""

from dataclasses import dataclass

import cv2
import numpy as np
import pytest

from pingyi.paper.omr.images import Grey, PageImage
from pingyi.paper.omr.layout import Layout
from pingyi.paper.omr.page import Reader
from pingyi.paper.omr.readings import Reading
from tests.simulate import sheets
from tests.simulate.voters import Filled, Habits, Voter

PER_MM = 8
CALM = Habits(
    blank=0.01, corrected=0.01, two=0.01, struck=0, line_sheet=0, stray_sheet=0, sloppy_sheet=0,
    words_sheet=0, straight_sheet=0,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ticked:
    """A sheet with the truth about it."""

    layout: Layout
    ballot: str
    filled: Filled
    grey: Grey

    def pen_in(self, row: int, item: str) -> np.ndarray:
        """Where the pen went in the cell that was meant (points, mm)."""
        (option,) = self.filled.meant[row, item]
        cell = next(
            one for one in self.layout.pages[0].cells
            if (one.row, one.item, one.option) == (row, item, option)
        )  # fmt: skip
        low, high = np.array([cell.x, cell.y]), np.array([cell.x + cell.w, cell.y + cell.h])
        points = np.vstack([stroke.points for stroke in self.filled.strokes])
        return points[((points >= low) & (points <= high)).all(axis=1)]

    def wrong(self, reading: Reading) -> list[tuple[object, ...]]:
        """Items that were accepted although they were meant otherwise."""
        return [
            (one.row, one.item, one.marked)
            for one in reading.items
            if one.state == "accepted"
            and set(one.marked) != set(self.filled.meant[one.row, one.item])
        ]


def ticked(form: str, rows: int, copy: int, seed: int, habits: Habits = CALM) -> Ticked:
    """A sheet filled in by the voter of a seed."""
    printed = sheets.printed(form, rows)[copy]
    rng = np.random.default_rng(seed)
    filled = Voter(printed.layout.pages[0], rng, habits).fill()
    page = sheets.inked(sheets.pixels(form, rows, copy, PER_MM), filled.strokes, PER_MM, rng)
    return Ticked(printed.layout, printed.ballot, filled, page)


@pytest.fixture(scope="module")
def sheet() -> Ticked:
    """Annex 5 with 30 rows."""
    return ticked("annex5", 30, 0, 5)


@pytest.fixture(scope="module")
def other_sheet() -> Ticked:
    """Another voter's sheet of the same form."""
    return ticked("annex5", 30, 1, 6)


@pytest.fixture(scope="module")
def reader(sheet: Ticked) -> Reader:
    """A reader that knows both forms."""
    return Reader([sheet.layout, sheets.printed("annex4", 0)[0].layout])


def page(grey: np.ndarray, *, bilevel: bool = False) -> PageImage:
    """Pixels as a page."""
    return PageImage(np.ascontiguousarray(grey), bilevel)


def turned(grey: np.ndarray, degrees: float) -> np.ndarray:
    """Turned about its middle, anticlockwise; what is not paper is white."""
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(grey, matrix, (width, height), borderValue=255)


def covered(grey: np.ndarray, *boxes: tuple[int, int, int, int], value: int = 255) -> np.ndarray:
    """With boxes (left, top, right, bottom in mm) painted over."""
    found = grey.copy()
    for left, top, right, bottom in boxes:
        found[top * PER_MM : bottom * PER_MM, left * PER_MM : right * PER_MM] = value
    return found
