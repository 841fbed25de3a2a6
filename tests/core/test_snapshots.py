"""What is read within a snapshot is of one moment, and nobody waits for it."""

from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from pingyi.config import environment
from pingyi.core import snapshots
from pingyi.core.snapshots import snapshot
from pingyi.ledger.models import Head


def test_a_file_stands_still_while_another_writes(
    tmp_path: Path, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = environment.database("X", f"sqlite:///{tmp_path / 'db.sqlite3'}", env={})
    impatient = {**entry, "OPTIONS": {**entry["OPTIONS"], "timeout": 0}}
    both = ConnectionHandler({"default": entry, "other": impatient})
    monkeypatch.setattr(snapshots, "connections", both)

    def rows() -> int:
        return int(both["default"].cursor().execute("SELECT count(*) FROM t").fetchone()[0])

    with django_db_blocker.unblock():
        both["other"].cursor().execute("CREATE TABLE t (a)")
        with snapshot():
            assert rows() == 0
            # Nobody waits: with a lock for writing this would be refused at once.
            both["other"].cursor().execute("INSERT INTO t VALUES (1)")
            assert rows() == 0
            with pytest.raises(OperationalError, match="readonly"):
                both["default"].cursor().execute("INSERT INTO t VALUES (2)")
        assert rows() == 1
        both["default"].cursor().execute("INSERT INTO t VALUES (2)")
        assert rows() == 2
        both.close_all()


def test_within_a_transaction_it_is_that_transaction_that_is_read(db: None) -> None:
    Head.objects.create(id=1, size=3)
    with snapshot():
        assert Head.objects.get().size == 3
        Head.objects.update(size=0)
