"""The whole at a glance: the units in sight as a map, and the course of coverage by day.

For people who would rather look than read: what is still owed and how late, never a score.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from pingyi.accounts.enums import Right
from pingyi.appraisals import queries as appraisals
from pingyi.campaigns.queries import pack_of, scopes
from pingyi.core.clock import due_state
from pingyi.organizations.enums import Level
from pingyi.reviews import queries as reviews

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round, Unit

# Fields of the map; the others are on the page of supervision, which has pages.
MOST = 600


@dataclass(frozen=True, slots=True)
class Owing:
    """What a unit with all below it owes in a round: reviews, and appraisals to be counted."""

    reviews: int
    reviews_done: int
    appraisals: int
    appraisals_done: int
    exempt: int = 0

    @property
    def is_done(self) -> bool:
        """Whether nothing is owed."""
        return not (self.reviews or self.appraisals)

    @property
    def stage(self) -> str:
        """Whether all is done, some of it (begun) or nothing (untouched); exempt where nothing
        is owed and nothing was done.
        """
        some = bool(self.reviews_done or self.appraisals_done)
        if self.is_done:
            return "exempt" if self.exempt and not some else "done"
        return "begun" if some else "untouched"


@dataclass(frozen=True, slots=True)
class Field:
    """A unit on the map. `state` is a kind of a state badge; `days_late` is 0 unless it is late."""

    unit: "Unit"
    owing: Owing
    state: str
    days_late: int


@dataclass(frozen=True, slots=True)
class Group:
    """Fields of one level below one unit; the unit itself where nothing lies below."""

    top: "Unit"
    level: str
    fields: list[Field]


@dataclass(frozen=True, slots=True)
class Day:
    """What was done on a day and since the beginning, and what was still owed in the evening."""

    on: date
    done: int
    so_far: int
    missing: int


@dataclass(frozen=True, slots=True)
class Course:
    """One kind of work day by day, of so many that are owed; the days until today."""

    owed: int
    days: list[Day]

    @property
    def busy(self) -> list[Day]:
        """The days on which something was done."""
        return [day for day in self.days if day.done]


@dataclass(frozen=True, slots=True)
class Glance:
    """Map and course of a round, for somebody who supervises."""

    groups: list[Group]
    # Units that found no room on the map.
    beyond: int
    reviews: Course | None
    appraisals: Course | None

    @property
    def fields(self) -> Iterator[Field]:
        """Every field of the map."""
        return (field for group in self.groups for field in group.fields)


def glance(actor: "User", round_: "Round", today: date) -> Glance:
    """The units directly below those that the actor supervises, each with all that lies below."""
    tops = _tops(actor, round_)
    shown: list[tuple[Unit, list[Unit]]] = []
    beyond = 0
    for top in tops:
        below = list(top.children.active().order_by("path"))
        room = max(0, MOST - sum(len(units) for _top, units in shown))
        beyond += max(0, len(below) - room)
        shown.append((top, below[:room] or ([] if below else [top])))
    owing = _owing(round_, [*tops, *(unit for _top, units in shown for unit in units)])
    groups = [
        Group(
            top,
            str(Level(level).label),
            [_field(unit, owing[unit.pk], round_, today) for unit in units],
        )
        for top, below in shown
        for level, units in groupby(sorted(below, key=_by_level), key=lambda unit: unit.level)
    ]
    return Glance(groups, beyond, *_courses(round_, tops, [owing[top.pk] for top in tops], today))


def _tops(actor: "User", round_: "Round") -> "list[Unit]":
    """The units from which the actor supervises, none below another."""
    found: list[Unit] = []
    for scope in scopes(actor, round_.campaign):
        inside = scope.path.startswith(tuple(top.path for top in found))
        if scope.role in Right.SUPERVISE.roles and not inside:
            found.append(scope.unit)
    return found


def _by_level(unit: "Unit") -> tuple[int, str]:
    """Townships first, as a county thinks of itself; then in the order of the tree."""
    order = [Level.TOWNSHIP, Level.COUNTY_UNIT]
    return (order.index(Level(unit.level)) if unit.level in order else len(order), unit.level)


def _owing(round_: "Round", units: "Collection[Unit]") -> dict[int, Owing]:
    pack = pack_of(round_.campaign)
    coverage = reviews.coverage_of(round_, units)
    progress = appraisals.progress_below(round_, units) if pack.appraisal else {}
    none = appraisals.ProgressBelow()
    found = {}
    for unit in units:
        of_units, of_people = coverage[unit.pk].units, coverage[unit.pk].people
        counted = progress.get(unit.pk, none)
        found[unit.pk] = Owing(
            of_units.missing + of_people.missing,
            of_units.done + of_people.done,
            counted.missing,
            counted.counted,
            of_units.exempt + of_people.exempt + counted.exempt,
        )
    return found


def _field(unit: "Unit", owing: Owing, round_: "Round", today: date) -> Field:
    state = owing.stage if owing.is_done else due_state(round_.closes_on, today)
    days_late = (today - round_.closes_on).days if state == "late" else 0
    return Field(unit, owing, state, days_late)


def _courses(
    round_: "Round", tops: "Sequence[Unit]", owing: Sequence[Owing], today: date
) -> tuple[Course | None, Course | None]:
    """The course of reviews, and of appraisals counted; nothing of what the pack does not ask."""
    pack, paths = pack_of(round_.campaign), [top.path for top in tops]
    until = min(today, round_.closes_on) if all(each.is_done for each in owing) else today
    of_reviews = of_appraisals = None
    if pack.review is not None:
        owed = sum(each.reviews + each.reviews_done for each in owing)
        days = _days(reviews.course_of(round_, paths), owed, round_, until)
        of_reviews = Course(owed, days)
    if pack.appraisal is not None:
        owed = sum(each.appraisals + each.appraisals_done for each in owing)
        days = _days(appraisals.course_of(round_, paths), owed, round_, until)
        of_appraisals = Course(owed, days)
    return of_reviews, of_appraisals


def _days(heads: Counter[date], owed: int, round_: "Round", until: date) -> list[Day]:
    """Every day from the beginning of the round, or of the work where that is earlier; none yet
    where neither has come.
    """
    first = min([round_.opens_on, *heads])
    last = max([until, *heads])
    days, so_far = [], 0
    for number in range((last - first).days + 1):
        on = first + timedelta(days=number)
        so_far += heads[on]
        days.append(Day(on, heads[on], so_far, owed - so_far))
    return days
