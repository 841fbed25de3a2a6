"""Whether secretaries sign in themselves, or clerks record for them: settled by the office."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from pingyi.campaigns import permissions
from pingyi.campaigns.enums import LedgerKind
from pingyi.campaigns.models import Campaign
from pingyi.campaigns.operations.record import locked_campaign, write_line
from pingyi.core.refusals import refuse

if TYPE_CHECKING:
    from pingyi.accounts.queries import Actor


@transaction.atomic
def settle_signing_in(
    *, campaign: Campaign, secretaries_sign_in: bool, by: "Actor", now: datetime
) -> Campaign:
    """Say whether secretaries sign in themselves. Where they do not, nobody is asked any more to
    make their accounts; accounts that there are go on. Refuses anybody but the office.
    """
    campaign = locked_campaign(campaign)
    refuse(permissions.why_not_settle_signing_in(by, campaign))
    if campaign.secretaries_sign_in == secretaries_sign_in:
        # Sent twice, or saved as it was: nothing is settled anew.
        return campaign
    body = {"before": campaign.secretaries_sign_in, "after": secretaries_sign_in}
    campaign.secretaries_stay_out = not secretaries_sign_in
    campaign.save(update_fields=["secretaries_stay_out"])
    write_line(LedgerKind.SIGNING_IN_SETTLED, campaign, body, by, now, rows=[campaign])
    return campaign
