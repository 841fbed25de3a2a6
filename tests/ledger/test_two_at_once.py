"""Two writers of the ledger stand in a queue."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from pingyi.accounts.operations import create_account
from pingyi.ledger.queries import size, verification
from tests.at_once import AtOnce
from tests.cast import PASSWORD
from tests.ledger.conftest import NOW, written


@pytest.mark.lock("append.append_many")
def test_the_second_writer_goes_on_where_the_first_one_ended(at_once: AtOnce) -> None:
    written(1)
    assert at_once(lambda: written(2), lambda: written(2)) == [3, 4]
    assert verification.verify().is_whole


@pytest.mark.lock
def test_a_ledger_is_verified_as_it_stands_at_one_moment(
    transactional_db: None, django_db_serialized_rollback: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An account is made after the lines were read and before the rows are."""
    compared = verification._compared

    def made_meanwhile(reading: Any) -> Any:
        with ThreadPoolExecutor(max_workers=1) as thread:
            thread.submit(make_an_account).result()
            thread.submit(connections.close_all).result()
        return compared(reading)

    monkeypatch.setattr(verification, "_compared", made_meanwhile)
    found = verification.verify()
    monkeypatch.undo()
    assert (found.is_whole, found.rows) == (True, 0)
    assert (verification.verify().rows, size()) == (1, 1)


def make_an_account() -> None:
    create_account(username="u", name="甲", password=PASSWORD, by=None, now=NOW)
