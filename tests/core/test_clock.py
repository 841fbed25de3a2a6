"""Days: what is late, what is due soon."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from pingyi.core.clock import day_of, due_state

TODAY = date(2011, 6, 20)


@pytest.mark.parametrize(
    ("days", "state"), [(-1, "late"), (0, "soon"), (7, "soon"), (8, "todo"), (400, "todo")]
)
def test_the_day_it_is_due_still_counts_whole(days: int, state: str) -> None:
    assert due_state(TODAY + timedelta(days=days), TODAY) == state


def test_a_day_begins_at_midnight_of_the_place() -> None:
    assert day_of(datetime(2011, 6, 20, 15, 59, tzinfo=UTC)) == date(2011, 6, 20)
    assert day_of(datetime(2011, 6, 20, 16, 0, tzinfo=UTC)) == date(2011, 6, 21)


@pytest.mark.parametrize("moment", [None, datetime(2011, 6, 20, 15, 59)])
def test_a_moment_left_out_is_never_taken_for_the_present_one(moment: Any) -> None:
    with pytest.raises((AttributeError, ValueError)):
        day_of(moment)
