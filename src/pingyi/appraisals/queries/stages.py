"""How far an appraisal has come."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby, takewhile
from typing import TYPE_CHECKING

from django.db.models import Max

from pingyi.appraisals.enums import CountState
from pingyi.appraisals.models import Appraisal
from pingyi.appraisals.queries.boxes import Box, boxes_at, signed_in
from pingyi.appraisals.queries.plans import needed_plan
from pingyi.appraisals.rules.stages import Step, steps
from pingyi.campaigns.queries import label_of

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit


@dataclass(frozen=True)
class StageDay:
    """The label of a stage and the day on which it was held or counted."""

    label: str
    day: date


def appraisal_of(round_: "Round", unit: "Unit") -> Appraisal | None:
    """The appraisal of a unit in a round, once it has begun."""
    return Appraisal.objects.filter(round=round_, unit=unit).first()


def stages_done(round_: "Round", unit: "Unit") -> set[str]:
    """Stages that are recorded; the counting stage is done once the needed counts are signed.

    Needed are the unit's forms of organizations, or where it has none one of its forms of members.
    """
    appraisal = appraisal_of(round_, unit)
    if appraisal is None:
        return set()
    plan = needed_plan(round_)
    done = set(appraisal.stage_records.values_list("stage", flat=True))
    if _is_counted(appraisal, boxes_at(round_, unit)):
        done |= {stage.code for stage in plan.stages if stage.kind == "count"}
    return done


def _is_counted(appraisal: Appraisal, boxes: list[Box]) -> bool:
    signed = signed_in(appraisal).keys()
    needed = [box for box in boxes if box.form.subject == "organization"]
    if needed:
        return all(box.key in signed for box in needed)
    by_form = groupby(boxes, key=lambda box: box.form.code)
    return any(all(box.key in signed for box in some) for _form, some in by_form)


def steps_of(round_: "Round", unit: "Unit") -> list[Step]:
    """All stages in order, each done, next or waiting."""
    plan = needed_plan(round_)
    return steps([stage.code for stage in plan.stages], stages_done(round_, unit))


def stage_days(round_: "Round", unit: "Unit", *, before: str) -> list[StageDay]:
    """The days of what is recorded or signed of the stages before one, in their order."""
    appraisal = appraisal_of(round_, unit)
    if appraisal is None:
        return []
    days = dict(appraisal.stage_records.values_list("stage", "held_on"))
    signed = appraisal.counts.filter(state=CountState.SIGNED)
    counted_on = signed.aggregate(last=Max("counted_on"))["last"]
    found = []
    for stage in takewhile(lambda each: each.code != before, needed_plan(round_).stages):
        day = counted_on if stage.kind == "count" else days.get(stage.code)
        if day is not None:
            found.append(StageDay(label_of(stage), day))
    return found


def labelled_steps(round_: "Round", unit: "Unit") -> list[tuple[Step, str]]:
    """All stages in order with their labels."""
    labels = {stage.code: label_of(stage) for stage in needed_plan(round_).stages}
    return [(step, labels[step.code]) for step in steps_of(round_, unit)]
