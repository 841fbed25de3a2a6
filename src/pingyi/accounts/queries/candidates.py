"""Who of the register may be given an account with a role: the roles follow from posts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Prefetch, Q, QuerySet

from pingyi.accounts.enums import Role
from pingyi.accounts.models import User
from pingyi.accounts.queries.accounts import below

if TYPE_CHECKING:
    from pingyi.organizations.models import Organization, Person

    Places = QuerySet[Any]

SECRETARY = "secretary"
"""The block of a post category (organizations.enums.PostRole)."""
LEVELS = {
    Role.SECRETARY: ("township", "county_unit"),
    Role.BRANCH_SECRETARY: ("grassroots",),
}
"""At which levels (organizations.enums.Level) a secretary's post stands for which role."""
PLACES = "places_of_role"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person without an account, and the organizations where the role would hold."""

    person: "Person"
    organizations: tuple["Organization", ...]


def people_for(role: Role, organization: "Organization", on: date) -> "QuerySet[Person]":
    """People at or below an organization who may be given this role and have no account.

    Members by their membership; branch secretaries by a secretary's post at a grassroots
    organization, township secretaries by one at a township or county-level unit. Nobody for a role
    that no post stands for.
    """
    people = cast("type[Person]", User.person.field.related_model).objects
    relation = "memberships" if role == Role.MEMBER else "posts"
    places = _places(role, organization, on)
    return (
        people.filter(user=None, pk__in=places.values("person_id"))
        .prefetch_related(Prefetch(relation, places.select_related("organization"), PLACES))
        .order_by("name", "pk")
    )


def candidates(people: "Iterable[Person]") -> Iterator[Candidate]:
    """Those people with the organizations of the role, each once."""
    for person in people:
        found = {place.organization_id: place.organization for place in getattr(person, PLACES)}
        yield Candidate(person, tuple(found.values()))


def _places(role: Role, organization: "Organization", on: date) -> "Places":
    # The tables of the register belong to a room above; they are reached through the person.
    person = cast("Any", User.person.field.related_model)
    inside = Q(organization_id__in=below([organization.pk], on)) & _holds(on)
    if role == Role.MEMBER:
        return cast("Places", person.memberships.rel.related_model.objects.filter(inside))
    posts = person.posts.rel.related_model.objects
    levels = LEVELS.get(role, ())
    secretaries = posts.filter(inside, category__role=SECRETARY, organization__level__in=levels)
    return cast("Places", secretaries)


def _holds(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gt=on))
