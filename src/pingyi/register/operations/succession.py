"""Splitting and merging organizations; who came out of whom is kept (N1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger.operations import lines_last
from pingyi.organizations import queries as ground
from pingyi.organizations.enums import AffiliationKind, SuccessionKind
from pingyi.organizations.models import Organization, Succession
from pingyi.organizations.queries import locked_organization, locked_organizations
from pingyi.register import permissions
from pingyi.register.enums import LedgerKind
from pingyi.register.operations.organizations import create_organization
from pingyi.register.operations.record import (
    carry_over,
    must_exist,
    row_on,
    rows_at,
    rows_of,
    write_line,
)
from pingyi.register.operations.tree import close_organization, lock_the_tree, move_organization


@dataclass(frozen=True)
class SplitPart:
    """A new organization, with the people and the organizations below that go to it."""

    code: str
    name: str
    kind: str
    level: str
    sector: str | None
    people: frozenset[int] = frozenset()
    organizations: frozenset[int] = frozenset()


@transaction.atomic
@lines_last()
def split_organization(
    *,
    organization: Organization,
    parts: Sequence[SplitPart],
    on: date,
    by: Actor,
    now: datetime,
    closes: bool = False,
) -> list[Organization]:
    """Split new organizations off from a day, under the same parent; whoever is not named stays.

    Leaders in charge are in charge of every part as well. With `closes` the organization ends and
    posts go along with their holders; then everybody must be named. Refuses people and
    organizations that do not belong to it, and any named twice.
    """
    lock_the_tree()
    organization = locked_organization(organization)
    refuse(permissions.why_not_restructure_organization(by, organization, now))
    must_exist(organization, on)
    edge = row_on(
        organization.affiliations.filter(kind=AffiliationKind.FORMAL),
        on,
        missing=_("{name} is the top of the tree and stays there.").format(name=organization.name),
    )
    _refuse_wrong_parts(organization, parts, on)
    founded = []
    for part in parts:
        successor = create_organization(
            code=part.code,
            name=part.name,
            kind=part.kind,
            level=part.level,
            sector=part.sector,
            parent=edge.parent,
            on=on,
            by=by,
            now=now,
        )
        founded.append(successor)
        _fill(organization, successor, part, on=on, by=by, now=now, closes=closes)
    body = {"parts": [successor.code for successor in founded], "on": on, "closes": closes}
    rows = [row for one in (organization, *founded) for row in rows_at(one)]
    rows += [rows_of(organization.successions.all())]
    write_line(LedgerKind.ORGANIZATION_SPLIT, organization, body, by, now, rows=rows)
    if closes:
        close_organization(organization=organization, on=on, by=by, now=now)
    return founded


def _refuse_wrong_parts(organization: Organization, parts: Sequence[SplitPart], on: date) -> None:
    """Each part must name what belongs to the organization, and only once."""
    people = [person for part in parts for person in part.people]
    below = [child for part in parts for child in part.organizations]
    members = set(ground.members_of(organization, on).values_list("person_id", flat=True))
    children = set(ground.children_of(organization, on).values_list("id", flat=True))
    if not parts or not set(people) <= members or not set(below) <= children:
        raise Refusal(
            _("A part takes members and organizations that belong to {name} on that day.").format(
                name=organization.name
            ),
            code="not_its_own",
        )
    if len(people) != len(set(people)) or len(below) != len(set(below)):
        raise Refusal(_("Each member and organization goes to one part only."), code="named_twice")


def _fill(
    organization: Organization,
    successor: Organization,
    part: SplitPart,
    *,
    on: date,
    by: Actor,
    now: datetime,
    closes: bool,
) -> None:
    """Move people and organizations of a part, and state where it came from."""
    carry_over(organization.memberships.filter(person_id__in=part.people), successor, on)
    if closes:
        carry_over(organization.posts.filter(person_id__in=part.people), successor, on)
    for charge in ground.charges_of(organization, on):
        successor.charges.create(
            person_id=charge.person_id, valid_from=on, valid_to=charge.valid_to
        )
    for child in Organization.objects.filter(pk__in=part.organizations).order_by("code"):
        move_organization(organization=child, parent=successor, on=on, by=by, now=now)
    Succession.objects.create(
        predecessor=organization, successor=successor, kind=SuccessionKind.SPLIT, on=on
    )


@transaction.atomic
@lines_last()
def merge_organizations(
    *,
    organizations: Sequence[Organization],
    into: Organization,
    on: date,
    by: Actor,
    now: datetime,
) -> Organization:
    """Close organizations from a day and let everything of theirs go on in another one.

    Members, posts, charges and organizations below move; a post or charge that a person has at
    several of them is kept once. Refuses merging into itself or into something below.
    """
    lock_the_tree()
    locked = {found.pk: found for found in locked_organizations([into, *organizations])}
    into = locked[into.pk]
    refuse(permissions.why_not_edit_organization(by, into, now))
    must_exist(into, on)
    if not organizations or into in organizations:
        raise Refusal(
            _("Choose at least one organization other than {name}.").format(name=into.name),
            code="into_itself",
        )
    for source in (locked[one.pk] for one in organizations):
        refuse(permissions.why_not_restructure_organization(by, source, now))
        must_exist(source, on)
        for child in ground.children_of(source, on):
            move_organization(organization=child, parent=into, on=on, by=by, now=now)
        moved = carry_over(source.memberships.all(), into, on)
        carry_over(source.posts.all(), into, on, once=("person_id", "title"))
        carry_over(source.charges.all(), into, on, once=("person_id",))
        Succession.objects.create(
            predecessor=source, successor=into, kind=SuccessionKind.MERGE, on=on
        )
        body = {"into": into.code, "on": on, "members": len(moved)}
        rows = [*rows_at(source), *rows_at(into), rows_of(source.successions.all())]
        write_line(LedgerKind.ORGANIZATION_MERGED, source, body, by, now, rows=rows)
        close_organization(organization=source, on=on, by=by, now=now)
    return into
