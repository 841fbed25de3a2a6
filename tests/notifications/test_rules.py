"""Quiet hours and pauses."""

from datetime import datetime, time

import pytest

from pingyi.notifications.rules.hours import QuietHours
from pingyi.notifications.rules.trying import PAUSES, is_permanent, pause_after

NIGHT = QuietHours(time(21), time(7, 30))


@pytest.mark.parametrize(
    ("hours", "at", "begins"),
    [
        (NIGHT, "2011-06-20 20:59", "2011-06-20 20:59"),
        (NIGHT, "2011-06-20 21:00", "2011-06-21 07:30"),
        (NIGHT, "2011-06-21 07:29", "2011-06-21 07:30"),
        (NIGHT, "2011-06-21 07:30", "2011-06-21 07:30"),
        (QuietHours(time(12), time(14)), "2011-06-20 13:00", "2011-06-20 14:00"),
        (QuietHours(time(12), time(14)), "2011-06-20 14:00", "2011-06-20 14:00"),
        (QuietHours(time(0), time(0)), "2011-06-20 00:00", "2011-06-20 00:00"),
    ],
)
def test_nothing_is_sent_before_the_quiet_hours_are_over(
    hours: QuietHours, at: str, begins: str
) -> None:
    assert hours.over(datetime.fromisoformat(at)) == datetime.fromisoformat(begins)


def test_pauses_grow_and_end() -> None:
    assert list(PAUSES) == sorted(set(PAUSES))
    assert [pause_after(n) for n in range(1, len(PAUSES) + 2)] == [*PAUSES, None]


def test_only_a_no_for_good_of_everybody_is_one() -> None:
    assert is_permanent([550, 554])
    assert not is_permanent([550, 451])
    assert not is_permanent([])
