"""Readings against the truth: what was silently wrong, what went to people, what was lost."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import exp, lgamma, log, log1p
from typing import Any, Protocol

from tests.simulate.pages import Simulated
from tests.simulate.truth import ItemTruth, PageTruth

CONFIDENCE = 0.95


class Answer(Protocol):
    """An item as the engine (ItemReading) or RESULT.json (ItemResult) gives it."""

    @property
    def item(self) -> str: ...
    @property
    def row(self) -> int | None: ...
    @property
    def marked(self) -> Iterable[str]: ...
    @property
    def state(self) -> str: ...
    @property
    def reason(self) -> str | None: ...


class Page(Protocol):
    """A page as the engine (Reading) or RESULT.json (PageResult) gives it."""

    @property
    def status(self) -> str: ...
    @property
    def reason(self) -> str | None: ...
    @property
    def ballot(self) -> str | None: ...
    @property
    def layout(self) -> str | None: ...
    @property
    def k(self) -> int | None: ...
    @property
    def of(self) -> int | None: ...
    @property
    def items(self) -> Iterable[Any]: ...


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
    share: float = 1.0
    contrast: float = 1.0

    def __str__(self) -> str:
        return (
            f"seed {self.seed} row {self.row} {self.item}: read {'+'.join(self.read) or 'blank'}, "
            f"meant {'+'.join(self.meant) or 'blank'} ({self.incident or 'plain'}, {self.pen} "
            f"{self.contrast:.2f}, {self.share:.0%} inside)"
        )


@dataclass(slots=True)
class Score:
    """Counts over many pages. `inside` counts only items whose marks lie at least 60 % inside.

    `wrong_ballots` counts pages that name another ballot, layout or page than the printed one.
    Items of pages that were not read, or without a ballot, go to a person and are in `to_people`
    and `items`, but their cells are in no rate of silent errors.
    """

    pages: int = 0
    cells: int = 0
    cells_inside: int = 0
    items: int = 0
    to_people: int = 0
    unread_items: int = 0
    wrong_ballots: int = 0
    wrong_ballot_seeds: list[int] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)
    lost_seeds: list[int] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, page: Simulated, reading: Page) -> None:
        """Count one page."""
        self.count(page.truth, len(page.layout.grades), reading)

    def count(self, truth: PageTruth, options: int, reading: Page) -> None:
        """Count one page whose items have so many options each."""
        self.pages += 1
        if names_wrongly(truth, reading):
            self.wrong_ballots += 1
            self.wrong_ballot_seeds.append(truth.seed)
        self.items += len(truth.items)
        if reading.status != "read" or reading.ballot is None:
            self.lost[str(reading.reason)] += 1
            self.lost_seeds.append(truth.seed)
            self.to_people += len(truth.items)
            self.unread_items += len(truth.items)
            return
        answers = {(one.row, one.item): one for one in reading.items}
        if answers.keys() != {item.key for item in truth.items}:
            raise ValueError(f"seed {truth.seed}: the reading has other items than the page")
        for item in truth.items:
            self._count_item(truth, item, options, answers[item.key])

    def _count_item(self, truth: PageTruth, item: ItemTruth, options: int, answer: Answer) -> None:
        self.cells += options
        self.cells_inside += options if item.is_well_inside else 0
        if answer.state == "doubtful":
            self.to_people += 1
            self.reasons[str(answer.reason)] += 1
        elif set(answer.marked) != set(item.meant):
            self.mistakes.append(
                Mistake(
                    truth.level, truth.seed, item.row, item.item, tuple(answer.marked), item.meant,
                    item.incident, truth.pen, item.is_well_inside, item.inside, truth.contrast,
                )
            )  # fmt: skip

    def join(self, other: "Score") -> None:
        """Take in the counts of another run."""
        for name in (
            "pages", "cells", "cells_inside", "items", "to_people", "unread_items", "wrong_ballots",
        ):  # fmt: skip
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.mistakes += other.mistakes
        self.wrong_ballot_seeds += other.wrong_ballot_seeds
        self.lost_seeds += other.lost_seeds
        self.lost += other.lost
        self.reasons += other.reasons

    @property
    def silent(self) -> int:
        """Silently wrong items among those whose marks lie inside."""
        return sum(one.inside for one in self.mistakes)


def names_wrongly(truth: PageTruth, reading: Page) -> bool:
    """Whether a reading names a ballot, layout or page that is not the printed one."""
    pairs = (
        (reading.ballot, truth.ballot), (reading.layout, truth.layout),
        (reading.k, truth.k), (reading.of, truth.of),
    )  # fmt: skip
    return any(said is not None and said != true for said, true in pairs)


def upper_bound(events: int, trials: int) -> float:
    """The one-sided 95 % upper bound of a rate, exact (Clopper-Pearson)."""
    if trials == 0 or events >= trials:
        return 1.0
    if events == 0:
        return 1 - (1 - CONFIDENCE) ** (1 / trials)
    low, high = events / trials, 1.0
    for _ in range(100):
        middle = (low + high) / 2
        few = at_most(events, trials, middle)
        low, high = (middle, high) if few > 1 - CONFIDENCE else (low, middle)
    return high


def at_most(events: int, trials: int, rate: float) -> float:
    """The binomial probability of so many events or fewer."""
    if rate >= 1:
        return 0.0
    total = 0.0
    for number in range(events + 1):
        ways = lgamma(trials + 1) - lgamma(number + 1) - lgamma(trials - number + 1)
        total += exp(ways + number * log(rate) + (trials - number) * log1p(-rate))
    return min(1.0, total)
