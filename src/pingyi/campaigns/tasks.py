"""Lists of a campaign as files."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.campaigns.exports import amendments_table, exemptions_table
from pingyi.campaigns.queries.rounds import (
    AMENDMENTS_SEARCHED,
    EXEMPTIONS_SEARCHED,
    amendments_visible_to,
    exemptions_visible_to,
)
from pingyi.campaigns.queries.scopes import campaigns_visible_to
from pingyi.downloads.doors import Asked, Document
from pingyi.ui.lists import searched

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Campaign


def exemptions(actor: "User", asked: Asked, now: datetime) -> Document:  # noqa: ARG001  the door gives it
    """Exemptions in sight, as they are searched."""
    campaign = _campaign(actor, asked)
    found = exemptions_visible_to(actor, campaign)
    rows = searched(found, EXEMPTIONS_SEARCHED, asked.query.get("q", "")).order_by("id")
    return Document(
        title=_("Exemptions"),
        name="exemptions.xlsx",
        page=reverse("campaigns:exemptions", args=[campaign.code]),
        count=rows.count,
        table=partial(exemptions_table, rows),
    )


def amendments(actor: "User", asked: Asked, now: datetime) -> Document:  # noqa: ARG001  the door gives it
    """Amendments of the universe in sight, as they are searched."""
    campaign = _campaign(actor, asked)
    found = amendments_visible_to(actor, campaign)
    rows = searched(found, AMENDMENTS_SEARCHED, asked.query.get("q", "")).order_by("id")
    return Document(
        title=_("Amendments"),
        name="amendments.xlsx",
        page=reverse("campaigns:amendments", args=[campaign.code]),
        count=rows.count,
        table=partial(amendments_table, rows),
    )


def _campaign(actor: "User", asked: Asked) -> "Campaign":
    campaign = campaigns_visible_to(actor).filter(code=asked.place["campaign_code"]).first()
    if campaign is None:
        raise Http404
    return campaign
