"""What every deed of a campaign has in common: locked rows, a reason, the ledger line."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Model
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor, signature
from pingyi.campaigns.enums import LedgerKind
from pingyi.campaigns.models import Campaign, Participant, Round, Unit
from pingyi.core.refusals import Refusal
from pingyi.ledger import operations as ledger


def write_line(
    kind: LedgerKind,
    campaign: Campaign,
    body: Mapping[str, object],
    by: Actor,
    now: datetime,
    *,
    round_: Round | None = None,
    rows: Iterable[Model | ledger.Rows],
) -> None:
    """One ledger line about a campaign or a round of it, in the transaction of the deed."""
    subject = f"campaign:{campaign.code}" + (f"/{round_.code}" if round_ is not None else "")
    ledger.append(kind=kind, subject=subject, body=body, rows=rows, by=signature(by), now=now)


def locked_campaign(campaign: Campaign) -> Campaign:
    """The row as it is now, for one deed alone: whoever amends its universe, opens a round or
    closes it queues here, and waits for all who hold it.
    """
    return Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)


def current_unit(campaign: Campaign, unit: Unit) -> Unit:
    """The unit as it is now, within its campaign; refuses one that was removed."""
    found = Unit.objects.get(pk=unit.pk, campaign=campaign)
    found.campaign = campaign
    if not found.is_active:
        raise Refusal(
            _("%(unit)s was removed from this campaign.") % {"unit": found.name}, code="removed"
        )
    return found


def current_participant(campaign: Campaign, participant: Participant) -> Participant:
    """The person as they are now, within the campaign; refuses one who was removed."""
    found = Participant.objects.select_related("unit").get(pk=participant.pk, campaign=campaign)
    found.campaign = campaign
    if not found.is_active:
        raise Refusal(
            _("%(name)s was removed from this campaign.") % {"name": found.shown_name},
            code="removed",
        )
    return found


def given_reason(reason: str) -> str:
    """The reason without blanks around it; refuses an empty or overlong one."""
    reason = reason.strip()
    if not reason:
        raise Refusal(_("Give a reason."), code="reason_missing")
    if len(reason) > 300:
        raise Refusal(_("The reason is longer than 300 characters. Shorten it."), code="too_long")
    return reason
