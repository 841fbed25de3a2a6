"""What the pages share: campaign and bulletin of the address, or 404; the text with its figures."""

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.urls import reverse

from pingyi.accounts.requests import Request
from pingyi.bulletins.queries.bulletins import bulletins_visible_to
from pingyi.bulletins.queries.figures import said_in
from pingyi.bulletins.rules.texts import filled
from pingyi.campaigns.queries import campaigns_visible_to
from pingyi.documents.official import level_of, paragraphs_of

if TYPE_CHECKING:
    from pingyi.bulletins.models import Bulletin
    from pingyi.campaigns.models import Campaign


def campaign_in_sight(request: Request, campaign_code: str) -> "Campaign":
    """The campaign, or 404."""
    return get_object_or_404(campaigns_visible_to(request.user), code=campaign_code)


def bulletin_in_sight(request: Request, campaign_code: str, pk: int) -> "Bulletin":
    """The bulletin that the actor writes or that reaches them, or 404."""
    campaign = campaign_in_sight(request, campaign_code)
    found = bulletins_visible_to(request.user, campaign)
    bulletin = get_object_or_404(found, pk=pk)
    bulletin.unit.campaign = bulletin.top.campaign = bulletin.round.campaign = campaign
    return bulletin


def shown(bulletin: "Bulletin") -> tuple[str, list[tuple[str, str]]]:
    """Its title, and its paragraphs with the level of each, figures put in."""
    figures = said_in(bulletin)
    said = paragraphs_of(filled(bulletin.text, figures))
    return filled(bulletin.title, figures), [(level_of(each), each) for each in said]


def page_of(name: str, campaign_code: str, *more: object) -> str:
    """The address of a page of the room."""
    return reverse(f"bulletins:{name}", args=[campaign_code, *more])
