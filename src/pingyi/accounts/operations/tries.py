"""Counting failures to sign in. No deed: no line of the ledger."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from pingyi.accounts.models import FailedTries, User
from pingyi.accounts.queries.tries import Wait, failures_of, why_wait
from pingyi.accounts.rules.waits import OF_ADDRESS, OF_NAME, Failures, Pace, one_more

LONGEST_REMEMBERED = timedelta(days=7)


def begin_try(*, key: str, place: str, now: datetime) -> Wait | None:
    """Count the try as failed before it is looked at, unless it has to wait: of many at the same
    moment each is counted.
    """
    while True:
        seen = failures_of(key)
        if (waiting := why_wait(seen, failures_of(place), now)) is not None:
            return waiting
        if _counted(key, seen, OF_NAME, now):
            return None


def count_place(*, place: str, now: datetime) -> None:
    """One failure more from a place."""
    while not _counted(place, failures_of(place), OF_ADDRESS, now):
        pass


def _counted(key: str, seen: Failures, pace: Pace, now: datetime) -> bool:
    """One failure more; False where another try was counted since they were seen."""
    more = one_more(seen, now, pace)
    if seen.last_at is None:
        try:
            with transaction.atomic():
                FailedTries.objects.create(key=key, count=more.count, last_at=now)
        except IntegrityError:
            return False
        return True
    unchanged = FailedTries.objects.filter(key=key, count=seen.count, last_at=seen.last_at)
    return bool(unchanged.update(count=more.count, last_at=more.last_at))


def forget_try(*, key: str) -> None:
    """The try was right."""
    FailedTries.objects.filter(key=key).delete()


def forget_tries(account: User) -> None:
    """Nothing more to wait for: a new password, or first code, was given."""
    FailedTries.objects.filter(key=f"account:{account.pk}").delete()
    FailedTries.objects.filter(key__startswith=f"browser:{account.pk}:").delete()


def forget_old_tries(*, now: datetime) -> None:
    """Failures of which none is left are no longer kept."""
    FailedTries.objects.filter(last_at__lt=now - LONGEST_REMEMBERED).delete()
