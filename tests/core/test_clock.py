"""Days: what is late, what is due soon."""

from datetime import date, timedelta

import pytest

from pingyi.core.clock import due_state

TODAY = date(2011, 6, 20)


@pytest.mark.parametrize(
    ("days", "state"), [(-1, "late"), (0, "soon"), (7, "soon"), (8, "todo"), (400, "todo")]
)
def test_the_day_it_is_due_still_counts_whole(days: int, state: str) -> None:
    assert due_state(TODAY + timedelta(days=days), TODAY) == state
