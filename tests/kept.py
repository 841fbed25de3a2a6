"""What many tests begin with is built once in a process and put back as rows in the others.

Building the cast walks operations (imports, an opened campaign), which is most of what a small test
costs. `kept` builds it the first time through them and notes every row that came, changed or went;
where it is asked for again on the same state, which the root of the ledger tells, the rows are put
back and the same objects handed out, unpickled anew. Ids are as they were.
"""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from django.db import connection, transaction

from pingyi.ledger.queries import root
from tests.watching import unwatched

Built = TypeVar("Built")
Row = tuple[str, ...]  # SQL literals, in the order of the columns
Rows = dict[str, dict[Row, Row]]  # by table, by primary key


@dataclass(frozen=True)
class Kept:
    """What was built: the statements that put its rows back, and its objects."""

    statements: list[str]
    objects: bytes


_KEPT: dict[tuple[str, str, object], Kept] = {}


def kept(name: str, build: Callable[[], Built], *given: object) -> Built:
    """What `build` makes; `given` is what it depends on beside the state of the database."""
    key = (name, root().code, given)
    if (known := _KEPT.get(key)) is None:
        before = _rows()
        with unwatched():
            built = build()
        _KEPT[key] = Kept(list(_statements(before, _rows())), pickle.dumps(built))
        return built
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in known.statements:
            # Past all who watch what deeds do (tests.ledger_last): this is none.
            cursor.cursor.execute(statement)
    found: Built = pickle.loads(known.objects)
    return found


@cache
def _tables() -> dict[str, tuple[list[str], list[int]]]:
    """Each table with its columns, and which of them are its key."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            described = connection.introspection.get_table_description(cursor, table)
            columns = [column.name for column in described]
            keys = connection.introspection.get_primary_key_columns(cursor, table)
            found[table] = columns, [columns.index(name) for name in keys]
    return found


def _rows() -> Rows:
    literal = "quote({})" if connection.vendor == "sqlite" else "quote_nullable({}::text)"
    found: Rows = {}
    with connection.cursor() as cursor:
        for table, (columns, keys) in _tables().items():
            said = ", ".join(literal.format(f'"{column}"') for column in columns)
            cursor.execute(f'SELECT {said} FROM "{table}"')
            found[table] = {tuple(row[key] for key in keys): row for row in cursor.fetchall()}
    return found


def _statements(before: Rows, after: Rows) -> "list[str]":
    statements = []
    for table, (columns, keys) in _tables().items():
        was, now = before[table], after[table]
        names = ", ".join(f'"{column}"' for column in columns)
        new = [f"({', '.join(row)})" for key, row in now.items() if key not in was]
        if new:
            statements.append(f'INSERT INTO "{table}" ({names}) VALUES {", ".join(new)}')
        for key, row in was.items():
            where = " AND ".join(f'"{columns[at]}" = {row[at]}' for at in keys)
            if key not in now:
                statements.append(f'DELETE FROM "{table}" WHERE {where}')
            elif now[key] != row:
                pairs = zip(columns, now[key], strict=True)
                said = ", ".join(f'"{column}" = {literal}' for column, literal in pairs)
                statements.append(f'UPDATE "{table}" SET {said} WHERE {where}')
    return statements
