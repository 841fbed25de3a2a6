"""Scores of a counted vote: exact points, items by their weights (ADR 0039)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from pingyi.appraisals.rules.counting import Band
from pingyi.appraisals.rules.identities import Line


@dataclass(frozen=True)
class Weighed:
    """An item or a group with its share of what it is part of."""

    code: str
    label: str
    weight: Fraction
    # The items of a group; none of an item.
    parts: tuple["Weighed", ...] = ()


@dataclass(frozen=True)
class ScoreRule:
    """What answers are worth, over which ballots, and how items make the whole."""

    label: str
    points: Mapping[str, Fraction]
    over: Literal["valid", "base"]
    tree: tuple[Weighed, ...]
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True)
class Score:
    """The points of an item and the ballots that they are divided by."""

    points: Fraction
    ballots: int

    @property
    def value(self) -> Fraction | None:
        """The exact score; None where there is nothing to divide by."""
        return self.points / self.ballots if self.ballots else None


@dataclass(frozen=True)
class Total:
    """The score of a subject: of each part of the tree, and of the whole with its band."""

    parts: tuple[Fraction | None, ...]
    value: Fraction | None
    bands: tuple[Band, ...] = ()

    @property
    def exact(self) -> str:
        """The exact score where two decimals may not be all of it; empty for a whole number."""
        value = self.value
        return "" if value is None or value.denominator == 1 else str(value)

    @property
    def band(self) -> str:
        """Name of the highest band that the exact score reaches; empty where it reaches none."""
        value = self.value
        reached = [band for band in self.bands if value is not None and band.at_least <= value]
        return max(reached, key=lambda band: band.at_least).label if reached else ""


def score_of(line: Line, rule: ScoreRule) -> Score:
    """The score of an item. Over `valid` blank and void ballots are no points; answers without
    points, which are outside the base, never count.
    """
    answered = sum(line.votes.get(option, 0) for option in rule.points)
    points = sum(
        (line.votes.get(option, 0) * worth for option, worth in rule.points.items()), Fraction(0)
    )
    blank = line.abstained + line.void if rule.over == "valid" else 0
    return Score(points, answered + blank)


def total_of(scores: Mapping[str, Fraction | None], rule: ScoreRule) -> Total:
    """The score of the whole from those of its items, by code; None of a part, and of the whole,
    where an item has none: its weight is never shared out among the others.
    """
    parts = tuple(_of(part, scores) for part in rule.tree)
    return Total(parts, weighted([part.weight for part in rule.tree], parts), rule.bands)


def _of(part: Weighed, scores: Mapping[str, Fraction | None]) -> Fraction | None:
    if not part.parts:
        return scores.get(part.code)
    inner = [_of(each, scores) for each in part.parts]
    return weighted([each.weight for each in part.parts], inner)


def weighted(weights: Sequence[Fraction], values: Sequence[Fraction | None]) -> Fraction | None:
    """The sum of values by their weights; None where one is missing."""
    found = Fraction(0)
    for weight, value in zip(weights, values, strict=True):
        if value is None:
            return None
        found += weight * value
    return found
