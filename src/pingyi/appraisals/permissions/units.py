"""Who reads an appraisal, records its stages and decides about what it points out."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import Actor
from pingyi.appraisals.models import Flag
from pingyi.appraisals.queries.plans import needed_plan, plan_of
from pingyi.appraisals.queries.stages import stages_done
from pingyi.appraisals.rules.stages import waits_for
from pingyi.campaigns.enums import RoundState
from pingyi.campaigns.permissions import holds
from pingyi.campaigns.queries import label_of
from pingyi.core.refusals import Refusal

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit


def why_not_read(actor: Actor, unit: "Unit") -> Refusal | None:
    """The whole result is for those who answer for the unit and for inspectors."""
    if holds(actor, unit, Right.READ_APPRAISALS):
        return None
    return Refusal(
        _("The result is open to the office, clerks, secretaries and inspectors of this unit."),
        code="not_a_reader",
    )


def why_not_record(actor: Actor, round_: "Round", unit: "Unit") -> Refusal | None:
    """Records of an appraisal are written by those who answer for the unit, in an open round."""
    if not holds(actor, unit, Right.RECORD_APPRAISALS):
        return Refusal(
            _("Only the office, the clerk or the secretary of this unit can record here."),
            code="not_a_recorder",
        )
    if plan_of(round_) is None:
        return Refusal(_("This campaign has no appraisal."), code="no_appraisal")
    if round_.state != RoundState.OPEN:
        return Refusal(
            _("The round “%(round)s” is not open.") % {"round": round_.name}, code="round_not_open"
        )
    return None


def why_not_record_stage(actor: Actor, round_: "Round", unit: "Unit", stage: str) -> Refusal | None:
    """The stages come in their order (N7)."""
    refusal = why_not_record(actor, round_, unit)
    if refusal is not None:
        return refusal
    plan = needed_plan(round_)
    labels = {each.code: label_of(each) for each in plan.stages}
    if stage not in labels:
        return Refusal(_("This campaign has no such stage."), code="unknown_stage")
    missing = waits_for(list(labels), stages_done(round_, unit), stage)
    if missing is not None:
        return Refusal(
            _("First comes the stage “%(stage)s”.") % {"stage": labels[missing]},
            code="stage_too_early",
        )
    return None


def why_not_decide(actor: Actor, flag: Flag) -> Refusal | None:
    """A flag is decided once, by those who answer for the unit to the level above."""
    if not holds(actor, flag.appraisal.unit, Right.DECIDE):
        return Refusal(
            _("Only the office, the clerk or the township secretary records decisions here."),
            code="not_a_decider",
        )
    if flag.decided_at is not None:
        return Refusal(_("This has already been decided."), code="already_decided")
    return None
