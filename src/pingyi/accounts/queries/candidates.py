"""Who of the register may be given an account with a role: the roles follow from posts."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, QuerySet

from pingyi.accounts.enums import Right, Role
from pingyi.accounts.queries.accounts import (
    Actor,
    lies_within,
    not_tied_elsewhere,
    people_managed_by,
    tops,
)
from pingyi.organizations import queries as ground
from pingyi.organizations.enums import Level, PostRole

if TYPE_CHECKING:
    from pingyi.organizations.models import Organization, Person

LEVELS = {
    Role.SECRETARY: (Level.TOWNSHIP, Level.COUNTY_UNIT),
    Role.BRANCH_SECRETARY: (Level.GRASSROOTS,),
}
"""At which levels a secretary's post stands for which role."""
ROLE_AT = {level: role for role, levels in LEVELS.items() for level in levels}
PLACES = "places_of_role"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person without an account, and the organizations where the role would hold."""

    person: "Person"
    organizations: tuple["Organization", ...]


def people_for(
    role: Role | None, organization: "Organization", on: date, *, by: Actor
) -> "QuerySet[Person]":
    """People at or below an organization who may be given this role, have no account, and belong
    nowhere that `by` does not manage.

    Members by their membership; branch secretaries by a secretary's post at a grassroots
    organization, township secretaries by one at a township or county-level unit; without a role
    secretaries of every level. Nobody for a role that no post stands for.
    """
    part = _part(organization, on)
    return _with_role(_managed(organization, on, by, part), role, part, on)


def _part(organization: "Organization", on: date) -> Collection[int] | None:
    """The organization's key, to look there and below; None where that is the whole register, for
    then nobody has to be asked where they are.
    """
    part = [organization.pk]
    return None if ground.hold_all(part, on) else part


def _managed(
    organization: "Organization", on: date, by: Actor, part: Collection[int] | None
) -> "QuerySet[Person]":
    """People whom `by` may give an account, of those with a place there or below.

    Whoever has one is known to be where `by` gives roles, if the organization is: of a county with
    400,000 members not all are asked for that.
    """
    offices = tops(by, Right.MANAGE_ACCOUNTS) if by is not None else frozenset()
    if not lies_within(organization, offices, on):
        return people_managed_by(by, on)
    people = ground.people_below(None, on).filter(user=None)
    return people if part is None else not_tied_elsewhere(people, offices, on)


def _with_role(
    people: "QuerySet[Person]", role: Role | None, part: Collection[int] | None, on: date
) -> "QuerySet[Person]":
    relation = "memberships" if role == Role.MEMBER else "posts"
    places = _places(role, part, on)
    return (
        people.filter(pk__in=places.values("person_id"))
        .prefetch_related(Prefetch(relation, places.select_related("organization"), PLACES))
        .order_by("name", "pk")
    )


def secretaries_without_account(
    organization: "Organization", on: date, *, by: Actor, most: int
) -> list[tuple[Role, int]]:
    """How many secretaries there and below cannot sign in, by role where there are any; no more
    are counted than one above `most`.
    """
    part = _part(organization, on)
    people = _managed(organization, on, by, part)
    found = [
        (role, _with_role(people, role, part, on).order_by()[: most + 1].count()) for role in LEVELS
    ]
    return [(role, number) for role, number in found if number]


def candidates(people: "Iterable[Person]") -> Iterator[Candidate]:
    """Those people with the organizations of the role, each once."""
    for person in people:
        found = {place.organization_id: place.organization for place in getattr(person, PLACES)}
        yield Candidate(person, tuple(found.values()))


def _places(role: Role | None, part: Collection[int] | None, on: date) -> QuerySet[Any]:
    """The memberships or posts, in a part of the register, that stand for a role."""
    if role == Role.MEMBER:
        return ground.memberships_below(part, on)
    levels = tuple(ROLE_AT) if role is None else LEVELS.get(role, ())
    return ground.posts_below(part, on).filter(
        category__role=PostRole.SECRETARY, organization__level__in=levels
    )
