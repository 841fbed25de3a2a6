"""Ballot boxes: what is counted by itself. One a ballot, or one for each stratum of the panel where
the pack counts them apart (ADR 0035).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingyi.appraisals.enums import CountState
from pingyi.appraisals.queries.plans import needed_plan, plan_of
from pingyi.campaigns.queries import forms_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pingyi.appraisals.models import Appraisal, Count, SealedVote
    from pingyi.campaigns.models import Round, Unit
    from pingyi.campaigns.rules.pack import AppraisalPlan, BallotForm, Stratum


@dataclass(frozen=True)
class Box:
    """A ballot, and the stratum whose ballots lie in it; None for those of the whole panel."""

    form: "BallotForm"
    stratum: "Stratum | None"

    @property
    def code(self) -> str:
        """Its name in addresses and lines: codes of packs have no hyphen."""
        return f"{self.form.code}-{self.stratum.code}" if self.stratum else self.form.code

    @property
    def mark(self) -> str:
        """What its ballots are marked with; nothing where they are those of the whole panel."""
        return self.stratum.label if self.stratum else ""

    @property
    def called(self) -> str:
        """What people call it: the ballot, and whose."""
        return f"{self.form.called} · {self.stratum.label}" if self.stratum else self.form.called

    @property
    def title(self) -> str:
        """The title of the ballot, and whose."""
        return f"{self.form.title} · {self.stratum.label}" if self.stratum else self.form.title

    @property
    def key(self) -> tuple[str, str]:
        """Form and stratum as a count keeps them."""
        return self.form.code, self.stratum.code if self.stratum else ""


def boxes_of(plan: "AppraisalPlan", forms: "Iterable[BallotForm]") -> list[Box]:
    """The boxes of some ballots, in their order."""
    strata = plan.strata if plan.counting.apart else [None]
    return [Box(form, stratum) for form in forms for stratum in strata]


def boxes_at(round_: "Round", unit: "Unit") -> list[Box]:
    """The boxes that are counted at a unit."""
    return boxes_of(needed_plan(round_), forms_at(round_.campaign, unit))


def ballot_boxes(round_: "Round", unit: "Unit | None" = None) -> list[Box]:
    """The boxes whose ballots are printed, of a unit or of all; none where nothing is appraised."""
    plan = plan_of(round_)
    if plan is None:
        return []
    return boxes_of(plan, plan.forms if unit is None else forms_at(round_.campaign, unit))


def box_called(round_: "Round", code: str) -> Box | None:
    """The box of this code, where the campaign has it."""
    plan = needed_plan(round_)
    return next((box for box in boxes_of(plan, plan.forms) if box.code == code), None)


def box_of(vote: "Count | SealedVote") -> Box:
    """The box that a count or a vote by slips is of."""
    plan = needed_plan(vote.appraisal.round)
    return next(box for box in boxes_of(plan, plan.forms) if box.key == (vote.form, vote.stratum))


def signed_in(appraisal: "Appraisal") -> "dict[tuple[str, str], Count]":
    """The signed counts by form and stratum. One query."""
    rows = appraisal.counts.filter(state=CountState.SIGNED)
    return {(count.form, count.stratum): count for count in rows}
