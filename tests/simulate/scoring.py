"""How readings compare with the truth: what was silently wrong, what went to people, what was lost."""

from collections import Counter
from dataclasses import dataclass, field
from math import log

from pingyi.paper.omr.readings import Reading
from tests.simulate.pages import Simulated

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Mistake:
    """An item accepted although it is wrong, so that it can be looked at again."""

    level: str
    seed: int
    row: int | None
    item: str
    read: tuple[str, ...]
    meant: tuple[str, ...]
    incident: str
    pen: str
    inside: bool


@dataclass(slots=True)
class Score:
    """Counts over many pages. `inside` counts only items whose marks lie at least 60 % inside."""

    pages: int = 0
    cells: int = 0
    cells_inside: int = 0
    items: int = 0
    to_people: int = 0
    wrong_ballots: int = 0
    mistakes: list[Mistake] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, page: Simulated, reading: Reading) -> None:
        """Count one page."""
        self.pages += 1
        if reading.ballot is not None and reading.ballot != page.ballot:
            self.wrong_ballots += 1
        if reading.status != "read" or reading.ballot is None:
            self.lost[str(reading.reason)] += 1
            return
        options = len(page.layout.grades)
        for one in reading.items:
            key = (one.row, one.item)
            inside = key not in page.filled.outside
            self.items += 1
            self.cells += options
            self.cells_inside += options if inside else 0
            if one.state == "doubtful":
                self.to_people += 1
                self.reasons[str(one.reason)] += 1
            elif set(one.marked) != set(page.filled.meant[key]):
                incident = page.filled.incident.get(key, "")
                self.mistakes.append(
                    Mistake(page.level, page.seed, one.row, one.item, one.marked,
                            page.filled.meant[key], incident, page.filled.pen, inside)
                )  # fmt: skip

    def join(self, other: "Score") -> None:
        """Take in the counts of another run."""
        for name in ("pages", "cells", "cells_inside", "items", "to_people", "wrong_ballots"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.mistakes += other.mistakes
        self.lost += other.lost
        self.reasons += other.reasons

    @property
    def silent(self) -> int:
        """Silently wrong items among those whose marks lie inside."""
        return sum(one.inside for one in self.mistakes)


def upper_bound(events: int, trials: int) -> float:
    """The 95 % upper bound of a rate, exact (Clopper-Pearson); for none, the rule of three."""
    if trials == 0:
        return 1.0
    if events == 0:
        return 1 - (1 - CONFIDENCE) ** (1 / trials)
    low, high = events / trials, min(1.0, (events + 10 + 5 * events**0.5) / trials)
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most(events, trials, middle) > 0.05 else (low, middle)
    return high


def _at_most(events: int, trials: int, rate: float) -> float:
    """Probability of so many events or fewer, by Poisson's limit (rates here are tiny)."""
    expected = trials * rate
    term, total = 1.0, 1.0
    for number in range(1, events + 1):
        term *= expected / number
        total += term
    return total * 2.718281828459045 ** (-expected) if expected < 700 else float(log(1))
