"""Who must review whom (N1, N4; rulebook §3), from affiliation and division of labour."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf

# The role of leader posts that counts here and the two sources, as they stand in the tables.
SECRETARY = "secretary"
AFFILIATION = "affiliation"
CHARGE = "charge"


@dataclass(frozen=True, slots=True)
class FrozenUnit:
    """A unit of the frozen tree; the path of a parent begins the paths of its children."""

    id: int
    parent_id: int | None
    path: str


@dataclass(frozen=True, slots=True)
class FrozenPerson:
    """A person and the unit where they are a member, if any."""

    id: int
    unit_id: int | None


@dataclass(frozen=True, slots=True)
class FrozenPost:
    """A post; `role` is secretary, leader or empty, a smaller `position` stands higher."""

    person_id: int
    unit_id: int
    role: str
    position: int


@dataclass(frozen=True, slots=True)
class FrozenCharge:
    """A leader is in charge of a unit."""

    person_id: int
    unit_id: int


@dataclass(frozen=True, slots=True)
class Derived:
    """One subject and its reviewer; nobody where none could be derived."""

    unit_id: int | None
    person_id: int | None
    reviewer_id: int | None
    source: str


def derive(
    units: Sequence[FrozenUnit],
    people: Sequence[FrozenPerson],
    posts: Iterable[FrozenPost],
    charges: Iterable[FrozenCharge],
) -> list[Derived]:
    """Every unit but the top, and every person who is a member somewhere, once each.

    A unit is reviewed by the leader in charge of it, a secretary likewise, both otherwise by the
    nearest secretary above; a member of a leading group by the secretary beside them; any other
    member by the secretary of their unit. Nobody reviews themselves. Among several, the highest
    post decides, so that the same rows always give the same answer.
    """
    line = _Line(units, people, posts, charges)
    found = [
        Derived(unit.id, None, *line.of_unit(unit.id))
        for unit in units
        if unit.parent_id is not None
    ]
    found += [
        Derived(None, person.id, *line.of_person(person))
        for person in people
        if person.unit_id in line.units
    ]
    return found


class _Line:
    """The rows, indexed for looking upward."""

    def __init__(
        self,
        units: Sequence[FrozenUnit],
        people: Sequence[FrozenPerson],
        posts: Iterable[FrozenPost],
        charges: Iterable[FrozenCharge],
    ) -> None:
        self.units = {unit.id: unit for unit in units}
        known = {person.id for person in people}
        self.posts: dict[int, list[FrozenPost]] = defaultdict(list)
        self.secretaries: dict[int | None, list[int]] = defaultdict(list)
        self.in_charge: dict[int, list[int]] = defaultdict(list)
        for post in sorted(posts, key=lambda post: (post.position, post.person_id)):
            if post.role and post.unit_id in self.units and post.person_id in known:
                self.posts[post.person_id].append(post)
                if post.role == SECRETARY:
                    self.secretaries[post.unit_id].append(post.person_id)
        for charge in charges:
            if charge.person_id in known:
                self.in_charge[charge.unit_id].append(charge.person_id)
        for leaders in self.in_charge.values():
            leaders.sort(key=lambda person_id: (self._rank(person_id), person_id))

    def _rank(self, person_id: int) -> float:
        posts = self.posts.get(person_id)
        return posts[0].position if posts else inf

    def of_person(self, person: FrozenPerson) -> tuple[int | None, str]:
        """The reviewer of a person, by the post that stands highest in the tree."""
        post = self._principal(person.id)
        if post is None:
            return _first(self.secretaries[person.unit_id]), AFFILIATION
        if post.role == SECRETARY:
            return self.of_unit(post.unit_id, without=person.id)
        beside = _first(self.secretaries[post.unit_id])
        return (beside, AFFILIATION) if beside else self.of_unit(post.unit_id, without=person.id)

    def of_unit(self, unit_id: int, *, without: int | None = None) -> tuple[int | None, str]:
        """The leader in charge of a unit, else the nearest secretary above it."""
        leader = _first(self.in_charge[unit_id], without)
        if leader is not None:
            return leader, CHARGE
        above = self.units[unit_id].parent_id
        while above in self.units:
            # Whoever is left out has their highest post below: they are no secretary here.
            secretary = _first(self.secretaries[above])
            if secretary is not None:
                return secretary, AFFILIATION
            above = self.units[above].parent_id
        return None, AFFILIATION

    def _principal(self, person_id: int) -> FrozenPost | None:
        """The post nearest the top; a secretary's before a leader's of the same unit."""
        return min(
            self.posts.get(person_id, ()),
            key=lambda post: (len(self.units[post.unit_id].path), post.role != SECRETARY),
            default=None,
        )


def _first(people: Iterable[int], without: int | None = None) -> int | None:
    return next((person for person in people if person != without), None)
