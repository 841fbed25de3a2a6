"""What all pages of reviews share: the campaign, the round, the viewer, what is in sight."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pingyi.accounts.enums import Right
from pingyi.campaigns import queries as campaigns
from pingyi.reviews.permissions import why_not_publish
from pingyi.reviews.queries.sight import kept_units, reviews_visible_to, viewer_of, with_names
from pingyi.reviews.queries.texts import plan_of
from pingyi.reviews.rules.visibility import Viewer, within

if TYPE_CHECKING:
    from datetime import date

    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Campaign, Participant, Round, Unit
    from pingyi.campaigns.rules.pack import ReviewPlan
    from pingyi.reviews.models import Review


@dataclass(frozen=True)
class Place:
    """The campaign in the address, how it reviews, and who looks."""

    campaign: "Campaign"
    plan: "ReviewPlan"
    viewer: Viewer


def place_in_sight(request: HttpRequest, campaign_code: str) -> Place:
    """The campaign, or 404 where the person has no part in it or it has no reviews."""
    actor = request.user if request.user.is_authenticated else None
    found = campaigns.campaigns_visible_to(actor).prefetch_related("rounds")
    campaign = get_object_or_404(found, code=campaign_code)
    plan = plan_of(campaign)
    if plan is None:
        raise Http404
    return Place(campaign, plan, viewer_of(actor, campaign))


def round_of(place: Place, round_code: str) -> "Round":
    """The round of the campaign, or 404."""
    for found in place.campaign.rounds.all():
        if found.code == round_code:
            return found
    raise Http404


def unit_in_sight(place: Place, unit_code: str) -> "Unit":
    """The unit, or 404 where the viewer keeps or leads nothing there."""
    unit = get_object_or_404(kept_units(place.viewer, place.campaign), code=unit_code)
    unit.campaign = place.campaign
    return unit


def person_in_sight(place: Place, pk: int) -> "Participant":
    """The person, or 404 where the viewer neither keeps their unit nor is to review them."""
    people = place.campaign.participants.active().members()
    participant = get_object_or_404(people.select_related("unit"), pk=pk)
    path = participant.unit.path if participant.unit else ""
    kept = within(path, place.viewer.keeps)
    mine = participant.assignments.filter(reviewer=place.viewer.participant_id or 0)
    if not kept and not mine.exists():
        raise Http404
    participant.campaign = place.campaign
    return participant


def publishing_page(
    actor: "User",
    place: Place,
    today: "date",
    unit: "Unit | None" = None,
    round_: "Round | None" = None,
) -> str:
    """Where reviews not made known yet are, for whoever may do it: of a unit, else of all that they
    answer for; of a round, else of the present one. Empty for others.
    """
    if unit is None:
        scopes = campaigns.scopes(actor, place.campaign)
        unit = next(
            (each.unit for each in scopes if each.role in Right.PUBLISH_REVIEWS.roles), None
        )
    round_ = round_ or campaigns.current_round(place.campaign, today)
    if unit is None or round_ is None or why_not_publish(actor, unit):
        return ""
    codes = [place.campaign.code, round_.code, unit.code]
    return reverse("reviews:publish", args=codes) + "?left=1"


def review_in_sight(place: Place, pk: int) -> "Review":
    """The review, or 404 where the viewer may not see it."""
    visible = reviews_visible_to(place.viewer, place.campaign)
    return get_object_or_404(with_names(visible), pk=pk)
