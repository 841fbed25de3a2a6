"""The teller's count: the ballot form with numbers in its cells (way E)."""

from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pingyi.accounts.requests import Request
from pingyi.appraisals.forms.records import CountForm, ReopenForm, count_initial
from pingyi.appraisals.operations.counts import (
    declare_void,
    reopen_count,
    save_count,
    sign_count,
    start_count,
)
from pingyi.appraisals.permissions.counts import (
    why_not_change_count,
    why_not_declare_void,
    why_not_reopen_count,
    why_not_start_count,
)
from pingyi.appraisals.queries.boxes import Box, box_of
from pingyi.appraisals.queries.counts import (
    ballot_of,
    count_of,
    graded_members,
    lines_of,
    typed_of,
)
from pingyi.appraisals.queries.pages import panel_sums
from pingyi.appraisals.queries.plans import blank_counts, needed_plan
from pingyi.appraisals.queries.seen import count_seen
from pingyi.appraisals.queries.stages import appraisal_of
from pingyi.appraisals.views.viewing import box_at, page_of, unit_in_sight
from pingyi.core.clock import day_of
from pingyi.ui import drafts
from pingyi.ui.deeds import done, done_or_refused, form_page, refusal_of, status_of
from pingyi.ui.edits import Edited

if TYPE_CHECKING:
    from pingyi.appraisals.models import Count
    from pingyi.campaigns.models import Round, Unit


@form_page
def count(
    request: Request, campaign_code: str, round_code: str, unit_code: str, form_code: str
) -> HttpResponse:
    """Type the count. POST without a count begins it; then it keeps the draft as typed."""
    round_, unit_ = unit_in_sight(request, campaign_code, round_code, unit_code)
    box = box_at(round_, form_code)
    appraisal = appraisal_of(round_, unit_)
    found = count_of(appraisal, *box.key) if appraisal is not None else None
    if request.method == "POST" and (found is None or "begin" in request.POST):
        return _begun(request, round_, unit_, box)
    if found is None:
        context = {
            "round": round_,
            "unit": unit_,
            "box": box,
            "refusal": why_not_start_count(request.user, round_, unit_, *box.key),
        }
        return render(request, "appraisals/count_begin.html", context)
    form = _count_form(found, request.POST if request.method == "POST" else None)
    if why_not_change_count(request.user, found) is not None:
        drafts.close(form)
    answer = _saved(request, found, form)
    if answer is None:
        refusal = refusal_of(form)
        if refusal is not None and refusal.code == "changed_meanwhile":
            form.now_seen(typed_of(found).seen)
        return _page(request, found, form, ReopenForm())
    return _signed(request, found, form) if "sign" in request.POST else answer


def _page(
    request: Request, found: "Count", form: CountForm, reopen_form: ReopenForm
) -> HttpResponse:
    """The count as it was typed, to be read only where it may not be changed."""
    round_, refusal = found.appraisal.round, why_not_change_count(request.user, found)
    plan, box = needed_plan(round_), box_of(found)
    if refusal is not None:
        form.for_reading()
    context = {
        "round": round_,
        "unit": found.appraisal.unit,
        "box": box,
        "ballot": box.form,
        "count": found,
        "plan": plan,
        "form": form,
        "panel_sums": panel_sums(found.appraisal, box.stratum),
        "identities": form.identities(self_vote=plan.counting.self_vote),
        "refusal": refusal,
        "edits": _edited(found),
        "void_refusal": why_not_declare_void(request.user, found),
        "reopen_refusal": why_not_reopen_count(request.user, found),
        "reopen_form": reopen_form,
    }
    status = status_of(form, reopen_form)
    return render(request, "appraisals/count.html", context, status=status)


def _begun(request: Request, round_: "Round", unit: "Unit", box: Box) -> HttpResponse:
    form, stratum = box.key
    day = day_of(request.now)
    begin = partial(start_count, round_=round_, unit=unit, form=form, stratum=stratum)
    return done_or_refused(
        request,
        partial(begin, counted_on=day),
        back=request.path,
        said=_("The count is open."),
    )


@require_POST
def void(
    request: Request, campaign_code: str, round_code: str, unit_code: str, form_code: str
) -> HttpResponse:
    """Declare the vote void: more collected than issued."""
    found = _count(request, campaign_code, round_code, unit_code, form_code)
    return done_or_refused(
        request,
        partial(declare_void, count=found),
        back=_page_of(found),
        said=_("The vote is void. Hold it again as the next numbered vote."),
        edits=_edited(found),
    )


@require_POST
def reopen(
    request: Request, campaign_code: str, round_code: str, unit_code: str, form_code: str
) -> HttpResponse:
    """Open a signed count again, with a reason."""
    found = _count(request, campaign_code, round_code, unit_code, form_code)
    form = ReopenForm(request.POST)
    answer = done(
        request,
        form,
        partial(reopen_count, count=found),
        to=_page_of(found),
        said=_("The count is open again."),
        edits=_edited(found),
    )
    return answer or _page(request, found, _count_form(found), form)


def _count(
    request: Request, campaign_code: str, round_code: str, unit_code: str, form_code: str
) -> "Count":
    round_, unit_ = unit_in_sight(request, campaign_code, round_code, unit_code)
    appraisal = appraisal_of(round_, unit_)
    box = box_at(round_, form_code)
    found = count_of(appraisal, *box.key) if appraisal else None
    if found is None:
        raise Http404(_("This vote has not been opened."))
    return found


def _edited(found: "Count") -> Edited:
    """The count as it is kept: what is declared void or opened again."""
    name = f"appraisal:{found.appraisal.round_id}:{found.appraisal.unit_id}"
    return Edited(name, partial(count_seen, found.pk))


def _page_of(found: "Count", name: str = "count") -> str:
    more = [box_of(found).code] if name == "count" else []
    return page_of(name, found.appraisal.round, found.appraisal.unit, *more)


def _count_form(found: "Count", typed: QueryDict | None = None) -> CountForm:
    return CountForm(
        typed,
        initial=count_initial(
            found, lines_of(found), panel_sums(found.appraisal, box_of(found).stratum)
        ),
        form=ballot_of(found),
        members=graded_members(found),
        blank_counts=blank_counts(needed_plan(found.appraisal.round)),
    )


def _saved(request: Request, found: "Count", form: CountForm) -> HttpResponse | None:
    return done(
        request,
        form,
        partial(save_count, count=found),
        to=_page_of(found),
        said="" if "sign" in request.POST else _("The draft is kept."),
    )


def _signed(request: Request, found: "Count", form: CountForm) -> HttpResponse:
    return done_or_refused(
        request,
        partial(sign_count, count=found, seen=form.typed_version(found.number)),
        back=_page_of(found),
        to=lambda signed: _page_of(signed, "result"),
        said=_("The count is signed."),
    )
