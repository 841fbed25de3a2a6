"""Lists of a campaign as files, and those of the missing to be urged."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.campaigns.exports import amendments_table, exemptions_table, gaps_table
from pingyi.campaigns.forms.rounds import GapFilter
from pingyi.campaigns.permissions import why_not_see_gaps, why_not_urge
from pingyi.campaigns.queries.debtors import debtors_below, place_of_urging
from pingyi.campaigns.queries.gaps import BY_PERSON, gaps_visible_to
from pingyi.campaigns.queries.rounds import (
    AMENDMENTS_SEARCHED,
    EXEMPTIONS_SEARCHED,
    amendments_visible_to,
    exemptions_visible_to,
)
from pingyi.campaigns.queries.scopes import (
    campaigns_visible_to,
    rounds_visible_to,
    unit_asked_for,
)
from pingyi.core.refusals import refuse
from pingyi.downloads.doors import Asked, Document
from pingyi.notifications.doors import Missing
from pingyi.ui.downloads import file_name
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
        name=file_name(campaign.name, _("Exemptions"), kind="xlsx"),
        page=reverse("campaigns:exemptions", args=[campaign.code]),
        count=rows.count,
        table=partial(exemptions_table, campaign, rows),
    )


def amendments(actor: "User", asked: Asked, now: datetime) -> Document:  # noqa: ARG001  the door gives it
    """Amendments of the universe in sight, as they are searched."""
    campaign = _campaign(actor, asked)
    found = amendments_visible_to(actor, campaign)
    rows = searched(found, AMENDMENTS_SEARCHED, asked.query.get("q", "")).order_by("id")
    return Document(
        title=_("Amendments"),
        name=file_name(campaign.name, _("Amendments"), kind="xlsx"),
        page=reverse("campaigns:amendments", args=[campaign.code]),
        count=rows.count,
        table=partial(amendments_table, rows),
    )


def gaps(actor: "User", asked: Asked, now: datetime) -> Document:  # noqa: ARG001  the door gives it
    """What is missing in a round, as it is searched; the gaps of one person together."""
    campaign = _campaign(actor, asked)
    round_ = campaign.rounds.filter(code=asked.place["round_code"]).first()
    if round_ is None:
        raise Http404
    refuse(why_not_see_gaps(actor, campaign))
    q = asked.query.get("q", "").strip()
    chosen = GapFilter(asked.query, campaign=campaign).chosen()
    unit = unit_asked_for(actor, round_, asked.query.get("unit", ""))
    found = gaps_visible_to(actor, round_, unit).only(**chosen).asked_for(q, [(BY_PERSON, False)])
    return Document(
        title=_("What is missing"),
        name=file_name(campaign.name, _("What is missing"), round_.name, kind="xlsx"),
        page=reverse("campaigns:gaps", args=[campaign.code, round_.code]),
        count=found.__len__,
        table=partial(gaps_table, round_, found),
    )


def missing(
    actor: "User",
    place: Mapping[str, str],
    query: Mapping[str, str],
    now: datetime,  # noqa: ARG001  the door gives it
) -> Missing:
    """The gaps below whoever urges, by the people who owe them; filtered as the list is."""
    rounds = rounds_visible_to(actor, place["campaign_code"])
    round_ = rounds.filter(code=place["round_code"]).first()
    if round_ is None:
        raise Http404
    refuse(why_not_urge(actor, round_.campaign))
    chosen = GapFilter(query, campaign=round_.campaign).chosen()
    unit = unit_asked_for(actor, round_, query.get("unit", ""))
    return Missing(
        title=f"{round_.campaign.name} · {round_.name}",
        place=place_of_urging(round_, query.get("unit", ""), *chosen.values()),
        page=reverse("campaigns:gaps", args=[round_.campaign.code, round_.code]),
        done_at="/",
        due_on=round_.closes_on,
        debtors=lambda: debtors_below(actor, round_, unit, **chosen),
    )


def _campaign(actor: "User", asked: Asked) -> "Campaign":
    campaign = campaigns_visible_to(actor).filter(code=asked.place["campaign_code"]).first()
    if campaign is None:
        raise Http404
    return campaign
