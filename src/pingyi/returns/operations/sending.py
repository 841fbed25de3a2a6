"""A sealed return goes up, comes back, or is accepted; deadlines are extended and waived (N12)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from pingyi.accounts.queries import Actor
from pingyi.core.clock import day_of
from pingyi.core.refusals import refuse
from pingyi.returns.enums import ReturnDeed, ReturnState
from pingyi.returns.models import Remark, Return, Version
from pingyi.returns.operations.taking import step, taken, write_line
from pingyi.returns.permissions import (
    why_not_for_this_reason,
    why_not_send_back,
    why_not_until,
)
from pingyi.returns.queries.returns import due_on
from pingyi.returns.rules.workflow import STEPS

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit


@transaction.atomic
def submit(*, round_: "Round", unit: "Unit", table: str, by: Actor, now: datetime) -> Version:
    """Send the sealed version up. Late is marked, never refused."""
    row = taken(round_, unit, table, ReturnDeed.SUBMIT, by)
    version = _latest(row)
    version.submitted_at, version.submitted_by = now, by
    return _done(row, version, ReturnDeed.SUBMIT, {}, by, now)


@transaction.atomic
def withdraw(*, round_: "Round", unit: "Unit", table: str, by: Actor, now: datetime) -> Version:
    """Take back what was sent, before anybody has answered it."""
    row = taken(round_, unit, table, ReturnDeed.WITHDRAW, by)
    version = _latest(row)
    version.submitted_at = version.submitted_by = None
    return _done(row, version, ReturnDeed.WITHDRAW, {}, by, now)


@transaction.atomic
def accept(*, round_: "Round", unit: "Unit", table: str, by: Actor, now: datetime) -> Version:
    """Accept the version as it was sent; it is rolled up from now on."""
    row = taken(round_, unit, table, ReturnDeed.ACCEPT, by)
    version = _latest(row)
    version.answered_at, version.answered_by, version.answer = now, by, ReturnState.ACCEPTED
    row.accepted = version
    return _done(row, version, ReturnDeed.ACCEPT, {}, by, now)


@transaction.atomic
def send_back(
    *,
    round_: "Round",
    unit: "Unit",
    table: str,
    remarks: Mapping[str, str],
    by: Actor,
    now: datetime,
) -> Version:
    """Send the version back, with a reason for each cell (or of the whole, by the cell "").

    Only these cells open again. Refuses no_remark, unknown_cell, reason_says_nothing.
    """
    row = taken(round_, unit, table, ReturnDeed.SEND_BACK, by)
    version = _latest(row)
    refuse(why_not_send_back(remarks, version.content["cells"]))
    version.answered_at, version.answered_by, version.answer = now, by, ReturnState.SENT_BACK
    made = Remark.objects.bulk_create(
        Remark(version=version, cell=cell, reason=reason.strip())
        for cell, reason in remarks.items()
    )
    body = {"cells": sorted(remarks)}
    return _done(row, version, ReturnDeed.SEND_BACK, body, by, now, made=made)


@transaction.atomic
def extend(
    *,
    round_: "Round",
    unit: "Unit",
    table: str,
    until: date,
    reason: str,
    by: Actor,
    now: datetime,
) -> Return:
    """Give a unit another, later day for a table. Refuses no_later_day, reason_says_nothing."""
    row = taken(round_, unit, table, ReturnDeed.EXTEND, by)
    refuse(why_not_until(until, due_on(row.round, row.unit), day_of(now)))
    refuse(why_not_for_this_reason(reason))
    row.extended_to, row.reason = until, reason.strip()
    return _kept(row, ReturnDeed.EXTEND, {"until": until, "reason": row.reason}, by, now)


@transaction.atomic
def waive(
    *, round_: "Round", unit: "Unit", table: str, reason: str, by: Actor, now: datetime
) -> Return:
    """A unit need not answer a table in this round, and counts as such."""
    row = taken(round_, unit, table, ReturnDeed.WAIVE, by)
    refuse(why_not_for_this_reason(reason))
    row.reason = reason.strip()
    return _kept(row, ReturnDeed.WAIVE, {"reason": row.reason}, by, now)


@transaction.atomic
def claim(*, round_: "Round", unit: "Unit", table: str, by: Actor, now: datetime) -> Return:
    """Ask for a table that was waived after all."""
    row = taken(round_, unit, table, ReturnDeed.CLAIM, by)
    if row.extended_to is None:
        row.reason = ""
    return _kept(row, ReturnDeed.CLAIM, {}, by, now)


def _latest(row: Return) -> Version:
    # Sealed and submitted returns have one: a promise of the table.
    return row.versions.get(number=row.versions.count())


def _done(
    row: Return,
    version: Version,
    deed: ReturnDeed,
    body: Mapping[str, object],
    by: Actor,
    now: datetime,
    *,
    made: Sequence[Remark] = (),
) -> Version:
    version.save()
    step(row, deed)
    row.save()
    told = {"version": version.number, "digest": version.digest, **body}
    write_line(STEPS[deed].kind, row, told, by, now, rows=[row, version, *made])
    return version


def _kept(
    row: Return, deed: ReturnDeed, body: Mapping[str, object], by: Actor, now: datetime
) -> Return:
    step(row, deed)
    row.save()
    write_line(STEPS[deed].kind, row, body, by, now, rows=[row])
    return row
