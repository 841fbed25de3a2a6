"""The result: answers per item, rates with their formula, members, flags and decisions."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pingyi.accounts.requests import Request
from pingyi.appraisals.forms.records import DecisionForm
from pingyi.appraisals.operations import decisions
from pingyi.appraisals.permissions.grades import why_not_decide_grades
from pingyi.appraisals.permissions.units import why_not_decide, why_not_record
from pingyi.appraisals.queries.grades import decisions_of
from pingyi.appraisals.queries.pages import (
    flag_rows,
    flags_of,
    form_results,
    next_deed,
    panel_rows,
)
from pingyi.appraisals.queries.plans import appraisal_name
from pingyi.appraisals.queries.seen import flag_content, flag_seen
from pingyi.appraisals.queries.stages import appraisal_of
from pingyi.appraisals.queries.whole import whole_results
from pingyi.appraisals.views.viewing import page_of, unit_in_sight
from pingyi.core.clock import day_of
from pingyi.ledger.queries import root
from pingyi.ui import drafts
from pingyi.ui.deeds import done
from pingyi.ui.edits import Edited

if TYPE_CHECKING:
    from pingyi.appraisals.models import Appraisal, Flag
    from pingyi.appraisals.queries.grades import Decided
    from pingyi.appraisals.queries.pages import FlagRow, FormResult
    from pingyi.campaigns.models import Round, Unit
    from pingyi.core.refusals import Refusal


@require_safe
def result(request: Request, campaign_code: str, round_code: str, unit_code: str) -> HttpResponse:
    """What the signed counts say; nothing before a count is signed."""
    round_, unit_ = unit_in_sight(request, campaign_code, round_code, unit_code)
    return _page(request, round_, unit_)


def _page(
    request: Request, round_: "Round", unit_: "Unit", typed: DecisionForm | None = None
) -> HttpResponse:
    """The page; a decision that was refused stands in it as it was typed."""
    appraisal = appraisal_of(round_, unit_)
    results = form_results(appraisal) if appraisal else []
    flags = flag_rows(appraisal) if appraisal else []
    forms = {row.flag.pk: _decision_form(request, row, flags, typed) for row in flags}
    drafts.restore_all(
        request, {page_of("decide", round_, unit_, pk): form for pk, form in forms.items()}
    )
    following = None
    if why_not_record(request.user, round_, unit_) is None:
        following = next_deed(round_, unit_)
    context = {
        "round": round_,
        "unit": unit_,
        "name": appraisal_name(round_),
        "next": following,
        "next_url": page_of(following.page, round_, unit_, following.code) if following else "",
        "results": [(each, _chart(each)) for each in results],
        "whole": whole_results(appraisal) if appraisal else [],
        "grades": _grades(request, appraisal),
        # Printed with a signed count: who has it can tell whether the ledger was rewritten since.
        "noted": root() if results else None,
        "panel": panel_rows(round_, appraisal),
        "flags": [
            (
                row,
                why_not_decide(request.user, row.flag),
                forms[row.flag.pk],
                _edited(row.flag),
            )
            for row in flags
        ],
        "open_flags": sum(1 for row in flags if row.flag.decided_at is None),
    }
    status = 200 if typed is None else 422
    return render(request, "appraisals/result.html", context, status=status)


def _grades(
    request: Request, appraisal: "Appraisal | None"
) -> "list[tuple[Decided, Refusal | None]]":
    """What was decided on each ballot, and why the reader cannot decide it."""
    if appraisal is None:
        return []
    return [
        (each, why_not_decide_grades(request.user, appraisal.unit, appraisal, each.form))
        for each in decisions_of(appraisal)
    ]


@require_POST
def decide(
    request: Request, campaign_code: str, round_code: str, unit_code: str, pk: int
) -> HttpResponse:
    """Record what a named person or meeting decided about a flag."""
    round_, unit_ = unit_in_sight(request, campaign_code, round_code, unit_code)
    flag = get_object_or_404(flags_of(round_, unit_), pk=pk)
    others = _others(flag, flag_rows(flag.appraisal))
    form = DecisionForm(
        request.POST, prefix=str(pk), others={words: row.flag for words, row in others.items()}
    )
    answer = done(
        request,
        form,
        partial(decisions.decide, flag=flag),
        to=lambda _decided: _after(flag, page_of("result", round_, unit_)),
        said=_("The decision is recorded."),
        edits=_edited(flag),
    )
    return answer or _page(request, round_, unit_, form)


def _after(flag: "Flag", results: str) -> str:
    """The results while something in them is open; after the last decision the first page."""
    left = any(row.flag.decided_at is None for row in flag_rows(flag.appraisal))
    return results if left else "/"


def _decision_form(
    request: Request, row: "FlagRow", rows: "list[FlagRow]", typed: DecisionForm | None
) -> DecisionForm:
    """The form of a flag: the one that was refused, or a new one."""
    prefix = str(row.flag.pk)
    if typed is not None and typed.prefix == prefix:
        return typed
    initial = {"decided_on": day_of(request.now)}
    others = _others(row.flag, rows)
    return DecisionForm(
        initial=initial,
        prefix=prefix,
        others={words: other.flag for words, other in others.items()},
        alike=[other.flag for other in others.values() if other.advice == row.advice],
    )


def _others(flag: "Flag", rows: "list[FlagRow]") -> "dict[str, FlagRow]":
    """The other open flags about the same subject, by their words with what is advised."""
    return {
        " · ".join(filter(None, (row.label, row.about, row.advice))): row
        for row in rows
        if row.flag.decided_at is None
        and row.flag.participant_id == flag.participant_id
        and row.flag.pk != flag.pk
    }


def _edited(flag: "Flag") -> Edited:
    """The flag with what was decided about it, as the page shows it."""
    name = f"appraisal:{flag.appraisal.round_id}:{flag.appraisal.unit_id}"
    return Edited(name, partial(flag_seen, flag.pk), known=flag_content(flag))


def _chart(result: "FormResult") -> dict[str, Any] | None:
    """Stacked bars per item; None for members, whose table says more."""
    if not result.items:
        return None
    options = [answer.label for answer in result.items[0].answers]
    return {
        "categories": [item.item.label for item in result.items],
        "series": [
            {"name": label, "values": [item.answers[at].votes for item in result.items]}
            for at, label in enumerate(options)
        ],
    }
