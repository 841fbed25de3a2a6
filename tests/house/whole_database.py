"""Which tables a request has changed: every row of the database is compared, before and after."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpResponse

# Tables that a page may write without being asked to, and why.
WRITTEN_BY_LOOKING = {
    "django_session": "who is signed in; noted once a minute at most",
    "accounts_access": "who took which file away is noted",
}
NO_DEED = 400


def rows_by_table() -> dict[str, list[str]]:
    """Every row of every table."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


class Watch:
    """Knows every row as it was when it was last asked."""

    def __init__(self) -> None:
        self._rows, self._writes = rows_by_table(), self._written()

    @staticmethod
    def _written() -> int | None:
        """How many rows SQLite has written so far: where it is as many, none is another."""
        if connection.vendor != "sqlite":
            return None
        return int(connection.connection.total_changes)

    def changed(self) -> set[str]:
        """The tables that are not as they were, but those that looking may write."""
        writes = self._written()
        if writes is not None and writes == self._writes:
            return set()
        before, self._rows, self._writes = self._rows, rows_by_table(), writes
        other = {table for table, rows in self._rows.items() if rows != before.get(table)}
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
