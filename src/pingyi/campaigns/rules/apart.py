"""Contradictions of strata counted apart: their weights (ADR 0035)."""

from collections.abc import Iterator, Mapping
from typing import Any

from pingyi.campaigns.rules.references import Finding, name_of, pieces, share


def apart_contradictions(data: Mapping[str, Any]) -> Iterator[Finding]:
    """Weights without boxes of their own, or that are no whole."""
    plan = data.get("appraisal")
    counting = plan.get("counting") if isinstance(plan, dict) else None
    is_apart = isinstance(counting, dict) and counting.get("apart") is True
    strata = pieces(data, "appraisal", "strata")
    weighted = [stratum for stratum in strata if "weight" in stratum]
    if not is_apart:
        for stratum in weighted:
            yield f"appraisal.strata.{name_of(stratum)}.weight", "weight_needs_apart", {}
        return
    if not strata:
        yield "appraisal.counting.apart", "apart_of_what", {}
    if weighted:
        yield from _weights(strata)


def _weights(strata: list[Mapping[str, Any]]) -> Iterator[Finding]:
    """Every stratum has a weight, none is nothing, and together they are the whole."""
    weights = [share(stratum.get("weight", "0")) for stratum in strata]
    if any(weight is None for weight in weights):
        return  # pydantic names it
    known = [weight for weight in weights if weight is not None]
    if any(weight <= 0 for weight in known) or sum(known) != 1:
        said = " + ".join(str(stratum.get("weight", "0")) for stratum in strata)
        yield "appraisal.strata", "weights_make_no_whole", {"value": said}
