"""Recording the stages of an appraisal in their order (N7)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor, signature
from pingyi.appraisals.enums import LedgerKind
from pingyi.appraisals.models import Appraisal, Opinion, PanelStratum, StageRecord
from pingyi.appraisals.operations.beginning import begun
from pingyi.appraisals.permissions.units import why_not_record, why_not_record_stage
from pingyi.appraisals.queries.plans import needed_plan
from pingyi.appraisals.queries.stages import stage_days
from pingyi.campaigns import queries as campaigns
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger import operations as ledger

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit


@transaction.atomic
def record_stage(
    *,
    round_: "Round",
    unit: "Unit",
    stage: str,
    held_on: date,
    content: str,
    place: str = "",
    by: Actor,
    now: datetime,
) -> StageRecord:
    """Write down what was done in a stage; the first one begins the appraisal.

    Recording a stage again corrects it; the ledger keeps both. Refuses: stage_too_early,
    unknown_stage, not_a_recorder, round_not_open, stage_counts_itself, day_ahead,
    content_missing, day_before_stage (before a stage that comes earlier).
    """
    round_ = campaigns.round_held(round_)
    refuse(why_not_record(by, round_, unit))
    appraisal = begun(round_, unit, by, now)
    refuse(why_not_record_stage(by, round_, unit, stage))
    kinds = {each.code: each.kind for each in needed_plan(round_).stages}
    if kinds[stage] == "count":
        raise Refusal(_("This stage is recorded by signing the count."), code="stage_counts_itself")
    _check(held_on, content, now)
    refuse(_why_not_after(round_, unit, stage, held_on))
    record, _created = StageRecord.objects.update_or_create(
        appraisal=appraisal,
        stage=stage,
        defaults={
            "held_on": held_on,
            "place": place,
            "content": content.strip(),
            "recorded_at": now,
            "recorded_by": by,
        },
    )
    ledger.append(
        kind=LedgerKind.STAGE,
        subject=f"{unit.code} {round_.code} {stage}",
        body={"held_on": held_on, "place": place, "content": record.content},
        rows=[appraisal, record],
        by=signature(by),
        now=now,
    )
    return record


@transaction.atomic
@ledger.lines_last()
def record_meeting(
    *,
    round_: "Round",
    unit: "Unit",
    stage: str,
    held_on: date,
    place: str,
    content: str,
    panel: Mapping[str, tuple[int, int]],
    by: Actor,
    now: datetime,
) -> StageRecord:
    """Record the meeting with its panel: stratum -> (due, present), in persons (N13).

    Refuses what `record_stage` refuses, unknown_stratum, present_above_due, nobody_present.
    """
    labels = {each.code: each.label for each in needed_plan(round_).strata}
    for code, (due, present) in panel.items():
        if code not in labels:
            raise Refusal(
                _("This campaign has no stratum “%(code)s”.") % {"code": code},
                code="unknown_stratum",
            )
        if present > due:
            raise Refusal(
                _("%(stratum)s: %(present)d present, but only %(due)d due. Correct one of them.")
                % {"stratum": labels[code], "present": present, "due": due},
                code="present_above_due",
            )
    if not any(present for _due, present in panel.values()):
        raise Refusal(
            _("State how many were due and present in at least one stratum."),
            code="nobody_present",
        )
    record = record_stage(
        round_=round_,
        unit=unit,
        stage=stage,
        held_on=held_on,
        place=place,
        content=content,
        by=by,
        now=now,
    )
    former = ledger.Rows(PanelStratum, list(record.appraisal.panel.values_list("pk", flat=True)))
    record.appraisal.panel.all().delete()
    strata = PanelStratum.objects.bulk_create(
        PanelStratum(appraisal=record.appraisal, stratum=code, due=due, present=present)
        for code, (due, present) in panel.items()
    )
    ledger.append(
        kind=LedgerKind.PANEL,
        subject=f"{unit.code} {round_.code}",
        body={code: [due, present] for code, (due, present) in panel.items()},
        rows=[former, *strata],
        by=signature(by),
        now=now,
    )
    return record


@transaction.atomic
def add_opinion(*, appraisal: Appraisal, text: str, by: Actor, now: datetime) -> Opinion:
    """Type an opinion from the ballots, apart from the figures (N8). Refuses opinion_missing."""
    campaigns.round_held(appraisal.round)
    refuse(why_not_record(by, appraisal.round, appraisal.unit))
    cleaned = text.strip()
    if not cleaned:
        raise Refusal(_("Type the opinion as it stands on the ballot."), code="opinion_missing")
    opinion = Opinion.objects.create(
        appraisal=appraisal, text=cleaned, recorded_at=now, recorded_by=by
    )
    ledger.append(
        kind=LedgerKind.OPINION,
        subject=f"{appraisal.unit.code} {appraisal.round.code}",
        body={"text": cleaned},
        rows=[opinion],
        by=signature(by),
        now=now,
    )
    return opinion


def _check(held_on: date, content: str, now: datetime) -> None:
    if held_on > day_of(now):
        raise Refusal(
            _("The date %(day)s lies ahead. Record the stage once it has taken place.")
            % {"day": date_format(held_on)},
            code="day_ahead",
        )
    if not content.strip():
        raise Refusal(
            _("Write down what was done: a sentence or two is enough."), code="content_missing"
        )


def _why_not_after(round_: "Round", unit: "Unit", stage: str, held_on: date) -> Refusal | None:
    """A stage does not lie before the day of any stage that comes earlier."""
    for row in stage_days(round_, unit, before=stage):
        if held_on < row.day:
            return Refusal(
                _("The date %(day)s lies before “%(stage)s” of %(earlier)s. Correct one of them.")
                % {
                    "day": date_format(held_on),
                    "stage": row.label,
                    "earlier": date_format(row.day),
                },
                code="day_before_stage",
            )
    return None
