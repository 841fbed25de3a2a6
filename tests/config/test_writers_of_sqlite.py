"""SQLite has no rows to lock: a second transaction waits at its very beginning.

That is why races about single rows (mark `lock`) are tried on PostgreSQL only.
"""

from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from pingyi.config import environment


def begin(connection: Any) -> None:
    """As transaction.atomic does."""
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def test_the_second_transaction_waits_before_it_reads(
    tmp_path: Path, django_db_blocker: Any
) -> None:
    entry = environment.database("X", f"sqlite:///{tmp_path / 'db.sqlite3'}", env={})
    impatient = {**entry, "OPTIONS": {**entry["OPTIONS"], "timeout": 0}}
    connections = ConnectionHandler({"default": entry, "other": impatient})
    with django_db_blocker.unblock():
        begin(connections["default"])
        with pytest.raises(OperationalError, match="locked"):
            begin(connections["other"])
        connections["default"].rollback()
        begin(connections["other"])
        connections.close_all()


def test_what_is_acknowledged_is_on_the_disk(tmp_path: Path, django_db_blocker: Any) -> None:
    entry = environment.database("X", f"sqlite:///{tmp_path / 'db.sqlite3'}", env={})
    connections = ConnectionHandler({"default": entry})
    with django_db_blocker.unblock():
        cursor = connections["default"].cursor()
        flushes = [
            cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous")
        ]
        connections.close_all()
    assert flushes == ["wal", 2]  # 2 is FULL: each commit is flushed
