"""Putting the rows of a backup into a database, into the tables of the version that made it."""

from collections.abc import Callable

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from pingyi.core import filling
from pingyi.keeping.queries import tables
from pingyi.keeping.queries.copies import Copy
from pingyi.keeping.queries.tables import Table
from pingyi.keeping.rules.manifest import ROWS, Manifest, Part, is_former
from pingyi.keeping.rules.values import forms, taken


def load(copy: Copy, told: Callable[[int], None]) -> None:
    """Make the tables as they were then, and fill them. What the migrations themselves have put
    there is taken out: it is in the backup.
    """
    found = {table.name: table for table in _tables_of(copy.manifest)}
    rows = 0
    # References are compared at the end: no order of tables would do for all of them.
    with transaction.atomic():
        filling.refer_later()
        for table in found:
            filling.empty(table)
        for part in copy.manifest.of(ROWS):
            if not is_former(part.path):
                _fill(copy, part, found[part.path])
            rows += part.rows
            told(rows)
        for name, key in copy.manifest.last_keys.items():
            if not is_former(name):
                filling.count_on(name, found[name].key, key)
        connection.check_constraints()


def _tables_of(manifest: Manifest) -> list[Table]:
    """Migrates as far as the backup was, and gives the tables of that version."""
    executor = MigrationExecutor(connection)
    executor.migrate(tables.last_of(executor.loader, manifest.migrations))
    # Sees only migrations, as they were: the models of the program may have gone on.
    return tables.tables_at(executor.loader, list(manifest.migrations))


def _fill(copy: Copy, part: Part, table: Table) -> None:
    kinds = dict(zip(table.columns, table.kinds, strict=True))
    changes = forms(
        copy.manifest.vendor, connection.vendor, [kinds[column] for column in part.columns]
    )
    rows = copy.rows(part)
    changed = (taken(row, changes) for row in rows) if any(changes) else rows
    filling.fill(part.path, part.columns, changed)
