"""Lets tests that commit empty the database afterwards, although ledger and access log refuse."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from unittest import mock

from django.core.management.commands import flush
from django.db import DEFAULT_DB_ALIAS, connections

from tests.aside import put_back

AS_MIGRATED = "as_migrated"
_migration = import_module("pingyi.ledger.migrations.0002_seal")

_access = import_module("pingyi.accounts.migrations.0004_access")


def seal(alias: str = "default") -> None:
    """Put the triggers of the ledger on."""
    _run(alias, _migration.SEAL)


def unseal(alias: str = "default") -> None:
    """Take the triggers of the ledger off, as somebody with the database's password could."""
    _run(alias, _migration.UNSEAL)


def _run(alias: str, statements: dict[str, list[str]]) -> None:
    with connections[alias].cursor() as cursor:
        for statement in statements[connections[alias].vendor]:
            cursor.execute(statement)


@contextmanager
def flushing_allowed() -> Iterator[None]:
    """`flush`, by which transactional tests clean up, takes the triggers off while it works; on
    PostgreSQL the rows that migrations have put in are put back instead.
    """
    handle = flush.Command.handle

    def flush_unsealed(self: flush.Command, **options: object) -> None:
        alias = str(options["database"])
        if alias != DEFAULT_DB_ALIAS:
            handle(self, **options)
            return
        if connections[alias].vendor == "postgresql":
            put_back(connections[alias], AS_MIGRATED)
            return
        unseal(alias)
        _run(alias, _access.UNSEAL)
        try:
            handle(self, **options)
        finally:
            seal(alias)
            _run(alias, _access.SEAL)

    with mock.patch.object(flush.Command, "handle", flush_unsealed):
        yield
