"""Who sees which part of the register, and finds it by a text."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Case, DateField, Exists, F, OuterRef, Q, QuerySet, Value, When

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import Actor, tops
from pingyi.organizations import queries as ground
from pingyi.organizations.models import Membership, Organization, Person, Post
from pingyi.organizations.queries import as_of, below, matching


def visible_to(actor: Actor, on: date) -> QuerySet[Organization]:
    """Organizations of that day in the subtrees of the actor's open grants; all without one."""
    organizations = Organization.objects.filter(as_of(on))
    if actor is None:
        return organizations
    return organizations.filter(id__in=below(sorted(tops(actor)), on))


def find(text: str, *, actor: Actor, on: date) -> QuerySet[Organization]:
    """Organizations the actor sees on that day, by name, pinyin initials or code."""
    text = text.strip()
    found = visible_to(actor, on)
    return found.filter(matching(text)) if text else found


def people_visible_to(actor: Actor, on: date) -> QuerySet[Person]:
    """People who belong to the subtrees of the actor's open grants; all without an actor.

    They are the members and post holders of that day, and whoever is a member nowhere on that day
    but was, or held a post, inside: an ended membership does not put a person out of reach. From
    all tops of the register downwards it is everybody. The role of a member shows only oneself.
    `shown_last4`, `shown_born_on` and `shown_joined_on` are what the actor may know and search for:
    they are empty where the actor does not keep the register.
    """
    if actor is None:
        return _with_shown(Person.objects.active(), everywhere=True)
    read, kept = tops(actor, Right.READ_PEOPLE), tops(actor, Right.EDIT_REGISTER)
    people = Person.objects.active()
    if not ground.hold_all(read, on):
        me = Person.objects.filter(user=actor.pk).order_by()
        people = people.filter(pk__in=_belong_below(read, on).union(me.values("pk")))
    if read <= kept or not kept:
        return _with_shown(people, everywhere=bool(kept))
    return _with_shown(people, where=Q(pk__in=_belong_below(kept, on)))


def last_fours(person_ids: Collection[int], *, actor: Actor, on: date) -> dict[int, str]:
    """The last four of the identity numbers of these people, as far as the actor may know them.

    No query for nobody.
    """
    if not person_ids:
        return {}
    known: QuerySet[Any] = people_visible_to(actor, on).filter(pk__in=person_ids)
    return dict(known.exclude(shown_last4="").values_list("pk", "shown_last4"))


def _with_shown(
    people: QuerySet[Person], *, everywhere: bool = False, where: Q | None = None
) -> QuerySet[Person]:
    """Adds what may be known of the identity number, the birth date and the joining date."""
    last4: Any = F("identity_last4")
    born: Any = F("born_on")
    joined: Any = F("joined_on")
    if where is not None:
        last4 = Case(When(where, then=last4), default=Value(""))
        born, joined = (Case(When(where, then=day), default=None) for day in (born, joined))
    elif not everywhere:
        last4, born = Value(""), Value(None, output_field=DateField())
        joined = born
    return people.annotate(shown_last4=last4, shown_born_on=born, shown_joined_on=joined)


def _belong_below(organization_ids: Iterable[int], on: date) -> QuerySet[Any, Any]:
    """Keys of the people who belong to these organizations or below them.

    Found through the organizations; asked of each person, it would read the whole register.
    """
    inside = Q(organization_id__in=below(sorted(organization_ids), on))
    members = Membership.objects.filter(inside).order_by()
    holders = Post.objects.filter(inside).order_by()
    elsewhere = Exists(Membership.objects.filter(as_of(on), person=OuterRef("person_id")))
    found = [rows.filter(as_of(on) | ~Q(elsewhere)) for rows in (members, holders)]
    return found[0].values("person_id").union(found[1].values("person_id"))


def people_matching(text: str) -> Q:
    """Called so, by name, pinyin or initials, or the last four (as far as shown) are the text.

    For people of `people_visible_to`.
    """
    return ground.called(text) | Q(shown_last4=text.upper())


def find_people(text: str, *, actor: Actor, on: date) -> QuerySet[Person]:
    """People the actor sees on that day, by name, pinyin, initials or last four."""
    text = text.strip()
    found = people_visible_to(actor, on)
    return found.filter(people_matching(text)) if text else found
