"""What every amendment has in common: its permission, its row and its ledger line."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Model

from pingyi.accounts.queries import Actor
from pingyi.campaigns import permissions
from pingyi.campaigns.enums import AmendmentKind, LedgerKind
from pingyi.campaigns.models import (
    Amendment,
    Campaign,
    FormerParticipant,
    FormerUnit,
    Participant,
    Unit,
)
from pingyi.campaigns.operations.record import given_reason, locked_campaign, write_line
from pingyi.campaigns.queries.scopes import forget_scopes
from pingyi.campaigns.queries.universe import home_unit
from pingyi.core.refusals import refuse
from pingyi.ledger.operations import Rows


def begun(campaign: Campaign, reason: str, by: Actor) -> tuple[Campaign, str]:
    """The campaign, locked, where the actor may amend it, and the reason; refuses otherwise."""
    campaign = locked_campaign(campaign)
    refuse(permissions.why_not_amend(by, campaign))
    return campaign, given_reason(reason)


def keep_units(units: Sequence[Unit], now: datetime) -> None:
    """Keep how units stand before they are changed: tables of earlier moments count them so."""
    former = [
        FormerUnit(
            unit=unit,
            since=unit.since,
            until=_after(unit.since, now),
            path=unit.path,
            sector=unit.sector,
            is_active=unit.is_active,
        )
        for unit in units
    ]
    FormerUnit.objects.bulk_create(former, batch_size=2_000)
    for unit, row in zip(units, former, strict=True):
        unit.since = row.until
    Unit.objects.bulk_update(units, ["since"], batch_size=500)


def keep_participant(participant: Participant, now: datetime) -> None:
    """Keep how a person stands before they are changed, as `keep_units` does."""
    until = _after(participant.since, now)
    FormerParticipant.objects.create(
        participant=participant,
        since=participant.since,
        until=until,
        unit_id=participant.unit_id,
        standing=participant.standing,
        is_active=participant.is_active,
    )
    participant.since = until
    participant.save(update_fields=["since"])


def _after(since: datetime, now: datetime) -> datetime:
    # Of two deeds at once the one that waited for the lock may have read its clock first.
    return max(since, now)


def amend(
    *,
    kind: AmendmentKind,
    campaign: Campaign,
    unit: Unit | None,
    before: Mapping[str, object],
    after: Mapping[str, object],
    reason: str,
    by: Actor,
    now: datetime,
    participant: Participant | None = None,
    units: Iterable[int] = (),
    also: Iterable[Model] = (),
) -> Amendment:
    """Write the amendment down; its rows have been changed already, in the same transaction.

    `units` are the keys of those that were changed; `also` what else was.
    """
    amendment = Amendment.objects.create(
        campaign=campaign,
        kind=kind,
        unit=unit if unit is not None or participant is None else home_unit(participant),
        participant=participant,
        before=before,
        after=after,
        reason=reason,
        amended_at=now,
        amended_by=by,
    )
    body = {
        "unit": amendment.unit.code if amendment.unit else None,
        "participant": participant.pk if participant else None,
        "before": before,
        "after": after,
        "reason": reason,
    }
    rows = [amendment, *_touched(units, participant), *also]
    write_line(LedgerKind(f"universe.{kind.value}"), campaign, body, by, now, rows=rows)
    forget_scopes(by)
    return amendment


def _touched(units: Iterable[int], participant: Participant | None) -> list[Model | Rows]:
    """The rows that an amendment changed, with how they stood before."""
    keys = list(units)
    former = FormerUnit.objects.filter(unit__in=keys).values_list("pk", flat=True)
    rows: list[Model | Rows] = [Rows(Unit, keys), Rows(FormerUnit, list(former))]
    if participant is not None:
        rows += [participant, *participant.former.all()]
    return rows
