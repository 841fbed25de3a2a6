"""People: who sees whom, how they are found, what they were and are (N2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import (
    Case,
    DateField,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from pingyi.accounts.queries import tops
from pingyi.organizations.enums import EDITORS, READERS_OF_PEOPLE
from pingyi.organizations.models import Charge, Membership, Organization, Person, Post
from pingyi.organizations.queries.spans import as_of
from pingyi.organizations.queries.tree import below
from pingyi.organizations.rules.identity import identity_hash

if TYPE_CHECKING:
    from pingyi.accounts.models import User


@dataclass(frozen=True)
class MemberRow:
    """A membership of one day, as a campaign freezes it."""

    person_id: int
    person_name: str
    organization_id: int
    standing: str
    person_initials: str


@dataclass(frozen=True)
class PostRow:
    """A post of one day, as a campaign freezes it."""

    person_id: int
    person_name: str
    organization_id: int
    title: str
    category: str | None
    person_initials: str


@dataclass(frozen=True)
class ChargeRow:
    """A charge of one day, as a campaign freezes it."""

    person_id: int
    person_name: str
    organization_id: int
    person_initials: str


@dataclass(frozen=True)
class PersonHistory:
    """All memberships, posts and charges of a person, latest first."""

    memberships: list[Membership]
    posts: list[Post]
    charges: list[Charge]


def members_on(on: date) -> list[MemberRow]:
    """All memberships of that day. One query."""
    rows = (
        Membership.objects.filter(as_of(on))
        .order_by("organization_id", "person_id")
        .values_list("person_id", "person__name", "organization_id", "standing", "person__initials")
    )
    return [MemberRow(*row) for row in rows.iterator(chunk_size=5000)]


def posts_on(on: date) -> list[PostRow]:
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
            "person__initials",
        )
    )
    return [PostRow(*row) for row in rows]


def charges_on(on: date) -> list[ChargeRow]:
    """All charges of that day. One query."""
    rows = (
        Charge.objects.filter(as_of(on))
        .order_by("organization_id", "id")
        .values_list("person_id", "person__name", "organization_id", "person__initials")
    )
    return [ChargeRow(*row) for row in rows]


def people_visible_to(actor: "User | None", on: date) -> QuerySet[Person]:
    """People who belong to the subtrees of the actor's open grants; all without an actor.

    They are the members and post holders of that day, and whoever is a member nowhere on that day
    but was, or held a post, inside: an ended membership does not put a person out of reach. The
    role of a member shows only oneself. `shown_last4` and `shown_born_on` are what the actor may
    know and search for: they are empty where the actor does not keep the register.
    """
    if actor is None:
        return _with_shown(Person.objects.all(), everywhere=True)
    read, kept = tops(actor, *READERS_OF_PEOPLE), tops(actor, *EDITORS)
    inside = _belong_below(read, on)
    me = actor.person_id
    people = Person.objects.filter(inside if me is None else inside | Q(id=me))
    if read <= kept or not kept:
        return _with_shown(people, everywhere=bool(kept))
    there = Person.objects.filter(_belong_below(kept, on))
    return _with_shown(people, where=Q(id__in=there.values("id")))


def _with_shown(
    people: QuerySet[Person], *, everywhere: bool = False, where: Q | None = None
) -> QuerySet[Person]:
    """Adds what may be known of the identity number and the birth date."""
    last4: Any = F("identity_last4")
    born: Any = F("born_on")
    if where is not None:
        last4 = Case(When(where, then=last4), default=Value(""))
        born = Case(When(where, then=born), default=None)
    elif not everywhere:
        last4, born = Value(""), Value(None, output_field=DateField())
    return people.annotate(shown_last4=last4, shown_born_on=born)


def _belong_below(organization_ids: Iterable[int], on: date) -> Q:
    """People who belong to these organizations or below them."""
    inside = Q(organization_id__in=below(sorted(organization_ids), on))
    members = Membership.objects.filter(inside)
    holders = Post.objects.filter(inside)
    current = Membership.objects.filter(as_of(on))
    return (
        Q(id__in=members.filter(as_of(on)).values("person_id"))
        | Q(id__in=holders.filter(as_of(on)).values("person_id"))
        | (
            (Q(id__in=members.values("person_id")) | Q(id__in=holders.values("person_id")))
            & Q(~Exists(current.filter(person=OuterRef("pk"))))
        )
    )


def with_membership(people: QuerySet[Person], on: date) -> QuerySet[Person]:
    """Adds `organization_key`, `organization_name` and `standing` of the membership of that day."""
    return people.annotate(
        current=FilteredRelation("memberships", condition=as_of(on, "memberships__")),
        organization_key=F("current__organization_id"),
        organization_name=F("current__organization__name"),
        standing=F("current__standing"),
    )


def people_matching(text: str) -> Q:
    """Name contains, pinyin initials begin with, or the last four (as far as shown) are the text.

    For people of `people_visible_to`.
    """
    return (
        Q(name__icontains=text) | Q(initials__startswith=text.lower()) | Q(shown_last4=text.upper())
    )


def find_people(text: str, *, actor: "User | None", on: date) -> QuerySet[Person]:
    """People the actor sees on that day, by name, pinyin initials or last four."""
    text = text.strip()
    found = people_visible_to(actor, on)
    return found.filter(people_matching(text)) if text else found


def by_identity(number: str) -> Person | None:
    """The person with this identity number, by its keyed hash."""
    return Person.objects.filter(
        identity_hash=identity_hash(number, key=settings.IDENTITY_KEY)
    ).first()


def members_of(organization: Organization, on: date) -> QuerySet[Membership]:
    """Memberships of this organization on that day, with the people, by name."""
    return (
        organization.memberships.filter(as_of(on))
        .select_related("person")
        .order_by("person__initials", "person__name", "id")
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
    return Person.objects.filter(pk=pk).first()


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
