"""What the pages share: campaign, unit and commitment of the address, or 404."""

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.accounts.requests import Request
from pingyi.campaigns.queries import campaigns_visible_to, units_visible_to
from pingyi.commitments.queries.commitments import commitments_visible_to, kinds_of

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign, Unit
    from pingyi.commitments.models import Commitment


def campaign_in_sight(request: Request, campaign_code: str) -> "Campaign":
    """The campaign, or 404; 404 too where its pack has no commitments."""
    campaign = get_object_or_404(campaigns_visible_to(request.user), code=campaign_code)
    if not kinds_of(campaign):
        raise Http404(_("This campaign has no public commitments."))
    return campaign


def unit_in_sight(request: Request, campaign_code: str, unit_code: str) -> "Unit":
    """A unit of one's own part of the tree, or 404."""
    campaign = campaign_in_sight(request, campaign_code)
    unit = get_object_or_404(units_visible_to(request.user, campaign), code=unit_code)
    unit.campaign = campaign
    return unit


def commitment_in_sight(request: Request, campaign_code: str, pk: int) -> "Commitment":
    """The commitment, or 404."""
    campaign = campaign_in_sight(request, campaign_code)
    return get_object_or_404(commitments_visible_to(request.user, campaign), pk=pk)


def page_of(name: str, campaign_code: str, *more: object) -> str:
    """The address of a page of the room."""
    return reverse(f"commitments:{name}", args=[campaign_code, *more])
