"""What the pages of an appraisal show: stage rows, panel, results by form, flags with facts."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pingyi.appraisals.enums import CountState
from pingyi.appraisals.models import Appraisal, Count, Flag, StageRecord
from pingyi.appraisals.queries.boxes import Box, boxes_at, boxes_of, signed_in
from pingyi.appraisals.queries.counts import count_of
from pingyi.appraisals.queries.plans import needed_plan
from pingyi.appraisals.queries.results import (
    ItemResult,
    MemberResult,
    member_results,
    quota_items,
    unit_result,
)
from pingyi.appraisals.queries.scores import ScoreTable, score_table
from pingyi.appraisals.queries.stages import appraisal_of, steps_of
from pingyi.appraisals.rules.stages import Step
from pingyi.campaigns.queries import label_of
from pingyi.core.fractions import share_text

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit
    from pingyi.campaigns.rules.pack import BallotForm, Stage, Stratum


@dataclass(frozen=True)
class StageRow:
    """A stage with how far it is and what was recorded."""

    stage: "Stage"
    step: Step
    record: StageRecord | None


@dataclass(frozen=True)
class PanelRow:
    """A stratum with its figures and whether it reached its least number."""

    label: str
    least: int
    due: int | None
    present: int | None

    @property
    def is_short(self) -> bool:
        """Whether fewer were present than asked for."""
        return self.present is not None and self.present < self.least


@dataclass(frozen=True)
class PanelSums:
    """How many persons of all strata together were due and present at the meeting."""

    due: int
    present: int


@dataclass(frozen=True)
class FormResult:
    """The signed count of a form: organization items, or members."""

    box: Box
    count: Count
    items: list[ItemResult]
    members: list[MemberResult]
    # Items whose leading answers a quota counts.
    rationed: set[str]
    # Who was due and present at the meeting, of the stratum where it is counted apart.
    panel: "PanelSums | None" = None
    # None where the ballot is not scored.
    scores: ScoreTable | None = None

    @property
    def form(self) -> "BallotForm":
        """The ballot."""
        return self.box.form


@dataclass(frozen=True)
class FlagRow:
    """A flag in words, with the figures behind it."""

    flag: Flag
    label: str
    advice: str
    about: str
    numerator: int
    denominator: int
    threshold: str

    @property
    def percent(self) -> Fraction | None:
        """The share that raised the flag, in percent."""
        if not self.threshold or not self.denominator:
            return None
        return Fraction(100 * self.numerator, self.denominator)


def stage_rows(round_: "Round", unit: "Unit") -> list[StageRow]:
    """All stages in order."""
    stages = {stage.code: stage for stage in needed_plan(round_).stages}
    appraisal = appraisal_of(round_, unit)
    records = {row.stage: row for row in appraisal.stage_records.all()} if appraisal else {}
    return [
        StageRow(stages[step.code], step, records.get(step.code)) for step in steps_of(round_, unit)
    ]


@dataclass(frozen=True)
class NextDeed:
    """What comes next in an appraisal: a page of the room, and whether a press begins it there."""

    page: str
    code: str
    label: str
    begins: bool = False


def next_deed(round_: "Round", unit: "Unit") -> NextDeed | None:
    """The next form to be counted once the stages before it are recorded, else the next stage; None
    where all is done.
    """
    plan = needed_plan(round_)
    stages = {stage.code: stage for stage in plan.stages}
    found = steps_of(round_, unit)
    step = next((step for step in found if step.is_next), None)
    appraisal = appraisal_of(round_, unit)
    counting = [step for step in found if stages[step.code].kind == "count"]
    if any(each.is_done or each.is_next for each in counting):
        for box in boxes_at(round_, unit):
            count = count_of(appraisal, *box.key) if appraisal is not None else None
            if count is None or count.state != CountState.SIGNED:
                label = _("Count of %(annex)s") % {"annex": box.called}
                return NextDeed("count", box.code, label, begins=count is None)
    return NextDeed("stage", step.code, label_of(stages[step.code])) if step is not None else None


def panel_rows(round_: "Round", appraisal: Appraisal | None) -> list[PanelRow]:
    """All strata of the pack with what was recorded."""
    rows = {row.stratum: row for row in appraisal.panel.all()} if appraisal else {}
    return [
        PanelRow(
            stratum.label,
            stratum.least,
            rows[stratum.code].due if stratum.code in rows else None,
            rows[stratum.code].present if stratum.code in rows else None,
        )
        for stratum in needed_plan(round_).strata
    ]


def panel_sums(appraisal: Appraisal | None, stratum: "Stratum | None" = None) -> PanelSums | None:
    """The panel of the meeting added up, or one stratum of it; None where none was recorded."""
    rows = list(appraisal.panel.all()) if appraisal else []
    if stratum is not None:
        rows = [row for row in rows if row.stratum == stratum.code]
    if not rows:
        return None
    return PanelSums(sum(row.due for row in rows), sum(row.present for row in rows))


def form_results(appraisal: Appraisal) -> list[FormResult]:
    """The signed counts in the order of the pack's forms and strata."""
    plan = needed_plan(appraisal.round)
    signed = signed_in(appraisal)
    found = []
    for box in boxes_of(plan, plan.forms):
        if (count := signed.get(box.key)) is None:
            continue
        items, members = unit_result(count), member_results(count)
        panel = panel_sums(appraisal, box.stratum)
        scores = score_table(box.form, items, members)
        rationed = quota_items(plan, box.form)
        found.append(FormResult(box, count, items, members, rationed, panel, scores))
    return found


def flags_of(round_: "Round", unit: "Unit") -> QuerySet[Flag]:
    """The flags of a unit in a round."""
    return Flag.objects.filter(appraisal__round=round_, appraisal__unit=unit)


def flag_rows(appraisal: Appraisal) -> list[FlagRow]:
    """The flags of an appraisal in words, those undecided first."""
    plan = needed_plan(appraisal.round)
    flags = {flag.code: flag for flag in plan.flags}
    strata = {stratum.code: stratum.label for stratum in plan.strata}
    rows = appraisal.flags.select_related("participant", "appraisal__unit__campaign", "decided_by")
    found = []
    for row in sorted(rows, key=lambda flag: (flag.decided_at is not None, flag.pk)):
        rule = flags.get(row.code)
        about = (
            row.participant.shown_name
            if row.participant
            else strata.get(row.facts.get("stratum", ""), "")
        )
        found.append(
            FlagRow(
                flag=row,
                label=label_of(rule) if rule else row.code,
                advice=rule.advice if rule else "",
                about=about,
                numerator=row.facts["numerator"],
                denominator=row.facts["denominator"],
                threshold=share_text(row.facts.get("threshold", "")),
            )
        )
    return found
