"""The only place where time is read. Everything else gets `now` passed in."""

from datetime import date, datetime

from django.utils import timezone


def read_now() -> datetime:
    """The present moment, aware. Called once a request or command, by the outermost layer."""
    return timezone.now()


def day_of(now: datetime) -> date:
    """The calendar day of `now` in the program's time zone; a deadline is the whole of its day."""
    return timezone.localdate(now)
