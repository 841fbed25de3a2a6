"""Rows put into a table as another database, or this one, has stored them."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection

AT_ONCE = 2_000


def refer_later() -> None:
    """References are compared at the end of the transaction, whatever a migration has said."""
    if connection.vendor == "postgresql":
        run("SET CONSTRAINTS ALL DEFERRED")


def empty(table: str) -> None:
    """Takes every row out."""
    run(f"DELETE FROM {quoted(table)}")  # noqa: S608  the name of a table of ours


def fill(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Puts rows in, one after the other, however many there are."""
    into = f"{quoted(table)} ({', '.join(map(quoted, columns))})"
    if connection.vendor == "postgresql":
        _copy(into, rows)
        return
    values, remaining = ", ".join(["%s"] * len(columns)), iter(rows)
    with connection.cursor() as cursor:
        while some := list(islice(remaining, AT_ONCE)):
            cursor.executemany(f"INSERT INTO {into} VALUES ({values})", some)  # noqa: S608  names of ours


def _copy(into: str, rows: Iterable[Sequence[Any]]) -> None:
    # The driver is asked directly: its errors are to be those of Django all the same.
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f"COPY {into} FROM STDIN") as lines,
    ):
        for row in rows:
            lines.write_row(row)


def last_key(table: str, key: str) -> int | None:
    """The highest key that was ever given in a table; None where the database gives none."""
    if connection.vendor == "sqlite":
        found = one("SELECT MAX(seq) FROM sqlite_sequence WHERE name = %s", table)
    else:
        sql = "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, %s)::regclass)"
        found = one(sql, quoted(table), key)
    # SQLite also notes 0, of a table that was made anew while it was empty.
    return int(found) if found else None


def count_on(table: str, key: str, last: int) -> None:
    """The next row gets a higher key than this one."""
    if connection.vendor == "sqlite":
        run("DELETE FROM sqlite_sequence WHERE name = %s", table)
        run("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", table, last)
    else:
        run("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", quoted(table), key, last)


def one(sql: str, *params: str) -> Any:
    """The one value that is asked for; None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params or None)
        row = cursor.fetchone()
    return row[0] if row else None


def run(sql: str, *params: str | int) -> None:
    """A statement that gives nothing back."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params or None)


def quoted(name: str) -> str:
    """A name as it stands in a statement."""
    return str(connection.ops.quote_name(name))
