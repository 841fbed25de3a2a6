"""The figures of a unit's own vote that stand: sums, answers and rates of what was signed (N18)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingyi.appraisals.enums import CountState
from pingyi.appraisals.models import Count
from pingyi.appraisals.queries.counts import figures_of
from pingyi.appraisals.queries.plans import plan_of
from pingyi.appraisals.queries.results import ItemResult, unit_result
from pingyi.appraisals.rules.identities import SUMS
from pingyi.core.fractions import percent_text

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit


@dataclass(frozen=True)
class SignedFigure:
    """A figure as people read it, and the signed count in which it stands."""

    said: str
    count: Count
    annex: str


def signed_figures(round_: "Round", unit: "Unit") -> dict[str, SignedFigure]:
    """By its key, of ballots about the organization: sums, `annex4.valid`, ballots of an answer,
    `annex4.overall.satisfied`, rates, `annex4.overall.satisfaction`. Nothing where the count is not
    signed, and nothing of strata counted apart: none of them is the result.
    """
    plan = plan_of(round_)
    forms = {form.code: form for form in plan.forms} if plan else {}
    counts = Count.objects.filter(
        appraisal__round=round_, appraisal__unit=unit, state=CountState.SIGNED, stratum=""
    )
    found: dict[str, SignedFigure] = {}
    for count in counts.select_related("appraisal__round__campaign").prefetch_related("lines"):
        form = forms[count.form]
        if form.subject != "organization":
            continue
        sums = figures_of(count)
        said = {f"{form.code}.{name}": str(getattr(sums, name)) for name in SUMS}
        for item in unit_result(count):
            said |= {f"{form.code}.{code}": text for code, text in _of_item(item)}
        found |= {key: SignedFigure(text, count, form.annex) for key, text in said.items()}
    return found


def _of_item(item: ItemResult) -> Iterator[tuple[str, str]]:
    for answer in item.answers:
        yield f"{item.item.code}.{answer.option}", str(answer.votes)
    for rate in item.rates:
        if rate.value is not None:
            yield f"{item.item.code}.{rate.code}", f"{percent_text(rate.value * 100)}%"
