"""Dated spans [valid_from, valid_to); an empty valid_to is open (N1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Span:
    """The days on which something holds: from `valid_from` up to, not including, `valid_to`."""

    valid_from: date
    valid_to: date | None = None

    def covers(self, on: date) -> bool:
        """Whether it holds on that day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)

    def overlaps(self, other: "Span") -> bool:
        """Whether there is a day on which both hold."""
        return (other.valid_to is None or self.valid_from < other.valid_to) and (
            self.valid_to is None or other.valid_from < self.valid_to
        )

    def without(self, others: "Iterable[Span]") -> "list[Span]":
        """What is left of it where none of the others holds, in the order of the days."""
        left = [self]
        for other in others:
            left = [part for span in left for part in span.beside(other)]
        return left

    def beside(self, other: "Span") -> "list[Span]":
        """What is left of it before the other begins and after it ends."""
        if not self.overlaps(other):
            return [self]
        found = []
        if self.valid_from < other.valid_from:
            found.append(Span(self.valid_from, other.valid_from))
        end = other.valid_to
        if end is not None and (self.valid_to is None or end < self.valid_to):
            found.append(Span(end, self.valid_to))
        return found

    def nearest(self, on: date) -> date:
        """The day of this span that is nearest to `on`: itself, the first or the last day."""
        day = max(on, self.valid_from)
        return day if self.valid_to is None else min(day, self.valid_to - timedelta(days=1))


def unbroken_since(begin: date, former: Iterable[tuple[date, date]]) -> date:
    """Where rows that follow each other without a gap begin, up to the one that begins on that day.

    `former` are the first days of the rows before it, and the days before which they end.
    """
    begun = {end: start for start, end in former}
    while begin in begun:
        begin = begun[begin]
    return begin
