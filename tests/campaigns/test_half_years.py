"""What a pack of an earlier year proposes falls into the half-year in which it is opened."""

from datetime import date

import pytest

from pingyi.campaigns.rules.half_years import half_years_until, is_long_before, later


@pytest.mark.parametrize(
    ("day", "half_years", "expected"),
    [
        (date(2011, 6, 16), 0, date(2011, 6, 16)),
        (date(2011, 6, 16), 1, date(2011, 12, 16)),
        (date(2011, 12, 31), 1, date(2012, 6, 30)),
        (date(2011, 8, 31), 1, date(2012, 2, 29)),
        (date(2011, 6, 30), 31, date(2026, 12, 30)),
    ],
)
def test_a_day_so_many_half_years_later(day: date, half_years: int, expected: date) -> None:
    assert later(day, half_years) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2010, 1, 1), 0),
        (date(2011, 6, 30), 0),
        (date(2011, 7, 1), 1),
        (date(2026, 11, 30), 31),
    ],
)
def test_a_round_is_moved_until_it_has_not_ended(today: date, expected: int) -> None:
    assert half_years_until(date(2011, 6, 30), today) == expected


def test_a_freeze_over_half_a_year_before_is_long_before() -> None:
    assert not is_long_before(date(2011, 1, 1), date(2011, 7, 3))
    assert is_long_before(date(2011, 1, 1), date(2011, 7, 4))
