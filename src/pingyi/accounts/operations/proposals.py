"""What one person has proposed for an account is confirmed by a second: the role of the campaign
office, or that it belongs to a leader.
"""

from datetime import datetime

from django.db import transaction

from pingyi.accounts import permissions
from pingyi.accounts.enums import LedgerKind, Outcome, Role
from pingyi.accounts.models import Proposal, User
from pingyi.accounts.operations.accounts import write_link
from pingyi.accounts.operations.grants import write_grant
from pingyi.accounts.operations.record import locked, record
from pingyi.core.refusals import refuse
from pingyi.ledger.operations import lines_last
from pingyi.organizations.queries import register_held


@transaction.atomic
def confirm(*, proposal: Proposal, by: User, now: datetime) -> None:
    """A second person gives the role, or links the account. Refuses who proposed it and whom it is
    for.
    """
    register_held()
    account, current = _locked(proposal)
    refuse(permissions.why_not_confirm(by, current, now))
    with lines_last():
        if current.person is not None:
            write_link(account, current.person, by=by, now=now, confirms=current)
        else:
            write_grant(
                account, Role.OFFICE, current.organization, by=by, now=now,
                told={"proposed_by": current.proposed_by.username},
            )  # fmt: skip
        _decide(account, current, Outcome.CONFIRMED, by=by, now=now)


@transaction.atomic
def refuse_proposal(*, proposal: Proposal, by: User, now: datetime) -> None:
    """A second person does not want it."""
    account, current = _locked(proposal)
    refuse(permissions.why_not_refuse(by, current, now))
    _decide(account, current, Outcome.REFUSED, by=by, now=now)


@transaction.atomic
def withdraw(*, proposal: Proposal, by: User, now: datetime) -> None:
    """Who proposed it, or whoever manages the account, does not want it any more."""
    account, current = _locked(proposal)
    refuse(permissions.why_not_withdraw(by, current, now))
    _decide(account, current, Outcome.WITHDRAWN, by=by, now=now)


def _locked(proposal: Proposal) -> tuple[User, Proposal]:
    """The proposal as it is by now: whoever decides on it waits for the account."""
    account = locked(proposal.user)
    rows = Proposal.objects.select_related("organization", "person", "proposed_by", "user")
    return account, rows.get(pk=proposal.pk)


def _decide(
    account: User, proposal: Proposal, outcome: Outcome, *, by: User, now: datetime
) -> None:
    proposal.outcome, proposal.decided_at, proposal.decided_by = outcome, now, by
    proposal.save(update_fields=["outcome", "decided_at", "decided_by"])
    body: dict[str, object] = {"organization": proposal.organization.code, "outcome": outcome}
    if proposal.person_id is not None:
        body["person"] = proposal.person_id
    record(LedgerKind.PROPOSAL_DECIDED, account, body, by=by, now=now, rows=[proposal])
