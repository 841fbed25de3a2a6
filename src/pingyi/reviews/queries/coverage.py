"""Coverage of a round: heads reviewed, exempt and missing (N4). Withdrawn reviews do not count."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from pingyi.campaigns import queries as campaigns
from pingyi.campaigns.doors import Owed, Subject
from pingyi.campaigns.queries import FEW, Gaps
from pingyi.reviews.enums import DUTY
from pingyi.reviews.models import Review
from pingyi.reviews.queries.placed import of_amended, pairs, with_figure
from pingyi.reviews.queries.texts import plan_of
from pingyi.reviews.rules.coverage import NONE, Counts, Figures, added, rolled_up

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit, UnitQuerySet


def standing_reviews(round_: "Round", at: datetime | None = None) -> QuerySet[Review]:
    """Reviews of the round that hold, or held at a moment: recorded and not withdrawn."""
    return Review.objects.filter(round=round_).standing(at)


def is_reviewed(
    subject: Subject, round_: "Round", at: datetime | None = None, of: str = "pk"
) -> Exists:
    """Whether the unit or person in that field has a review in the round: heads, not occasions."""
    return Exists(standing_reviews(round_, at).filter(**{subject: OuterRef(of)}))


def reviewed_among(subject: Subject, ids: Collection[int], round_: "Round") -> set[int]:
    """Those of these units or people that have a review in the round. One query."""
    found = standing_reviews(round_).filter(**{f"{subject}__in": ids})
    return set(found.order_by().values_list(f"{subject}_id", flat=True))


def latest_reviews(
    subject: Subject, ids: Collection[int], round_: "Round"
) -> dict[int | None, int]:
    """The latest review in the round of each of these units or people that has one. One query."""
    found = standing_reviews(round_).filter(**{f"{subject}__in": ids})
    return dict(found.order_by("held_on", "id").values_list(f"{subject}_id", "id"))


def has_reviewed(person: str, round_: "Round", at: datetime | None = None) -> Exists:
    """Whether the person in that field gave at least one review in the round."""
    return Exists(standing_reviews(round_, at).filter(reviewer=OuterRef(person)))


def review_spans(
    field: Literal["unit", "participant", "reviewer"], ids: Collection[int], round_: "Round"
) -> list[tuple[int, datetime, datetime | None]]:
    """(key, since, until) of the reviews about, or by, some of the universe; until None: standing.

    What `standing_reviews` answers for one moment, for all moments. One query.
    """
    found = Review.objects.filter(round=round_, **{f"{field}__in": ids}).order_by()
    return list(found.values_list(f"{field}_id", "recorded_at", "withdrawn_at"))


def due_units(round_: "Round") -> "UnitQuerySet":
    """Every active unit but the top of the tree."""
    return round_.campaign.units.active().filter(parent__isnull=False)


def due_participants(round_: "Round") -> QuerySet[Any]:
    """Every active member of a unit."""
    return campaigns.counted_members(round_.campaign)


def owed(round_: "Round") -> Owed:
    """Everybody not reviewed in the round; exemptions not looked at (N4).

    Nobody where the campaign's pack has no leader reviews: what cannot be recorded is not owed.
    """
    if plan_of(round_.campaign) is None:
        return Owed()
    return Owed(
        due_units(round_).exclude(is_reviewed("unit", round_)),
        due_participants(round_).exclude(is_reviewed("participant", round_)),
        lambda members: _missing_in_all(round_, members),
        lambda subject: _reviewer_of(subject, round_),
    )


def _reviewer_of(subject: Subject, round_: "Round") -> QuerySet[Any]:
    """Whoever is assigned the review of the unit or person in OuterRef("pk")."""
    theirs = {f"assignments_given__{subject}": OuterRef("pk")}
    return round_.campaign.participants.filter(assignments_given__round=round_, **theirs)


def _missing_in_all(round_: "Round", members: Callable[[], int]) -> int:
    top = campaigns.root_unit(round_.campaign)
    figures = coverage_of(round_, [top], members)[top.pk]
    return figures.units.missing + figures.people.missing


def missing(round_: "Round", unit: "Unit") -> Gaps:
    """Who is still to be reviewed in the subtree of a unit: neither reviewed nor exempt."""
    paths = None if unit.parent_id is None else [unit.path]
    return campaigns.gaps_in(round_, {DUTY: owed(round_)}, paths)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Figures of the organizations and of the people somewhere."""

    units: Figures = field(default_factory=Figures)
    people: Figures = field(default_factory=Figures)

    @property
    def is_complete(self) -> bool:
        """Whether nobody is missing."""
        return not (self.units.missing or self.people.missing)


