"""Rounds and units that a page of the returns is about: outside of one's sight there is nothing."""

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from pingyi.accounts.requests import Request
from pingyi.campaigns.queries import rounds_visible_to, units_visible_to
from pingyi.core.refusals import refuse
from pingyi.returns.permissions import why_not_read_tables

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit


def round_in_sight(request: Request, campaign_code: str, round_code: str) -> "Round":
    """The round, where the reader sees it; else there is no such page."""
    return get_object_or_404(rounds_visible_to(request.user, campaign_code), code=round_code)


def unit_in_sight(
    request: Request, campaign_code: str, round_code: str, unit_code: str
) -> tuple["Round", "Unit"]:
    """A round and a unit whose tables the reader reads; else no such page, or why not."""
    round_ = round_in_sight(request, campaign_code, round_code)
    unit_ = get_object_or_404(units_visible_to(request.user, round_.campaign), code=unit_code)
    refuse(why_not_read_tables(request.user, unit_))
    return round_, unit_
