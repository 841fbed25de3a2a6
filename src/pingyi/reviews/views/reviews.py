"""One review: recording it, reading it, what became of it."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pingyi.accounts.requests import Request
from pingyi.campaigns.queries import is_self
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal
from pingyi.reviews import permissions
from pingyi.reviews.forms.consequences import FollowUpForm, WithdrawForm
from pingyi.reviews.forms.review import ReviewForm
from pingyi.reviews.operations.consequences import add_follow_up, withdraw_review
from pingyi.reviews.operations.record import record_review
from pingyi.reviews.operations.signs import SignsFound
from pingyi.reviews.queries.ledger import lines_of
from pingyi.reviews.queries.tasks import assignments_of, last_review, leaders_over
from pingyi.reviews.queries.texts import shown_signs, shown_signs_of
from pingyi.reviews.views.viewing import (
    Place,
    form_page,
    person_in_sight,
    place_in_sight,
    review_in_sight,
    round_of,
    unit_in_sight,
)

if TYPE_CHECKING:
    from pingyi.campaigns.models import Participant, Round, Unit


@login_required
@form_page
def review_person(request: Request, campaign_code: str, round_code: str, pk: int) -> HttpResponse:
    """Review a member."""
    place = place_in_sight(request, campaign_code)
    round_ = round_of(place, round_code)
    return _review(request, place, round_, None, person_in_sight(place, pk))


@login_required
@form_page
def review_unit(
    request: Request, campaign_code: str, round_code: str, unit_code: str
) -> HttpResponse:
    """Review an organization."""
    place = place_in_sight(request, campaign_code)
    round_ = round_of(place, round_code)
    return _review(request, place, round_, unit_in_sight(place, unit_code), None)


def _review(
    request: Request,
    place: Place,
    round_: "Round",
    unit: "Unit | None",
    participant: "Participant | None",
) -> HttpResponse:
    reviewers = _reviewers(request, round_, unit, participant)
    form = ReviewForm(place.plan, reviewers, day_of(request.now), request.POST or None)
    context: dict[str, Any] = {
        "campaign": place.campaign,
        "round": round_,
        "unit": unit,
        "participant": participant,
        "posts": participant.posts.select_related("unit") if participant else [],
        "last": last_review(unit, participant),
        "form": form,
        "refusal": permissions.why_not_in_round(round_) or _why_nobody(reviewers),
    }
    if request.method != "POST" or not form.is_valid():
        return render(request, "reviews/review.html", context, status=422 if form.errors else 200)
    try:
        made = record_review(
            round_=round_,
            unit=unit,
            participant=participant,
            accept_signs="accept" in request.POST,
            by=request.user,
            now=request.now,
            **form.values(),
        )
    except SignsFound as found:
        context["signs"] = shown_signs(place.plan, [(found.signs[0], form.cleaned_data)])[0]
    except Refusal as refusal:
        form.add_error(None, [str(refusal)])
    else:
        messages.success(request, _("The review is saved."))
        return redirect("reviews:detail", place.campaign.code, made.pk)
    return render(request, "reviews/review.html", context, status=422)


def _reviewers(
    request: Request, round_: "Round", unit: "Unit | None", participant: "Participant | None"
) -> "list[Participant]":
    """Whose review the person signed in may record: their own first, then the assigned one."""
    home = unit if participant is None else participant.unit
    candidates = {p.pk: p for p in leaders_over(round_.campaign, home.path if home else "")}
    assigned = assignments_of(round_).filter(unit=unit, participant=participant).first()
    if assigned is not None and assigned.reviewer is not None:
        candidates = {assigned.reviewer.pk: assigned.reviewer, **candidates}
    recording = permissions.Recording(request.user, round_, list(candidates.values()))
    allowed = [p for p in candidates.values() if recording.why_not(p, unit, participant) is None]
    return sorted(allowed, key=lambda person: not is_self(request.user, person))


def _why_nobody(reviewers: "list[Participant]") -> Refusal | None:
    if reviewers:
        return None
    return Refusal(
        _("You can read here, but not record a review: you neither lead here nor type for others."),
        code="not_own",
    )


@login_required
@require_safe
def detail(request: Request, campaign_code: str, pk: int) -> HttpResponse:
    """A review with its signs, what became of it and where it was published."""
    place = place_in_sight(request, campaign_code)
    review = review_in_sight(place, pk)
    unit = review.unit if review.participant is None else review.participant.unit
    context = {
        "campaign": place.campaign,
        "plan": place.plan,
        "review": review,
        "keeps": bool(place.viewer.keeps),
        "line": lines_of(place.plan, [review])[0],
        "themes": [t.label for t in place.plan.themes if t.code in review.themes],
        "signs": shown_signs_of(place.plan, review),
        "unit": unit,
        "follow_up_form": FollowUpForm(initial={"text": review.follow_up}),
        "follow_up_refusal": permissions.why_not_follow_up(request.user, review),
        "withdraw_form": WithdrawForm(),
        "withdraw_refusal": permissions.why_not_withdraw(request.user, review),
        "publish_refusal": unit and permissions.why_not_publish(request.user, unit),
    }
    return render(request, "reviews/detail.html", context)


@login_required
@require_POST
def follow_up(request: Request, campaign_code: str, pk: int) -> HttpResponse:
    """Say what became of it."""
    review = review_in_sight(place_in_sight(request, campaign_code), pk)
    try:
        text = request.POST.get("text", "")
        add_follow_up(review=review, text=text, by=request.user, now=request.now)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The follow-up is saved."))
    return redirect("reviews:detail", campaign_code, pk)


@login_required
@require_POST
def withdraw(request: Request, campaign_code: str, pk: int) -> HttpResponse:
    """Take a wrong review back."""
    review = review_in_sight(place_in_sight(request, campaign_code), pk)
    try:
        reason = request.POST.get("reason", "")
        withdraw_review(review=review, reason=reason, by=request.user, now=request.now)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The review is withdrawn. It no longer counts."))
    return redirect("reviews:detail", campaign_code, pk)
