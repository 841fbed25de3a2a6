"""Who fills in a sheet: one hand, one pen, one mind; with what goes wrong at a desk."""

from dataclasses import dataclass, field

import numpy as np

from pingyi.paper.omr.layout import Cell, Page
from tests.simulate import marks
from tests.simulate.marks import Hand, Points
from tests.simulate.pens import PENS, Stroke, pulled
from tests.simulate.truth import WELL_INSIDE, Ground, ItemTruth, Key

SHAPES = {
    "tick": 0.38, "swung": 0.22, "flick": 0.09, "slash": 0.01, "hooked": 0.05, "led_in": 0.05,
    "root": 0.02, "two_strokes": 0.04, "gone_over": 0.01, "cross": 0.08, "ring": 0.04, "blob": 0.01,
}  # fmt: skip
PLAINLY_OUTSIDE = 0.3
"""Nobody leaves a mark of which less lies in the cell it is for: not even a person could tell."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How often what happens: shares of items, or of sheets where it says so."""

    blank: float = 0.015
    corrected: float = 0.004
    two: float = 0.002
    struck: float = 0.001
    line_sheet: float = 0.003
    stray_sheet: float = 0.02
    sloppy_sheet: float = 0.1
    words_sheet: float = 0.1
    margin_sheet: float = 0.01
    straight_sheet: float = 0.1
    other_shape: float = 0.01
    """Marks of another shape than this hand makes as a rule."""
    faint_sheets: bool = True


@dataclass(slots=True)
class Filled:
    """A sheet as ticked: strokes, what was meant, and how well inside its cell each mark lies."""

    strokes: list[Stroke] = field(default_factory=list)
    meant: dict[Key, tuple[str, ...]] = field(default_factory=dict)
    incident: dict[Key, str] = field(default_factory=dict)
    inside: dict[Key, float] = field(default_factory=dict)
    pen: str = ""
    dark: float = 0.0

    @property
    def outside(self) -> set[Key]:
        """Items that a mark less than WELL_INSIDE in its own cell belongs to or enters."""
        return {key for key, share in self.inside.items() if share < WELL_INSIDE}

    @property
    def items(self) -> tuple[ItemTruth, ...]:
        """The truth about each item."""
        return tuple(
            ItemTruth(
                item, row, meant, self.incident.get((row, item), ""),
                round(self.inside.get((row, item), 1.0), 4),
            )
            for (row, item), meant in self.meant.items()
        )  # fmt: skip


