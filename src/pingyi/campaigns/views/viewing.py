"""What all pages of campaigns share: addresses, and what is in sight."""

from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import reverse

from pingyi.accounts.requests import Request
from pingyi.campaigns.queries.scopes import (
    campaigns_visible_to,
    participants_visible_to,
    rounds_visible_to,
    units_visible_to,
)
from pingyi.campaigns.queries.seen import round_said
from pingyi.ui.edits import Edited

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign, Participant, Round, Unit

FOUND_AT_ONCE = 20


def page_of(campaign_code: str, name: str = "campaign") -> str:
    """The address of a page of a campaign."""
    return reverse(f"campaigns:{name}", kwargs={"campaign_code": campaign_code})


def campaign_in_sight(request: Request, campaign_code: str) -> "Campaign":
    """The campaign, or 404 where the person has no part in it."""
    found = campaigns_visible_to(request.user)
    found = found.select_related("root").prefetch_related("rounds")
    campaign = found.filter(code=campaign_code).first()
    if campaign is None:
        raise Http404
    return campaign


def round_in_sight(request: Request, campaign_code: str, round_code: str) -> "Round":
    """The round, or 404 where the person has no part in its campaign."""
    round_ = rounds_visible_to(request.user, campaign_code).filter(code=round_code).first()
    if round_ is None:
        raise Http404
    return round_


def unit_in_sight(request: Request, campaign: "Campaign", unit_code: str) -> "Unit":
    """The unit, or 404 where it lies outside the person's part of the tree."""
    unit = units_visible_to(request.user, campaign).filter(code=unit_code).first()
    if unit is None:
        raise Http404
    unit.campaign = campaign
    return unit


def participant_in_sight(request: Request, campaign: "Campaign", pk: int) -> "Participant":
    """The person, or 404 where they belong outside the viewer's part of the tree."""
    people = participants_visible_to(request.user, campaign)
    participant = people.select_related("unit").filter(pk=pk).first()
    if participant is None:
        raise Http404
    participant.campaign = campaign
    return participant


def edited_round(round_: "Round") -> Edited:
    """The round as pages show it beside their buttons."""
    return Edited(f"round:{round_.pk}", partial(round_said, round_.pk))
