"""Which tables a request has changed: every row of the database is compared, before and after."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.db import connection
from django.http import HttpResponse

# Tables that a page may write without being asked to, and why.
WRITTEN_BY_LOOKING = {
    "django_session": "who is signed in; noted once a minute at most",
    "accounts_access": "who took which file away is noted",
}
NO_DEED = 400


Rows = list[tuple[Any, ...]]
# What the transaction of the test has written into each table, taken back or not.
WRITTEN = """
    SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables
        WHERE schemaname = current_schema()
"""


@cache
def tables() -> list[str]:
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


def rows_of(names: list[str]) -> dict[str, Rows]:
    """Every row of these tables."""
    found = {}
    with connection.cursor() as cursor:
        for table in names:
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = cursor.fetchall()
    return found


def are_others(before: Rows, after: Rows) -> bool:
    """In whatever order they come."""
    return before != after and sorted(map(repr, before)) != sorted(map(repr, after))


class Watch:
    """Knows every row as it was when it was last asked."""

    def __init__(self) -> None:
        self._rows, self._writes = rows_of(tables()), self._written()

    @staticmethod
    def _written() -> dict[str, int]:
        """How many rows were written so far: where it is as many, none is another. SQLite tells it
        of the whole database.
        """
        if connection.vendor == "sqlite":
            return dict.fromkeys(tables(), connection.connection.total_changes)
        with connection.cursor() as cursor:
            cursor.execute(WRITTEN)
            return dict(cursor.fetchall())

    def changed(self) -> set[str]:
        """The tables that are not as they were, but those that looking may write."""
        before, self._writes = self._writes, self._written()
        written = [table for table in tables() if self._writes[table] != before[table]]
        rows = rows_of(written)
        other = {table for table in written if are_others(self._rows[table], rows[table])}
        self._rows |= rows
        return other - set(WRITTEN_BY_LOOKING)


def telling(
    watch: Watch, ask: Callable[[Any], HttpResponse], found: list[str], *, always: bool
) -> Callable[[Any], HttpResponse]:
    """The same request; `found` says where it changed a table although it was only looking
    (`always`) or was refused.
    """

    def asked(address: Any) -> HttpResponse:
        answer = ask(address)
        changed = watch.changed()
        if changed and (always or answer.status_code >= NO_DEED):
            found.append(f"{address.name}: {answer.status_code} wrote {sorted(changed)}")
        return answer

    return asked
