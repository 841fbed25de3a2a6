"""One review: recording it, reading it, what became of it."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pingyi.accounts.requests import Request
from pingyi.campaigns.queries import is_self
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal
from pingyi.reviews import permissions
from pingyi.reviews.doors import BESIDE
from pingyi.reviews.forms.consequences import FollowUpForm, WithdrawForm
from pingyi.reviews.forms.review import ReviewForm
from pingyi.reviews.operations.consequences import add_follow_up, withdraw_review
from pingyi.reviews.operations.record import record_review
from pingyi.reviews.operations.signs import SignsFound
from pingyi.reviews.queries.ledger import lines_of
from pingyi.reviews.queries.seen import review_said, review_seen
from pingyi.reviews.queries.tasks import assignments_of, last_review, leaders_over, next_owed
from pingyi.reviews.queries.texts import shown_signs, shown_signs_of
from pingyi.reviews.views.viewing import (
    Place,
    person_in_sight,
    place_in_sight,
    review_in_sight,
    round_of,
    unit_in_sight,
)
from pingyi.ui import drafts
from pingyi.ui.deeds import Deed, done, form_page, refusal_of, status_of
from pingyi.ui.edits import Edited

if TYPE_CHECKING:
    from pingyi.campaigns.models import Participant, Round, Unit
    from pingyi.reviews.models import Review


@form_page
def review_person(request: Request, campaign_code: str, round_code: str, pk: int) -> HttpResponse:
    """Review a member."""
    place = place_in_sight(request, campaign_code)
    round_ = round_of(place, round_code)
    return _review(request, place, round_, None, person_in_sight(place, pk))


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
    form = ReviewForm(
        place.plan,
        reviewers,
        day_of(request.now),
        request.POST or None,
        initial=_of_the_sitting(request),
    )
    subject = participant or unit
    return Deed(
        title=_("Review of %(name)s") % {"name": str(subject) if subject else ""},
        state=" · ".join([round_.name, *_seats(participant)]),
        form=form,
        submit=_("Save review"),
        do=partial(
            record_review,
            round_=round_,
            unit=unit,
            participant=participant,
            accept_signs="accept" in request.POST,
        ),
        done=_("The review is saved."),
        back=reverse("reviews:tasks", args=[place.campaign.code, round_.code]),
        to=partial(_next_of, round_, unit if participant is None else participant.unit)
        if "next" in request.POST
        else _page_of,
        refusal=permissions.why_not_in_round(round_) or _why_nobody(reviewers),
        template="reviews/review.html",
        context=lambda: {
            **_beside(unit, participant),
            "signs": _signs_found(place, form),
        },
    ).page(request)


def _beside(unit: "Unit | None", participant: "Participant | None") -> dict[str, Any]:
    """What is shown beside the form: the last review, and what other rooms know."""
    said = [ask(unit, participant) for ask in BESIDE.values()]
    return {"last": last_review(unit, participant), "beside": list(filter(None, said))}


# What one sitting has in common; it is carried on in the address of the next review.
SITTING = ("form", "held_on", "place")


def _of_the_sitting(request: Request) -> dict[str, Any]:
    said: dict[str, Any] = {name: request.GET[name] for name in SITTING if name in request.GET}
    return said | ({"themes": request.GET.getlist("themes")} if "themes" in request.GET else {})


def _next_of(round_: "Round", near: "Unit | None", review: "Review") -> str:
    """The form for whom the reviewer owes next, begun from the sitting; else what is owed."""
    owed = next_owed(review.reviewer, round_, near)
    codes = (round_.campaign.code, round_.code)
    if owed is None:
        return reverse("reviews:tasks", args=codes)
    said = {name: str(getattr(review, name)) for name in SITTING} | {"themes": review.themes}
    if owed.unit is not None:
        return reverse("reviews:review-unit", args=[*codes, owed.unit.code], query=said)
    return reverse("reviews:review-person", args=[*codes, owed.participant_id], query=said)


def _seats(participant: "Participant | None") -> list[str]:
    """Where a person belongs and leads."""
    if participant is None:
        return []
    posts = participant.posts.select_related("unit")
    home = [participant.unit.name] if participant.unit else []
    return home + [f"{post.unit.name} {post.title}" for post in posts]


def _signs_found(place: Place, form: ReviewForm) -> list[Any]:
    """Signs in what was typed, which may be saved anyway."""
    found = refusal_of(form)
    if not isinstance(found, SignsFound):
        return []
    return shown_signs(place.plan, [(found.signs[0], form.cleaned_data)])[0]


def _page_of(review: "Review") -> str:
    return reverse("reviews:detail", args=[review.round.campaign.code, review.pk])


def _reviewers(
    request: Request, round_: "Round", unit: "Unit | None", participant: "Participant | None"
) -> "list[Participant]":
    """Whose review the person signed in may record: their own first, then the assigned one."""
    home = unit if participant is None else participant.unit
    candidates = {p.pk: p for p in leaders_over(round_.campaign, home.path if home else "")}
    assigned = assignments_of(round_).filter(unit=unit, participant=participant).first()
    if assigned is not None and assigned.reviewer is not None:
        candidates = {assigned.reviewer.pk: assigned.reviewer, **candidates}
    recording = permissions.Recording(
        request.user, round_, candidates.values(), [(unit, participant)]
    )
    allowed = [p for p in candidates.values() if recording.why_not(p, unit, participant) is None]
    return sorted(allowed, key=lambda person: not is_self(request.user, person))


def _why_nobody(reviewers: "list[Participant]") -> Refusal | None:
    if reviewers:
        return None
    return Refusal(
        _("You can read here, but not record a review: you neither lead here nor type for others."),
        code="not_own",
    )


@require_safe
def detail(request: Request, campaign_code: str, pk: int) -> HttpResponse:
    """A review with its signs, what became of it and where it was published."""
    place = place_in_sight(request, campaign_code)
    return _detail(request, place, review_in_sight(place, pk))


def _detail(request: Request, place: Place, review: "Review", **forms: BaseForm) -> HttpResponse:
    """The page; one of `forms` that was refused stands in it as it was typed."""
    unit = review.unit if review.participant is None else review.participant.unit
    follow_up_form = FollowUpForm(initial={"text": review.follow_up})
    why_not_follow_up = permissions.why_not_follow_up(request.user, review)
    if why_not_follow_up is not None:
        drafts.close(follow_up_form)
    here = reverse("reviews:follow-up", args=[place.campaign.code, review.pk])
    drafts.restore(request, follow_up_form, here)
    context = {
        "campaign": place.campaign,
        "plan": place.plan,
        "review": review,
        "keeps": bool(place.viewer.keeps),
        "line": lines_of(place.plan, [review])[0],
        "themes": [t.label for t in place.plan.themes if t.code in review.themes],
        "signs": shown_signs_of(place.plan, review),
        "unit": unit,
        "follow_up_form": follow_up_form,
        "follow_up_refusal": why_not_follow_up,
        "withdraw_form": WithdrawForm(),
        "withdraw_refusal": permissions.why_not_withdraw(request.user, review),
        "publish_refusal": unit and permissions.why_not_publish(request.user, unit),
        **_edits_of(review),
        **forms,
    }
    return render(request, "reviews/detail.html", context, status=status_of(*forms.values()))


def _edits_of(review: "Review") -> dict[str, Edited]:
    """The review as each of the two forms on its page shows it."""
    name = f"review:{review.pk}"
    return {
        "follow_up_edits": Edited(name, partial(review_seen, review.pk)),
        "withdraw_edits": Edited(name, partial(review_said, review.pk)),
    }


@require_POST
def follow_up(request: Request, campaign_code: str, pk: int) -> HttpResponse:
    """Say what became of it."""
    place = place_in_sight(request, campaign_code)
    review, form = review_in_sight(place, pk), FollowUpForm(request.POST)
    answer = done(
        request,
        form,
        partial(add_follow_up, review=review),
        to=_page_of(review),
        said=_("The follow-up is saved."),
        edits=_edits_of(review)["follow_up_edits"],
    )
    return answer or _detail(request, place, review, follow_up_form=form)


@require_POST
def withdraw(request: Request, campaign_code: str, pk: int) -> HttpResponse:
    """Take a wrong review back."""
    place = place_in_sight(request, campaign_code)
    review, form = review_in_sight(place, pk), WithdrawForm(request.POST)
    answer = done(
        request,
        form,
        partial(withdraw_review, review=review),
        to=_page_of(review),
        said=_("The review is withdrawn. It no longer counts."),
        edits=_edits_of(review)["withdraw_edits"],
    )
    return answer or _detail(request, place, review, withdraw_form=form)
