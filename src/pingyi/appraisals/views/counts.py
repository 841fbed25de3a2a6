"""The teller's count: the ballot form with numbers in its cells (way E)."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pingyi.appraisals import operations, queries
from pingyi.appraisals.forms import CountForm, ReopenForm, count_initial
from pingyi.appraisals.permissions import (
    why_not_change_count,
    why_not_count,
    why_not_reopen_count,
)
from pingyi.appraisals.views.viewing import done, form_of, unit_in_sight
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal
from pingyi.core.requests import Request

if TYPE_CHECKING:
    from pingyi.appraisals.models import Appraisal, Count


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def count(
    request: Request, campaign_code: str, round_code: str, unit_code: str, form_code: str
) -> HttpResponse:
    """Type the count. POST without a count begins it; then it keeps the draft as typed."""
    round_, unit_ = unit_in_sight(request, campaign_code, round_code, unit_code)
    ballot = form_of(round_, form_code)
    appraisal = queries.appraisal_of(round_, unit_)
    if appraisal is None:
        messages.error(request, _("Record the stages before the count first."))
        return redirect("appraisals:unit", campaign_code, round_code, unit_code)
    found = queries.count_of(appraisal, form_code)
    if request.method == "POST" and (found is None or "begin" in request.POST):
        _begun(request, appraisal, form_code)
        return redirect(request.path)
    plan = queries.needed_plan(round_)
    context = {"round": round_, "unit": unit_, "ballot": ballot, "count": found, "plan": plan}
    if found is None:
        context["refusal"] = why_not_count(request.user, appraisal, request.now)
        return render(request, "appraisals/count_begin.html", context)
    form = _count_form(request, found)
    if request.method == "POST" and form.is_valid() and _saved(request, found, form):
        if "sign" in request.POST:
            return _signed(request, found, campaign_code, round_code, unit_code)
        return redirect(request.path)
    refusal = why_not_change_count(request.user, found, request.now)
    if refusal is not None:
        form.for_reading()
    context |= {
        "form": form,
        "panel_sums": queries.panel_sums(appraisal),
        "identities": form.identities(self_vote=plan.counting.self_vote),
        "refusal": refusal,
        "reopen_refusal": why_not_reopen_count(request.user, found, request.now),
        "reopen_form": ReopenForm(),
    }
    return render(request, "appraisals/count.html", context)


def _begun(request: Request, appraisal: "Appraisal", form_code: str) -> None:
    done(
        request,
        lambda: operations.start_count(
            appraisal=appraisal,
            form=form_code,
            counted_on=day_of(request.now),
            by=request.user,
            now=request.now,
        ),
        _("The count is open."),
    )


@login_required
@require_POST
def void(
    request: Request, campaign_code: str, round_code: str, unit_code: str, form_code: str
) -> HttpResponse:
    """Declare the vote void: more collected than issued."""
    found = _count(request, campaign_code, round_code, unit_code, form_code)
    done(
        request,
        lambda: operations.declare_void(count=found, by=request.user, now=request.now),
        _("The vote is void. Hold it again as the next numbered vote."),
    )
    return redirect("appraisals:count", campaign_code, round_code, unit_code, form_code)


@login_required
@require_POST
def reopen(
    request: Request, campaign_code: str, round_code: str, unit_code: str, form_code: str
) -> HttpResponse:
    """Open a signed count again, with a reason."""
    found = _count(request, campaign_code, round_code, unit_code, form_code)
    reason = request.POST.get("reason", "")
    done(
        request,
        lambda: operations.reopen_count(
            count=found, reason=reason, by=request.user, now=request.now
        ),
        _("The count is open again."),
    )
    return redirect("appraisals:count", campaign_code, round_code, unit_code, form_code)


def _count(
    request: Request, campaign_code: str, round_code: str, unit_code: str, form_code: str
) -> "Count":
    round_, unit_ = unit_in_sight(request, campaign_code, round_code, unit_code)
    form_of(round_, form_code)
    appraisal = queries.appraisal_of(round_, unit_)
    found = queries.count_of(appraisal, form_code) if appraisal else None
    if found is None:
        raise Http404(_("This vote has not been opened."))
    return found


def _count_form(request: Request, found: "Count") -> CountForm:
    round_ = found.appraisal.round
    plan = queries.needed_plan(round_)
    return CountForm(
        request.POST if request.method == "POST" else None,
        initial=count_initial(found, queries.lines_of(found), queries.panel_sums(found.appraisal)),
        form=form_of(round_, found.form),
        members=queries.graded_members(found),
        blank_counts=queries.blank_counts(plan),
    )


def _saved(request: Request, found: "Count", form: CountForm) -> bool:
    return done(
        request,
        lambda: operations.save_count(
            count=found,
            figures=form.figures(),
            lines=form.lines(),
            scrutineer=form.cleaned_data["scrutineer"],
            teller=form.cleaned_data["teller"],
            counted_on=form.cleaned_data["counted_on"],
            by=request.user,
            now=request.now,
        ),
        _("The draft is kept."),
    )


def _signed(
    request: Request, found: "Count", campaign_code: str, round_code: str, unit_code: str
) -> HttpResponse:
    try:
        operations.sign_count(count=found, by=request.user, now=request.now)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        for detail in refusal.details:
            messages.error(request, str(detail))
        return redirect("appraisals:count", campaign_code, round_code, unit_code, found.form)
    messages.success(request, _("The count is signed."))
    return redirect("appraisals:result", campaign_code, round_code, unit_code)
