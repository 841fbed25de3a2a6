"""Rates and answers of a counted vote: integers and exact fractions, never a rounded figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from pingyi.appraisals.rules.identities import Line
from pingyi.core.fractions import percentages


@dataclass(frozen=True)
class Band:
    """A named stretch of a rate from its lower end, which belongs to it, to the next band."""

    at_least: Fraction
    label: str

    @property
    def percent(self) -> Fraction:
        """The lower end in percent."""
        return self.at_least * 100


@dataclass(frozen=True)
class Quorum:
    """The share of those due that has to be exceeded, or with `at_least` reached."""

    share: Fraction
    at_least: bool = False


@dataclass(frozen=True)
class RateRule:
    """How a rate is made: which answers, over which base (campaigns.rules.pack.Rate)."""

    code: str
    label: str
    of: tuple[str, ...]
    over: Literal["valid", "base"]
    formula: str
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True)
class RateResult:
    """A rate with all that is printed beside it (rulebook §1)."""

    code: str
    label: str
    numerator: int
    denominator: int
    formula: str
    bands: tuple[Band, ...] = ()

    @property
    def value(self) -> Fraction | None:
        """The exact rate; None where there is nothing to divide by."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def band(self) -> str:
        """Name of the highest band that the exact rate reaches; empty where it reaches none."""
        value = self.value
        reached = [band for band in self.bands if value is not None and band.at_least <= value]
        return max(reached, key=lambda band: band.at_least).label if reached else ""


@dataclass(frozen=True)
class Answer:
    """An answer of an item with its ballots and its share in percent (largest remainder)."""

    option: str
    label: str
    votes: int
    percent: Fraction
    # Its share rounded by itself differs by a tenth: the parts are to add up to 100.
    is_adjusted: bool = False


def rate_of(line: Line, rule: RateRule, *, outside: frozenset[str]) -> RateResult:
    """The rate of an item.

    Over `valid`: all ballots of the line except those outside the base. Over `base`:
    only ballots with a grade - without abstentions, void cells and answers outside.
    """
    graded = sum(votes for option, votes in line.votes.items() if option not in outside)
    whole = graded if rule.over == "base" else graded + line.abstained + line.void
    part = sum(line.votes.get(option, 0) for option in rule.of)
    return RateResult(rule.code, rule.label, part, whole, rule.formula, rule.bands)


def answers_of(line: Line, options: Sequence[tuple[str, str]]) -> list[Answer]:
    """The answers in the order of the form; percentages are of the marked answers, to 100.0."""
    votes = [line.votes.get(code, 0) for code, _ in options]
    shares, whole = percentages(votes), sum(votes)
    return [
        Answer(code, label, count, share, is_adjusted=_rounded(count, whole) != share)
        for (code, label), count, share in zip(options, votes, shares, strict=True)
    ]


def _rounded(count: int, whole: int) -> Fraction:
    """A share in percent to one decimal, half up, as it would stand alone."""
    return Fraction((2000 * count + whole) // (2 * whole), 10) if whole else Fraction(0)


def most_given(line: Line) -> list[str]:
    """The answers with the most ballots: several where they are equal, none without an answer."""
    most = max(line.votes.values(), default=0)
    return [option for option, votes in line.votes.items() if votes == most] if most else []


def leading_option(line: Line) -> str | None:
    """The answer with strictly more ballots than any other, or None."""
    leaders = most_given(line)
    return leaders[0] if len(leaders) == 1 else None


def is_majority(line: Line, option: str) -> bool:
    """Whether more than half of all ballots of the line gave this answer."""
    whole = sum(line.votes.values()) + line.abstained + line.void
    return 2 * line.votes.get(option, 0) > whole


def misses_quorum(present: int, due: int, quorum: Quorum) -> bool:
    """Whether too few of those due were present: by default more than the share (rulebook §1)."""
    needed = quorum.share * due
    return present < needed if quorum.at_least else present <= needed
