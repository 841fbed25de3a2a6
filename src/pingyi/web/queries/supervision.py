"""What all reporting units still owe, and how late it is, on one page (N17); never a score."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from pingyi.accounts.enums import Right
from pingyi.appraisals import queries as appraisals
from pingyi.campaigns.queries import Missing, duty_label, pack_of, reporting_units, said_of, scopes
from pingyi.core.clock import due_state
from pingyi.reviews import queries as reviews
from pingyi.reviews.queries import Coverage

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round, Unit
    from pingyi.campaigns.models.universe import UnitQuerySet


@dataclass(frozen=True)
class UnitState:
    """Where a reporting unit stands in a round: reviews, appraisals, flags, signs."""

    unit: "Unit"
    coverage: Coverage
    appraisals: appraisals.ProgressBelow
    signs: int
    due_on: date
    today: date
    has_reviews: bool = True
    has_appraisals: bool = True

    @property
    def name(self) -> str:
        """Name of the unit, for sorting and searching."""
        return self.unit.name

    @property
    def code(self) -> str:
        """Code of the unit, for searching."""
        return self.unit.code

    @cached_property
    def missing(self) -> int:
        """Reviews, and organizations whose appraisal is not counted, without what is exempt."""
        return self.reviews + (self.appraisals.missing if self.has_appraisals else 0)

    @property
    def reviews(self) -> int:
        """Organizations and people neither reviewed nor exempt; 0 where the pack has no reviews."""
        found = self.coverage.units.missing + self.coverage.people.missing
        return found if self.has_reviews else 0

    @property
    def said(self) -> str:
        """What is missing, each part by its name."""
        missing = self.coverage.units.missing, self.coverage.people.missing
        of_reviews = missing if self.has_reviews else (0, 0)
        of_appraisals = self.appraisals.missing if self.has_appraisals else 0
        called = (duty_label(duty, self.unit.campaign) for duty in (reviews.DUTY, appraisals.DUTY))
        parts = map(Missing, called, (of_reviews[0], of_appraisals), (of_reviews[1], 0))
        return said_of(part for part in parts if part.number)

    @property
    def is_all_exempt(self) -> bool:
        """Whether nothing is missing because nothing was to be done."""
        done = self.coverage.units.done + self.coverage.people.done + self.appraisals.counted
        exempt = self.coverage.units.exempt + self.coverage.people.exempt + self.appraisals.exempt
        return bool(exempt) and not (self.missing or done)

    @property
    def due(self) -> str:
        """Whether what is missing is late, due soon or still to do, or all is done or exempt."""
        if self.is_all_exempt:
            return "exempt"
        return due_state(self.due_on, self.today) if self.missing else "done"

    @property
    def days_late(self) -> int:
        """Days since the last one on which the missing could be done; 0 where none is late."""
        return (self.today - self.due_on).days if self.due == "late" else 0


def supervised_units(actor: "User", round_: "Round") -> "UnitQuerySet":
    """Every reporting unit the actor sees; of a single one, what lies directly below it as well."""
    supervises = [s.path for s in scopes(actor, round_.campaign) if s.role in Right.SUPERVISE.roles]
    found = reporting_units(round_.campaign).in_subtree(supervises)
    only = list(found[:2])
    if len(only) != 1:
        return found
    inside = round_.campaign.units.active().in_subtree([only[0].path])
    return inside.filter(depth__lte=only[0].depth + 1)


def supervised(actor: "User", round_: "Round", today: date) -> list[UnitState]:
    """The units of `supervised_units`: what is late first, then by what is missing."""
    units = list(supervised_units(actor, round_))
    pack = pack_of(round_.campaign)
    coverage = reviews.coverage_of(round_, units)
    progress = appraisals.progress_below(round_, units)
    signs = reviews.supervision_signs(round_, units)
    found = [
        UnitState(
            unit,
            coverage[unit.pk],
            progress[unit.pk],
            signs.get(unit.pk, 0),
            round_.closes_on,
            today,
            pack.review is not None,
            pack.appraisal is not None,
        )
        for unit in units
    ]
    return sorted(found, key=lambda state: (-state.days_late, -state.missing, state.unit.path))
