"""The role of the campaign office is proposed by one person and confirmed by a second."""

from datetime import datetime

from django.db import transaction

from pingyi.accounts import permissions
from pingyi.accounts.enums import LedgerKind, Outcome, Role
from pingyi.accounts.models import Grant, Proposal, User
from pingyi.accounts.operations.grants import write_grant
from pingyi.accounts.operations.record import locked, record
from pingyi.core.refusals import refuse
from pingyi.ledger.operations import lines_last


@transaction.atomic
def confirm(*, proposal: Proposal, by: User, now: datetime) -> Grant:
    """A second person gives the role. Refuses who proposed it and whom it is for."""
    account, current = _locked(proposal)
    refuse(permissions.why_not_confirm(by, current, now))
    with lines_last():
        grant = write_grant(
            account, Role.OFFICE, current.organization, by=by, now=now,
            told={"proposed_by": current.proposed_by.username},
        )  # fmt: skip
        _decide(account, current, Outcome.CONFIRMED, by=by, now=now)
    return grant


@transaction.atomic
def refuse_proposal(*, proposal: Proposal, by: User, now: datetime) -> None:
    """A second person does not want the role given."""
    account, current = _locked(proposal)
    refuse(permissions.why_not_refuse(by, current, now))
    _decide(account, current, Outcome.REFUSED, by=by, now=now)


@transaction.atomic
def withdraw(*, proposal: Proposal, by: User, now: datetime) -> None:
    """Who proposed it does not want it any more."""
    account, current = _locked(proposal)
    refuse(permissions.why_not_withdraw(by, current))
    _decide(account, current, Outcome.WITHDRAWN, by=by, now=now)


def _locked(proposal: Proposal) -> tuple[User, Proposal]:
    """The proposal as it is by now: whoever decides on it waits for the account."""
    account = locked(proposal.user)
    rows = Proposal.objects.select_related("organization", "proposed_by", "user")
    return account, rows.get(pk=proposal.pk)


def _decide(
    account: User, proposal: Proposal, outcome: Outcome, *, by: User, now: datetime
) -> None:
    proposal.outcome, proposal.decided_at, proposal.decided_by = outcome, now, by
    proposal.save(update_fields=["outcome", "decided_at", "decided_by"])
    body = {"organization": proposal.organization.code, "outcome": outcome}
    record(LedgerKind.PROPOSAL_DECIDED, account, body, by=by, now=now, rows=[proposal])
