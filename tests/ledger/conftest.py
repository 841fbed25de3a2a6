from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import transaction

from pingyi.ledger.operations import Line, Signature, append_many
from tests.ledger_seal import unseal

BY = Signature(7, "clerk@SFZ")
NOW = datetime(2011, 6, 28, 1, 30, 0, 123456, tzinfo=UTC)


def written(count: int) -> list[int]:
    """Lines about three subjects in turn."""
    with transaction.atomic():
        return append_many(
            [
                Line("test.done", f"thing:{number % 3}", {"number": number}, (), BY, NOW)
                for number in range(count)
            ]
        )


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def ten_lines(db: None) -> list[int]:
    return written(10)


@pytest.fixture
def unsealed(db: None) -> Callable[[], None]:
    """The triggers are off: whoever holds the database's password could do that."""
    unseal()
    return unseal
