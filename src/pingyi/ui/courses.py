"""Work day by day against its deadline, as the chart of kind "course" draws it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Line:
    """One kind of work: of so many, how many were done by the evening of each day."""

    name: str
    owed: int
    so_far: Mapping[date, int]


def course_chart(lines: Sequence[Line], due_on: date, today: date) -> dict[str, Any] | None:
    """The lines in percent of what is owed, with the deadline and today; None before any day."""
    drawn = [line for line in lines if line.owed and line.so_far]
    if not drawn:
        return None
    first = min(min(line.so_far) for line in drawn)
    last = max(due_on, *(max(line.so_far) for line in drawn))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    marks = [(due_on, _("Deadline")), (today, _("Today"))]
    return {
        "kind": "course",
        "categories": [f"{day.month}-{day.day}" for day in days],
        # Drawn only; never rounded up to all of them.
        "series": [{"name": line.name, "values": _tenths(line, days)} for line in drawn],
        "marks": [{"at": days.index(day), "label": word} for day, word in marks if day in days],
    }


def _tenths(line: Line, days: Sequence[date]) -> list[float | None]:
    found = {day: number * 1000 // line.owed / 10 for day, number in line.so_far.items()}
    return [found.get(day) for day in days]
