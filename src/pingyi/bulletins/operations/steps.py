"""A bulletin is approved (签发), published and withdrawn (N6)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor, signature
from pingyi.bulletins.enums import BulletinDeed, LedgerKind
from pingyi.bulletins.models import Bulletin, Step
from pingyi.bulletins.permissions import why_not_do
from pingyi.bulletins.queries.figures import why_not_as_kept
from pingyi.bulletins.rules.workflow import MOVES
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger import operations as ledger


@transaction.atomic
def approve(*, bulletin: Bulletin, approver: str, by: Actor, now: datetime) -> Bulletin:
    """Let it go out, in the name of a leader or a meeting (签发).

    Refuses: not_an_approver, not_now, own_text, text_missing, figures_changed (with the keys).
    """
    bulletin = bulletin_locked(bulletin, BulletinDeed.APPROVE, by)
    if not approver.strip():
        raise Refusal(_("Name the leader or meeting that approves it."), code="text_missing")
    refuse(why_not_as_kept(bulletin))
    bulletin.approver = approver.strip()
    bulletin.approved_at, bulletin.approved_by = now, by
    return moved(bulletin, BulletinDeed.APPROVE, bulletin.approver, {}, by=by, now=now)


@transaction.atomic
def publish(*, bulletin: Bulletin, by: Actor, now: datetime) -> Bulletin:
    """Show it to everybody in its scope from now on.

    Refuses: not_a_writer, not_now, figures_changed (with the keys).
    """
    bulletin = bulletin_locked(bulletin, BulletinDeed.PUBLISH, by)
    refuse(why_not_as_kept(bulletin))
    bulletin.published_on, bulletin.published_at = day_of(now), now
    bulletin.published_by = by
    body = {"scope": bulletin.scope, "top": bulletin.top.code}
    return moved(bulletin, BulletinDeed.PUBLISH, "", body, by=by, now=now)


@transaction.atomic
def withdraw(*, bulletin: Bulletin, reason: str, by: Actor, now: datetime) -> Bulletin:
    """Take it back: whoever could read it reads from now on that, when and why it was withdrawn.

    Refuses: not_a_writer, not_now, text_missing.
    """
    bulletin = bulletin_locked(bulletin, BulletinDeed.WITHDRAW, by)
    if not reason.strip():
        raise Refusal(_("Say why it is withdrawn."), code="text_missing")
    bulletin.withdrawn_on, bulletin.withdrawn_because = day_of(now), reason.strip()
    return moved(bulletin, BulletinDeed.WITHDRAW, reason.strip(), {}, by=by, now=now)


def bulletin_locked(bulletin: Bulletin, deed: BulletinDeed, by: Actor) -> Bulletin:
    """The bulletin as it stands, behind its lock: of two at once the second is refused."""
    rows = Bulletin.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("unit__campaign", "top__campaign", "round__campaign").get(
        pk=bulletin.pk
    )
    refuse(why_not_do(by, found, deed))
    return found


def moved(
    bulletin: Bulletin, deed: BulletinDeed, text: str, body: Mapping[str, object],
    rows: Sequence[Any] = (), *, by: Actor, now: datetime,
) -> Bulletin:  # fmt: skip
    """The bulletin in its next state, with a step of its history and its line."""
    bulletin.state = MOVES[deed].ends
    bulletin.save()
    step = Step.objects.create(bulletin=bulletin, deed=deed, text=text, done_at=now, done_by=by)
    _write_line(
        MOVES[deed].kind, bulletin, {"text": text, **body}, [bulletin, step, *rows], by, now
    )
    return bulletin


def _write_line(
    kind: LedgerKind, bulletin: Bulletin, body: Mapping[str, object], rows: Sequence[Any],
    by: Actor, now: datetime,
) -> None:  # fmt: skip
    ledger.append(
        kind=kind,
        subject=f"{bulletin.unit.code} {bulletin.number}",
        body={"number": bulletin.number, **body},
        rows=rows,
        by=signature(by),
        now=now,
    )
