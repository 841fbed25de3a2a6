"""A campaign by date, as the home page and the page of the campaign show it."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pingyi.campaigns.enums import RoundState
from pingyi.campaigns.queries.rounds import deadlines_of
from pingyi.core.clock import day_of, due_state

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign


def timeline(campaign: "Campaign", today: date) -> list[dict[str, Any]]:
    """What happens when: each round opens and closes, each tier sends its tables.

    Each event has `label`, `on` and `state` (a kind of ui's state badge). Two queries.
    """
    rounds = list(campaign.rounds.all())
    closed = {found.pk for found in rounds if found.state == RoundState.CLOSED}
    events: list[dict[str, Any]] = []
    for found in rounds:
        begun = found.state != RoundState.PLANNED
        words = {"round": found.name}
        really = day_of(found.opened_at) if begun and found.opened_at else None
        events.append(_event(_("%(round)s opens") % words, found.opens_on, begun, today, really))
        is_closed = found.pk in closed
        really = day_of(found.closed_at) if is_closed and found.closed_at else None
        events.append(
            _event(_("%(round)s closes") % words, found.closes_on, is_closed, today, really)
        )
    for deadline in deadlines_of(campaign):
        label = f"{deadline.round.name} {deadline.name}"
        events.append(_event(label, deadline.due_on, deadline.round_id in closed, today))
    return events


def _event(
    label: str, on: date, is_done: bool, today: date, really: date | None = None
) -> dict[str, Any]:
    """What was done on another day than was planned stands on the day it was done."""
    if really is not None and really != on:
        said = {"what": label, "day": date_format(on)}
        label, on = _("%(what)s (planned: %(day)s)") % said, really
    return {"label": label, "on": on, "state": "done" if is_done else due_state(on, today)}
