"""Roles are given and ended, never deleted."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.accounts.enums import LedgerKind, Role
from pingyi.accounts.models import Grant, User
from pingyi.accounts.operations.record import locked, record
from pingyi.accounts.permissions import why_not_end_grant, why_not_grant, why_not_manage
from pingyi.accounts.queries.accounts import Actor, forget_grants
from pingyi.core.refusals import Refusal, refuse

if TYPE_CHECKING:
    from pingyi.organizations.models import Organization


@transaction.atomic
def grant_role(
    *, user: User, role: Role, organization: "Organization", by: Actor, now: datetime
) -> Grant:
    """Give a role in the organization and everything below it. Refuses one that is open already."""
    account = locked(user)
    refuse(why_not_manage(by, account, now))
    refuse(why_not_grant(by, organization, now))
    grant = write_grant(account, role, organization, by=by, now=now)
    forget_grants(user)
    return grant


def write_grant(
    user: User, role: Role, organization: "Organization", *, by: Actor, now: datetime
) -> Grant:
    """The row and its line; whether the actor may is asked before."""
    if user.grants.filter(role=role, organization=organization, ended_at__isnull=True).exists():
        raise Refusal(_("This person already has this role here."), code="granted")
    grant = Grant.objects.create(
        user=user, role=role, organization=organization, granted_at=now, granted_by=by
    )
    forget_grants(user)
    body = {"role": role, "organization": organization.code}
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
    body = {"role": current.role, "organization": current.organization.code}
    record(LedgerKind.ROLE_ENDED, account, body, by=by, now=now, rows=[current])