@dataclass(frozen=True, slots=True)
class RoundCoverage:
    """Coverage of a round: of every unit with all below it (by path), and of every sector.

    Each as (units due, done, exempt, people due, done, exempt).
    """

    by_path: dict[str, Counts]
    by_sector: dict[str, Counts]

    def of(self, unit: "Unit") -> Coverage:
        """The figures of a unit and everything below it."""
        return _coverage(self.by_path.get(unit.path, NONE))

    def in_sector(self, code: str) -> Coverage | None:
        """The figures of a sector; nothing where no unit has it."""
        return _coverage(self.by_sector[code]) if code in self.by_sector else None


def coverage_of(
    round_: "Round", units: "Collection[Unit]", members: Callable[[], int] | None = None
) -> dict[int, Coverage]:
    """The figures of these units, each with all below it, by their ids.

    A few subtrees are asked for whoever is there, the whole tree or many for what was done.
    `members` counts everybody in the campaign, where others want to know that as well.
    """
    if plan_of(round_.campaign) is None:
        return {unit.pk: Coverage() for unit in units}
    if len(units) <= FEW and all(unit.parent_id for unit in units):
        found = coverage(round_, [unit.path for unit in units])
        return {unit.pk: found.of(unit) for unit in units}
    heads, place = Count("participant_id", distinct=True), "participant__unit__path"
    of_units = (
        _of_units(round_, units)
        if any(unit.parent_id for unit in units)
        else _of_the_top(round_, units, members)
    )
    exempt = campaigns.by_top(_exempt(round_), units, place, exempt=heads)
    amended = _amended_below(round_, units)
    figures: dict[int, Coverage] = {}
    for unit in units:
        *counted, done, due = of_units.get(unit.pk, (0, 0, 0, 0, 0))
        (of_exempt,) = exempt.get(unit.pk, (0,))
        figures[unit.pk] = _coverage((*counted, due, done + amended[unit.pk], of_exempt))
    return figures


def _amended_below(round_: "Round", units: "Collection[Unit]") -> Counter[int]:
    """What `_done` counts too few, or too many, of those amended, by the unit they lie below.

    Most campaigns have none, which is asked sooner than who of them is done.
    """
    found: Counter[int] = Counter()
    if campaigns.amended_people().exists():
        again = campaigns.by_top(
            _amended(round_), units, "counted_in__path", n=pairs("participant")
        )
        done = campaigns.by_top(_done_though_amended(round_), units, "unit__path", n=Count("pk"))
        found.update({pk: number for pk, (number,) in done.items()})
        found.subtract({pk: number for pk, (number,) in again.items()})
    return found


def _of_units(round_: "Round", units: "Collection[Unit]") -> dict[int, tuple[int, ...]]:
    """What is read from every unit of the tree in one pass, added up below each of the units: units
    due, done and exempt; people done and due.
    """
    is_due = campaigns.in_use() & Q(parent__isnull=False)
    # By name: added up for the top alone, what belongs to a row must stand in the row.
    is_done, is_exempt = Q(is_done=True), Q(is_exempt=True)
    rows = _done(round_).annotate(
        is_done=is_reviewed("unit", round_), is_exempt=campaigns.is_exempt("unit", round_, DUTY)
    )
    return campaigns.by_top(
        rows.with_heads(),
        units,
        "path",
        due=Count("pk", filter=is_due),
        done=Count("pk", filter=is_due & is_done),
        exempt=Count("pk", filter=is_due & is_exempt & ~is_done),
        people_done=Sum("figure"),
        people_due=Sum("heads"),
    )


def _of_the_top(
    round_: "Round", units: "Collection[Unit]", members: Callable[[], int] | None
) -> dict[int, tuple[int, ...]]:
    """The same of the top of the tree alone, below which nothing is told apart."""
    is_done = is_reviewed("unit", round_)
    of_units = due_units(round_).aggregate(
        due=Count("pk"),
        done=Count("pk", filter=is_done),
        exempt=Count("pk", filter=campaigns.is_exempt("unit", round_, DUTY) & ~is_done),
    )
    done = _done(round_).aggregate(done=Sum("figure"))["done"] or 0
    due = (members or round_.campaign.participants.active().members().count)()
    return dict.fromkeys((unit.pk for unit in units), (*of_units.values(), done, due))


