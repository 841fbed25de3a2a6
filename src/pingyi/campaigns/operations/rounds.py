"""Rounds open, close over no gap, open again, change their days (N4, N19)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.campaigns import permissions, queries
from pingyi.campaigns.doors import OPENERS
from pingyi.campaigns.enums import LedgerKind, RoundState
from pingyi.campaigns.models import Round
from pingyi.campaigns.operations.opening import check_days
from pingyi.campaigns.operations.record import given_reason, locked_round, write_line
from pingyi.core.refusals import Refusal, refuse

if TYPE_CHECKING:
    from pingyi.accounts.models import User


@transaction.atomic
def open_round(*, round: Round, by: "User | None", now: datetime) -> Round:
    """Open a round, then let the rooms above prepare their work.

    Refuses while another round is open, or an earlier one was never opened.
    """
    round = locked_round(round)
    refuse(permissions.why_not_open_round(by, round))
    round.state = RoundState.OPEN
    round.opened_at = now
    round.opened_by = by
    round.save(update_fields=["state", "opened_at", "opened_by"])
    body = {"opens_on": round.opens_on, "closes_on": round.closes_on}
    write_line(LedgerKind.ROUND_OPENED, round.campaign, body, by, now, round=round)
    for opener in OPENERS.values():
        opener(round=round, by=by, now=now)
    return round


@transaction.atomic
def close_round(*, round: Round, by: "User | None", now: datetime) -> Round:
    """Close a round. Refuses over gaps, listing each, unless it is exempt with a reason (N4)."""
    round = locked_round(round)
    refuse(permissions.why_not_close_round(by, round))
    refuse(permissions.why_not_close_over(queries.gaps_of(round)))
    round.state = RoundState.CLOSED
    round.closed_at = now
    round.closed_by = by
    round.save(update_fields=["state", "closed_at", "closed_by"])
    body = {"exemptions": queries.open_exemptions(round).count()}
    write_line(LedgerKind.ROUND_CLOSED, round.campaign, body, by, now, round=round)
    return round


@transaction.atomic
def reopen_round(*, round: Round, reason: str, by: "User | None", now: datetime) -> Round:
    """Open a closed round again, with a reason. Refuses while another round is open."""
    round = locked_round(round)
    refuse(permissions.why_not_reopen_round(by, round))
    reason = given_reason(reason)
    body = {"reason": reason, "closed_at": round.closed_at}
    round.state = RoundState.OPEN
    round.closed_at = None
    round.closed_by = None
    round.save(update_fields=["state", "closed_at", "closed_by"])
    write_line(LedgerKind.ROUND_REOPENED, round.campaign, body, by, now, round=round)
    return round


@transaction.atomic
def change_round_dates(
    *,
    round: Round,
    opens_on: date,
    closes_on: date,
    by: "User | None",
    now: datetime,
    due: Mapping[str, date] | None = None,
) -> Round:
    """Change the days of a round and, by tier, of its deadlines.

    Refuses a closed round, days in the wrong order, and a tier the round does not have.
    """
    round = locked_round(round)
    refuse(permissions.why_not_change_round_dates(by, round))
    check_days(round.name, opens_on, closes_on)
    deadlines = {deadline.tier: deadline for deadline in round.deadlines.all()}
    unknown = sorted(set(due or {}) - set(deadlines))
    if unknown:
        raise Refusal(
            _("The round has no such deadline: %(names)s.") % {"names": ", ".join(unknown)},
            code="unknown_tier",
        )
    before = _days(round)
    round.opens_on = opens_on
    round.closes_on = closes_on
    round.save(update_fields=["opens_on", "closes_on"])
    for tier, due_on in (due or {}).items():
        deadlines[tier].due_on = due_on
        deadlines[tier].save(update_fields=["due_on"])
    body = {"before": before, "after": _days(round)}
    write_line(LedgerKind.ROUND_DATES_CHANGED, round.campaign, body, by, now, round=round)
    return round


def _days(round: Round) -> dict[str, object]:
    due = {deadline.tier: deadline.due_on for deadline in round.deadlines.all()}
    return {"opens_on": round.opens_on, "closes_on": round.closes_on, "due": due}
