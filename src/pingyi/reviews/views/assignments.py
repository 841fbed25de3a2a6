"""Who must review whom: derived, and changed by hand with a reason (N4)."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pingyi.accounts.requests import Request
from pingyi.core.refusals import Refusal
from pingyi.reviews import permissions
from pingyi.reviews.forms.consequences import ReassignForm
from pingyi.reviews.operations.assign import derive_assignments, reassign
from pingyi.reviews.queries.sight import subject_under
from pingyi.reviews.queries.tasks import assignments_of, leaders_named, leaders_over
from pingyi.reviews.views.viewing import form_page, place_in_sight, round_of
from pingyi.ui.lists import list_page

if TYPE_CHECKING:
    from pingyi.campaigns.models import Participant
    from pingyi.reviews.models import Assignment

FOUND_AT_ONCE = 20


@login_required
@require_safe
def list_(request: Request, campaign_code: str, round_code: str) -> HttpResponse:
    """The assignments of the units the viewer keeps; ?without=1 shows those without reviewer."""
    place = place_in_sight(request, campaign_code)
    round_ = round_of(place, round_code)
    rows = assignments_of(round_).filter(subject_under(place.viewer.keeps))
    without = rows.filter(reviewer=None)
    listing = list_page(
        request,
        without if request.GET.get("without") else rows,
        search=("unit__name", "participant__name", "participant__unit__name", "reviewer__name"),
        sorts={"order": "id", "reviewer": ("reviewer__name", "id"), "source": ("source", "id")},
        default="order",
    )
    context = {
        "campaign": place.campaign,
        "round": round_,
        "listing": listing,
        "without": without.count(),
        "keeps": bool(place.viewer.keeps),
        "derive_refusal": permissions.why_not_derive(request.user, round_),
    }
    return render(request, "reviews/assignments.html", context)


@login_required
@require_POST
def derive(request: Request, campaign_code: str, round_code: str) -> HttpResponse:
    """Derive them anew; those changed by hand stay."""
    round_ = round_of(place_in_sight(request, campaign_code), round_code)
    try:
        done = derive_assignments(round_=round_, by=request.user, now=request.now)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        words = _("Derived: %(added)d new, %(changed)d changed, %(removed)d gone.")
        counts = {"added": done.added, "changed": done.changed, "removed": done.removed}
        messages.success(request, words % counts)
    return redirect("reviews:assignments", campaign_code, round_code)


@login_required
@form_page
def change(request: Request, campaign_code: str, round_code: str, pk: int) -> HttpResponse:
    """Give a review to another leader, with a reason."""
    place = place_in_sight(request, campaign_code)
    round_ = round_of(place, round_code)
    rows = assignments_of(round_).filter(subject_under(place.viewer.keeps))
    assignment = get_object_or_404(rows, pk=pk)
    chosen = {"reviewer": str(assignment.reviewer_id or ""), "reason": assignment.reason}
    form = ReassignForm(_leaders(request, assignment), request.POST or None, initial=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            reassign(
                assignment=assignment,
                reviewer=form.reviewer_chosen(),
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=request.now,
            )
        except Refusal as refusal:
            form.add_error(None, [str(refusal)])
        else:
            messages.success(request, _("The reviewer is changed."))
            return redirect("reviews:assignments", campaign_code, round_code)
    context = {
        "campaign": place.campaign,
        "round": round_,
        "assignment": assignment,
        "form": form,
        "refusal": permissions.why_not_reassign(request.user, assignment),
    }
    return render(request, "reviews/assignment.html", context, status=422 if form.errors else 200)


def _leaders(request: Request, assignment: "Assignment") -> "list[Participant]":
    """Who may be chosen: the present reviewer, leaders over the subject, those searched for."""
    subject = assignment.participant
    place = assignment.unit if subject is None else subject.unit
    campaign = assignment.round.campaign
    text = request.GET.get("q", "").strip()
    found = [
        *([assignment.reviewer] if assignment.reviewer else []),
        *leaders_over(campaign, place.path if place else ""),
        *leaders_named(campaign, text)[:FOUND_AT_ONCE],
    ]
    return list({leader.pk: leader for leader in found}.values())