def _done(round_: "Round") -> "UnitQuerySet":
    """Every unit with how many of its people are done, those amended as well; the whole tree."""
    return with_figure(round_, standing_reviews(round_), "participant")


def _amended(round_: "Round") -> QuerySet[Review]:
    """Reviews of people whom an amendment has touched since, which `_done` counts as well."""
    return of_amended(standing_reviews(round_))


def _done_though_amended(round_: "Round") -> QuerySet[Any]:
    amended = due_participants(round_).filter(pk__in=campaigns.amended_people())
    return amended.filter(is_reviewed("participant", round_)).order_by()


def _exempt(round_: "Round") -> QuerySet[Any]:
    """Exemptions of people who are due and not done: a review in spite of one is done."""
    due = Q(participant__is_active=True, participant__unit__isnull=False)
    rows = campaigns.open_exemptions(round_, DUTY).filter(due)
    return rows.exclude(is_reviewed("participant", round_, of="participant_id")).order_by()


def coverage(round_: "Round", paths: Iterable[str] | None = None) -> RoundCoverage:
    """Coverage of all units at once, or of those of some subtrees. Four queries whatever the size.

    The database counts the heads of every unit; only the units are added up here. Empty where
    the campaign's pack has no leader reviews, and of no subtree.
    """
    tops = [] if paths is None else list(paths)
    if plan_of(round_.campaign) is None or (paths is not None and not tops):
        return RoundCoverage({}, {})
    # From the top downwards is everybody: asking where each of them belongs would take longest.
    if campaigns.hold_all(tops):
        tops = []
    people = _people_by_unit(round_, tops)
    places = round_.campaign.units.order_by()
    rows = (places.in_subtree(tops) if tops else places).values_list(
        "id",
        "path",
        "sector",
        "is_active",
        "parent_id",
        is_reviewed("unit", round_),
        campaigns.is_exempt("unit", round_, DUTY),
    )
    by_path: dict[str, Counts] = {}
    by_sector: dict[str, Counts] = {}
    for id_, path, sector, is_active, parent_id, is_done, is_exempt in rows:
        is_due = is_active and parent_id is not None
        own = (
            int(is_due),
            int(is_due and is_done),
            int(is_due and is_exempt and not is_done),
            *(heads.get(id_, 0) for heads in people),
        )
        if any(own):
            by_path[path] = own
            by_sector[sector] = added(by_sector.get(sector, NONE), own)
    return RoundCoverage(rolled_up(by_path), by_sector)


def _people_by_unit(round_: "Round", tops: Sequence[str]) -> list[dict[int, int]]:
    """How many people are due, done and exempt in each unit; in those below some tops.

    For the whole tree from what was done, for subtrees from whoever is there.
    """
    if tops:
        due = due_participants(round_).order_by()
        is_done = is_reviewed("participant", round_)
        is_exempt = campaigns.is_exempt("participant", round_, DUTY)
        rows = (
            due.filter(campaigns.under(tops, "unit__path"))
            .values_list("unit_id")
            .annotate(
                due=Count("pk"),
                done=Count("pk", filter=is_done),
                exempt=Count("pk", filter=Q(is_exempt) & ~Q(is_done)),
            )
        )
        found = list(rows)
        return [{row[0]: row[at] for row in found} for at in (1, 2, 3)]
    places: QuerySet[Any] = _done(round_).with_heads().order_by()
    units = list(places.values_list("pk", "heads", "figure"))
    done = Counter({id_: figure for id_, _heads, figure in units})
    again = _amended(round_).values_list("counted_in_id").annotate(n=pairs("participant"))
    done.subtract(dict(again))
    done.update(dict(_done_though_amended(round_).values_list("unit_id").annotate(Count("pk"))))
    exempt = _exempt(round_).values_list("participant__unit_id")
    return [
        {id_: heads for id_, heads, _figure in units},
        done,
        dict(exempt.annotate(Count("participant_id", distinct=True))),
    ]


def _coverage(counts: Counts) -> Coverage:
    units, people = (
        Figures(done, exempt, due - done - exempt) for due, done, exempt in (counts[:3], counts[3:])
    )
    return Coverage(units, people)
