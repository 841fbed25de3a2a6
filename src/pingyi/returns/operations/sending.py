"""A sealed return goes up, comes back, or is accepted; deadlines are extended and waived (N12)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor
from pingyi.campaigns.queries import pack_of
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger.operations import lines_last
from pingyi.returns.enums import ReturnDeed, ReturnState
from pingyi.returns.models import Remark, Return, Version
from pingyi.returns.operations.sealing import seal
from pingyi.returns.operations.taking import Handed, step, taken, write_line
from pingyi.returns.operations.telling import tell
from pingyi.returns.permissions import (
    why_not_drop,
    why_not_for_this_reason,
    why_not_send_back,
    why_not_this_version,
    why_not_until,
    why_not_waive,
)
from pingyi.returns.queries.returns import due_on
from pingyi.returns.queries.sentences import cell_label, return_label
from pingyi.returns.rules.cells import from_json
from pingyi.returns.rules.workflow import STEPS

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit

# That a return does not wait any more as it was seen.
MEANWHILE = ("not_in_this_state", "another_version")


@transaction.atomic
@lines_last()
def seal_or_submit(
    *,
    round_: "Round",
    unit: "Unit",
    table: str,
    and_submit: bool,
    by: Actor,
    now: datetime,
    **said: Any,
) -> Version:
    """Seal a table (`operations.sealing.seal`, whose refusals it has), and send it up at once where
    that is wanted.
    """
    version = seal(round_=round_, unit=unit, table=table, by=by, now=now, **said)
    if not and_submit:
        return version
    return submit(round_=round_, unit=unit, table=table, number=version.number, by=by, now=now)


@transaction.atomic
def submit(
    *,
    round_: "Round",
    unit: "Unit",
    table: str,
    number: int | None = None,
    form: Handed | None = None,
    by: Actor,
    now: datetime,
) -> Version:
    """Send the sealed version up. Late is marked, never refused.

    `number` is the version that was seen. Refuses another_version, and not_sealed_yet where a
    figure was said otherwise since.
    """
    row = taken(round_, unit, table, ReturnDeed.SUBMIT, by, form=form)
    version = _latest(row)
    refuse(why_not_this_version(version.number, number) or _why_not_sealed(row, version))
    row.first_sent_on = row.first_sent_on or day_of(now)
    version.submitted_at, version.submitted_by = now, by
    return _done(row, version, ReturnDeed.SUBMIT, {}, by, now)


@transaction.atomic
def withdraw(*, round_: "Round", unit: "Unit", table: str, by: Actor, now: datetime) -> Version:
    """Take back what was sent, before anybody has answered it."""
    row = taken(round_, unit, table, ReturnDeed.WITHDRAW, by)
    version = _latest(row)
    version.submitted_at = version.submitted_by = None
    if not row.versions.exclude(answer="").exists():
        row.first_sent_on = None
    return _done(row, version, ReturnDeed.WITHDRAW, {}, by, now)


@transaction.atomic
def drop(
    *,
    round_: "Round",
    unit: "Unit",
    table: str,
    number: int | None = None,
    by: Actor,
    now: datetime,
) -> Version:
    """Give up an amendment that was sealed and not sent, or was sent back: the accepted version
    stands as before, and is handed back.

    Figures that are said otherwise stay entered. Refuses no_amendment, another_version.
    """
    row = taken(round_, unit, table, ReturnDeed.DROP, by)
    version = _latest(row)
    refuse(why_not_drop(row.accepted is not None) or why_not_this_version(version.number, number))
    version.dropped_at, version.dropped_by = now, by
    stands = row.latest = row.accepted or version
    _done(row, version, ReturnDeed.DROP, {"accepted": stands.number}, by, now)
    return stands


def _why_not_sealed(row: Return, version: Version) -> Refusal | None:
    """What is entered now is what was sealed: neither said anew since, nor taken back."""
    entered = {each.cell: each.said for each in row.corrections.all()}
    late = [
        code
        for code, cell in from_json(version.content["cells"]).items()
        if cell.said != entered.get(code, cell.said if not cell.differs else cell.counted)
    ]
    if not late:
        return None
    return Refusal(
        _("A figure was changed after the table was sealed: seal it again, or change it back."),
        code="not_sealed_yet",
        details=[cell_label(pack_of(row.round.campaign), cell) for cell in late],
    )


@transaction.atomic
def accept(
    *,
    round_: "Round",
    unit: "Unit",
    table: str,
    number: int | None = None,
    by: Actor,
    now: datetime,
) -> Version:
    """Accept the version as it was sent; it is rolled up from now on. Refuses another_version."""
    row = taken(round_, unit, table, ReturnDeed.ACCEPT, by)
    return _accepted(row, number, by, now)


def _accepted(
    row: Return, number: int | None, by: Actor, now: datetime, *, tells: bool = True
) -> Version:
    version = _latest(row)
    refuse(why_not_this_version(version.number, number))
    version.answered_at, version.answered_by, version.answer = now, by, ReturnState.ACCEPTED
    row.accepted = version
    return _done(row, version, ReturnDeed.ACCEPT, {}, by, now, tells=tells)


@dataclass(frozen=True)
class Together:
    """What became of several returns: accepted now, and those that were decided meanwhile."""

    accepted: list[Version]
    others: list[Return]


@transaction.atomic
@lines_last()
def accept_many(
    *, round_: "Round", numbers: Mapping[int, int], by: Actor, now: datetime
) -> Together:
    """Accept several returns of a round, each (by its key) in the version that was seen; one that
    is not waiting in it any more stays as it is and is named.

    Refuses gone, decided_meanwhile where none of them waits, and whatever else `accept` refuses.
    """
    asked = Return.objects.select_related("unit").filter(round=round_, pk__in=numbers)
    found = {row.pk: row for row in asked.order_by("unit__path", "table")}
    if len(found) < len(numbers):
        raise Refusal(_("One of the returns is no longer there. Open the page again."), code="gone")
    rows, accepted, others = [], [], []
    for key, row in found.items():
        # Two reviewers on one list: the slower one is told what the other one has done.
        try:
            mine = taken(round_, row.unit, row.table, ReturnDeed.ACCEPT, by)
            accepted.append(_accepted(mine, numbers[key], by, now, tells=False))
            rows.append(mine)
        except Refusal as refusal:
            if refusal.code not in MEANWHILE:
                raise
            others.append(key)
    left = [row for row in asked.order_by("unit__path", "table") if row.pk in others]
    if not accepted:
        pack = pack_of(round_.campaign)
        raise Refusal(
            _("All of them were decided or sealed anew meanwhile."),
            code="decided_meanwhile",
            details=[return_label(pack, row) for row in left],
        )
    tell(rows, ReturnDeed.ACCEPT, by, now)
    return Together(accepted, left)


@transaction.atomic
def send_back(
    *,
    round_: "Round",
    unit: "Unit",
    table: str,
    remarks: Mapping[str, str],
    number: int | None = None,
    by: Actor,
    now: datetime,
) -> Version:
    """Send the version back, with a reason for each cell (or of the whole, by the cell "").

    Only their columns open again. Refuses another_version, no_remark, unknown_cell,
    reason_says_nothing.
    """
    row = taken(round_, unit, table, ReturnDeed.SEND_BACK, by)
    version = _latest(row)
    refuse(why_not_this_version(version.number, number))
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
    """Give a unit another day. Refuses no_later_day, too_late_a_day, reason_says_nothing."""
    row = taken(round_, unit, table, ReturnDeed.EXTEND, by)
    refuse(why_not_until(until, due_on(row.round, row.unit), day_of(now)))
    refuse(why_not_for_this_reason(reason))
    row.extended_to, row.extended_because = until, reason.strip()
    return _kept(row, ReturnDeed.EXTEND, {"until": until, "reason": reason.strip()}, by, now)


@transaction.atomic
def waive(
    *, round_: "Round", unit: "Unit", table: str, reason: str, by: Actor, now: datetime
) -> Return:
    """A unit need not answer a table in this round, and counts as such.

    Refuses accepted_already, reason_says_nothing.
    """
    row = taken(round_, unit, table, ReturnDeed.WAIVE, by)
    refuse(why_not_waive(row.accepted is not None) or why_not_for_this_reason(reason))
    row.waived_because = reason.strip()
    return _kept(row, ReturnDeed.WAIVE, {"reason": reason.strip()}, by, now)


@transaction.atomic
def claim(*, round_: "Round", unit: "Unit", table: str, by: Actor, now: datetime) -> Return:
    """Ask for a table that was waived after all: it stands where it stood before."""
    row = taken(round_, unit, table, ReturnDeed.CLAIM, by)
    row.waived_because = ""
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
    tells: bool = True,
) -> Version:
    version.save()
    step(row, deed)
    if row.latest_id == version.pk:
        # As it is now, for whoever is told of it; of a dropped one another is the latest.
        row.latest = version
    row.save()
    if tells:
        tell([row], deed, by, now)
    told = {"version": version.number, "digest": version.digest, **body}
    write_line(STEPS[deed].kind, row, told, by, now, rows=[row, version, *made])
    return version


def _kept(
    row: Return, deed: ReturnDeed, body: Mapping[str, object], by: Actor, now: datetime
) -> Return:
    step(row, deed)
    if deed == ReturnDeed.CLAIM and row.latest is not None:
        row.state = row.latest.answer or ReturnState.SEALED
    row.save()
    tell([row], deed, by, now)
    write_line(STEPS[deed].kind, row, body, by, now, rows=[row])
    return row
