"""How units and people stood since a moment, where an amendment has touched them since (ADR 0016).

For whoever compares moments that lie apart: all others stood then as they stand today.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from django.db.models import Count, Q

from pingyi.campaigns.models import (
    Campaign,
    FormerParticipant,
    FormerUnit,
    Participant,
    ParticipantPost,
    Unit,
)


@dataclass(frozen=True, slots=True)
class UnitThen:
    """A unit in [since, until): where it stood, in which column; until None, as it stands."""

    since: datetime
    until: datetime | None
    path: str
    column: str
    stood: bool


@dataclass(frozen=True, slots=True)
class PersonThen:
    """A person in [since, until): the key of the unit they were a member of, if any."""

    since: datetime
    until: datetime | None
    unit: int | None
    stood: bool


@dataclass(frozen=True, slots=True)
class PostThen:
    """A post in a leader category, which never changes; its unit and holder as they stand."""

    person: int
    unit: int
    category: str
    position: int
    place: UnitThen
    holder: PersonThen


FIRST = datetime.min.replace(tzinfo=UTC)
Then = TypeVar("Then", UnitThen, PersonThen)


@dataclass(frozen=True)
class Amended:
    """Units and people that amendments touched, by their keys, each span after the other."""

    units: Mapping[int, Sequence[UnitThen]] = field(default_factory=dict)
    people: Mapping[int, Sequence[PersonThen]] = field(default_factory=dict)


def then(spans: Sequence[Then], at: datetime | None) -> Then | None:
    """The span that held at a moment, or holds now; None before the first."""
    if at is None:
        return spans[-1]
    return next(
        (each for each in spans if each.since <= at and (each.until is None or at < each.until)),
        None,
    )


def amended_since(campaign: Campaign, since: datetime) -> Amended:
    """All that was amended after a moment, with how it stood before. At most four queries."""
    units: dict[int, list[UnitThen]] = defaultdict(list)
    former_units = FormerUnit.objects.filter(unit__campaign=campaign, until__gt=since)
    columns = ("unit_id", "since", "until", "path", "sector", "is_active")
    for pk, *span in former_units.order_by("unit_id", "until", "id").values_list(*columns):
        units[pk].append(UnitThen(*span))
    for unit in Unit.objects.filter(pk__in=units):
        now = UnitThen(unit.since, None, unit.path, unit.sector, unit.is_active)
        units[unit.pk].append(now)
    people: dict[int, list[PersonThen]] = defaultdict(list)
    former_people = FormerParticipant.objects.filter(
        participant__campaign=campaign, until__gt=since
    )
    fields = ("participant_id", "since", "until", "unit_id", "is_active")
    for pk, *span in former_people.order_by("participant_id", "until", "id").values_list(*fields):
        people[pk].append(PersonThen(*span))
    for person in Participant.objects.filter(pk__in=people):
        now_ = PersonThen(person.since, None, person.unit_id, person.is_active)
        people[person.pk].append(now_)
    return Amended(dict(units), dict(people))


def places_of(units: Iterable[int]) -> dict[int, UnitThen]:
    """Units as they stand, by their keys. One query."""
    found = Unit.objects.filter(pk__in=list(units))
    return {
        unit.pk: UnitThen(unit.since, None, unit.path, unit.sector, unit.is_active)
        for unit in found
    }


def members_of(units: Iterable[int]) -> list[tuple[int, int]]:
    """(person, unit) of everybody who is a member of one of these units. One query."""
    found = Participant.objects.active().filter(unit_id__in=list(units))
    return list(found.order_by().values_list("pk", "unit_id"))


def posts_of(campaign: Campaign, amended: Amended) -> list[PostThen]:
    """The posts in a leader category of whoever has several, or was amended, or has one at a unit
    that was; taken out since or not. One query.

    Posts are frozen with the campaign: holders and units that were not amended always stood so.
    """
    posts = ParticipantPost.objects.filter(unit__campaign=campaign).exclude(category="").order_by()
    several = posts.values("participant").annotate(held=Count("pk")).filter(held__gt=1)
    touched = Q(participant__in=list(amended.people)) | Q(unit__in=list(amended.units))
    found = posts.filter(touched | Q(participant__in=several.values("participant")))
    columns = found.values_list(
        "participant_id", "unit_id", "category", "position",
        "unit__path", "unit__is_active", "participant__unit_id", "participant__is_active",
    )  # fmt: skip
    return [
        PostThen(
            person, unit, category, position,
            UnitThen(FIRST, None, path, "", stands), PersonThen(FIRST, None, home, stood),
        )
        for person, unit, category, position, path, stands, home, stood in columns
    ]  # fmt: skip
