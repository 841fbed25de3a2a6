"""How many of the owed tables were submitted and accepted by each day (N12)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import TruncDate

from pingyi.campaigns.queries import pack_of
from pingyi.returns.enums import ReturnState
from pingyi.returns.models import Return, Version
from pingyi.returns.queries.returns import due_on

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round
    from pingyi.campaigns.models.universe import UnitQuerySet

# So long after the deadline, or after the last that was done, an idle course goes on.
IDLE = timedelta(days=14)


@dataclass(frozen=True)
class Day:
    """What came for the first time on a day, and by its evening; what was owed then."""

    on: date
    submitted: int
    accepted: int
    submitted_so_far: int
    accepted_so_far: int
    missing: int


@dataclass(frozen=True)
class Course:
    """The tables that some units owe, waived ones left out; the days until today."""

    owed: int
    due_on: date
    days: list[Day]

    @property
    def busy(self) -> list[Day]:
        """The days on which something came."""
        return [day for day in self.days if day.submitted or day.accepted]


def course_of(round_: "Round", units: "UnitQuerySet", today: date) -> Course | None:
    """The course of the tables of these reporting units; None where they have no deadline.

    Each table counts on the day on which it was sent, and accepted, for the first time: what comes
    later changes no day before.
    """
    first_unit = units.first()
    due = due_on(round_, first_unit) if first_unit is not None else None
    if due is None:
        return None
    rows = Return.objects.filter(round=round_, unit__in=units)
    waived = rows.filter(state=ReturnState.WAIVED).count()
    owed = units.count() * len(pack_of(round_.campaign).tables) - waived
    asked = rows.exclude(state=ReturnState.WAIVED).order_by()
    sent, accepted = _sent(asked), _accepted(asked)
    return Course(owed, due, _days(round_, due, today, owed, sent, accepted))


def _sent(rows: QuerySet[Return]) -> Counter[date]:
    by_day = rows.filter(first_sent_on__isnull=False).values_list("first_sent_on")
    return Counter(dict(by_day.annotate(n=Count("pk"))))


def _accepted(rows: QuerySet[Return]) -> Counter[date]:
    """Of each the first that was accepted: an amendment is not another one."""
    answered = Version.objects.filter(answer=ReturnState.ACCEPTED)
    earlier = answered.filter(of_return=OuterRef("of_return"), number__lt=OuterRef("number"))
    first = answered.filter(~Exists(earlier), of_return__in=rows.filter(accepted__isnull=False))
    by_day = first.order_by().values_list(TruncDate("answered_at"))
    return Counter(dict(by_day.annotate(n=Count("pk"))))


def _days(
    round_: "Round", due: date, today: date, owed: int,
    sent: Counter[date], accepted: Counter[date],
) -> list[Day]:  # fmt: skip
    """Every day from the beginning of the round, or of the work where that is earlier."""
    first = min([round_.opens_on, *sent, *accepted])
    busy = max([due, *sent, *accepted])
    last = max([min(today, busy + IDLE), *sent, *accepted])
    days, submitted, done = [], 0, 0
    for number in range((last - first).days + 1):
        on = first + timedelta(days=number)
        submitted, done = submitted + sent[on], done + accepted[on]
        days.append(Day(on, sent[on], accepted[on], submitted, done, owed - submitted))
    return days
