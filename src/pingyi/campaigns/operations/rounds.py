"""Rounds open, close over no gap, open again, change their days (N4, N19)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor
from pingyi.campaigns import permissions
from pingyi.campaigns.doors import OPENERS
from pingyi.campaigns.enums import LedgerKind, RoundState
from pingyi.campaigns.models import Round
from pingyi.campaigns.operations.opening import check_days
from pingyi.campaigns.operations.record import given_reason, locked_campaign, write_line
from pingyi.campaigns.queries.gaps import gaps_of
from pingyi.campaigns.queries.held import round_locked
from pingyi.campaigns.queries.rounds import open_exemptions
from pingyi.core import statistics
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger.operations import Beforehand, lines_last


@transaction.atomic
@lines_last()
def open_round(*, round_: Round, by: Actor, now: datetime) -> Round:
    """Open a round, then let the rooms above prepare their work.

    Refuses while another round is open, or an earlier one was never opened.
    """
    round_ = _locked_with_others(round_)
    refuse(permissions.why_not_open_round(by, round_))
    round_.state = RoundState.OPEN
    round_.opened_at = now
    round_.opened_by = by
    round_.save(update_fields=["state", "opened_at", "opened_by"])
    body = {"opens_on": round_.opens_on, "closes_on": round_.closes_on}
    write_line(
        LedgerKind.ROUND_OPENED, round_.campaign, body, by, now, round_=round_, rows=[round_]
    )
    for opener in OPENERS.values():
        opener(round_=round_, by=by, now=now)
    statistics.refresh_after_commit()
    return round_


def close_round(*, round_: Round, by: Actor, now: datetime) -> Round:
    """Close a round. Refuses over gaps, listing each, unless it is exempt with a reason (N4)."""
    why_not_over = Beforehand(
        lambda: permissions.why_not_close_over(gaps_of(round_), round_.campaign)
    )
    return _closed(round_, why_not_over, by, now)


@transaction.atomic
def _closed(
    round_: Round, why_not_over: "Beforehand[Refusal | None]", by: Actor, now: datetime
) -> Round:
    round_ = round_locked(round_)
    refuse(permissions.why_not_close_round(by, round_) or why_not_over.now())
    round_.state = RoundState.CLOSED
    round_.closed_at = now
    round_.closed_by = by
    round_.save(update_fields=["state", "closed_at", "closed_by"])
    body = {"exemptions": open_exemptions(round_).count()}
    write_line(
        LedgerKind.ROUND_CLOSED, round_.campaign, body, by, now, round_=round_, rows=[round_]
    )
    statistics.refresh_after_commit()
    return round_


@transaction.atomic
def reopen_round(*, round_: Round, reason: str, by: Actor, now: datetime) -> Round:
    """Open a closed round again, with a reason. Refuses while another round is open."""
    round_ = _locked_with_others(round_)
    refuse(permissions.why_not_reopen_round(by, round_))
    reason = given_reason(reason)
    body = {"reason": reason, "closed_at": round_.closed_at}
    round_.state = RoundState.OPEN
    round_.closed_at = None
    round_.closed_by = None
    round_.save(update_fields=["state", "closed_at", "closed_by"])
    write_line(
        LedgerKind.ROUND_REOPENED, round_.campaign, body, by, now, round_=round_, rows=[round_]
    )
    return round_


@transaction.atomic
def change_round_dates(
    *,
    round_: Round,
    opens_on: date,
    closes_on: date,
    by: Actor,
    now: datetime,
    due: Mapping[str, date] | None = None,
) -> Round:
    """Change the days of a round and, by tier, of its deadlines.

    Refuses a closed round, days in the wrong order, and a tier the round does not have.
    """
    round_ = round_locked(round_)
    refuse(permissions.why_not_change_round_dates(by, round_))
    check_days(round_.name, opens_on, closes_on)
    deadlines = {deadline.tier: deadline for deadline in round_.deadlines.all()}
    unknown = sorted(set(due or {}) - set(deadlines))
    if unknown:
        raise Refusal(
            _("The round has no such deadline: %(names)s.") % {"names": ", ".join(unknown)},
            code="unknown_tier",
        )
    before = _days(round_)
    round_.opens_on = opens_on
    round_.closes_on = closes_on
    round_.save(update_fields=["opens_on", "closes_on"])
    for tier, due_on in (due or {}).items():
        deadlines[tier].due_on = due_on
        deadlines[tier].save(update_fields=["due_on"])
    body = {"before": before, "after": _days(round_)}
    rows = [round_, *(deadlines[tier] for tier in due or {})]
    write_line(
        LedgerKind.ROUND_DATES_CHANGED, round_.campaign, body, by, now, round_=round_, rows=rows
    )
    return round_


def _locked_with_others(round_: Round) -> Round:
    """The round as it is now. Its campaign is locked first, so that only one round can open."""
    locked_campaign(round_.campaign)
    return round_locked(round_)


def _days(round_: Round) -> dict[str, object]:
    due = {deadline.tier: deadline.due_on for deadline in round_.deadlines.all()}
    return {"opens_on": round_.opens_on, "closes_on": round_.closes_on, "due": due}
