"""Many exemptions at once are proposed by one person and confirmed by a second (N4)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from pingyi.accounts.enums import Outcome
from pingyi.campaigns import permissions
from pingyi.campaigns.enums import LedgerKind
from pingyi.campaigns.models import Campaign, ExemptionProposal, Round
from pingyi.campaigns.operations.exemptions import exempt_as_proposed
from pingyi.campaigns.operations.record import locked_campaign, write_line
from pingyi.campaigns.queries.held import round_held
from pingyi.core.refusals import refuse
from pingyi.ledger.operations import lines_last

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.accounts.queries import Actor


@transaction.atomic
def confirm_exemptions(*, proposal: ExemptionProposal, by: "User", now: datetime) -> int:
    """A second person exempts what is still missing. Refuses who proposed it. Returns how many."""
    round_ = round_held(proposal.round)
    current = _locked(proposal, round_)
    refuse(permissions.why_not_confirm_exemptions(by, current))
    with lines_last():
        count = exempt_as_proposed(round_, current, by=by, now=now)
        _decide(current, Outcome.CONFIRMED, by=by, now=now)
    return count


@transaction.atomic
def refuse_exemptions(*, proposal: ExemptionProposal, by: "User", now: datetime) -> None:
    """A second person does not want it."""
    current = _locked(proposal, round_held(proposal.round))
    refuse(permissions.why_not_confirm_exemptions(by, current))
    _decide(current, Outcome.REFUSED, by=by, now=now)


@transaction.atomic
def withdraw_exemptions(*, proposal: ExemptionProposal, by: "User", now: datetime) -> None:
    """Who proposed it does not want it any more."""
    current = _locked(proposal, round_held(proposal.round))
    refuse(permissions.why_not_withdraw_exemptions(by, current))
    _decide(current, Outcome.WITHDRAWN, by=by, now=now)


@transaction.atomic
def change_exemption_limit(
    *, campaign: Campaign, exempt_alone: int, by: "Actor", now: datetime
) -> Campaign:
    """Say how many gaps one person may exempt at once."""
    campaign = locked_campaign(campaign)
    refuse(permissions.why_not_change_exemption_limit(by, campaign))
    body = {"before": campaign.exempt_alone, "after": exempt_alone}
    campaign.exempt_alone = exempt_alone
    campaign.save(update_fields=["exempt_alone"])
    write_line(LedgerKind.EXEMPTION_LIMIT_CHANGED, campaign, body, by, now, rows=[campaign])
    return campaign


def _locked(proposal: ExemptionProposal, round_: Round) -> ExemptionProposal:
    """The proposal as it is by now, for one deed alone."""
    rows = ExemptionProposal.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("unit", "proposed_by").get(pk=proposal.pk)
    found.round, found.unit.campaign = round_, round_.campaign
    return found


def _decide(proposal: ExemptionProposal, outcome: Outcome, *, by: "User", now: datetime) -> None:
    proposal.outcome, proposal.decided_at, proposal.decided_by = outcome, now, by
    proposal.save(update_fields=["outcome", "decided_at", "decided_by"])
    body = {"below": proposal.unit.code, "count": proposal.count, "outcome": outcome}
    write_line(
        LedgerKind.EXEMPTION_PROPOSAL_DECIDED, proposal.round.campaign, body, by, now,
        round_=proposal.round, rows=[proposal],
    )  # fmt: skip
