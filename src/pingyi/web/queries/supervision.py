"""What all reporting units still owe, and how late it is, on one page (N17); never a score."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from pingyi.accounts.enums import Right
from pingyi.appraisals import queries as appraisals
from pingyi.campaigns.queries import reporting_units, scopes
from pingyi.core.clock import due_state
from pingyi.reviews import queries as reviews
from pingyi.reviews.queries import Coverage

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round, Unit
    from pingyi.campaigns.models.universe import UnitQuerySet


@dataclass(frozen=True)
class UnitState:
    """Where a reporting unit stands in a round: reviews, appraisals, flags, signs.

    What it owes are its reviews; in a campaign without any, its appraisals.
    """

    unit: "Unit"
    coverage: Coverage
    appraisals: appraisals.ProgressBelow
    signs: int
    due_on: date
    today: date
    has_reviews: bool = True

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
        """Organizations and people neither reviewed nor exempt; without reviews, not counted."""
        if not self.has_reviews:
            return self.appraisals.missing
        return self.coverage.units.missing + self.coverage.people.missing

    @property
    def due(self) -> str:
        """Whether what is missing is late, due soon or still to do, or all is done."""
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
    has_reviews = reviews.plan_of(round_.campaign) is not None
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
            has_reviews,
        )
        for unit in units
    ]
    return sorted(found, key=lambda state: (-state.days_late, -state.missing, state.unit.path))
