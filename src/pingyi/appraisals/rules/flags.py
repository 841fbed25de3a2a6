"""What a result points out; a named person decides about it (rulebook §2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from pingyi.appraisals.rules.counting import (
    Quorum,
    RateResult,
    RateRule,
    misses_quorum,
)
from pingyi.appraisals.rules.identities import Figures


@dataclass(frozen=True)
class ThresholdRule:
    """A flag where the rate of an item is below or above an exact fraction."""

    code: str
    item: str
    rate: RateRule
    below: Fraction | None = None
    above: Fraction | None = None
    # Exactly the limit is flagged, too.
    inclusive: bool = False


@dataclass(frozen=True)
class QuotaRule:
    """A flag where too many people lead with an answer, as a share of the whole."""

    code: str
    item: str
    option: str
    at_most: Fraction


@dataclass(frozen=True)
class Raised:
    """A flag with the figures behind it; `member` is set where it is about one member."""

    code: str
    facts: Mapping[str, int | str]
    member: int | None = None


def threshold_flags(
    rule: ThresholdRule, rates: Iterable[tuple[int | None, RateResult]]
) -> list[Raised]:
    """One flag for every subject (a member, or None for the organization) whose rate of the item
    crosses the threshold.
    """
    raised = []
    for member, result in rates:
        rate = result.value
        if rate is None:
            continue
        limit = rule.below if rule.below is not None else rule.above
        if (
            (rule.below is not None and rate < rule.below)
            or (rule.above is not None and rate > rule.above)
            or (rule.inclusive and rate == limit)
        ):
            facts: dict[str, int | str] = {
                "numerator": result.numerator,
                "denominator": result.denominator,
                "threshold": str(limit),
            }
            raised.append(Raised(rule.code, facts, member))
    return raised


def quota_flags(rule: QuotaRule, leading: int, *, whole: int) -> list[Raised]:
    """A flag where more people lead with the answer than the share of the whole allows."""
    if leading <= rule.at_most * whole:
        return []
    facts: dict[str, int | str] = {
        "numerator": leading,
        "denominator": whole,
        "threshold": str(rule.at_most),
    }
    return [Raised(rule.code, facts)]


def panel_flags(code: str, present: Mapping[str, int], least: Mapping[str, int]) -> list[Raised]:
    """One flag for every stratum of the panel below its least number (N13)."""
    return [
        Raised(
            code, {"stratum": stratum, "numerator": present.get(stratum, 0), "denominator": number}
        )
        for stratum, number in least.items()
        if present.get(stratum, 0) < number
    ]


def quorum_flags(code: str, figures: Figures, quorum: Quorum | None) -> list[Raised]:
    """A flag where the quorum of the vote was missed."""
    if quorum is None or not misses_quorum(figures.present, figures.due, quorum):
        return []
    facts: dict[str, int | str] = {
        "numerator": figures.present,
        "denominator": figures.due,
        "threshold": str(quorum.share),
    }
    return [Raised(code, facts)]
