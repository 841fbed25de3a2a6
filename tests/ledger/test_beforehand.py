"""What is read before a deed lets others wait is used in it only where nothing was done since."""

from django.db import transaction

from pingyi.ledger.operations import Beforehand, lines_last
from tests.ledger.conftest import written


class Reading:
    """Counts how often it is read."""

    times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


def test_it_is_read_once_where_nothing_was_done_since(db: None) -> None:
    written(1)
    found = Beforehand(Reading())
    with transaction.atomic():
        assert (found.now(), found.now()) == (1, 1)


def test_it_is_read_again_after_a_deed(db: None) -> None:
    found = Beforehand(Reading())
    written(1)
    assert found.now() == 2


def test_a_deed_done_while_it_is_being_read_counts_as_done_since(db: None) -> None:
    reading = Reading()

    def slowly() -> int:
        first = reading()
        written(1)
        return first

    assert Beforehand(slowly).now() == 2


def test_lines_that_wait_for_the_end_of_the_deed_itself_do_not_count(db: None) -> None:
    with transaction.atomic(), lines_last():
        written(1)
        assert Beforehand(Reading()).now() == 1
