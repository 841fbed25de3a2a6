"""A campaign by date, as the home page and the page of the campaign show it."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pingyi.campaigns.doors import ALL_SENT
from pingyi.campaigns.enums import RoundState
from pingyi.campaigns.queries.rounds import deadlines_of
from pingyi.core.clock import day_of, due_state
from pingyi.ui.dates import date_text

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign, Round


def timeline(campaign: "Campaign", today: date) -> list[dict[str, Any]]:
    """What happens when: each round opens and closes, each tier sends its tables.

    Each event has `label`, `on` and `state` (a kind of ui's state badge). A tier is done with when
    all of its tables were sent, whatever became of the round; asked once a day of one has passed.
    A handful of queries.
    """
    rounds = list(campaign.rounds.all())
    events: list[dict[str, Any]] = []
    for found in rounds:
        words = {"round": found.name}
        begun, closed = _really(found)
        opens, closes = _("%(round)s opens") % words, _("%(round)s closes") % words
        is_begun, is_closed = found.state != RoundState.PLANNED, found.state == RoundState.CLOSED
        events.append(_event(opens, found.opens_on, is_begun, today, begun))
        events.append(_event(closes, found.closes_on, is_closed, today, closed))
    deadlines = deadlines_of(campaign)
    # Before any of these days nobody pays for asking who has sent.
    is_due = any(deadline.due_on < today for deadline in deadlines)
    sent = [answer(campaign) for answer in ALL_SENT.values()] if is_due else []
    for deadline in deadlines:
        label = f"{deadline.round.name} {deadline.name}"
        is_sent = bool(sent) and all((deadline.round_id, deadline.tier) in each for each in sent)
        events.append(_event(label, deadline.due_on, is_sent, today))
    return events


def _really(round_: "Round") -> tuple[date | None, date | None]:
    """The days on which the round was begun and closed, as far as it was."""
    begun = closed = None
    if round_.state != RoundState.PLANNED and round_.opened_at:
        begun = day_of(round_.opened_at)
    if round_.state == RoundState.CLOSED and round_.closed_at:
        closed = day_of(round_.closed_at)
    return begun, closed


def days_said(round_: "Round") -> tuple[str, str]:
    """Its first and its last day: those on which it was begun and closed, beside the planned."""
    planned = (round_.opens_on, round_.closes_on)
    said = [
        _planned(date_text(really), on) if really and really != on else date_text(on)
        for on, really in zip(planned, _really(round_), strict=True)
    ]
    return said[0], said[1]


def _planned(what: str, on: date) -> str:
    return _("%(what)s (planned: %(day)s)") % {"what": what, "day": date_format(on)}


def _event(
    label: str, on: date, is_done: bool, today: date, really: date | None = None
) -> dict[str, Any]:
    """What was done on another day than was planned stands on the day it was done."""
    if really is not None and really != on:
        label, on = _planned(label, on), really
    return {"label": label, "on": on, "state": "done" if is_done else due_state(on, today)}
