"""Which units and members have been appraised, and which are still missing (N4, N11)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from pingyi.appraisals.enums import CountState
from pingyi.appraisals.models import Appraisal, Count, CountLine, Flag, StageRecord
from pingyi.appraisals.queries.plans import plan_of, unit_forms
from pingyi.campaigns.enums import Duty
from pingyi.campaigns.queries import Owed, pack_of
from pingyi.campaigns.queries.counted import counted_units

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign, Round

Ids = QuerySet[Any, Any]


@dataclass(frozen=True)
class UnitProgress:
    """How far a unit is: stages recorded, whether counted, open flags."""

    begun: bool
    stages: int
    counted: bool
    open_flags: int


def appraised_units(campaign: "Campaign", round_: "Round | None" = None) -> Ids:
    """Ids of units with a signed count on a form of organizations. Heads, not occasions."""
    counts = Count.objects.filter(
        appraisal__round__campaign=campaign,
        state=CountState.SIGNED,
        form__in=_unit_forms(campaign),
    )
    if round_ is not None:
        counts = counts.filter(appraisal__round=round_)
    return counts.order_by().values("appraisal__unit_id")


def appraised_participants(campaign: "Campaign") -> Ids:
    """Ids of people with a line in a signed count on a form of members."""
    lines = CountLine.objects.filter(
        count__appraisal__round__campaign=campaign,
        count__state=CountState.SIGNED,
        participant__isnull=False,
    )
    return lines.order_by().values("participant_id")


def begun_paths(campaign: "Campaign") -> set[str]:
    """Paths of the units whose appraisal has begun."""
    begun = Appraisal.objects.filter(round__campaign=campaign).order_by()
    return set(begun.values_list("unit__path", flat=True))


def gaps(round_: "Round") -> list[Owed]:
    """Counted units of the round without a signed count; exemptions not looked at (N4)."""
    plan = plan_of(round_)
    if plan is None or not unit_forms(plan):
        return []
    units = counted_units(round_.campaign)
    missing = units.exclude(pk__in=appraised_units(round_.campaign, round_))
    return [Owed(Duty.APPRAISAL, missing)]


def progress(round_: "Round") -> dict[int, UnitProgress]:
    """Progress by unit id of every appraisal that has begun; three queries for the whole round."""
    begun = dict(Appraisal.objects.filter(round=round_).values_list("pk", "unit_id"))
    stages: dict[int, int] = {}
    for appraisal_id in StageRecord.objects.filter(appraisal__round=round_).values_list(
        "appraisal_id", flat=True
    ):
        stages[appraisal_id] = stages.get(appraisal_id, 0) + 1
    flags: dict[int, int] = {}
    for appraisal_id in Flag.objects.filter(
        appraisal__round=round_, decided_at__isnull=True
    ).values_list("appraisal_id", flat=True):
        flags[appraisal_id] = flags.get(appraisal_id, 0) + 1
    counted = set(
        Count.objects.filter(appraisal__round=round_, state=CountState.SIGNED).values_list(
            "appraisal_id", flat=True
        )
    )
    return {
        unit_id: UnitProgress(
            begun=True,
            stages=stages.get(pk, 0) + (pk in counted),
            counted=pk in counted,
            open_flags=flags.get(pk, 0),
        )
        for pk, unit_id in begun.items()
    }


def _unit_forms(campaign: "Campaign") -> list[str]:
    plan = pack_of(campaign).appraisal
    return unit_forms(plan) if plan is not None else []
