"""Who fills in a sheet: one hand, one pen, one mind; with what goes wrong at a desk."""

from dataclasses import dataclass, field

import numpy as np

from pingyi.paper.omr.layout import Cell, Page
from tests.simulate import marks
from tests.simulate.marks import Hand, Stroke

Key = tuple[int | None, str]
"""Row and item."""
WELL_INSIDE = 0.6

# Pen: share of voters, least and most width (mm), least and most darkness.
PENS = {
    "gel": (0.42, 0.4, 0.6, 0.75, 0.95),
    "ballpoint": (0.32, 0.3, 0.45, 0.5, 0.85),
    "fountain": (0.08, 0.45, 0.8, 0.6, 0.95),
    "marker": (0.03, 0.8, 1.1, 0.8, 0.97),
    "pencil": (0.11, 0.35, 0.55, 0.32, 0.6),
    "faint": (0.04, 0.3, 0.5, 0.18, 0.3),
}
SHAPES = {
    "tick": 0.66, "flick": 0.1, "hooked": 0.06, "two_strokes": 0.05, "cross": 0.08, "ring": 0.04,
    "blob": 0.01,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Habits:
    """How often what happens: shares of items, or of sheets where it says so."""

    blank: float = 0.015
    corrected: float = 0.004
    two: float = 0.002
    struck: float = 0.001
    line_sheet: float = 0.004
    stray_sheet: float = 0.02
    sloppy_sheet: float = 0.06
    words_sheet: float = 0.1
    straight_sheet: float = 0.1


@dataclass(slots=True)
class Filled:
    """A sheet as ticked: strokes, what was meant, and which items are fair to ask of a machine."""

    strokes: list[Stroke] = field(default_factory=list)
    meant: dict[Key, tuple[str, ...]] = field(default_factory=dict)
    incident: dict[Key, str] = field(default_factory=dict)
    outside: set[Key] = field(default_factory=set)
    pen: str = ""


class Voter:
    """Fills in one page."""

    def __init__(self, page: Page, rng: np.random.Generator, habits: Habits) -> None:
        self.page, self.rng, self.habits = page, rng, habits
        self.filled = Filled()
        self.items: dict[Key, list[Cell]] = {}
        for cell in page.cells:
            self.items.setdefault((cell.row, cell.item), []).append(cell)
        kind = str(rng.choice(list(PENS), p=[one[0] for one in PENS.values()]))
        _, thin, thick, pale, deep = PENS[kind]
        self.filled.pen = kind
        self.width, self.dark = rng.uniform(thin, thick), rng.uniform(pale, deep)
        self.sloppy = rng.random() < habits.sloppy_sheet
        tall = page.cells[0].h
        self.hand = Hand(
            shape=str(rng.choice(list(SHAPES), p=list(SHAPES.values()))),
            size=rng.uniform(0.5, 0.85) * min(tall, 9) * (1.3 if self.sloppy else 1),
            lean=rng.normal(0, 0.12), wobble=rng.uniform(0.004, 0.02),
            short=rng.uniform(0.25, 0.5), long=rng.uniform(0.6, 1.0), bend=rng.normal(0, 0.06),
        )  # fmt: skip
        self.offset = rng.normal(0, 0.5, 2)

    def fill(self) -> Filled:
        """Tick every item, then what else happens on a sheet."""
        rng, habits = self.rng, self.habits
        columns = [cell.option for cell in next(iter(self.items.values()))]
        weights = rng.dirichlet([6, 3, 1.5, 0.6][: len(columns)] + [0.5] * max(0, len(columns) - 4))
        straight = rng.random() < habits.straight_sheet
        drawn = self._line_down() if rng.random() < habits.line_sheet else set()
        for key, cells in self.items.items():
            if key in drawn:
                continue
            choice = 0 if straight else int(rng.choice(len(cells), p=weights))
            self._item(key, cells, choice)
        if rng.random() < habits.stray_sheet:
            self._stray()
        if rng.random() < habits.words_sheet:
            self._words()
        return self.filled

    def _item(self, key: Key, cells: list[Cell], choice: int) -> None:
        rng, habits = self.rng, self.habits
        happens = rng.random()
        other = cells[(choice + int(rng.integers(1, len(cells)))) % len(cells)]
        edges = np.cumsum([habits.blank, habits.corrected, habits.two, habits.struck])
        incident = next(
            (name for name, edge in zip(("blank", "corrected", "two", "struck"), edges, strict=True)
             if happens < edge), "",
        )  # fmt: skip
        self.filled.incident[key] = incident
        if incident == "blank":
            self.filled.meant[key] = ()
            return
        self.filled.meant[key] = (cells[choice].option,)
        self._mark(key, cells[choice])
        if incident == "corrected":
            self._mark(key, other, fair=False)
            self._draw(marks.blackout(other.w, other.h, rng) + _middle(other), wide=1.3)
        elif incident == "two":
            self.filled.meant[key] = (cells[choice].option, other.option)
            self._mark(key, other)
        elif incident == "struck":
            self._mark(key, other, fair=False)
            bar = np.array([[-3.2, rng.normal(0, 0.5)], [3.2, rng.normal(0, 0.5)]])
            self._draw(marks.curve(bar, 0.02, rng, 0.01) + _middle(other))

    def _mark(self, key: Key, cell: Cell, *, fair: bool = True) -> None:
        spread = 0.9 if self.sloppy else 0.55
        at = _middle(cell) + self.offset + self.rng.normal(0, spread, 2) * [1, min(cell.h, 9) / 9]
        lines = [line + at for line in marks.a_mark(self.hand, self.rng)]
        for line in lines:
            self._draw(line)
        points = np.vstack(lines)
        inside = _inside(points, cell)
        if fair and inside.mean() < WELL_INSIDE:
            self.filled.outside.add(key)
            for other, cells in self.items.items():
                if any(_inside(points, one).any() for one in cells):
                    self.filled.outside.add(other)

    def _draw(self, points: np.ndarray, *, wide: float = 1.0) -> None:
        dark = self.dark * self.rng.uniform(0.85, 1.1)
        width = self.width * wide * self.rng.uniform(0.88, 1.12)
        self.filled.strokes.append(Stroke(points, width, min(dark, 0.97)))

    def _line_down(self) -> set[Key]:
        """One line down a column instead of ticks."""
        rows = sorted({cell.row for cell in self.page.cells if cell.row is not None})
        if len(rows) < 8:
            return set()
        start = int(self.rng.integers(0, len(rows) - 6))
        end = int(self.rng.integers(start + 4, len(rows)))
        item = str(self.rng.choice(sorted({cell.item for cell in self.page.cells})))
        place = int(self.rng.integers(0, 2))
        chosen = [(row, item) for row in rows[start : end + 1]]
        cells = [self.items[key][place] for key in chosen]
        wander = self.rng.normal(0, 0.8, 2)
        ends = np.array([_middle(cells[0]) + [wander[0], -1], _middle(cells[-1]) + [wander[1], 1]])
        self._draw(marks.curve(ends, 0.01, self.rng, 0.02))
        for key, cell in zip(chosen, cells, strict=True):
            self.filled.meant[key], self.filled.incident[key] = (cell.option,), "line"
        return set(chosen)

    def _stray(self) -> None:
        for _ in range(int(self.rng.integers(1, 4))):
            cell = self.page.cells[int(self.rng.integers(len(self.page.cells)))]
            start = _middle(cell) + self.rng.uniform(-0.4, 0.4, 2) * [cell.w, cell.h]
            ends = np.vstack([start, start + self.rng.normal(0, 0.5, 2)])
            self._draw(marks.curve(ends, 0.05, self.rng, 0.01))
            self.filled.incident[cell.row, cell.item] = "stray"

    def _words(self) -> None:
        low = max(cell.y + cell.h for cell in self.page.cells)
        room = self.page.height - low - 25
        for line in range(int(min(room // 9, self.rng.integers(1, 5)))):
            at = np.array([self.rng.uniform(20, 50), low + 9 + 9 * line])
            for stroke in marks.handwriting(self.rng.uniform(30, 110), self.rng):
                self._draw(stroke + at)


def _middle(cell: Cell) -> np.ndarray:
    return np.array([cell.x + cell.w / 2, cell.y + cell.h / 2])


def _inside(points: np.ndarray, cell: Cell) -> np.ndarray:
    x, y = points[:, 0] - cell.x, points[:, 1] - cell.y
    return (x >= 0) & (x <= cell.w) & (y >= 0) & (y <= cell.h)
