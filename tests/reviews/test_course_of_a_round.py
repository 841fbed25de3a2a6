"""How many heads were reviewed for the first time on each day."""

from datetime import date

import pytest

from pingyi.reviews.operations.consequences import withdraw_review
from pingyi.reviews.queries.course import course_of

FIRST, LAST = date(2011, 5, 31), date(2011, 6, 1)


@pytest.mark.parametrize("top", ["X", "T1"])
def test_whoever_is_reviewed_again_counts_on_the_first_day(top, first_round, record, units, now):
    record("village_secretary", "village_member", held_on=FIRST)
    record("village_secretary", "village_member", 1, held_on=LAST)
    record("village_secretary", "village_probationer", 2, held_on=LAST)
    record("t1_leader", "T1-1", held_on=FIRST, accept_signs=True)
    record("t1_leader", "T1-1", 1, held_on=LAST, accept_signs=True)
    found = course_of(first_round, [units[top].path])
    assert found == {FIRST: 2, LAST: 1}
    assert course_of(first_round, [units["T2"].path]) == {}
    assert course_of(first_round, []) == {}


@pytest.mark.parametrize("top", ["X", "T1"])
def test_a_withdrawn_review_gives_its_day_to_the_next_one(top, first_round, record, units, now):
    first = record("village_secretary", "village_member", held_on=FIRST)
    record("village_secretary", "village_member", 1, held_on=LAST)
    withdraw_review(review=first, reason="写错对象", by=None, now=now)
    assert course_of(first_round, [units[top].path]) == {LAST: 1}
