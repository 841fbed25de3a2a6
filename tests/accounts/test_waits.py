"""How long whoever failed to sign in waits."""

from datetime import datetime, timedelta

import pytest

from pingyi.accounts.rules.waits import (
    NONE,
    OF_ADDRESS,
    OF_NAME,
    Failures,
    Pace,
    left,
    one_more,
    wait,
)
from tests.cast import NOW

SECOND = timedelta(seconds=1)


def failed(times: int, pace: Pace = OF_NAME, at: datetime = NOW) -> Failures:
    found = Failures()
    for _time in range(times):
        found = one_more(found, at, pace)
    return found


@pytest.mark.parametrize(
    ("times", "seconds"),
    [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (8, 240), (9, 480), (10, 960), (11, 1800)],
)
def test_the_wait_grows_after_a_few_failures(times: int, seconds: int) -> None:
    assert wait(failed(times), NOW, OF_NAME) == timedelta(seconds=seconds)


@pytest.mark.parametrize("times", [12, 40, 5000])
def test_the_wait_ends_by_itself_however_many_failed(times: int) -> None:
    failures = Failures(times, NOW)
    assert wait(failures, NOW, OF_NAME) == timedelta(minutes=30)
    assert wait(failures, NOW + timedelta(minutes=30) - SECOND, OF_NAME) == SECOND
    assert wait(failures, NOW + timedelta(minutes=30), OF_NAME) == NONE
    assert wait(failures, NOW + timedelta(minutes=31), OF_NAME) == NONE


def test_failures_are_forgotten_one_by_one() -> None:
    failures = failed(6)
    hour = timedelta(hours=1)
    counts = [left(failures, NOW + hour * n, OF_NAME) for n in range(8)]
    assert counts == [6, 5, 4, 3, 2, 1, 0, 0]
    assert left(failures, NOW + hour - SECOND, OF_NAME) == 6
    assert one_more(failures, NOW + hour * 2, OF_NAME) == Failures(5, NOW + hour * 2)


def test_a_clock_that_was_set_back_forgets_nothing() -> None:
    assert left(failed(6), NOW - timedelta(days=1), OF_NAME) == 6


def test_nothing_failed_yet() -> None:
    assert left(Failures(), NOW, OF_NAME) == 0
    assert wait(Failures(3), NOW, OF_NAME) == NONE


def test_an_address_has_room_for_an_office_that_signs_in_in_the_morning() -> None:
    assert wait(failed(29, OF_ADDRESS), NOW, OF_ADDRESS) == NONE
    assert wait(failed(30, OF_ADDRESS), NOW, OF_ADDRESS) == timedelta(seconds=30)
    assert left(failed(30, OF_ADDRESS), NOW + timedelta(minutes=58), OF_ADDRESS) == 1


def test_somebody_who_guesses_all_day_gets_few_tries() -> None:
    """As fast as the wait allows, for a day."""
    failures, now, tries = Failures(), NOW, 0
    while now < NOW + timedelta(days=1):
        failures = one_more(failures, now, OF_NAME)
        now += max(SECOND, wait(failures, now, OF_NAME))
        tries += 1
    assert tries <= 60
