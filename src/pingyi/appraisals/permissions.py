"""Who may record, count and decide in an appraisal; guards deeds, explains disabled buttons."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pingyi.accounts.enums import Role
from pingyi.appraisals import queries
from pingyi.appraisals.enums import CountState
from pingyi.appraisals.models import Appraisal, Count, Flag
from pingyi.appraisals.rules.stages import waits_for
from pingyi.campaigns.enums import RoundState
from pingyi.campaigns.permissions import holds
from pingyi.core.refusals import Refusal

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round, Unit

RECORDERS = (Role.OFFICE, Role.CLERK, Role.SECRETARY, Role.BRANCH_SECRETARY)
READERS = (*RECORDERS, Role.INSPECTOR)
DECIDERS = (Role.OFFICE, Role.CLERK, Role.SECRETARY)


def why_not_read(actor: "User | None", unit: "Unit", now: datetime) -> Refusal | None:
    """The whole result is for those who answer for the unit and for inspectors."""
    if holds(actor, unit, *READERS):
        return None
    return Refusal(
        _("The result is open to the office, clerks, secretaries and inspectors of this unit."),
        code="not_a_reader",
    )


def why_not_record(
    actor: "User | None",
    round_: "Round",
    unit: "Unit",
    now: datetime,
) -> Refusal | None:
    """Records of an appraisal are written by those who answer for the unit, in an open round."""
    if not holds(actor, unit, *RECORDERS):
        return Refusal(
            _("Only the office, the clerk or the secretary of this unit can record here."),
            code="not_a_recorder",
        )
    if queries.plan_of(round_) is None:
        return Refusal(_("This campaign has no mass appraisal."), code="no_appraisal")
    if round_.state != RoundState.OPEN:
        return Refusal(
            _("The round “%(round)s” is not open.") % {"round": round_.name}, code="round_not_open"
        )
    return None


def why_not_record_stage(
    actor: "User | None", round_: "Round", unit: "Unit", stage: str, now: datetime
) -> Refusal | None:
    """The stages come in their order (N7)."""
    refusal = why_not_record(actor, round_, unit, now)
    if refusal is not None:
        return refusal
    plan = queries.needed_plan(round_)
    labels = {each.code: each.label for each in plan.stages}
    if stage not in labels:
        return Refusal(_("This campaign has no such stage."), code="unknown_stage")
    missing = waits_for(list(labels), queries.stages_done(round_, unit), stage)
    if missing is not None:
        return Refusal(
            _("First comes the stage “%(stage)s”.") % {"stage": labels[missing]},
            code="stage_too_early",
        )
    return None


def why_not_count(actor: "User | None", appraisal: Appraisal, now: datetime) -> Refusal | None:
    """A vote is counted once its meeting has been recorded."""
    plan = queries.needed_plan(appraisal.round)
    stage = next((each.code for each in plan.stages if each.kind == "count"), None)
    if stage is None:
        return Refusal(_("This campaign counts no ballots."), code="no_count")
    return why_not_record_stage(actor, appraisal.round, appraisal.unit, stage, now)


def why_not_change_count(actor: "User | None", count: Count, now: datetime) -> Refusal | None:
    """Only a draft is typed into; a signed count is opened again with a reason."""
    refusal = why_not_count(actor, count.appraisal, now)
    if refusal is None and count.state != CountState.DRAFT:
        return Refusal(
            _("This count is signed or void. Open it again with a reason to change it."),
            code="count_not_draft",
        )
    return refusal


def why_not_reopen_count(actor: "User | None", count: Count, now: datetime) -> Refusal | None:
    """A signed count is opened again by those who decide, while nothing was decided on it."""
    refusal = why_not_count(actor, count.appraisal, now)
    if refusal is not None:
        return refusal
    if not holds(actor, count.appraisal.unit, *DECIDERS):
        return Refusal(
            _(
                "Only the office, the clerk or the township secretary can open a signed count "
                "again."
            ),
            code="not_a_decider",
        )
    if count.state != CountState.SIGNED:
        return Refusal(_("This count is not signed."), code="count_not_signed")
    if count.flags.filter(decided_at__isnull=False).exists():
        return Refusal(
            _("A decision rests on this count; it can no longer be changed."),
            code="count_decided",
        )
    return None


def why_not_decide(actor: "User | None", flag: Flag, now: datetime) -> Refusal | None:
    """A flag is decided once, by those who answer for the unit to the level above."""
    if not holds(actor, flag.appraisal.unit, *DECIDERS):
        return Refusal(
            _("Only the office, the clerk or the township secretary records decisions here."),
            code="not_a_decider",
        )
    if flag.decided_at is not None:
        return Refusal(_("This has already been decided."), code="already_decided")
    return None
