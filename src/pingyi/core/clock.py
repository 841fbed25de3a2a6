"""The only place where time is read. Everything else gets `now` passed in."""

from datetime import date, datetime, timedelta
from typing import Literal

from django.utils import timezone

# Kinds of a state badge.
DueState = Literal["late", "soon", "todo"]
SOON = timedelta(days=7)


def read_now() -> datetime:
    """The present moment, aware. Called once a request or command, by the outermost layer."""
    return timezone.now()


def day_of(now: datetime) -> date:
    """The calendar day of `now` in the program's time zone; a deadline is the whole of its day."""
    return timezone.make_naive(now).date()


def due_state(due_on: date, today: date) -> DueState:
    """Whether what is due on a day is late, due soon or still to do (kinds of a state badge)."""
    if today > due_on:
        return "late"
    return "soon" if due_on - today <= SOON else "todo"
