"""The register as a snapshot: what an import is compared with."""

from collections.abc import Collection, Iterator
from typing import TypeVar

from django.db.models import QuerySet

from pingyi.organizations.enums import AffiliationKind
from pingyi.organizations.models import (
    Affiliation,
    Charge,
    Membership,
    Organization,
    Person,
    Post,
    PostCategory,
    Sector,
)
from pingyi.rosters import rules

Dated = TypeVar("Dated", Membership, Post, Charge)
Value = TypeVar("Value", int, str)
ASKED_AT_ONCE = 10_000


def names() -> rules.Names:
    """Names of sectors and leader categories. Two queries."""
    return rules.Names(
        sectors=dict(Sector.objects.values_list("name", "code")),
        categories=dict(PostCategory.objects.values_list("name", "code")),
    )


def register_snapshot(
    scope: Organization | None, *, identity_hashes: Collection[str] = ()
) -> rules.Snapshot:
    """What is open: all organizations; people, posts and charges inside the scope, and the people
    with these identity numbers wherever they are."""
    organizations = _organizations()
    top = scope.code if scope else None
    inside = rules.codes_below(top, organizations.values())
    codes = {row.id: row.code for row in organizations.values()}
    snapshot = rules.Snapshot(organizations=organizations, scope=top, inside=inside)
    wanted = _with_identity(identity_hashes)
    if inside:
        ids = None if scope is None else {organizations[code].id for code in inside}
        wanted |= _open_rows(snapshot, ids, codes)
    snapshot.people = _people(wanted, codes)
    return snapshot


def _open_rows(snapshot: rules.Snapshot, ids: set[int] | None, codes: dict[int, str]) -> set[int]:
    """Enters the open posts and charges of the organizations; gives who has them, and members."""
    for post in _open(Post, ids).values_list(
        "id", "person_id", "organization_id", "title", "category_id", "valid_from"
    ):
        snapshot.posts.append(
            rules.PostNow(post[0], post[1], codes[post[2]], post[3], post[4], post[5])
        )
    for id_, person, organization, begin in _open(Charge, ids).values_list(
        "id", "person_id", "organization_id", "valid_from"
    ):
        snapshot.charges.append(rules.ChargeNow(id_, person, codes[organization], begin))
    members = set(_open(Membership, ids).values_list("person_id", flat=True))
    holders = {post.person for post in snapshot.posts}
    return members | holders | {charge.person for charge in snapshot.charges}


def _organizations() -> dict[str, rules.OrganizationNow]:
    """Every organization by code, with its open formal affiliation. Two queries."""
    rows = list(
        Organization.objects.values_list(
            "id", "code", "name", "kind", "level", "sector_id", "valid_from", "valid_to"
        )
    )
    if not rows:
        return {}
    codes = {row[0]: row[1] for row in rows}
    edges = {
        child: (id_, codes[parent], begin)
        for id_, child, parent, begin in Affiliation.objects.filter(
            kind=AffiliationKind.FORMAL, valid_to__isnull=True
        ).values_list("id", "organization_id", "parent_id", "valid_from")
    }
    found = {}
    for row in rows:
        id_, parent, begin = edges.get(row[0], (None, None, None))
        found[row[1]] = rules.OrganizationNow(
            *row[:7],
            ended=row[7] is not None,
            parent=parent,
            affiliation_id=id_,
            affiliated_from=begin,
        )
    return found


def _open(model: type[Dated], ids: set[int] | None) -> "QuerySet[Dated]":
    """Open rows of the organizations; of all without a choice."""
    rows = model._default_manager.filter(valid_to__isnull=True).order_by("id")
    return rows if ids is None else rows.filter(organization_id__in=ids)


def _with_identity(hashes: Collection[str]) -> set[int]:
    """Ids of the people with these numbers."""
    found: set[int] = set()
    for part in _parts(sorted(hashes)):
        found.update(Person.objects.filter(identity_hash__in=part).values_list("id", flat=True))
    return found


def _people(ids: set[int], codes: dict[int, str]) -> dict[int, rules.PersonNow]:
    """People with their open membership."""
    memberships: dict[int, rules.MembershipNow] = {}
    people: dict[int, rules.PersonNow] = {}
    for part in _parts(sorted(ids)):
        rows = Membership.objects.filter(person_id__in=part).order_by()
        ended = rows.filter(valid_to__isnull=False)
        members_before = set(ended.values_list("person_id", flat=True))
        for id_, person, organization, standing, begin in rows.filter(
            valid_to__isnull=True
        ).values_list("id", "person_id", "organization_id", "standing", "valid_from"):
            memberships[person] = rules.MembershipNow(
                id_, codes[organization], standing, begin, is_first=person not in members_before
            )
        for row in Person.objects.filter(id__in=part).values_list(
            "id", "name", "identity_hash", "identity_last4", "gender", "born_on"
        ):
            people[row[0]] = rules.PersonNow(*row, membership=memberships.get(row[0]))
    return people


def _parts(values: list[Value]) -> Iterator[list[Value]]:
    """In pieces that a database takes."""
    for start in range(0, len(values), ASKED_AT_ONCE):
        yield values[start : start + ASKED_AT_ONCE]
