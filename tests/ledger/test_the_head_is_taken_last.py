"""The head of the ledger is the last lock of a deed (tests/ledger_last.py watches all of them)."""

import pytest
from django.db import transaction

from pingyi.accounts.models import User
from pingyi.ledger.models import Entry
from pingyi.ledger.operations import lines_last
from pingyi.ledger.queries.verification import verify
from tests.ledger.conftest import written
from tests.ledger_last import Watch


def test_what_is_asked_after_a_line_is_seen(db: None, watch: Watch) -> None:
    with transaction.atomic():
        written(1)
        User.objects.exists()
    assert len(watch.late) == 1
    watch.forget()


def test_a_deed_after_another_one_is_not_blamed_for_it(db: None, watch: Watch) -> None:
    for _ in range(2):
        with transaction.atomic():
            User.objects.exists()
            written(1)
    User.objects.exists()
    assert not watch.late


def test_what_is_locked_out_of_order_is_seen(db: None, watch: Watch) -> None:
    for table in ("campaigns_round", "reviews_review", "campaigns_campaign"):
        watch._see(f'SELECT 1 FROM "{table}" FOR SHARE')
    assert watch.crossed == ["campaigns_campaign after campaigns_round, reviews_review"]
    watch.forget()


def test_lines_of_a_deed_made_of_others_are_written_in_their_order_at_its_end(
    db: None, watch: Watch
) -> None:
    with transaction.atomic(), lines_last():
        written(2)
        with lines_last():
            written(1)
        assert not Entry.objects.exists()
        User.objects.exists()
    assert Entry.objects.count() == 3
    assert verify().is_whole
    assert not watch.late


@transaction.atomic
@lines_last()
def failing_halfway() -> None:
    written(1)
    raise ValueError("halfway")


def test_a_deed_that_fails_leaves_no_line_to_the_next_one(db: None) -> None:
    with pytest.raises(ValueError, match="halfway"):
        failing_halfway()
    written(1)
    assert Entry.objects.count() == 1
