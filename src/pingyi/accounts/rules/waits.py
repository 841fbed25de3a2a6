"""How long whoever failed to sign in waits before the next try.

A few failures cost nothing, each further one doubles the wait, up to half an hour: it ends by
itself, and a try meanwhile is neither looked at nor counted. Failures are forgotten one by one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

NONE = timedelta(0)


@dataclass(frozen=True, slots=True)
class Pace:
    """How many failures are free, the wait after the next one and the longest, and after which
    time without a failure one is forgotten.
    """

    free: int
    first: timedelta
    longest: timedelta
    forgets_one_in: timedelta


HALF_AN_HOUR = timedelta(minutes=30)
OF_NAME = Pace(4, timedelta(seconds=30), HALF_AN_HOUR, timedelta(hours=1))
"""For one account: from the fifth failure on, in the end some fifty guesses a day."""
OF_ADDRESS = Pace(29, timedelta(seconds=30), HALF_AN_HOUR, timedelta(minutes=2))
"""For one address, behind which a whole office may sit: many names are tried from there."""


@dataclass(frozen=True, slots=True)
class Failures:
    """How many there were without a success, and when the last one was."""

    count: int = 0
    last_at: datetime | None = None


def left(failures: Failures, now: datetime, pace: Pace) -> int:
    """Those that are not forgotten yet."""
    if failures.last_at is None:
        return 0
    forgotten = (now - failures.last_at) // pace.forgets_one_in
    return max(0, failures.count - max(0, forgotten))


def one_more(failures: Failures, now: datetime, pace: Pace) -> Failures:
    """After another one."""
    return Failures(left(failures, now, pace) + 1, now)


def wait(failures: Failures, now: datetime, pace: Pace) -> timedelta:
    """How long the next try still has to wait; nothing where it may begin."""
    if failures.last_at is None or failures.count <= pace.free:
        return NONE
    # Doubled no further than a number of Python's calendar can hold.
    doublings = min(failures.count - pace.free - 1, 20)
    whole = min(pace.first * (1 << doublings), pace.longest)
    return max(NONE, failures.last_at + whole - now)
