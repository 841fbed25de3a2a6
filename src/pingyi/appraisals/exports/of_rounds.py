"""All results of a round on a ballot form, one line a subject."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pingyi.appraisals.exports.of_units import rate_cell, score_cell, total_cell
from pingyi.appraisals.queries.grades import grade_labels
from pingyi.appraisals.queries.plans import rates_of
from pingyi.appraisals.queries.results import quota_items
from pingyi.appraisals.queries.scores import formulas, total_in
from pingyi.documents.layouts import Column, LedgerTable
from pingyi.ledger.queries import mark_of_fiction, root

if TYPE_CHECKING:
    from pingyi.appraisals.queries.results import SubjectResult
    from pingyi.campaigns.models import Round
    from pingyi.campaigns.rules.pack import AppraisalPlan, BallotForm
    from pingyi.documents.layouts import Cell


def results_table(
    round_: "Round",
    form: "BallotForm",
    plan: "AppraisalPlan",
    found: "Iterable[SubjectResult]",
    given: str = "",
) -> LedgerTable:
    """All results of a round on a form, one line a subject: every item beside the others, then the
    grade that was decided; `given` is how many got each.
    """
    is_on_members, rationed = form.subject == "member", quota_items(plan, form)
    strata = {each.code: each.label for each in plan.strata} if plan.counting.apart else {}
    rates = [rate.label for rate in rates_of(plan, form)]
    columns = [
        Column(_("No."), 5, "right"),
        Column(_("Superior organization"), 20),
        Column(_("Organization"), 22),
        *([Column(form.member_label, 10)] if is_on_members else []),
        *([Column(_("Stratum"), 12)] if plan.counting.apart else []),
        Column(_("Counted on"), 12),
        Column(_("valid"), 7, "right"),
    ]
    columns += _columns(form, rationed, rates)
    return LedgerTable(
        title=_("Results of a round: {form}").format(form=form.title),
        columns=tuple(columns),
        rows=(
            (
                number,
                *_subject(each, is_on_members, strata),
                *_items(each, form, len(rates), rationed),
                *([total_cell(total)] if (total := total_in(form, each.items)) else []),
                *_decided(each, form),
            )
            for number, each in enumerate(found, start=1)
        ),
        head=((_("Round"), round_.name),),
        notes=(
            *(f"{rate.label} = {rate.formula}" for rate in rates_of(plan, form)),
            *formulas(form),
            *([f"{form.decision.label}\u3000{given}"] if form.decision else []),
        ),
        mark=mark_of_fiction(),
        noted=root(),
    )


def _columns(form: "BallotForm", rationed: set[str], rates: list[str]) -> "Iterator[Column]":
    """Every item beside the others, then the score of the whole and the grade that was decided."""
    several = len(form.items) > 1
    for item in form.items:
        heads = [option.label for option in form.options] + [_("Abstained"), _("Void")]
        before = f"{item.label}\u3000" if several else ""
        yield from (Column(f"{before}{head}", 9, "right") for head in heads)
        yield from (Column(f"{before}{rate}", 14, "right") for rate in rates)
        if form.scoring:
            yield Column(f"{before}{_('Score')}", 14, "right")
        if item.code in rationed:
            yield Column(f"{before}{_('Most ballots')}", 14)
    if form.scoring:
        yield Column(form.scoring.label, 14, "right")
    if form.decision:
        yield Column(form.decision.label, 10)
        yield Column(_("Reason"), 16)
        yield Column(_("Decided by"), 14)
        yield Column(_("Decided on"), 12)


def _subject(
    result: "SubjectResult", is_on_members: bool, strata: "Mapping[str, str]"
) -> "tuple[Cell, ...]":
    unit, person = result.count.appraisal.unit, result.participant
    return (
        unit.parent.name if unit.parent else "",
        unit.name,
        *([person.shown_name if person else ""] if is_on_members else []),
        *([strata[result.count.stratum]] if strata else []),
        result.count.counted_on.isoformat(),
        result.count.valid,
    )


def _decided(result: "SubjectResult", form: "BallotForm") -> "tuple[Cell, ...]":
    """The grade that was decided, why, by whom and when; empty where none was, or none is."""
    row, labels = result.decided, grade_labels(form)
    if row is None:
        return (None,) * 4 if form.decision else ()
    return labels[row.grade], row.reason, row.decider, row.decided_on.isoformat()


def _items(
    result: "SubjectResult", form: "BallotForm", rates: int, rationed: set[str]
) -> "Iterator[Cell]":
    """The cells of every item of the form; empty where it was not counted."""
    items = {each.item.code: each for each in result.items}
    for item in form.items:
        found = items.get(item.code)
        if found is None:
            several = len(form.options) + 2 + rates + (item.code in rationed)
            yield from [None] * (several + (form.scoring is not None))
            continue
        yield from (answer.votes for answer in found.answers)
        yield from (found.line.abstained, found.line.void)
        yield from map(rate_cell, found.rates)
        if found.score:
            yield score_cell(found.score)
        if item.code in rationed:
            yield found.most
