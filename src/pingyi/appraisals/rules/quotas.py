"""Quotas over decided grades: what a vote proposes may exceed them, what is decided may not."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Exceeded:
    """A grade that more people got than the quota allows."""

    grade: str
    given: int
    most: int
    at_most: Fraction
    whole: int


def exceeded(grades: Iterable[str], quotas: Mapping[str, Fraction], whole: int) -> list[Exceeded]:
    """Every quota that these grades exceed; a share of `whole` people, rounded down."""
    given = Counter(grades)
    return [
        Exceeded(grade, given[grade], int(at_most * whole), at_most, whole)
        for grade, at_most in quotas.items()
        if given[grade] > at_most * whole
    ]
