"""Which database a row lies in: ballots in one of their own, everything else in the other one.

No query joins the two, and no foreign key crosses them (ADR 0007, ADR 0040).
"""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model

SEALED = "ballots"


class Router:
    """Django's question which database a model lives in, by its room."""

    def db_for_read(self, model: type[Model], **_hints: Any) -> str:
        """The database to read from."""
        return alias_of(model._meta.app_label)

    def db_for_write(self, model: type[Model], **_hints: Any) -> str:
        """The database to write to."""
        return alias_of(model._meta.app_label)

    def allow_relation(self, one: Model, other: Model, **_hints: Any) -> bool:
        """Whether a row may name another one."""
        return alias_of(one._meta.app_label) == alias_of(other._meta.app_label)

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        """Whether the tables of a room are made in a database."""
        return db == alias_of(app_label)


def alias_of(room: str) -> str:
    """The database in which the tables of a room lie."""
    return SEALED if room == SEALED else DEFAULT_DB_ALIAS


def waiting_migrations(alias: str) -> list[str]:
    """The migrations that a database still lacks, of the rooms whose tables lie in it."""
    executor = MigrationExecutor(connections[alias])
    last = [node for node in executor.loader.graph.leaf_nodes() if alias_of(node[0]) == alias]
    return [str(migration) for migration, _backwards in executor.migration_plan(last)]
