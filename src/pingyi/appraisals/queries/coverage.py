"""Which units and members have been appraised, and which are still missing (N4, N11)."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    aggregates,
)
from django.db.models.functions import Coalesce

from pingyi.appraisals.enums import DUTY, CountState
from pingyi.appraisals.models import Appraisal, Count, CountLine, Flag, StageRecord
from pingyi.appraisals.queries.appraised import is_appraised_participant, signed
from pingyi.appraisals.queries.boxes import boxes_of
from pingyi.appraisals.queries.plans import plan_of
from pingyi.campaigns.doors import Owed
from pingyi.campaigns.queries import (
    JUDGED,
    amended_people,
    by_top,
    counted_members,
    counted_units,
    hold_all,
    is_appraised_at,
    is_exempt,
    is_usual,
    judged_people,
    judged_units,
    open_exemptions,
    under,
    with_ballot,
)
from pingyi.core.clock import day_of
from pingyi.organizations.enums import Standing

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit
    from pingyi.campaigns.rules.pack import AppraisalPlan


@dataclass(frozen=True)
class UnitProgress:
    """How far a unit is: stages recorded, whether counted, open flags."""

    begun: bool
    stages: int
    counted: bool
    open_flags: int


def owed(round_: "Round") -> Owed:
    """Who has no signed count in the round; exemptions not looked at (N4).

    Units of which a signed count on one of their forms for organizations is missing; people with a
    row on a form and in no signed count.
    """
    plan = plan_of(round_)
    if plan is None:
        return Owed()
    missing_units = _units_missing(round_, plan)
    graded = {form.graded for form in plan.forms if form.subject == "member"}
    if not is_usual(round_.campaign) or plan.counting.apart:
        judged = judged_people(round_.campaign).exclude(is_appraised_participant(round_))
        return Owed(missing_units, judged if graded else None, at=JUDGED)
    people = counted_members(round_.campaign)
    due: dict[str, Any] = {"unit__is_active": True, "unit__sector__gt": ""}
    if "all" not in graded:
        due["standing"] = Standing.FULL
    missing_people = (
        people.filter(**due).exclude(is_appraised_participant(round_)) if graded else None
    )

    def missing(members: Callable[[], int]) -> int:
        units = (
            0
            if missing_units is None
            else missing_units.exclude(is_exempt("unit", round_, DUTY)).count()
        )
        return units + (_people_missing(round_, due, members) if graded else 0)

    return Owed(missing_units, missing_people, missing=missing)


def _units_missing(round_: "Round", plan: "AppraisalPlan") -> QuerySet[Any] | None:
    """Units with a form for organizations on which they have no signed count."""
    forms = [form for form in plan.forms if form.subject == "organization"]
    if not forms:
        return None
    signed = Count.objects.filter(
        state=CountState.SIGNED, appraisal__unit=OuterRef("pk"), appraisal__round=round_
    )
    lacking = [
        with_ballot(round_.campaign, box.form)
        & ~Q(Exists(signed.filter(form=box.form.code, stratum=box.key[1])))
        for box in boxes_of(plan, forms)
    ]
    return judged_units(round_.campaign).filter(reduce(or_, lacking))


def _people_missing(round_: "Round", due: dict[str, Any], members: Callable[[], int]) -> int:
    """Of all who are due, those neither appraised nor exempt; from what was done."""
    theirs = {f"participant__{field}": value for field, value in due.items()}
    theirs["participant__is_active"] = True
    exempt = open_exemptions(round_, DUTY).filter(participant__unit__isnull=False, **theirs)
    exempt = exempt.exclude(is_appraised_participant(round_, of="participant_id"))
    return _people_due(round_, due, members) - _people_done(round_, theirs) - _heads(exempt)


def _people_done(round_: "Round", theirs: dict[str, Any]) -> int:
    """People with a line in a signed count who are due. Whoever had one was due then: only those
    are looked up whom, or whose unit, an amendment may have touched since.
    """
    lines = CountLine.objects.filter(signed("count__", None), count__appraisal__round=round_)
    if "participant__standing" in theirs:
        return _heads(lines.filter(**theirs))
    elsewhere = lines.filter(participant__unit__in=_uncounted(round_))
    if not amended_people().exists():
        return _heads(lines) - _heads(elsewhere)
    amended = lines.filter(participant__in=amended_people()).aggregate(
        n=_different_people(), due=_different_people(Q(**theirs))
    )
    gone = int(amended["n"] - amended["due"])
    return _heads(lines) - gone - _heads(elsewhere.exclude(participant__in=amended_people()))


def _heads(rows: QuerySet[Any]) -> int:
    """How many different people they are about."""
    return int(rows.aggregate(n=_different_people())["n"])


def _different_people(only: Q | None = None) -> aggregates.Count:
    return aggregates.Count("participant_id", distinct=True, filter=only)


def _uncounted(round_: "Round") -> QuerySet[Any]:
    """Keys of the units that are not counted; few."""
    counted = counted_units(round_.campaign).order_by().values("pk")
    return round_.campaign.units.exclude(pk__in=counted).order_by().values("pk")


def _people_due(round_: "Round", due: dict[str, Any], members: Callable[[], int]) -> int:
    """Members of counted units. Where all of them are due, whoever is elsewhere is taken off the
    whole: those are few, and the whole stands in an index.
    """
    if "standing" in due:
        return counted_members(round_.campaign).filter(**due).count()
    elsewhere = round_.campaign.participants.active().members()
    return members() - elsewhere.filter(unit__in=_uncounted(round_)).count()


@dataclass(frozen=True)
class ProgressBelow:
    """How far a unit with all below it is: branches, and of them begun, counted, or exempt and not
    counted; open flags.
    """

    branches: int = 0
    begun: int = 0
    counted: int = 0
    open_flags: int = 0
    exempt: int = 0

    @property
    def missing(self) -> int:
        """Branches neither counted nor exempt."""
        return self.branches - self.counted - self.exempt


def progress(round_: "Round", units: "Iterable[Unit]") -> dict[int, UnitProgress]:
    """Progress by unit id of those of the units whose appraisal has begun. One query."""
    begun = Appraisal.objects.filter(round=round_, unit__in=units).order_by()
    rows = begun.annotate(
        is_counted=ExpressionWrapper(_is_counted(round_), BooleanField()),
        stages=_how_many(StageRecord.objects.all()),
        undecided=_undecided(),
    ).values_list("unit_id", "is_counted", "stages", "undecided")
    return {
        unit_id: UnitProgress(True, stages + is_counted, is_counted, undecided)
        for unit_id, is_counted, stages, undecided in rows
    }


def exempt_among(round_: "Round", units: "Iterable[Unit]") -> set[int]:
    """Those of the units, by id, that are exempt and not counted. One query."""
    found = _exempt_units(round_).filter(unit__in=units).order_by()
    return set(found.values_list("unit_id", flat=True))


def progress_below(round_: "Round", units: "Collection[Unit]") -> dict[int, ProgressBelow]:
    """Progress of the counted organizations in the subtree of each unit, by its id."""
    branches = by_top(judged_units(round_.campaign), units, "path", heads=aggregates.Count("pk"))
    begun = by_top(
        Appraisal.objects.filter(
            is_appraised_at(round_.campaign, "unit__"), round=round_, unit__is_active=True
        ),
        units,
        "unit__path",
        begun=aggregates.Count("pk"),
        counted=aggregates.Count("pk", filter=_is_counted(round_)),
        undecided=Sum(_undecided()),
    )
    exempt = by_top(
        _exempt_units(round_), units, "unit__path", heads=aggregates.Count("unit", distinct=True)
    )
    return {
        unit.pk: ProgressBelow(
            *branches.get(unit.pk, (0,)),
            *begun.get(unit.pk, (0, 0, 0)),
            *exempt.get(unit.pk, (0,)),
        )
        for unit in units
    }


def _exempt_units(round_: "Round") -> QuerySet[Any]:
    """Exemptions of counted organizations that have no signed count."""
    signed = Count.objects.filter(
        state=CountState.SIGNED, appraisal__round=round_, appraisal__unit=OuterRef("unit")
    )
    rows = open_exemptions(round_, DUTY).filter(
        is_appraised_at(round_.campaign, "unit__"), unit__is_active=True
    )
    return rows.exclude(Exists(signed)).order_by()


def _is_counted(round_: "Round") -> Q:
    """Of appraisals: whether any count was signed; of every stratum where each has its own."""
    return is_counted(round_, _of_each(Count.objects.all()))


def is_counted(round_: "Round", counts: QuerySet[Count]) -> Q:
    """Whether one of these counts is signed, or one of every stratum that is counted apart."""
    signed, plan = counts.filter(state=CountState.SIGNED), plan_of(round_)
    if plan is None or not plan.counting.apart:
        return Q(Exists(signed))
    return reduce(and_, (Q(Exists(signed.filter(stratum=each.code))) for each in plan.strata))


def _undecided() -> Coalesce:
    return _how_many(Flag.objects.filter(decided_at=None))


def _of_each(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(appraisal=OuterRef("pk")).order_by()


def _how_many(rows: QuerySet[Any]) -> Coalesce:
    heads = _of_each(rows).values("appraisal").annotate(n=aggregates.Count("pk")).values("n")
    return Coalesce(Subquery(heads, output_field=IntegerField()), 0)


def course_of(round_: "Round", paths: Sequence[str]) -> Counter[date]:
    """How many organizations in some subtrees had their first count signed on each day."""
    units = judged_units(round_.campaign)
    if not hold_all(paths):
        units = units.filter(under(paths))
    signed = Count.objects.filter(
        state=CountState.SIGNED,
        appraisal__round=round_,
        appraisal__unit__in=units.order_by().values("pk"),
    )
    first = signed.order_by().values_list("appraisal").annotate(first=aggregates.Min("signed_at"))
    return Counter(day_of(at) for _appraisal, at in first)
