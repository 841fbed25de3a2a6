"""What the pages share: campaign and item of the address, or 404."""

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.accounts.requests import Request
from pingyi.campaigns.queries import campaigns_visible_to
from pingyi.rectification.queries.items import items_visible_to, paths_of

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign
    from pingyi.rectification.models import Item


def campaign_in_sight(request: Request, campaign_code: str) -> "Campaign":
    """The campaign, or 404; 404 too for those who read no appraisal in it."""
    campaign = get_object_or_404(campaigns_visible_to(request.user), code=campaign_code)
    if not paths_of(request.user, campaign, Right.READ_APPRAISALS):
        raise Http404(_("You read no appraisal in this campaign."))
    return campaign


def item_in_sight(request: Request, campaign_code: str, pk: int) -> "Item":
    """The item of a unit in sight, or 404."""
    campaign = campaign_in_sight(request, campaign_code)
    return get_object_or_404(items_visible_to(request.user, campaign), pk=pk)


def page_of(name: str, campaign_code: str, *more: object) -> str:
    """The address of a page of the room."""
    return reverse(f"rectification:{name}", args=[campaign_code, *more])
