"""On which days somebody is reminded."""

from datetime import date

# So many days before; then on the day, and every day it is late.
DAYS_BEFORE = frozenset({7, 3, 1})


def is_reminded(due_on: date, today: date) -> bool:
    """Whether somebody who owes something by a day is reminded of it today."""
    left = (due_on - today).days
    return left <= 0 or left in DAYS_BEFORE
