"""Coverage of a round: heads reviewed, exempt and missing (N4). Withdrawn reviews do not count."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from pingyi.campaigns import queries as campaigns
from pingyi.campaigns.doors import Owed
from pingyi.campaigns.queries import Gaps
from pingyi.reviews.enums import DUTY
from pingyi.reviews.models import Review
from pingyi.reviews.queries.texts import plan_of
from pingyi.reviews.rules.coverage import Figures, rolled_up

if TYPE_CHECKING:
    from pingyi.campaigns.models import Participant, Round, Unit, UnitQuerySet


NOBODY = Figures()


def standing_reviews(round_: "Round", at: datetime | None = None) -> QuerySet[Review]:
    """Reviews of the round that hold, or held at a moment: recorded and not withdrawn."""
    return Review.objects.filter(round=round_).standing(at)


def is_reviewed(
    subject: Literal["unit", "participant"], round_: "Round", at: datetime | None = None
) -> Exists:
    """Whether a unit or person has a review in the round: heads, not occasions."""
    return Exists(standing_reviews(round_, at).filter(**{subject: OuterRef("pk")}))


def reviewed_among(
    subject: Literal["unit", "participant"], ids: Collection[int], round_: "Round"
) -> set[int]:
    """Those of these units or people that have a review in the round. One query."""
    found = standing_reviews(round_).filter(**{f"{subject}__in": ids})
    return set(found.order_by().values_list(f"{subject}_id", flat=True))


def has_reviewed(person: str, round_: "Round", at: datetime | None = None) -> Exists:
    """Whether the person in that field gave at least one review in the round."""
    return Exists(standing_reviews(round_, at).filter(reviewer=OuterRef(person)))


def due_units(round_: "Round") -> "UnitQuerySet":
    """Every active unit but the top of the tree."""
    return round_.campaign.units.active().filter(parent__isnull=False)


def due_participants(round_: "Round") -> "QuerySet[Participant]":
    """Every active member of a unit."""
    return round_.campaign.participants.active().members()


def owed(round_: "Round") -> Owed:
    """Everybody not reviewed in the round; exemptions not looked at (N4).

    Nobody where the campaign's pack has no leader reviews: what cannot be recorded is not owed.
    """
    if plan_of(round_.campaign) is None:
        return Owed()
    return Owed(
        due_units(round_).exclude(is_reviewed("unit", round_)),
        due_participants(round_).exclude(is_reviewed("participant", round_)),
    )


def missing(round_: "Round", unit: "Unit") -> Gaps:
    """Who is still to be reviewed in the subtree of a unit: neither reviewed nor exempt."""
    paths = None if unit.parent_id is None else [unit.path]
    return campaigns.gaps_in(round_, {DUTY: owed(round_)}, paths)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Figures of the organizations and of the people somewhere."""

    units: Figures = field(default_factory=Figures)
    people: Figures = field(default_factory=Figures)

    def __add__(self, other: "Coverage") -> "Coverage":
        return Coverage(self.units + other.units, self.people + other.people)

    @property
    def is_complete(self) -> bool:
        """Whether nobody is missing."""
        return not (self.units.missing or self.people.missing)


@dataclass(frozen=True, slots=True)
class RoundCoverage:
    """Coverage of a round: of every unit with all below it (by path), and of every sector."""

    by_path: dict[str, Coverage]
    by_sector: dict[str, Coverage]

    def of(self, unit: "Unit") -> Coverage:
        """The figures of a unit and everything below it."""
        return self.by_path.get(unit.path, Coverage())


def coverage(round_: "Round", units: "Collection[Unit] | None" = None) -> RoundCoverage:
    """Coverage of all units at once, or of the subtrees of some. Three queries whatever the size.

    The database counts the heads of every unit; only the units are added up here. Empty where
    the campaign's pack has no leader reviews.
    """
    if plan_of(round_.campaign) is None:
        return RoundCoverage({}, {})
    places = round_.campaign.units.order_by()
    unit_rows, person_rows = due_units(round_), due_participants(round_)
    # From the top downwards is everybody: asking where each of them belongs would take longest.
    if units is not None and all(unit.parent_id for unit in units):
        places = places.in_subtree(unit.path for unit in units)
        below = places.values("id")
        unit_rows, person_rows = unit_rows.filter(id__in=below), person_rows.filter(unit__in=below)
    own_units = _counted(
        unit_rows, "id", is_reviewed("unit", round_), campaigns.is_exempt("unit", round_, DUTY)
    )
    own_people = _counted(
        person_rows,
        "unit_id",
        is_reviewed("participant", round_),
        campaigns.is_exempt("participant", round_, DUTY),
    )
    found = [
        (path, sector, Coverage(own_units.get(id_, NOBODY), own_people.get(id_, NOBODY)))
        for id_, path, sector in places.values_list("id", "path", "sector")
        if id_ in own_units or id_ in own_people
    ]
    by_sector: dict[str, Coverage] = defaultdict(Coverage)
    for _path, sector, own in found:
        by_sector[sector] += own
    return RoundCoverage(
        by_path=rolled_up({path: own for path, _sector, own in found}, Coverage()),
        by_sector=dict(by_sector),
    )


def _counted(
    due: QuerySet[Any], place: str, is_done: Exists, is_exempt: Exists
) -> dict[int, Figures]:
    """Figures of the heads that are due, by the id of their unit. One query.

    Whoever was reviewed in spite of an exemption is done; whoever is not due counts nowhere.
    """
    rows = (
        due.order_by()
        .values_list(place)
        .annotate(
            of=Count("id"),
            done=Count("id", filter=is_done),
            exempt=Count("id", filter=Q(is_exempt) & ~Q(is_done)),
        )
    )
    return {id_: Figures(done, exempt, of - done - exempt) for id_, of, done, exempt in rows}
