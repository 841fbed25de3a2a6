"""What every amendment has in common: its permission, its row and its ledger line."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from pingyi.campaigns import permissions, queries
from pingyi.campaigns.enums import AmendmentKind, LedgerKind
from pingyi.campaigns.models import Amendment, Campaign, Participant, Unit
from pingyi.campaigns.operations.record import locked_campaign, write_line
from pingyi.core.refusals import refuse

if TYPE_CHECKING:
    from pingyi.accounts.models import User


def begun(campaign: Campaign, by: "User | None", now: datetime) -> Campaign:
    """The campaign, locked, where the actor may amend it; refuses otherwise."""
    campaign = locked_campaign(campaign)
    refuse(permissions.why_not_amend(by, campaign, now))
    return campaign


def amend(
    *,
    kind: AmendmentKind,
    campaign: Campaign,
    unit: Unit | None,
    participant: Participant | None,
    before: Mapping[str, object],
    after: Mapping[str, object],
    reason: str,
    by: "User | None",
    now: datetime,
) -> Amendment:
    """Write the amendment down; its rows have been changed already, in the same transaction."""
    amendment = Amendment.objects.create(
        campaign=campaign,
        kind=kind,
        unit=unit if unit is not None or participant is None else queries.home_unit(participant),
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
    write_line(LedgerKind(f"universe.{kind.value}"), campaign, body, by, now)
    queries.forget_scopes(by)
    return amendment
