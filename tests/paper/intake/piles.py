"""A pile as it lies in the tray: ballots, some fed twice, one altered in between, backs, papers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np
import pypdfium2

from pingyi.paper.omr.layout import Layout
from tests.paper.intake.makers import jpeg
from tests.simulate import devices, sheets
from tests.simulate.pens import Stroke
from tests.simulate.voters import Filled, Habits, Voter

FORM, ROWS, PER_MM = "annex5", 24, 8
TICK = np.array([[-2.0, 0.0], [-0.6, 2.0], [2.6, -2.4]])
BLACKOUT = np.array([[x, 2.4 * (-1) ** step] for step, x in enumerate(np.arange(-2.5, 2.6, 0.25))])
HABITS = Habits(faint_sheets=False)
Device = Callable[[np.ndarray, int, int, np.random.Generator], bytes]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of the pile: its scan, what RESULT must say of it, and whose ballot it is."""

    content: bytes
    expected: str
    ballot: str | None
    filled: Filled | None = None


class Pile:
    """`ballots` voters; every fourth sheet is fed again, every seventh altered and fed again."""

    def __init__(self, ballots: int, seed: int, device: Device = devices.plain_scan) -> None:
        self._rng, self._device = np.random.default_rng([seed, 5]), device
        self._printed = sheets.printed(FORM, ROWS, max(ballots, 4))
        self.layout: Layout = self._printed[0].layout
        self.sheets = list(self._fed(ballots))

    def _fed(self, ballots: int) -> Iterator[Sheet]:
        again: list[Sheet] = []
        for number in range(ballots):
            page, ballot = self._printed[number].layout.pages[0], self._printed[number].ballot
            filled = Voter(page, self._rng, HABITS).fill()
            yield Sheet(self._scan(number, filled.strokes), "read", ballot, filled)
            if number % 4 == 1:
                again.append(Sheet(self._scan(number, filled.strokes), "rescan", ballot))
            if number % 7 == 3:
                more = filled.strokes + self._altered(filled, number)
                again.append(Sheet(self._scan(number, more), "altered_copy", ballot))
            if number % 5 == 2:
                yield Sheet(self._back(), "blank_page", None)
            if number % 9 == 4:
                yield Sheet(self._letter(), "no_markers", None)
            if len(again) > 3:
                yield again.pop(0)
        yield from again

    def _scan(self, number: int, strokes: list[Stroke]) -> bytes:
        paper = _pixels(number, len(self._printed))
        page = sheets.inked(paper, strokes, PER_MM, self._rng)
        return self._device(page, PER_MM, int(self._rng.choice([150, 200, 300])), self._rng)

    def _altered(self, filled: Filled, number: int) -> list[Stroke]:
        """A tick blacked out and another made, with the same pen."""
        page = self._printed[number].layout.pages[0]
        key = next(key for key, meant in filled.meant.items() if len(meant) == 1)
        cells = [cell for cell in page.cells if (cell.row, cell.item) == key]
        old = next(cell for cell in cells if cell.option in filled.meant[key])
        new = next(cell for cell in cells if cell is not old)
        lines = [TICK + _middle(new), BLACKOUT + _middle(old)]
        pen = filled.strokes[0]
        return [replace(pen, points=line, press=np.ones(len(line))) for line in lines]

    def _back(self) -> bytes:
        grey = np.full((1754, 1240), 246, np.float32)
        return jpeg(
            np.clip(grey + devices.noise(grey.shape, 2, self._rng), 0, 255).astype(np.uint8)
        )

    def _letter(self) -> bytes:
        grey = np.full((1754, 1240), 246, np.uint8)
        for line in range(20):
            cv2.putText(grey, f"Dear madam, line {line}", (150, 200 + 60 * line), 0, 1.2, 20, 2)
        return jpeg(grey)


def _pixels(number: int, copies: int) -> np.ndarray:
    one = sheets.printed(FORM, ROWS, copies)[number]
    page = pypdfium2.PdfDocument(one.pdf)[one.index]
    bitmap = page.render(scale=PER_MM * 25.4 / 72, grayscale=True).to_numpy().squeeze()
    return np.ascontiguousarray(cv2.resize(bitmap, (210 * PER_MM, 297 * PER_MM)))


def _middle(cell: object) -> np.ndarray:
    x, y, w, h = (getattr(cell, name) for name in "xywh")
    return np.array([x + w / 2, y + h / 2])
