"""A commitment is proposed (提), one at a time or a whole branch's (N15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor, signature
from pingyi.commitments.enums import LedgerKind
from pingyi.commitments.models import Commitment
from pingyi.commitments.permissions import why_not_import, why_not_propose
from pingyi.commitments.queries.commitments import kinds_of
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger import operations as ledger

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign, Participant, Unit


@dataclass(frozen=True)
class Promise:
    """What is promised: its kind, its words, by when; by whom, or by the organization itself."""

    kind: str
    text: str
    due_on: date
    participant: "Participant | None" = None


@transaction.atomic
def propose(*, unit: "Unit", promise: Promise, by: Actor, now: datetime) -> Commitment:
    """Propose a commitment of a member or of the organization.

    Refuses: not_a_maker, not_a_member, unknown_kind, text_missing, day_past.
    """
    refuse(why_not_propose(by, unit, promise.participant))
    refuse(why_not_sound(unit.campaign, promise, now))
    commitment = _made(unit, promise, by, now)
    commitment.save()
    ledger.append(
        kind=LedgerKind.PROPOSED,
        subject=f"{unit.code} {commitment.pk}",
        body={"kind": promise.kind, "text": commitment.text, "due_on": promise.due_on},
        rows=[commitment],
        by=signature(by),
        now=now,
    )
    return commitment


@transaction.atomic
def propose_many(
    *, unit: "Unit", promises: Sequence[Promise], by: Actor, now: datetime
) -> list[Commitment]:
    """Propose those of a whole branch, all or none of them.

    Refuses: not_a_maker, nothing_to_take, and what `propose` refuses of any of them.
    """
    refuse(why_not_import(by, unit))
    if not promises:
        raise Refusal(_("There is no commitment in it."), code="nothing_to_take")
    for promise in promises:
        refuse(why_not_sound(unit.campaign, promise, now))
    made = Commitment.objects.bulk_create([_made(unit, each, by, now) for each in promises])
    ledger.append(
        kind=LedgerKind.PROPOSED,
        subject=unit.code,
        body={"commitments": len(made)},
        rows=made,
        by=signature(by),
        now=now,
    )
    return made


def why_not_sound(campaign: "Campaign", promise: Promise, now: datetime) -> Refusal | None:
    """Whether it says what is promised, of which kind, and by a day to come."""
    if promise.kind not in kinds_of(campaign):
        return Refusal(_("Choose a kind of commitment."), code="unknown_kind")
    if not promise.text.strip():
        return Refusal(_("Write down what is promised."), code="text_missing")
    if promise.due_on < day_of(now):
        return Refusal(
            _("%(day)s is past; give a day from today on.") % {"day": date_format(promise.due_on)},
            code="day_past",
        )
    return None


def _made(unit: "Unit", promise: Promise, by: Actor, now: datetime) -> Commitment:
    if promise.participant is not None and promise.participant.unit_id != unit.pk:
        raise Refusal(
            _("%(name)s is no member of %(unit)s.")
            % {"name": promise.participant.shown_name, "unit": unit.name},
            code="not_a_member",
        )
    return Commitment(
        campaign_id=unit.campaign_id,
        unit=unit,
        participant=promise.participant,
        kind=promise.kind,
        text=promise.text.strip(),
        due_on=promise.due_on,
        proposed_at=now,
        proposed_by=by,
    )
