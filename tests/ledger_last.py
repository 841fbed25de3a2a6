"""Whoever takes the head of the ledger keeps all other writers waiting: it is the last that a deed
does. And deeds lock rows in one order, so that no two wait for each other.

Watched in every test whose transaction is its own: once a deed has taken the head, it asks and
writes nothing but lines of the ledger until it ends. What it locks before that stands in the order
of `ORDER` (only PostgreSQL says so).
"""

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from pingyi.ledger.queries.rows import rows_now

HEAD = "ledger_head"
LOCKED = re.compile(r'FROM "(\w+)".* FOR (?:NO KEY UPDATE|SHARE)', re.DOTALL)
WRITTEN = 'INSERT INTO "ledger_entry"'
OF_THE_LEDGER = ('"ledger_', "SAVEPOINT")
# What a deed locks first stands first; tables that are not named are locked by one kind of deed.
ORDER = [
    "rosters_rosterimport",
    "organizations_person",
    "organizations_organization",
    "campaigns_campaign",
    "campaigns_round",
    "reviews_meeting",
    "reviews_review",
    "appraisals_appraisal",
    "appraisals_count",
    "appraisals_flag",
    "campaigns_participant",
    "campaigns_unit",
    HEAD,
]


class Watch:
    """Sees every statement; notes what comes after the head was taken, and locks out of order."""

    def __init__(self) -> None:
        self.deed: str | None = None
        self.locked: list[str] = []
        self.late: list[str] = []
        self.crossed: list[str] = []
        # While the ledger reads again what its lines vouch for: behind the head, as it is then.
        self.vouching = False

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        deed = deed_at_work()
        if deed != self.deed:
            self.deed, self.locked = deed, []
        if deed is not None:
            self._see(sql)
        return execute(sql, params, many, context)

    def forget(self) -> None:
        """For what nobody else is there to wait for."""
        self.late.clear()
        self.crossed.clear()

    def _see(self, sql: str) -> None:
        if self.vouching:
            return
        if HEAD in self.locked and not any(word in sql for word in OF_THE_LEDGER):
            self.late.append(sql[:200])
        found = LOCKED.search(sql)
        table = HEAD if WRITTEN in sql else found[1] if found else ""
        if table not in ORDER or table in self.locked:
            return
        if any(ORDER.index(table) < ORDER.index(other) for other in self.locked):
            self.crossed.append(f"{table} after {', '.join(self.locked)}")
        self.locked.append(table)


def deed_at_work() -> str | None:
    """The savepoint with which the outermost deed began within the transaction of the test."""
    blocks = connection.atomic_blocks
    of_the_test = sum(block._from_testcase for block in blocks)
    if not of_the_test or len(blocks) == of_the_test:
        return None
    return connection.savepoint_ids[of_the_test - 1]


@pytest.fixture
def watch() -> Iterator[Watch]:
    watch = Watch()

    def vouched(lines: Any) -> Any:
        watch.vouching = True
        try:
            return rows_now(lines)
        finally:
            watch.vouching = False

    # The function of that name hides the module.
    module = import_module("pingyi.ledger.operations.append")
    # Not the fixture of the test, which may undo all that was patched with it.
    with pytest.MonkeyPatch.context() as patch, connection.execute_wrapper(watch):
        patch.setattr(module, "rows_now", vouched)
        yield watch


@pytest.fixture(autouse=True)
def _the_head_of_the_ledger_is_taken_last(watch: Watch) -> Iterator[None]:
    yield
    assert not watch.late, "after the head of the ledger was taken:\n" + "\n".join(watch.late)
    assert not watch.crossed, "locked out of order:\n" + "\n".join(watch.crossed)
