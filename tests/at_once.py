"""Two people do something at the same moment, on two connections to the database."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from pingyi.core.refusals import Refusal

Deed = Callable[[], Any]
AtOnce = Callable[[Deed, Deed], Any]


@pytest.fixture
def at_once(transactional_db: None, django_db_serialized_rollback: None) -> AtOnce:
    """The second deed begins while the first one is done but not yet committed.

    The first one is committed as soon as the second one waits for it, or has ended without
    waiting. Gives what the second one gives, or raises what it raises.
    """

    def done(first: Deed, second: Deed) -> Any:
        process: Future[int] = Future()
        with ThreadPoolExecutor(1) as other:
            with transaction.atomic():
                first()
                answer = other.submit(_on_its_own_connection, second, process)
                while not answer.done() and not _waits_for_us(process.result()):
                    time.sleep(0.01)
            return answer.result()

    return done


def _on_its_own_connection(deed: Deed, process: "Future[int]") -> Any:
    """In a thread, which has a connection of its own."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            process.set_result(cursor.fetchone()[0])
        return deed()
    finally:
        connection.close()


def _waits_for_us(process: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid() = ANY(pg_blocking_pids(%s))", [process])
        return bool(cursor.fetchone()[0])


def refused(code: str) -> Any:
    """The second deed is refused with this code."""
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)
