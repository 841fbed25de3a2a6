"""The register as a snapshot: what an import is compared with."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import TypeVar

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from pingyi.core.lookups import Among
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
from pingyi.organizations.queries import below, leader_categories, secretary_categories
from pingyi.organizations.rules.names import name_key
from pingyi.organizations.rules.spans import unbroken_since
from pingyi.rosters.rules.fields import (
    AffiliationFields,
    ChargeFields,
    MembershipFields,
    OrganizationFields,
    PersonFields,
    PostFields,
)
from pingyi.rosters.rules.rows import Names
from pingyi.rosters.rules.snapshot import (
    HeldNow,
    OrganizationNow,
    PersonNow,
    Snapshot,
    codes_below,
)

OUTSIDE = ""
"""The code of an organization that a part of the register does not hold."""
Dated = TypeVar("Dated", Membership, Post, Charge)


def names() -> Names:
    """Names of sectors and leader categories, and as what secretaries and other leaders count.
    Four queries.
    """
    return Names(
        sectors=dict(Sector.objects.values_list("name", "code")),
        categories=dict(PostCategory.objects.values_list("name", "code")),
        secretaries={place: row.code for place, row in secretary_categories().items()},
        leaders={place: row.code for place, row in leader_categories().items()},
    )


def sector_names() -> dict[str, str]:
    """Codes of the sectors and their names, in their order. One query."""
    return dict(Sector.objects.values_list("code", "name"))


def register_snapshot(
    scope: Organization | None,
    *,
    identity_hashes: Collection[str] = (),
    people: Collection[int] = (),
) -> Snapshot:
    """What is open: all organizations; people, posts and charges inside the scope, and the people
    with these identity numbers, or these ids, wherever they are."""
    organizations = _organizations()
    top = scope.code if scope else None
    inside = codes_below(top, organizations.values())
    codes = {known.id: code for code, known in organizations.items()}
    snapshot = Snapshot(organizations=organizations, scope=top, inside=inside)
    wanted = _with_identity(identity_hashes) | set(people)
    if inside:
        ids = None if scope is None else {organizations[code].id for code in inside}
        wanted |= _open_rows(snapshot, ids, codes)
    snapshot.people = _people(snapshot, wanted, codes)
    return snapshot


def scope_snapshot(scope: Organization, on: date) -> Snapshot:
    """What is open at an organization and below, and nothing of what lies elsewhere: there the
    members of organizations outside have none."""
    inside = Organization.objects.filter(id__in=below([scope.pk], on), valid_to__isnull=True)
    organizations = _organizations(inside)
    codes = {known.id: code for code, known in organizations.items()}
    snapshot = Snapshot(
        organizations=organizations, scope=scope.code, inside=frozenset(organizations)
    )
    snapshot.people = _people(snapshot, _open_rows(snapshot, set(codes), codes), codes)
    return snapshot


def _open_rows(now: Snapshot, ids: set[int] | None, codes: dict[int, str]) -> set[int]:
    """Enters the open posts and charges of the organizations; gives who has them, and members."""
    for id_, person, organization, title, category, begin in _open(Post, ids).values_list(
        "id", "person_id", "organization_id", "title", "category_id", "valid_from"
    ):
        fields = PostFields(codes[organization], title, category, begin)
        now.posts.append(HeldNow(id_, person, fields))
    for id_, person, organization, begin in _open(Charge, ids).values_list(
        "id", "person_id", "organization_id", "valid_from"
    ):
        now.charges.append(HeldNow(id_, person, ChargeFields(codes[organization], begin)))
    members = set(_open(Membership, ids).values_list("person_id", flat=True))
    return members | {row.person for row in now.posts} | {row.person for row in now.charges}


def _organizations(
    chosen: "QuerySet[Organization] | None" = None,
) -> dict[str, OrganizationNow]:
    """Every organization, or those chosen, by code, with its open formal affiliation: none for one
    that stands below another that was not chosen. Two queries."""
    rows = list(
        (Organization.objects.all() if chosen is None else chosen).values_list(
            "id", "code", "name", "kind", "level", "sector_id", "valid_from", "valid_to"
        )
    )
    if not rows:
        return {}
    codes = {row[0]: row[1] for row in rows}
    edges = Affiliation.objects.filter(kind=AffiliationKind.FORMAL, valid_to__isnull=True)
    if chosen is not None:
        edges = edges.filter(Among("organization_id", codes))
    places = {
        child: (id_, AffiliationFields(codes[parent], begin))
        for id_, child, parent, begin in edges.values_list(
            "id", "organization_id", "parent_id", "valid_from"
        )
        if parent in codes
    }
    found = {}
    for id_, code, name, kind, level, sector, begin, end in rows:
        affiliation, place = places.get(id_, (0, AffiliationFields()))
        fields = OrganizationFields(code, name, kind, level, sector, place, begin)
        found[code] = OrganizationNow(id_, fields, affiliation, ended=end is not None)
    return found


def _open(model: type[Dated], ids: set[int] | None) -> "QuerySet[Dated]":
    """Open rows of the organizations; of all without a choice."""
    rows = model._default_manager.filter(valid_to__isnull=True).order_by("id")
    return rows if ids is None else rows.filter(Among("organization_id", ids))


def _with_identity(hashes: Collection[str]) -> set[int]:
    """Ids of the people with these numbers; of a merged record, of whom it was merged into."""
    found = Person.objects.filter(Among("identity_hash", hashes)).order_by()
    return set(found.values_list(Coalesce("merged_into_id", "id"), flat=True))


def _people(now: Snapshot, ids: set[int], codes: dict[int, str]) -> dict[int, PersonNow]:
    """People with their open membership; enters the records that were merged into them."""
    names: dict[int | None, set[str]] = defaultdict(set)
    numbers: dict[int | None, set[str]] = defaultdict(set)
    last4s: dict[int | None, set[str]] = defaultdict(set)
    for id_, into, name, number, last4, moved in (
        Person.objects.filter(Among("merged_into_id", ids))
        .order_by("id")
        .values_list(
            "id", "merged_into_id", "name", "identity_hash", "identity_last4", "merge__moved"
        )
    ):
        now.merged[id_] = into
        # Where the other name was chosen, the one that the kept record had is found there.
        before, _chosen = moved["values"].get("name", ("", ""))
        names[into].update(name_key(each) for each in (name, before) if each)
        numbers[into].update([number] if number else [])
        last4s[into].update([last4] if last4 else [])
    rows = Membership.objects.filter(Among("person_id", ids)).order_by()
    former = defaultdict(list)
    for person, place, start, end in rows.filter(valid_to__isnull=False).values_list(
        "person_id", "organization_id", "valid_from", "valid_to"
    ):
        if end is not None:
            former[person].append((codes.get(place, OUTSIDE), start, end))
    memberships = {
        person: (id_, MembershipFields(codes.get(organization, OUTSIDE), standing, begin))
        for id_, person, organization, standing, begin in rows.filter(
            valid_to__isnull=True
        ).values_list("id", "person_id", "organization_id", "standing", "valid_from")
    }
    people: dict[int, PersonNow] = {}
    persons = Person.objects.active().filter(Among("pk", ids)).order_by("id")
    for id_, name, hashed, last4, gender, born_on, joined_on in persons.values_list(
        "id", "name", "identity_hash", "identity_last4", "gender", "born_on", "joined_on"
    ):
        membership_id, membership = memberships.get(id_, (0, None))
        fields = PersonFields(name, hashed, last4, gender, born_on, membership, joined_on)
        earlier = former.get(id_, [])
        here = _here_since(membership, earlier) if membership else None
        others = frozenset(names[id_]), frozenset(numbers[id_]), frozenset(last4s[id_])
        people[id_] = PersonNow(id_, fields, membership_id, not earlier, here, *others)
    return people


def _here_since(membership: MembershipFields, former: list[tuple[str, date, date]]) -> date:
    """Since when somebody is a member of the organization, in whatever standing."""
    same = [(start, end) for place, start, end in former if place == membership.organization]
    return unbroken_since(membership.valid_from, same)
