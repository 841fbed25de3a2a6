"""What somebody with the database's password could put into a column, as literals of SQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from pingyi.ledger.doors import kind_of

# Of any column: SQLite takes each of them in most, PostgreSQL refuses what does not fit.
ANYWHERE = ("NULL", "''", "' '", "'x'", "0", "1", "0.5", "-1")
OF_SQLITE = (
    "x''", "x'78'", "9e999", "-9e999", "0.0", "'0'", "'null'", "CAST(x'ff41' AS TEXT)",
    "CAST(x'00' AS TEXT)", "20110628", "'9999-12-31'",
    "CAST({column} AS BLOB)", "{column} || ' '", "' ' || {column}", "{column} || 'x'",
    "{column} || CAST(x'00' AS TEXT)", "{column} || CAST(x'007a' AS TEXT)", "-{column}",
    "{column} + 0.5", "upper({column})", "lower({column})", "replace({column}, '-', '')",
    "replace({column}, ' ', 'T')", "{column} || '+00:00'", "{column} || '.000000'",
    "{column} || ' 00:00:00'", "substr({column}, 1, 10)",
)  # fmt: skip
OF_POSTGRESQL = {
    "DateField": ("'infinity'", "'-infinity'", "'0044-03-15 BC'", "'20000-01-01'"),
}
OF_POSTGRESQL["DateTimeField"] = OF_POSTGRESQL["DateField"]
OF_JSON = (
    "'[]'", "'{}'", "'null'", "'false'", "'\"\"'", "'0'", "'[[]]'", "'NaN'", "'\"\\ud800\"'",
    "'1e400'", "'{\"a\": 1, \"a\": 2}'", "replace({column}, '{', '{\"a\": 1, \"a\": 1, ')",
    "replace({column}, ',', ', ')", "replace({column}, ':', ' :')",
)  # fmt: skip


def raw_changes(field: Any, pk: int) -> Iterator[tuple[str, str]]:
    """What the column holds in this row and a literal for it, one change after the other."""
    kind = kind_of(field)
    if connection.vendor == "sqlite":
        literals = (*ANYWHERE, *OF_SQLITE)
    else:
        literals = (*ANYWHERE, *OF_POSTGRESQL.get(kind, ()))
    if kind == "JSONField":
        literals += OF_JSON
    column = connection.ops.quote_name(field.column)
    held = _held(field, pk)
    for literal in literals:
        yield held, literal.replace("{column}", column)


def changed_raw(field: Any, pk: int, literal: str) -> bool:
    """Whether the column of this row holds something else once the literal is put in."""
    before = _held(field, pk)
    model = field.model
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {_quoted(model._meta.db_table)} SET {_quoted(field.column)} = {literal} "
            f"WHERE {_quoted(model._meta.pk.column)} = {pk}"
        )
    return _held(field, pk) != before


def _held(field: Any, pk: int) -> str:
    """What is stored, to the byte."""
    column, model = _quoted(field.column), field.model
    told = (
        f"typeof({column}) || hex({column})" if connection.vendor == "sqlite" else f"{column}::text"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {told} FROM {_quoted(model._meta.db_table)} "
            f"WHERE {_quoted(model._meta.pk.column)} = {pk}"
        )
        return str(cursor.fetchone()[0])


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


@contextmanager
def without_promises() -> Iterator[None]:
    """SQLite lets whoever has the file write what its tables refuse; for a connection, so that it
    must not stay: later tests would find no promise kept.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
