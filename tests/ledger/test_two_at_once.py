"""Two writers of the ledger stand in a queue."""

import pytest

from pingyi.ledger.queries import verification
from tests.at_once import AtOnce
from tests.ledger.conftest import written


@pytest.mark.lock("append.append_many")
def test_the_second_writer_goes_on_where_the_first_one_ended(at_once: AtOnce) -> None:
    written(1)
    assert at_once(lambda: written(2), lambda: written(2)) == [3, 4]
    assert verification.verify().is_whole
