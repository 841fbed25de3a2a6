"""All tables of the program, and their rows as the database stores them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.apps.registry import Apps
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.loader import MigrationLoader

from pingyi.core.aliases import alias_of
from pingyi.core.filling import one, quoted
from pingyi.keeping.rules.manifest import tips
from pingyi.ledger.doors import kind_of

CHUNK = 2_000
# What is of this place and this moment: who is signed in here, what this place has backed up.
LEFT_OUT = {"sessions.Session", "keeping.Backup"}
AS_TEXT = {
    "DateField": "to_json({})#>>'{{}}'",
    "DateTimeField": "to_json({})#>>'{{}}'",
    "JSONField": "{}::text",
    "UUIDField": "{}::text",
    "GenericIPAddressField": "host({})",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table as the database knows it; `kinds` are those of its columns, as Django calls them."""

    name: str
    key: str
    columns: tuple[str, ...]
    kinds: tuple[str, ...]


def tables_here() -> list[Table]:
    """Those that the database has, which may be behind the program: nobody is kept from backing up
    before they migrate.
    """
    loader = MigrationLoader(connection)
    last = {node for node in loader.graph.leaf_nodes() if alias_of(node[0]) == DEFAULT_DB_ALIAS}
    if last <= set(loader.applied_migrations or ()):
        return tables_of()
    return tables_at(loader, list(loader.applied_migrations or ()))


def tables_at(loader: MigrationLoader, migrations: list[tuple[str, str]]) -> list[Table]:
    """Those after these migrations, which may not be all, as they were then."""
    return tables_of(loader.project_state(last_of(loader, migrations)).apps)


def last_of(
    loader: MigrationLoader, migrations: Sequence[tuple[str, str]]
) -> list[tuple[str, str]]:
    """The last ones of each app, which bring all the others with them."""
    known = [migration for migration in migrations if migration in loader.graph.nodes]
    return tips(
        known,
        {each: {parent.key for parent in loader.graph.node_map[each].parents} for each in known},
    )


def tables_of(registry: Apps = apps) -> list[Table]:
    """Every table that goes into a backup, by name. Ballots do not: two copies of an open box would
    tell which came between them.
    """
    found = []
    for model in registry.get_models(include_auto_created=True):
        meta = model._meta
        is_here = alias_of(meta.app_label) == DEFAULT_DB_ALIAS and meta.label not in LEFT_OUT
        if meta.managed and not meta.proxy and is_here:
            fields = [field for field in meta.concrete_fields if field.column]
            found.append(
                Table(
                    meta.db_table,
                    str(meta.pk.column),
                    tuple(str(field.column) for field in fields),
                    tuple(kind_of(field) for field in fields),
                )
            )
    return sorted(found, key=lambda table: table.name)


def count(table: Table) -> int:
    """How many rows it has."""
    return int(one(f"SELECT COUNT(*) FROM {quoted(table.name)}"))  # noqa: S608  a name of our own


def has_rows(name: str) -> bool:
    """Whether it has any."""
    return bool(one(f"SELECT EXISTS (SELECT 1 FROM {quoted(name)})"))  # noqa: S608  a name of our own


def stored_rows(table: Table) -> Iterator[Sequence[Any]]:
    """Every row in the order of its key, thousands read at a time, no value read as anything."""
    columns = ", ".join(
        _as_stored(column, kind) for column, kind in zip(table.columns, table.kinds, strict=True)
    )
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM {quoted(table.name)} ORDER BY {quoted(table.key)}"  # noqa: S608  names of our own tables
        )
        while rows := cursor.fetchmany(CHUNK):
            yield from rows


def _as_stored(column: str, kind: str) -> str:
    name = quoted(column)
    if connection.vendor == "sqlite":
        # Of an expression SQLite knows no declared type by which its driver would convert it.
        return f"+{name}"
    return AS_TEXT.get(kind, "{}").format(name)


def table_names() -> set[str]:
    """Every table there is, whosever it is."""
    with connection.cursor() as cursor:
        return set(connection.introspection.table_names(cursor))
