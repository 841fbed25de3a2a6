"""Members come, move, change their standing, leave."""

from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger.operations import lines_last
from pingyi.organizations import queries as ground
from pingyi.organizations.enums import Standing
from pingyi.organizations.models import Membership, Organization, Person
from pingyi.organizations.queries import organization_held
from pingyi.register import permissions
from pingyi.register.enums import LeavingReason, LedgerKind
from pingyi.register.operations.people import add_person
from pingyi.register.operations.record import (
    continue_with,
    end_row,
    locked_person,
    must_exist,
    row_on,
    save_checked,
    write_line,
)


@transaction.atomic
def admit_member(
    *,
    person: Person,
    organization: Organization,
    on: date,
    by: Actor,
    now: datetime,
    standing: str = Standing.FULL,
) -> Membership:
    """Make a person a member of an organization from a day (N2).

    Refuses whoever is a member on that day or later: they are transferred instead.
    """
    person = locked_person(person)
    organization = organization_held(organization)
    refuse(permissions.why_not_edit_organization(by, organization, now))
    must_exist(organization, on)
    other = person.memberships.filter(ground.still_after(on)).select_related("organization").first()
    if other is not None:
        raise Refusal(
            _(
                "{name} is a member of {organization} from {day}. Transfer the member instead."
            ).format(
                name=person.name,
                organization=other.organization.name,
                day=date_format(other.valid_from),
            ),
            code="member_already",
        )
    membership = Membership(
        person=person, organization=organization, standing=standing, valid_from=on
    )
    save_checked(membership)
    body = {"organization": organization.code, "standing": standing, "on": on}
    write_line(LedgerKind.MEMBERSHIP_BEGAN, person, body, by, now)
    return membership


@transaction.atomic
@lines_last()
def register_member(
    *,
    organization: Organization,
    name: str,
    on: date,
    by: Actor,
    now: datetime,
    standing: str = Standing.FULL,
    identity: str = "",
    gender: str = "",
    born_on: date | None = None,
    joined_on: date | None = None,
) -> Membership:
    """Add a new person and admit them at once; refuses what either deed refuses."""
    person = add_person(
        name=name,
        identity=identity,
        gender=gender,
        born_on=born_on,
        joined_on=joined_on,
        by=by,
        now=now,
    )
    return admit_member(
        person=person, organization=organization, standing=standing, on=on, by=by, now=now
    )


def _membership_on(person: Person, on: date) -> Membership:
    """The membership of that day, locked; refuses where there is none or a later one."""
    return row_on(
        person.memberships.select_for_update(no_key=True),
        on,
        missing=_("{name} is not a member of any organization on {day}.").format(
            name=person.name, day=date_format(on)
        ),
    )


@transaction.atomic
def transfer_member(
    *, person: Person, organization: Organization, on: date, by: Actor, now: datetime
) -> Membership:
    """Move a member to another organization from a day, with the same standing (N2)."""
    person = locked_person(person)
    organization = organization_held(organization)
    refuse(permissions.why_not_edit_person(by, person, now))
    refuse(permissions.why_not_edit_organization(by, organization, now))
    must_exist(organization, on)
    membership = _membership_on(person, on)
    before = membership.organization
    if before == organization:
        raise Refusal(
            _("{name} is already a member of {organization}.").format(
                name=person.name, organization=organization.name
            ),
            code="already_there",
        )
    moved = continue_with(membership, on, organization=organization)
    body = {"from": before.code, "to": organization.code, "on": on}
    write_line(LedgerKind.MEMBERSHIP_TRANSFERRED, person, body, by, now)
    return moved


@transaction.atomic
def change_standing(
    *, person: Person, standing: str, on: date, by: Actor, now: datetime
) -> Membership:
    """Change the standing of a member from a day (a probationary member becomes a full one)."""
    person = locked_person(person)
    refuse(permissions.why_not_edit_person(by, person, now))
    membership = _membership_on(person, on)
    before = membership.standing
    if before == standing:
        raise Refusal(_("The standing is this one already."), code="already_so")
    changed = continue_with(membership, on, standing=standing)
    body = {"from": before, "to": standing, "on": on}
    write_line(LedgerKind.STANDING_CHANGED, person, body, by, now)
    return changed


@transaction.atomic
def end_membership(
    *, person: Person, on: date, reason: str, by: Actor, now: datetime, note: str = ""
) -> Membership:
    """End a membership: `on` is the first day on which the person is no member. Posts stay.

    `reason` is a LeavingReason; ValueError for another.
    """
    reason = LeavingReason(reason).value
    person = locked_person(person)
    refuse(permissions.why_not_edit_person(by, person, now))
    membership = _membership_on(person, on)
    end_row(membership, on)
    body = {"organization": membership.organization.code, "on": on, "reason": reason, "note": note}
    write_line(LedgerKind.MEMBERSHIP_ENDED, person, body, by, now)
    return membership
