"""Coverage of a round: heads reviewed, exempt and missing (N4). Withdrawn reviews do not count."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from pingyi.campaigns import queries as campaigns
from pingyi.campaigns.enums import Duty
from pingyi.campaigns.queries import Gap
from pingyi.reviews.models import Review
from pingyi.reviews.rules.coverage import Figures, counted, rolled_up

if TYPE_CHECKING:
    from pingyi.campaigns.models import Participant, Round, Unit


def standing_reviews(round: "Round") -> QuerySet[Review]:
    """Reviews of the round that hold: not withdrawn."""
    return Review.objects.filter(round=round, withdrawn_at=None)


def reviewed_units(round: "Round") -> "QuerySet[Review, int]":
    """Ids of units with a review in the round: heads, not occasions."""
    found = standing_reviews(round).filter(unit__isnull=False)
    return found.order_by().values_list("unit_id", flat=True).distinct()


def reviewed_participants(round: "Round") -> "QuerySet[Review, int]":
    """Ids of people with a review in the round: heads, not occasions."""
    found = standing_reviews(round).filter(participant__isnull=False)
    return found.order_by().values_list("participant_id", flat=True).distinct()


def reviewers(round: "Round") -> "QuerySet[Review, int]":
    """Ids of people who gave at least one review in the round: heads, not occasions."""
    return standing_reviews(round).order_by().values_list("reviewer_id", flat=True).distinct()


def due_units(round: "Round") -> "QuerySet[Unit]":
    """Every active unit but the top of the tree."""
    return round.campaign.units.filter(is_active=True, parent__isnull=False)


def due_participants(round: "Round") -> "QuerySet[Participant]":
    """Every active member of a unit."""
    return round.campaign.participants.filter(is_active=True, unit__isnull=False)


def gaps(round: "Round") -> list[Gap]:
    """Everybody not reviewed in the round, in the order of the tree; exemptions not looked at.

    Two queries whatever the size (settings.GAP_FINDERS).
    """
    return _gaps(due_units(round), due_participants(round), round)


def missing(round: "Round", unit: "Unit") -> list[Gap]:
    """Who is still to be reviewed in the subtree of a unit: neither reviewed nor exempt."""
    units = due_units(round).filter(path__startswith=unit.path)
    people = due_participants(round).filter(unit__path__startswith=unit.path)
    units = units.exclude(id__in=campaigns.exempt_units(round, Duty.REVIEW))
    people = people.exclude(id__in=campaigns.exempt_participants(round, Duty.REVIEW))
    return _gaps(units, people, round)


def _gaps(units: "QuerySet[Unit]", people: "QuerySet[Participant]", round: "Round") -> list[Gap]:
    found = [
        Gap(Duty.REVIEW, unit_id, None, name, name, path)
        for unit_id, name, path in units.exclude(id__in=reviewed_units(round)).values_list(
            "id", "name", "path"
        )
    ]
    found += [
        Gap(Duty.REVIEW, None, *row)
        for row in people.exclude(id__in=reviewed_participants(round)).values_list(
            "id", "name", "unit__name", "unit__path"
        )
    ]
    return sorted(found, key=lambda gap: (gap.unit_path, gap.participant_id or 0))


@dataclass(frozen=True, slots=True)
class Coverage:
    """Figures of the organizations and of the people somewhere."""

    units: Figures = field(default_factory=Figures)
    people: Figures = field(default_factory=Figures)

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


def coverage(round: "Round", units: "Iterable[Unit] | None" = None) -> RoundCoverage:
    """Coverage of all units at once, or of the subtrees of some. Six queries whatever the size."""
    unit_rows = due_units(round)
    person_rows = due_participants(round)
    if units is not None:
        paths = [unit.path for unit in units]
        unit_rows = unit_rows.filter(campaigns.under(paths))
        person_rows = person_rows.filter(campaigns.under(paths, "unit__path"))
    due_unit_rows = list(unit_rows.order_by().values_list("path", "sector", "id"))
    due_person_rows = list(person_rows.order_by().values_list("unit__path", "unit__sector", "id"))
    done = set(reviewed_units(round)), set(reviewed_participants(round))
    exempt = (
        campaigns.exempt_units(round, Duty.REVIEW),
        campaigns.exempt_participants(round, Duty.REVIEW),
    )
    figures = [
        (
            rolled_up(counted([(path, id_) for path, _, id_ in rows], done[at], exempt[at])),
            counted([(sector, id_) for _, sector, id_ in rows], done[at], exempt[at]),
        )
        for at, rows in enumerate((due_unit_rows, due_person_rows))
    ]
    return RoundCoverage(
        by_path=_paired(figures[0][0], figures[1][0]),
        by_sector=_paired(figures[0][1], figures[1][1]),
    )


def _paired(units: dict[str, Figures], people: dict[str, Figures]) -> dict[str, Coverage]:
    return {
        key: Coverage(units.get(key, Figures()), people.get(key, Figures()))
        for key in sorted(units.keys() | people.keys())
    }
