"""Somebody's deadlines as days of a calendar: what they owe, when rounds open and close."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from pingyi.campaigns.enums import CampaignState
from pingyi.campaigns.queries import campaigns_visible_to, read_scopes, timeline
from pingyi.notifications.doors import Event
from pingyi.web.queries.worklists import lists_of

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Campaign


def events(actor: "User", today: date) -> list[Event]:
    """As the home page shows it to the actor, of the campaigns that are open."""
    visible = campaigns_visible_to(actor).filter(state=CampaignState.OPEN)
    campaigns = list(visible.select_related("root").prefetch_related("rounds"))
    read_scopes(actor, campaigns)
    lists = lists_of(actor, campaigns, (None, []), today)
    owed = {
        (item.url, item.due_on): Event(
            f"{actor.pk} {item.url} {item.due_on}",
            item.due_on,
            f"{item.what}（{item.for_whom}）" if item.for_whom else item.what,
            item.where,
            item.url,
        )
        for item in (*lists.owed, *lists.waiting)
        if item.due_on is not None
    }
    return [*owed.values(), *(day for each in campaigns for day in _days(each, today))]


def _days(campaign: "Campaign", today: date) -> Iterator[Event]:
    for number, event in enumerate(timeline(campaign, today)):
        key = f"{campaign.code} {number}"
        yield Event(key, event["on"], f"{campaign.name}：{event['label']}", link="/")
