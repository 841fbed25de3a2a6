"""Cancelling a campaign that was opened by mistake."""

from datetime import datetime

from django.db import transaction

from pingyi.accounts.queries import Actor
from pingyi.campaigns import permissions
from pingyi.campaigns.enums import CampaignState, LedgerKind, RoundState
from pingyi.campaigns.models import Campaign
from pingyi.campaigns.operations.opening import CANCELLED
from pingyi.campaigns.operations.record import given_reason, locked_campaign, write_line
from pingyi.core.refusals import refuse


@transaction.atomic
def cancel_campaign(*, campaign: Campaign, reason: str, by: Actor, now: datetime) -> Campaign:
    """Take back the opening of a campaign, with a reason. Its rows stay, and nobody sees them.

    An open round is closed with it; the code is free again. Refuses a campaign in which something
    was recorded since it was opened, saying what.
    """
    campaign = locked_campaign(campaign)
    refuse(permissions.why_not_cancel_campaign(by, campaign))
    body = {"code": campaign.code, "name": campaign.name, "reason": given_reason(reason)}
    # Whoever changes a round holds its campaign, which is locked.
    rounds = list(campaign.rounds.filter(state=RoundState.OPEN))
    for round_ in rounds:
        round_.state = RoundState.CLOSED
        round_.closed_at = now
        round_.closed_by = by
        round_.save(update_fields=["state", "closed_at", "closed_by"])
    campaign.state = CampaignState.CANCELLED
    campaign.closed_at = now
    campaign.closed_by = by
    # The one that was meant is opened under the code it was to have.
    campaign.code = f"{CANCELLED}{campaign.pk}"
    campaign.save(update_fields=["state", "closed_at", "closed_by", "code"])
    write_line(LedgerKind.CAMPAIGN_CANCELLED, campaign, body, by, now, rows=[campaign, *rounds])
    return campaign
