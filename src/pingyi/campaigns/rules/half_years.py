"""The days that a pack proposes, in the half-year in which a campaign is opened."""

import calendar
from datetime import date

MONTHS = 6
# A universe frozen longer before the first round lists people who have left since.
LONG_BEFORE = 183


def later(day: date, half_years: int) -> date:
    """The same day so many half-years later; the last day of a shorter month."""
    months = day.year * 12 + day.month - 1 + half_years * MONTHS
    year, month = divmod(months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def half_years_until(closes_on: date, today: date) -> int:
    """By how many half-years a round is moved so that it has not ended yet; never backwards."""
    moved = 0
    while later(closes_on, moved) < today:
        moved += 1
    return moved


def is_long_before(cut_off_on: date, opens_on: date) -> bool:
    """Whether a universe is frozen over half a year before its first round begins."""
    return (opens_on - cut_off_on).days > LONG_BEFORE
