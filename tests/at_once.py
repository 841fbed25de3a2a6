"""Two people do something at the same moment, on two connections to the database."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from pingyi.core.refusals import Refusal

Deed = Callable[[], Any]
AtOnce = Callable[[Deed, Deed], Any]
Beside = Callable[[Deed, Deed], Any]


@pytest.fixture
def at_once(transactional_db: None, django_db_serialized_rollback: None) -> AtOnce:
    """The second deed begins while the first one is done but not yet committed.

    The first one is committed as soon as the second one waits for it, or has ended without
    waiting. Gives what the second one gives, or raises what it raises.
    """
    return two_at_once


@pytest.fixture
def beside(transactional_db: None, django_db_serialized_rollback: None) -> Beside:
    """The second deed is done while the first one is not yet committed, and does not wait for it.

    A whole deed ends with the ledger, where the next one waits: the first is what comes before.
    """
    return partial(two_at_once, may_wait=False)


def two_at_once(
    first: Deed, second: Deed, *, may_wait: bool = True, using: str = DEFAULT_DB_ALIAS
) -> Any:
    """What the fixtures `at_once` and `beside` do."""
    # A thread has a connection of its own.
    with ThreadPoolExecutor(max_workers=1) as thread:
        process = thread.submit(answer_to, "SELECT pg_backend_pid()", using).result()
        try:
            with transaction.atomic(using=using):
                first()
                answer = thread.submit(second)
                while not answer.done() and not waits_for_us(process, using):
                    time.sleep(0.01)
                has_waited = not answer.done()
            assert may_wait or not has_waited, "the second one waits for the first"
            return answer.result()
        finally:
            thread.submit(connections.close_all).result()


def waits_for_us(process: int, using: str) -> bool:
    """Whether that process of the database waits for a lock of this connection."""
    return bool(answer_to(f"SELECT pg_backend_pid() = ANY(pg_blocking_pids({process}))", using))


def answer_to(question: str, using: str) -> Any:
    """One value."""
    with connections[using].cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def refused(code: str) -> Any:
    """The second deed is refused with this code."""
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)
