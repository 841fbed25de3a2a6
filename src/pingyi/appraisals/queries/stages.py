"""How far an appraisal has come."""

from typing import TYPE_CHECKING

from pingyi.appraisals.enums import CountState
from pingyi.appraisals.models import Appraisal, Count
from pingyi.appraisals.queries.plans import needed_plan, unit_forms
from pingyi.appraisals.rules.stages import Step, steps

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit


def appraisal_of(round_: "Round", unit: "Unit") -> Appraisal | None:
    """The appraisal of a unit in a round, once it has begun."""
    return Appraisal.objects.filter(round=round_, unit=unit).first()


def stages_done(round_: "Round", unit: "Unit") -> set[str]:
    """Stages that are recorded; the counting stage is done once a needed count is signed.

    Needed is the form of organizations, or where there is none the form of members.
    """
    appraisal = appraisal_of(round_, unit)
    if appraisal is None:
        return set()
    plan = needed_plan(round_)
    done = set(appraisal.stage_records.values_list("stage", flat=True))
    forms = unit_forms(plan) or [form.code for form in plan.forms]
    signed = Count.objects.filter(appraisal=appraisal, form__in=forms, state=CountState.SIGNED)
    if signed.exists():
        done |= {stage.code for stage in plan.stages if stage.kind == "count"}
    return done


def steps_of(round_: "Round", unit: "Unit") -> list[Step]:
    """All stages in order, each done, next or waiting."""
    plan = needed_plan(round_)
    return steps([stage.code for stage in plan.stages], stages_done(round_, unit))


def labelled_steps(round_: "Round", unit: "Unit") -> list[tuple[Step, str]]:
    """All stages in order with their labels."""
    labels = {stage.code: stage.label for stage in needed_plan(round_).stages}
    return [(step, labels[step.code]) for step in steps_of(round_, unit)]
