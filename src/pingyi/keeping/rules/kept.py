"""When the daily backup is due, which backups are kept, and when the last one is too old."""

from collections.abc import Callable, Hashable, Iterable
from datetime import date, datetime, timedelta

# Files by the hour of the day: at night, when nobody waits.
AT_HOUR = 3
DAYS, WEEKS, MONTHS = 7, 4, 12
TOO_OLD = timedelta(days=2)
# What could not be backed up is tried again.
AGAIN_AFTER = timedelta(hours=1)


def latest_hour(now: datetime) -> datetime:
    """The last time that it was the hour of the daily backup; `now` in the zone of the clock."""
    today = now.replace(hour=AT_HOUR, minute=0, second=0, microsecond=0)
    return today if today <= now else today - timedelta(days=1)


def is_due(now: datetime, last: datetime, tried: datetime | None) -> bool:
    """Whether the hour has come since the last one, and nobody has just tried in vain."""
    return last < latest_hour(now) and (tried is None or tried <= now - AGAIN_AFTER)


def is_too_old(last_on: date, today: date) -> bool:
    """Whether more would be lost than anybody should have to do again."""
    return today - last_on > TOO_OLD


def kept(moments: Iterable[datetime]) -> set[datetime]:
    """Which are kept: the last of each of the last days, weeks and months that have any."""
    latest_first = sorted(moments, reverse=True)
    periods: list[tuple[int, Callable[[datetime], Hashable]]] = [
        (DAYS, lambda at: at.date()),
        (WEEKS, lambda at: at.isocalendar()[:2]),
        (MONTHS, lambda at: (at.year, at.month)),
    ]
    found: set[datetime] = set()
    for most, period in periods:
        last: dict[Hashable, datetime] = {}
        for at in latest_first:
            last.setdefault(period(at), at)
        found |= set(list(last.values())[:most])
    return found