class Voter:
    """Fills in one page."""

    def __init__(self, page: Page, rng: np.random.Generator, habits: Habits) -> None:
        self.page, self.rng, self.habits = page, rng, habits
        self.filled = Filled()
        self.ground = Ground(page.cells)
        self.items: dict[Key, list[int]] = {}
        for number, cell in enumerate(page.cells):
            self.items.setdefault((cell.row, cell.item), []).append(number)
        kind = str(rng.choice(list(PENS), p=[pen.share for pen in PENS.values()]))
        if kind == "faint" and not habits.faint_sheets:
            kind = "pencil"
        self.pen = PENS[kind]
        self.width, self.dark = rng.uniform(*self.pen.width), rng.uniform(*self.pen.dark)
        self.filled.pen, self.filled.dark = kind, round(float(self.dark), 3)
        self.sloppy = rng.random() < habits.sloppy_sheet
        self.hand = self._hand(str(rng.choice(list(SHAPES), p=list(SHAPES.values()))))
        self.offset = rng.normal(0, 0.9 if self.sloppy else 0.5, 2)

    def _hand(self, shape: str) -> Hand:
        rng, tall = self.rng, self.page.cells[0].h
        return Hand(
            shape=shape,
            size=rng.uniform(0.5, 0.85) * min(tall, 10) * (1.35 if self.sloppy else 1),
            lean=rng.normal(0, 0.12), wobble=rng.uniform(0.004, 0.02),
            short=rng.uniform(0.25, 0.5), long=rng.uniform(0.6, 1.0), bend=rng.normal(0, 0.06),
        )  # fmt: skip

    def fill(self) -> Filled:
        """Tick every item, then what else happens on a sheet."""
        rng, habits = self.rng, self.habits
        options = len(next(iter(self.items.values())))
        weights = rng.dirichlet([6, 3, 1.5, 0.6][:options] + [0.5] * max(0, options - 4))
        straight = rng.random() < habits.straight_sheet
        drawn = self._line_down() if rng.random() < habits.line_sheet else set()
        for key, numbers in self.items.items():
            if key not in drawn:
                choice = 0 if straight else int(rng.choice(len(numbers), p=weights))
                self._item(key, numbers, choice)
        if rng.random() < habits.stray_sheet:
            self._stray()
        if rng.random() < habits.words_sheet:
            self._words()
        if rng.random() < habits.margin_sheet:
            self._margin()
        return self.filled

    def _item(self, key: Key, numbers: list[int], choice: int) -> None:
        rng, habits = self.rng, self.habits
        happens = rng.random()
        chosen = self.page.cells[numbers[choice]]
        other = numbers[(choice + int(rng.integers(1, len(numbers)))) % len(numbers)]
        edges = np.cumsum([habits.blank, habits.corrected, habits.two, habits.struck])
        incident = next(
            (name for name, edge in zip(("blank", "corrected", "two", "struck"), edges, strict=True)
             if happens < edge), "",
        )  # fmt: skip
        self.filled.incident[key] = incident
        if incident == "blank":
            self.filled.meant[key] = ()
            return
        self.filled.meant[key] = (chosen.option,)
        self._tick(numbers[choice])
        if incident == "corrected":
            self._tick(other)
            self._black_out(other)
        elif incident == "two":
            self.filled.meant[key] = (chosen.option, self.page.cells[other].option)
            self._tick(other)
        elif incident == "struck":
            self._tick(other)
            self._strike(other)

    def _tick(self, number: int) -> None:
        rng, cell = self.rng, self.page.cells[number]
        hand = self.hand
        if rng.random() < self.habits.other_shape:
            hand = self._hand(str(rng.choice(["tick", "cross", "hooked", "flick"])))
        lines = self._placed(hand, cell)
        while self.ground.shares(lines).get(number, 0.0) < PLAINLY_OUTSIDE:
            lines = self._placed(hand, cell)
        self._mark(lines, number)

    def _placed(self, hand: Hand, cell: Cell) -> list[Points]:
        spread = 1.15 if self.sloppy else 0.55
        at = _middle(cell) + self.rng.normal(0, spread, 2) * [1, min(cell.h, 9) / 9]
        return [line + at + self.offset for line in marks.a_mark(hand, self.rng)]

    def _black_out(self, number: int) -> None:
        """As the sheet asks: the wrong cell is blacked out; some are thorough, some are not."""
        cell, rng = self.page.cells[number], self.rng
        way = marks.whirl if rng.random() < 0.35 else marks.zigzag
        self._mark([way(cell.w, min(cell.h, 10), rng) + _middle(cell)], number, wide=1.3)

    def _strike(self, number: int) -> None:
        """Not as the sheet asks: the wrong tick is struck through, once or twice."""
        cell, rng = self.page.cells[number], self.rng
        for _ in range(int(rng.integers(1, 3))):
            tilt = rng.normal(0, 0.5, 2)
            bar = np.array([[-3.2, tilt[0]], [3.2, tilt[1]]]) * rng.uniform(0.8, 1.2)
            self._mark([marks.curve(bar, 0.02, rng, 0.01) + _middle(cell)], number)

    def _mark(self, lines: list[Points], number: int | None, *, wide: float = 1.0) -> None:
        """Draw; note for each item the mark enters how well it lies in its own cell."""
        dark = self.dark * self.rng.uniform(0.85, 1.1)
        width = self.width * wide * self.rng.uniform(0.88, 1.12)
        for line in lines:
            self.filled.strokes.append(pulled(line, self.pen, width, dark, self.rng))
        shares = self.ground.shares(lines)
        # What was meant for no cell belongs to the one that holds most of it.
        own = shares.get(number, 0.0) if number is not None else max(shares.values(), default=0.0)
        entered = {*shares, number} if number is not None else set(shares)
        for one in entered:
            cell = self.page.cells[one]
            key = (cell.row, cell.item)
            self.filled.inside[key] = min(self.filled.inside.get(key, 1.0), own)

    def _line_down(self) -> set[Key]:
        """One line down a column instead of ticks: straight, wavy, or a tick with a long tail."""
        rng = self.rng
        rows = sorted({cell.row for cell in self.page.cells if cell.row is not None})
        if len(rows) < 8:
            return set()
        start = int(rng.integers(0, len(rows) - 6))
        end = int(rng.integers(start + 4, len(rows)))
        item = str(rng.choice(sorted({cell.item for cell in self.page.cells})))
        place = int(rng.integers(0, 2))
        chosen = [(row, item) for row in rows[start : end + 1]]
        cells = [self.page.cells[self.items[key][place]] for key in chosen]
        wander = rng.normal(0, 0.8, 2)
        ends = np.array([_middle(cells[0]) + [wander[0], -1], _middle(cells[-1]) + [wander[1], 1]])
        line = ends
        if rng.random() < 0.3:
            line = np.linspace(ends[0], ends[1], 2 * len(cells))
            line[:, 0] += np.tile([-1.2, 1.2], len(cells)) * rng.uniform(0.4, 1)
        self._mark([marks.curve(line, 0.01, rng, 0.02)], None)
        for key, cell in zip(chosen, cells, strict=True):
            self.filled.meant[key], self.filled.incident[key] = (cell.option,), "line"
        return set(chosen)

    def _stray(self) -> None:
        """A pen laid down or tried out: dots and short lines anywhere in the table."""
        for _ in range(int(self.rng.integers(1, 4))):
            cell = self.page.cells[int(self.rng.integers(len(self.page.cells)))]
            start = _middle(cell) + self.rng.uniform(-0.5, 0.5, 2) * [cell.w, cell.h]
            long = float(self.rng.choice([0.15, 0.5, 1.5], p=[0.5, 0.35, 0.15]))
            ends = np.vstack([start, start + self.rng.normal(0, long, 2)])
            self._mark([marks.curve(ends, 0.05, self.rng, 0.01)], None)
            self.filled.incident[cell.row, cell.item] = "stray"

    def _words(self) -> None:
        """Opinions under the table, where there is room."""
        low = max(cell.y + cell.h for cell in self.page.cells)
        room = self.page.height - low - 25
        high = self.rng.uniform(3.5, 6)
        for line in range(int(min(room // 9, self.rng.integers(1, 5)))):
            at = np.array([self.rng.uniform(20, 50), low + 9 + 9 * line])
            self._write(at, self.rng.uniform(30, 110), high)

    def _margin(self) -> None:
        """A remark beside the table, now and then reaching into it."""
        right = max(cell.x + cell.w for cell in self.page.cells)
        cell = self.page.cells[int(self.rng.integers(len(self.page.cells)))]
        width = self.rng.uniform(5, 16)
        start = right + self.rng.uniform(-6, 2) if self.rng.random() < 0.5 else width - 10
        self._write(np.array([start, cell.y]), width, self.rng.uniform(3, 5))

    def _write(self, at: Points, width: float, high: float) -> None:
        for stroke in marks.handwriting(width, high, self.rng):
            self._mark([stroke + at], None)


def _middle(cell: Cell) -> Points:
    return np.array([cell.x + cell.w / 2, cell.y + cell.h / 2])
