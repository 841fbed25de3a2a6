"""People: where they belong on a day, what they were and are (N2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from pingyi.core.lookups import Among
from pingyi.organizations.enums import PostRole
from pingyi.organizations.models import Charge, Membership, Organization, Person, Post
from pingyi.organizations.queries.keys import identity_key
from pingyi.organizations.queries.spans import as_of, still_after
from pingyi.organizations.queries.tree import below
from pingyi.organizations.rules.identity import identity_hash
from pingyi.organizations.rules.order import spoken


@dataclass(frozen=True)
class MemberOnDay:
    """A membership of one day, as a campaign freezes it."""

    person_id: int
    person_name: str
    organization_id: int
    standing: str


@dataclass(frozen=True)
class PostOnDay:
    """A post of one day, as a campaign freezes it."""

    person_id: int
    person_name: str
    organization_id: int
    title: str
    category: str | None


@dataclass(frozen=True)
class ChargeOnDay:
    """A charge of one day, as a campaign freezes it."""

    person_id: int
    person_name: str
    organization_id: int


@dataclass(frozen=True)
class PersonHistory:
    """All memberships, posts and charges of a person, latest first."""

    memberships: list[Membership]
    posts: list[Post]
    charges: list[Charge]


def called(text: str, person: str = "") -> Q:
    """Who has the text in the name, initials that begin with it, or a name that is read so.

    `person` leads to the rows that bear names, "reviewer__" from a review.
    """
    named = Q(**{f"{person}name__icontains": text})
    named |= Q(**{f"{person}initials__startswith": text.lower()})
    if (read := spoken(text)) is not None:
        beginning, pattern = read
        key = f"{person}by_pinyin"
        # In this order: SQLite asks Python for every row that comes to the pattern.
        named |= Q(**{f"{key}__startswith": beginning}) & Q(**{f"{key}__regex": pattern})
    return named


def members_on(on: date) -> list[MemberOnDay]:
    """All memberships of that day. One query."""
    rows = (
        Membership.objects.filter(as_of(on))
        .order_by("organization_id", "person_id")
        .values_list("person_id", "person__name", "organization_id", "standing")
    )
    return [MemberOnDay(*row) for row in rows.iterator(chunk_size=5000)]


def birth_years(person_ids: Iterable[int]) -> dict[int, int]:
    """In which year these people were born, as far as it is known. One query; none for nobody."""
    keys = list(person_ids)
    if not keys:
        return {}
    known = Person.objects.filter(Among("id", keys), born_on__isnull=False).order_by()
    return dict(known.values_list("pk", "born_on__year"))


def posts_on(on: date) -> list[PostOnDay]:
    """All posts of that day. One query."""
    rows = (
        Post.objects.filter(as_of(on))
        .order_by("organization_id", "id")
        .values_list(
            "person_id",
            "person__name",
            "organization_id",
            "title",
            "category_id",
        )
    )
    return [PostOnDay(*row) for row in rows]


def charges_on(on: date) -> list[ChargeOnDay]:
    """All charges of that day. One query."""
    rows = (
        Charge.objects.filter(as_of(on))
        .order_by("organization_id", "id")
        .values_list("person_id", "person__name", "organization_id")
    )
    return [ChargeOnDay(*row) for row in rows]


def with_membership(people: QuerySet[Person], on: date) -> QuerySet[Person]:
    """Adds `organization_key`, `organization_name` and `standing` of the membership of that day."""
    current = Membership.objects.filter(as_of(on), person=OuterRef("pk")).order_by()[:1]
    # Looked up for each person that is shown: a join would be counted along with all of them.
    return people.annotate(
        organization_key=Subquery(current.values("organization_id")),
        organization_name=Subquery(current.values("organization__name")),
        standing=Subquery(current.values("standing")),
    )


def by_identity(number: str) -> Person | None:
    """The person with this identity number, by its keyed hash; a merged record as well."""
    return Person.objects.filter(identity_hash=identity_hash(number, key=identity_key())).first()


def members_of(organization: Organization, on: date) -> QuerySet[Membership]:
    """Memberships of this organization on that day, with the people, by name."""
    return (
        organization.memberships.filter(as_of(on))
        .select_related("person")
        .order_by("person__by_pinyin", "id")
    )


def posts_of(organization: Organization, on: date) -> list[Post]:
    """Posts at this organization on that day, leaders first. One query."""
    return list(
        organization.posts.filter(as_of(on))
        .select_related("person", "category")
        .order_by(F("category__position").asc(nulls_last=True), "id")
    )


def charges_of(organization: Organization, on: date) -> list[Charge]:
    """Leaders in charge of this organization on that day. One query."""
    return list(organization.charges.filter(as_of(on)).select_related("person"))


def history_of_person(person: Person) -> PersonHistory:
    """Everything dated about a person. Three queries."""
    return PersonHistory(
        memberships=list(person.memberships.select_related("organization").order_by("-valid_from")),
        posts=list(person.posts.select_related("organization", "category").order_by("-valid_from")),
        charges=list(person.charges.select_related("organization").order_by("-valid_from")),
    )


def person(pk: int) -> Person | None:
    """The person, whoever asks: `permissions.why_not_see_person` says who may."""
    # With the merge in one question: it may be undone before another one is asked.
    return Person.objects.select_related("merged_into", "merge").filter(pk=pk).first()


def records_of(person_id: int) -> list[int]:
    """The keys under which a person stands in what was frozen: the own, and those of records that
    were merged into it since. One query."""
    merged = Person.objects.filter(merged_into=person_id).order_by("pk")
    return [person_id, *merged.values_list("pk", flat=True)]


def merged_records(person: Person) -> list[Person]:
    """The records that were merged into this one, each with its `merge`."""
    return list(person.merged.select_related("merge").order_by("pk"))


def is_tied_elsewhere(people: Iterable[Person], organization_ids: Iterable[int], on: date) -> bool:
    """Whether one of these people is tied to anything that lies outside (`tied_elsewhere`)."""
    found = Person.objects.filter(pk__in=[person.pk for person in people])
    return found.filter(tied_elsewhere(organization_ids, on)).exists()


# So long somebody who led is taken to lead.
A_YEAR = timedelta(days=366)


def leads(person_id: int, on: date) -> bool:
    """Whether somebody holds a post or is in charge of anything, on that day or later, or did
    within a year before: a post ended for the moment and given again opens no door.
    """
    ties = [model._default_manager.filter(person=person_id) for model in (Post, Charge)]
    return any(rows.filter(still_after(on - A_YEAR)).exists() for rows in ties)


def places_of(person_id: int, on: date) -> list[Organization]:
    """Where somebody holds a post, is in charge or is a member, on that day or later, in this
    order. Three queries."""
    ties = [
        model._default_manager.filter(still_after(on), person=person_id)
        for model in (Post, Charge, Membership)
    ]
    return [
        row.organization
        for rows in ties
        for row in rows.select_related("organization").order_by("pk")
    ]


def former_places(person: Person, on: date) -> list[Organization]:
    """Where somebody who is tied to nothing any more ever was a member, held a post or was in
    charge; nothing for anybody else. Up to six queries."""
    models = (Membership, Post, Charge)
    ties = [model._default_manager.filter(person=person) for model in models]
    if any(rows.filter(still_after(on)).exists() for rows in ties):
        return []
    return [row.organization for rows in ties for row in rows.select_related("organization")]


def post(pk: int) -> Post | None:
    """A post with its person and organization."""
    return Post.objects.select_related("person", "organization").filter(pk=pk).first()


def charge(pk: int) -> Charge | None:
    """A charge with its person and organization."""
    return Charge.objects.select_related("person", "organization").filter(pk=pk).first()


def membership_of(person: Person, on: date) -> Membership | None:
    """The membership of that day, with its organization."""
    return person.memberships.filter(as_of(on)).select_related("organization").first()


def any_member() -> bool:
    """Whether the register holds a member at all; false before the first import."""
    return Membership.objects.exists()


def without_secretary(on: date) -> int:
    """How many organizations have members and no secretary on that day. One query."""
    at = {"organization": OuterRef("pk")}
    members = Membership.objects.filter(as_of(on), **at)
    led = Post.objects.filter(as_of(on), category__role=PostRole.SECRETARY, **at)
    return Organization.objects.filter(Exists(members), ~Exists(led)).count()


def memberships_below(organization_ids: Iterable[int] | None, on: date) -> QuerySet[Membership]:
    """Memberships of that day at these organizations and everywhere below them; all without any."""
    held = Membership.objects.filter(as_of(on))
    if organization_ids is None:
        return held
    return held.filter(organization_id__in=below(organization_ids, on))


def posts_below(organization_ids: Iterable[int] | None, on: date) -> QuerySet[Post]:
    """Posts of that day at these organizations and everywhere below them; all without any."""
    held = Post.objects.filter(as_of(on))
    if organization_ids is None:
        return held
    return held.filter(organization_id__in=below(organization_ids, on))


def people_below(organization_ids: Iterable[int] | None, on: date) -> QuerySet[Person]:
    """Who is a member or holds a post, on that day or later, at these organizations or below.

    Everybody in the register where no organizations are given.
    """
    if organization_ids is None:
        return Person.objects.active()
    there = still_after(on) & Q(organization_id__in=below(organization_ids, on))
    members = Membership.objects.filter(there).order_by().values("person_id")
    holders = Post.objects.filter(there).order_by().values("person_id")
    return Person.objects.filter(pk__in=members.union(holders))


def tied_elsewhere(organization_ids: Iterable[int], on: date) -> Q:
    """Whether somebody is a member, holds a post or is in charge, on that day or later, anywhere
    that is neither one of these organizations nor below them."""
    inside = below(organization_ids, on)
    found = Q()
    for model in (Membership, Post, Charge):
        ties = model._default_manager.filter(still_after(on), person=OuterRef("pk"))
        found |= Q(Exists(ties.exclude(organization_id__in=inside).order_by()))
    return found
