"""A campaign by date, as the home page and the page of the campaign show it."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pingyi.campaigns.enums import RoundState
from pingyi.campaigns.queries.rounds import deadlines_of
from pingyi.core.clock import due_state

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
        events.append(_event(_("%(round)s opens") % words, found.opens_on, begun, today))
        events.append(
            _event(_("%(round)s closes") % words, found.closes_on, found.pk in closed, today)
        )
    for deadline in deadlines_of(campaign):
        label = f"{deadline.round.name} {deadline.name}"
        events.append(_event(label, deadline.due_on, deadline.round_id in closed, today))
    return events


def _event(label: str, on: date, is_done: bool, today: date) -> dict[str, Any]:
    return {"label": label, "on": on, "state": "done" if is_done else due_state(on, today)}
