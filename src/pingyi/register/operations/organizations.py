"""Founding and changing an organization."""

from datetime import date, datetime

from django.db import transaction

from pingyi.accounts.queries import Actor
from pingyi.core.refusals import refuse
from pingyi.organizations.enums import AffiliationKind
from pingyi.organizations.models import Affiliation, Organization
from pingyi.organizations.queries import locked_organization, organization_held, register_held
from pingyi.organizations.rules.codes import code_of
from pingyi.organizations.rules.initials import initials_of
from pingyi.register import permissions
from pingyi.register.enums import LedgerKind
from pingyi.register.operations.record import (
    must_exist,
    save_checked,
    write_line,
)


@transaction.atomic
def create_organization(
    *,
    code: str,
    name: str,
    kind: str,
    level: str,
    parent: Organization | None,
    on: date,
    by: Actor,
    now: datetime,
    sector: str | None = None,
) -> Organization:
    """Found an organization under `parent` from a day (N1); `sector` is a code or None.

    Refuses a taken code, a parent that does not exist on that day, a second top of the tree.
    """
    register_held()
    if parent is not None:
        parent = organization_held(parent)
    refuse(permissions.why_not_create_organization(by, parent, now))
    organization = Organization(
        code=code_of(code),
        name=name.strip(),
        initials=initials_of(name),
        kind=kind,
        level=level,
        sector_id=sector or None,
        valid_from=on,
    )
    save_checked(organization)
    if parent is not None:
        must_exist(parent, on)
        Affiliation.objects.create(
            organization=organization, parent=parent, kind=AffiliationKind.FORMAL, valid_from=on
        )
    body = {
        "code": organization.code,
        "name": organization.name,
        "kind": kind,
        "level": level,
        "sector": sector,
        "parent": parent.code if parent else None,
        "on": on,
    }
    write_line(LedgerKind.ORGANIZATION_CREATED, organization, body, by, now)
    return organization


@transaction.atomic
def change_organization(
    *,
    organization: Organization,
    by: Actor,
    now: datetime,
    **changes: str | None,
) -> Organization:
    """Change code, name, kind, level or sector (a code or None); nothing changed writes nothing."""
    organization = locked_organization(organization)
    refuse(permissions.why_not_edit_organization(by, organization, now))
    code = organization.code
    before = {}
    after = {}
    for name, value in changes.items():
        field = _field(name)
        new = (value or None) if field == "sector_id" else (value or "").strip()
        if field == "code":
            new = code_of(value or "")
        if getattr(organization, field) != new:
            before[name] = getattr(organization, field)
            after[name] = new
            setattr(organization, field, new)
    if not after:
        return organization
    organization.initials = initials_of(organization.name)
    save_checked(organization)
    write_line(
        LedgerKind.ORGANIZATION_CHANGED,
        organization,
        {"code": code, "before": before, "after": after},
        by,
        now,
    )
    return organization


def _field(name: str) -> str:
    """The column of a change; anything but these five is a mistake of the caller."""
    return {
        "code": "code",
        "name": "name",
        "kind": "kind",
        "level": "level",
        "sector": "sector_id",
    }[name]
