"""Moving and closing organizations, and the second affiliation of a dual one."""

from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor
from pingyi.core.refusals import Refusal, refuse
from pingyi.organizations import queries as ground
from pingyi.organizations.enums import AffiliationKind
from pingyi.organizations.models import Affiliation, Organization
from pingyi.organizations.queries import locked_organization, organization_held
from pingyi.organizations.rules.spans import Span
from pingyi.organizations.rules.tree import day_above_itself
from pingyi.register import permissions
from pingyi.register.enums import LedgerKind
from pingyi.register.operations.record import (
    continue_with,
    end_all,
    end_row,
    must_exist,
    row_on,
    rows_at,
    rows_of,
    save_checked,
    write_line,
)


@transaction.atomic
def move_organization(
    *, organization: Organization, parent: Organization, on: date, by: Actor, now: datetime
) -> Affiliation:
    """Place an organization under another from a day; its members and posts stay with it (N1).

    Refuses a place at or below itself on any day, a day before its last move, a closed place.
    """
    lock_the_tree()
    organization = locked_organization(organization)
    parent = organization_held(parent)
    refuse(permissions.why_not_restructure_organization(by, organization, now))
    refuse(permissions.why_not_edit_organization(by, parent, now))
    must_exist(organization, on)
    must_exist(parent, on)
    _refuse_a_circle(organization, parent, on)
    edge = row_on(
        organization.affiliations.filter(kind=AffiliationKind.FORMAL),
        on,
        missing=_("{name} is the top of the tree and stays there.").format(name=organization.name),
    )
    before = edge.parent
    if before == parent:
        raise Refusal(
            _("{name} is already placed under {parent}.").format(
                name=organization.name, parent=parent.name
            ),
            code="already_there",
        )
    moved = continue_with(edge, on, parent=parent)
    body = {"from": before.code, "to": parent.code, "on": on}
    write_line(LedgerKind.ORGANIZATION_MOVED, organization, body, by, now)
    return moved


def lock_the_tree() -> None:
    """Two moves at once, each harmless alone, could close a circle: the second waits here.

    Whatever moves or ends places in the tree begins with it, before any organization.
    """
    rows = Affiliation.objects.select_for_update(no_key=True).filter(kind=AffiliationKind.FORMAL)
    list(rows.order_by("id").values_list("id"))


def _refuse_a_circle(organization: Organization, parent: Organization, on: date) -> None:
    """Refuses where the organization would stand above itself on some day from `on`."""
    day = day_above_itself(organization.pk, parent.pk, Span(on), ground.formal_edges())
    if day is None:
        return
    raise Refusal(
        _("{parent} lies below {name} on {day}, so {name} cannot be placed under it.").format(
            parent=parent.name, name=organization.name, day=date_format(day)
        ),
        code="circle",
    )


@transaction.atomic
def close_organization(
    *, organization: Organization, on: date, by: Actor, now: datetime
) -> Organization:
    """Close an organization: `on` is the first day on which it no longer exists (N1).

    Its posts, charges and second affiliations end with it. Refuses while members or
    organizations below remain, and a day on which it has not yet begun.
    """
    lock_the_tree()
    organization = locked_organization(organization)
    refuse(permissions.why_not_close_organization(by, organization, on, now))
    if on <= organization.valid_from:
        raise Refusal(
            _("{name} exists only from {day}. Choose a later day.").format(
                name=organization.name, day=date_format(organization.valid_from)
            ),
            code="not_yet",
        )
    rows = [*rows_at(organization), rows_of(organization.affiliations.all())]
    body = {
        "on": on,
        "posts": end_all(organization.posts.all(), on),
        "charges": end_all(organization.charges.all(), on),
    }
    end_all(organization.affiliations.all(), on)
    end_all(organization.child_affiliations.filter(kind=AffiliationKind.SECONDARY), on)
    organization.valid_to = on
    save_checked(organization)
    write_line(LedgerKind.ORGANIZATION_CLOSED, organization, body, by, now, rows=rows)
    return organization


@transaction.atomic
def add_secondary_affiliation(
    *, organization: Organization, parent: Organization, on: date, by: Actor, now: datetime
) -> Affiliation:
    """Add the second affiliation of a dually managed organization; it is never counted by (N1).

    Refuses a place at or below itself, and one where it is placed already.
    """
    lock_the_tree()
    organization = locked_organization(organization)
    parent = organization_held(parent)
    refuse(permissions.why_not_edit_organization(by, organization, now))
    must_exist(organization, on)
    must_exist(parent, on)
    _refuse_a_circle(organization, parent, on)
    if organization.affiliations.filter(ground.still_after(on), parent=parent).exists():
        raise Refusal(
            _("{name} is already placed under {parent}.").format(
                name=organization.name, parent=parent.name
            ),
            code="already_there",
        )
    edge = Affiliation(
        organization=organization, parent=parent, kind=AffiliationKind.SECONDARY, valid_from=on
    )
    save_checked(edge)
    write_line(
        LedgerKind.ORGANIZATION_AFFILIATED, organization, {"to": parent.code, "on": on}, by, now
    )
    return edge


@transaction.atomic
def end_secondary_affiliation(
    *, affiliation: Affiliation, on: date, by: Actor, now: datetime
) -> Affiliation:
    """End a second affiliation. The formal one is not ended but moved."""
    organization = locked_organization(affiliation.organization)
    affiliation = organization.affiliations.select_for_update(no_key=True).get(pk=affiliation.pk)
    refuse(permissions.why_not_edit_organization(by, organization, now))
    if affiliation.kind != AffiliationKind.SECONDARY:
        raise Refusal(
            _("The formal affiliation cannot be ended. Move the organization instead."),
            code="formal",
        )
    end_row(affiliation, on)
    body = {"from": affiliation.parent.code, "on": on}
    write_line(LedgerKind.ORGANIZATION_UNAFFILIATED, organization, body, by, now)
    return affiliation
