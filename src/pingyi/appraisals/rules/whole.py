"""What strata counted apart say together: by their weights, or added up (rulebook §1)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from pingyi.appraisals.rules.counting import RateResult
from pingyi.appraisals.rules.identities import Line


@dataclass(frozen=True)
class Part:
    """The rate of one stratum with its weight; None where strata have no weights."""

    label: str
    weight: Fraction | None
    rate: RateResult


def proposed(
    lines: Sequence[Line], weights: Sequence[Fraction | None], options: Sequence[str]
) -> str:
    """The one of these options that leads in the ballots of all strata; empty where none does.

    With weights the share of each stratum's answers among the options counts, else the ballots.
    """
    sums = dict.fromkeys(options, Fraction(0))
    for line, weight in zip(lines, weights, strict=True):
        whole = sum(line.votes.get(option, 0) for option in options)
        for option in options:
            votes = Fraction(line.votes.get(option, 0))
            sums[option] += votes if weight is None else votes * weight / (whole or 1)
    most = max(sums.values(), default=Fraction(0))
    leaders = [option for option, votes in sums.items() if votes == most]
    return leaders[0] if most and len(leaders) == 1 else ""


def whole_rate(parts: Sequence[Part]) -> RateResult:
    """The weighted sum of the rates, exact; without weights the rate of all ballots together.

    With weights there is none (nothing to divide by) as long as one stratum has none.
    """
    first = parts[0].rate
    if any(part.weight is None for part in parts):
        return replace(
            first,
            numerator=sum(part.rate.numerator for part in parts),
            denominator=sum(part.rate.denominator for part in parts),
        )
    weighted = Fraction(0)
    for part in parts:
        if part.rate.value is None:
            return replace(first, numerator=0, denominator=0)
        weighted += (part.weight or 0) * part.rate.value
    return replace(first, numerator=weighted.numerator, denominator=weighted.denominator)
