"""Roles are given and ended, never deleted; that of the campaign office takes two people."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.accounts.enums import AccessKind, LedgerKind, Outcome, Role
from pingyi.accounts.models import Grant, Proposal, User
from pingyi.accounts.operations.access import note
from pingyi.accounts.operations.record import locked, record
from pingyi.accounts.permissions import why_not_end_grant, why_not_grant, why_not_manage
from pingyi.accounts.queries.accounts import Actor, forget_grants, role_text
from pingyi.accounts.queries.proposals import could_be_confirmed, is_for_two
from pingyi.core.refusals import Refusal, refuse

if TYPE_CHECKING:
    from pingyi.organizations.models import Organization


@transaction.atomic
def grant_role(
    *, user: User, role: Role, organization: "Organization", by: Actor, now: datetime
) -> Grant | Proposal:
    """Give a role in the organization and everything below it; that of the campaign office is
    proposed. Refuses one that is open already.
    """
    account = locked(user)
    refuse(why_not_manage(by, account, now))
    refuse(why_not_grant(by, organization, now))
    made = give_or_propose(account, role, organization, by=by, now=now)
    forget_grants(user)
    return made


def give_or_propose(
    user: User, role: Role, organization: "Organization", *, by: Actor, now: datetime
) -> Grant | Proposal:
    """The role, or the proposal of it where it takes two people and there is a second one; where
    there is none the line says so. Whether the actor may is asked before.
    """
    if by is None or not is_for_two(role):
        return write_grant(user, role, organization, by=by, now=now)
    if could_be_confirmed(organization, now, by=by, user=user):
        return _propose(user, organization, by=by, now=now)
    return write_grant(user, role, organization, by=by, now=now, told={"without_second": True})


def _propose(user: User, organization: "Organization", *, by: User, now: datetime) -> Proposal:
    if user.grants.filter(
        role=Role.OFFICE, organization=organization, ended_at__isnull=True
    ).exists():
        raise Refusal(_("This person already has this role here."), code="granted")
    role = user.proposals.filter(person__isnull=True, outcome=Outcome.OPEN)
    if role.filter(organization=organization).exists():
        raise Refusal(_("This role is proposed already."), code="proposed")
    proposal = Proposal.objects.create(
        user=user, organization=organization, proposed_at=now, proposed_by=by
    )
    body = {"role": Role.OFFICE, "organization": organization.code}
    record(LedgerKind.ROLE_PROPOSED, user, body, by=by, now=now, rows=[proposal])
    return proposal


def write_grant(
    user: User,
    role: Role,
    organization: "Organization",
    *,
    by: Actor,
    now: datetime,
    told: Mapping[str, object] = MappingProxyType({}),
) -> Grant:
    """The row and its line, with what else it tells; whether the actor may is asked before."""
    if user.grants.filter(role=role, organization=organization, ended_at__isnull=True).exists():
        raise Refusal(_("This person already has this role here."), code="granted")
    grant = Grant.objects.create(
        user=user, role=role, organization=organization, granted_at=now, granted_by=by
    )
    forget_grants(user)
    note(AccessKind.ROLE_GIVEN, account=user, by=by, told=role_text(grant), now=now)
    body = {"role": role, "organization": organization.code, **told}
    record(LedgerKind.ROLE_GRANTED, user, body, by=by, now=now, rows=[grant])
    return grant


@transaction.atomic
def end_grant(*, grant: Grant, by: Actor, now: datetime) -> None:
    """End a role from now on."""
    account = locked(grant.user)
    # Read after the account is locked: whoever gives or ends a role of it waits there.
    current = Grant.objects.select_related("organization").get(pk=grant.pk)
    refuse(why_not_end_grant(by, current, now))
    current.ended_at = now
    current.ended_by = by
    current.save(update_fields=["ended_at", "ended_by"])
    grant.ended_at, grant.ended_by = now, by
    forget_grants(grant.user)
    note(AccessKind.ROLE_ENDED, account=account, by=by, told=role_text(current), now=now)
    body = {"role": current.role, "organization": current.organization.code}
    record(LedgerKind.ROLE_ENDED, account, body, by=by, now=now, rows=[current])
