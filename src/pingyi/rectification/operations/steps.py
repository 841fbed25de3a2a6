"""Assigned (交办), reported, closed off (销号), reopened (复号): what is done with items (N14)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor, signature
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger import operations as ledger
from pingyi.rectification.enums import ItemDeed, LedgerKind
from pingyi.rectification.models import Item, Step
from pingyi.rectification.permissions import why_not_assign_together, why_not_do
from pingyi.rectification.rules.workflow import MOVES


@transaction.atomic
def assign(
    *, item: Item, responsible: str, measure: str, due_on: date, by: Actor, now: datetime
) -> Item:
    """Say who puts it right, how, and by when (定人、定责、定时).

    Refuses: not_the_superior, not_now, text_missing, day_past.
    """
    item = locked(item, ItemDeed.ASSIGN, by)
    _refuse_empty(responsible, measure)
    if due_on < day_of(now):
        raise Refusal(
            _("%(day)s is past; give a day from today on.") % {"day": date_format(due_on)},
            code="day_past",
        )
    item.responsible, item.measure, item.due_on = responsible.strip(), measure.strip(), due_on
    return _moved(item, ItemDeed.ASSIGN, f"{item.responsible}：{item.measure}", by, now)


@transaction.atomic
def assign_many(
    *, items: Sequence[Item], responsible: str, measure: str, due_on: date, by: Actor, now: datetime
) -> list[Item]:
    """The same for many at once, each with its own step and line; all of them, or none.

    Refuses: nothing_chosen, assigned_already, and whatever assign refuses of one of them.
    """
    if not items:
        raise Refusal(_("Choose at least one of them."), code="nothing_chosen")
    plan: dict[str, Any] = {"responsible": responsible, "measure": measure, "due_on": due_on}
    # Always in the same order: two who assign the same ones do not wait for each other.
    ordered = sorted(items, key=lambda item: item.pk)
    with ledger.lines_last():
        for item in ordered:
            refuse(why_not_assign_together(by, locked(item, ItemDeed.ASSIGN, by)))
        return [assign(item=item, **plan, by=by, now=now) for item in ordered]


@transaction.atomic
def report(*, item: Item, outcome: str, evidence: str, by: Actor, now: datetime) -> Item:
    """Say what was done and what shows it; the organization above checks it.

    Refuses: not_the_owner, not_now, text_missing, evidence_missing.
    """
    item = locked(item, ItemDeed.REPORT, by)
    _refuse_empty(outcome)
    if not evidence.strip() and not item.files:
        raise Refusal(_("Say what shows it, or upload a file that does."), code="evidence_missing")
    item.outcome, item.evidence = outcome.strip(), evidence.strip()
    item.reported_at, item.reported_by = now, by
    return _moved(item, ItemDeed.REPORT, f"{item.outcome}\n{item.evidence}".strip(), by, now)


@transaction.atomic
def close(
    *,
    item: Item,
    verdict: str,
    asked_again: int | None = None,
    pleased: int | None = None,
    by: Actor,
    now: datetime,
) -> Item:
    """Close it off after it was checked; how many were asked again, and are satisfied (回访).

    Refuses: not_the_superior, not_now, own_report, text_missing, more_satisfied_than_asked.
    """
    item = locked(item, ItemDeed.CLOSE, by)
    _refuse_empty(verdict)
    if (pleased or 0) > (asked_again or 0):
        raise Refusal(
            _("%(pleased)d satisfied of %(asked)d asked again: these figures do not agree.")
            % {"pleased": pleased or 0, "asked": asked_again or 0},
            code="more_satisfied_than_asked",
        )
    item.asked_again = asked_again
    item.pleased = (pleased or 0) if asked_again is not None else None
    item.closed_on = day_of(now)
    return _moved(item, ItemDeed.CLOSE, verdict.strip(), by, now)


@transaction.atomic
def reopen(*, item: Item, reason: str, by: Actor, now: datetime) -> Item:
    """Open it again, as it was not put right; counted, and the day it was due stays.

    Refuses: not_the_superior, not_now, text_missing.
    """
    item = locked(item, ItemDeed.REOPEN, by)
    _refuse_empty(reason)
    item.times_reopened += 1
    item.closed_on = item.asked_again = item.pleased = None
    return _moved(item, ItemDeed.REOPEN, reason.strip(), by, now)


def locked(item: Item, deed: ItemDeed, by: Actor) -> Item:
    """The item as it stands, behind its lock: of two at once the second is refused."""
    rows = Item.objects.select_for_update(of=("self",), no_key=True)
    rows = rows.select_related("unit__campaign", "unit__parent__campaign")
    found = rows.filter(pk=item.pk).first()
    if found is None:
        raise Refusal(_("The registration of this item was undone meanwhile."), code="gone")
    refuse(why_not_do(by, found, deed))
    return found


def _refuse_empty(*texts: str) -> None:
    if not all(text.strip() for text in texts):
        raise Refusal(_("Fill in every box: it is read by others later."), code="text_missing")


def _moved(item: Item, deed: ItemDeed, text: str, by: Actor, now: datetime) -> Item:
    """The item in its next state, with a step of its history and its line."""
    item.state = MOVES[deed].ends
    item.save()
    due_on = item.due_on if deed is ItemDeed.ASSIGN else None
    step = Step.objects.create(
        item=item, deed=deed, text=text, due_on=due_on, done_at=now, done_by=by
    )
    body: Mapping[str, object] = {"number": item.number, "text": text, "due_on": due_on}
    write_line(MOVES[deed].kind, item, body, rows=[item, step], by=by, now=now)
    return item


def write_line(
    kind: LedgerKind,
    item: Item,
    body: Mapping[str, object],
    *,
    rows: Sequence[Model],
    by: Actor,
    now: datetime,
) -> None:
    """A line about an item."""
    ledger.append(
        kind=kind,
        subject=f"{item.unit.code} {item.number}",
        body=body,
        rows=rows,
        by=signature(by),
        now=now,
    )
