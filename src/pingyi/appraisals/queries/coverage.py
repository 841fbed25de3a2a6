"""Which units and members have been appraised, and which are still missing (N4, N11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from pingyi.appraisals.enums import CountState
from pingyi.appraisals.models import Appraisal, Count, CountLine, Flag, StageRecord
from pingyi.appraisals.queries.plans import plan_of, unit_forms
from pingyi.campaigns.doors import Owed
from pingyi.campaigns.queries import counted_members, counted_units
from pingyi.organizations.enums import Standing

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit


@dataclass(frozen=True)
class UnitProgress:
    """How far a unit is: stages recorded, whether counted, open flags."""

    begun: bool
    stages: int
    counted: bool
    open_flags: int


def is_appraised_unit(
    round_: "Round", *, also_earlier: bool = False, at: datetime | None = None
) -> Exists:
    """Whether a unit has a signed count on a form of organizations. Heads, not occasions.

    Signed now, or as things stood at a moment.
    """
    plan = plan_of(round_)
    return Exists(
        Count.objects.filter(
            _signed("", at),
            appraisal__unit=OuterRef("pk"),
            appraisal__round__in=_rounds(round_, also_earlier),
            form__in=unit_forms(plan) if plan is not None else [],
        )
    )


def is_appraised_participant(
    round_: "Round", *, also_earlier: bool = False, at: datetime | None = None
) -> Exists:
    """Whether a person has a line in a signed count on a form of members; now or at a moment."""
    return Exists(
        CountLine.objects.filter(
            _signed("count__", at),
            count__appraisal__round__in=_rounds(round_, also_earlier),
            participant=OuterRef("pk"),
        )
    )


def begun_in(
    round_: "Round", *, also_earlier: bool = False, at: datetime | None = None
) -> QuerySet[Appraisal]:
    """The appraisals that have begun, or had begun at a moment."""
    begun = Appraisal.objects.filter(round__in=_rounds(round_, also_earlier)).order_by()
    return begun if at is None else begun.filter(begun_at__lte=at)


def _signed(count: str, at: datetime | None) -> Q:
    """Of counts, or of what has a count: signed, and at the moment not yet opened again."""
    if at is None:
        return Q(**{f"{count}state": CountState.SIGNED})
    still = Q(**{f"{count}reopened_at": None}) | Q(**{f"{count}reopened_at__gt": at})
    return Q(**{f"{count}signed_at__lte": at}) & still


def _rounds(round_: "Round", also_earlier: bool) -> "QuerySet[Round]":
    rounds = round_.campaign.rounds.order_by()
    if also_earlier:
        return rounds.filter(position__lte=round_.position)
    return rounds.filter(pk=round_.pk)


def owed(round_: "Round") -> Owed:
    """Who has no signed count in the round; exemptions not looked at (N4).

    Counted units where the pack has a form for organizations; the members of counted units where
    it has a form that grades them.
    """
    plan = plan_of(round_)
    if plan is None:
        return Owed()
    units = counted_units(round_.campaign)
    people = counted_members(round_.campaign).filter(unit__is_active=True).exclude(column="")
    graded = {form.graded for form in plan.forms if form.subject == "member"}
    if "all" not in graded:
        people = people.filter(standing=Standing.FULL)
    return Owed(
        units.exclude(is_appraised_unit(round_)) if unit_forms(plan) else None,
        people.exclude(is_appraised_participant(round_)) if graded else None,
    )


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


def counted_below(round_: "Round", units: "Iterable[Unit]") -> dict[int, tuple[int, int]]:
    """(counted, still to be counted) organizations in the subtree of each unit, by its id.

    For campaigns whose work is the appraisal alone. Two queries whatever the size.
    """
    signed = Count.objects.filter(appraisal__round=round_, state=CountState.SIGNED)
    done = set(signed.order_by().values_list("appraisal__unit_id", flat=True))
    below = list(counted_units(round_.campaign).order_by().values_list("pk", "path"))
    found = {}
    for unit in units:
        inside = [pk in done for pk, path in below if path.startswith(unit.path)]
        found[unit.pk] = (sum(inside), len(inside) - sum(inside))
    return found
