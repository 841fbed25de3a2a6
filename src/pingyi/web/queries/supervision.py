"""All reporting units on one page, worst first (N17)."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from pingyi.accounts.enums import Right
from pingyi.appraisals import queries as appraisals
from pingyi.campaigns.queries import reporting_units, scopes
from pingyi.reviews import queries as reviews
from pingyi.reviews.queries import Coverage

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round, Unit
    from pingyi.campaigns.models.universe import UnitQuerySet


@dataclass(frozen=True)
class UnitState:
    """Where a reporting unit stands in a round: reviews, appraisals, flags, signs.

    How far it is, is told by its reviews; in a campaign without any, by its appraisals.
    """

    unit: "Unit"
    coverage: Coverage
    appraisals: appraisals.ProgressBelow
    signs: int
    has_reviews: bool = True

    @property
    def name(self) -> str:
        """Name of the unit, for sorting and searching."""
        return self.unit.name

    @property
    def code(self) -> str:
        """Code of the unit, for searching."""
        return self.unit.code

    @property
    def missing(self) -> int:
        """Organizations and people neither reviewed nor exempt; without reviews, not counted."""
        if not self.has_reviews:
            return self.appraisals.branches - self.appraisals.counted
        return self.coverage.units.missing + self.coverage.people.missing

    @cached_property
    def share(self) -> Fraction:
        """Done, over those due and not exempt; 1 where nobody is due. Worst is smallest."""
        if not self.has_reviews:
            of = self.appraisals.branches
            return Fraction(self.appraisals.counted, of) if of else Fraction(1)
        figures = self.coverage.units + self.coverage.people
        return figures.share if figures.share is not None else Fraction(1)

    @property
    def share_percent(self) -> int:
        """The share in whole percent, rounded down so that 100 means everybody."""
        return int(self.share * 100)


def supervised_units(actor: "User", round_: "Round") -> "UnitQuerySet":
    """Every reporting unit the actor sees."""
    supervises = [s.path for s in scopes(actor, round_.campaign) if s.role in Right.SUPERVISE.roles]
    return reporting_units(round_.campaign).in_subtree(supervises)


def supervised(actor: "User", round_: "Round") -> list[UnitState]:
    """Every reporting unit the actor sees, the one furthest behind first."""
    units = list(supervised_units(actor, round_))
    has_reviews = reviews.plan_of(round_.campaign) is not None
    coverage = reviews.coverage_of(round_, units)
    progress = appraisals.progress_below(round_, units)
    signs = reviews.supervision_signs(round_, units)
    found = [
        UnitState(unit, coverage[unit.pk], progress[unit.pk], signs.get(unit.pk, 0), has_reviews)
        for unit in units
    ]
    return sorted(found, key=lambda state: (state.share, -state.missing, state.unit.path))
