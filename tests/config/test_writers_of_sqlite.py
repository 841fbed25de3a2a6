"""SQLite has no rows to lock: a second transaction waits at its very beginning.

That is why races about single rows (mark `lock`) are tried on PostgreSQL only.
"""

import fcntl
import time
from concurrent.futures import ThreadPoolExecutor
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


def test_nobody_comes_twice_before_somebody_who_waits(
    tmp_path: Path, django_db_blocker: Any
) -> None:
    """However often the other one does something: nobody is refused because SQLite is busy."""
    database = tmp_path / "db.sqlite3"
    entry = environment.database("X", f"sqlite:///{database}", env={})
    connections = ConnectionHandler({"default": entry, "other": entry})
    came = []

    def once(name: str) -> None:
        begin(connections[name])
        came.append(name)
        connections[name].commit()
        connections[name].close()

    with django_db_blocker.unblock(), ThreadPoolExecutor(max_workers=1) as thread:
        begin(connections["default"])
        other = thread.submit(once, "other")
        while not is_waited_at(Path(f"{database}-next")):
            time.sleep(0.01)
        connections["default"].commit()
        once("default")
        other.result()
    assert came == ["other", "default"]


def test_a_single_write_stands_in_line_too(tmp_path: Path, django_db_blocker: Any) -> None:
    """Outside of a transaction it would be refused after the time for which SQLite looks again."""
    database = tmp_path / "db.sqlite3"
    entry = environment.database("X", f"sqlite:///{database}", env={})
    impatient = {**entry, "OPTIONS": {**entry["OPTIONS"], "timeout": 0.05}}
    connections = ConnectionHandler({"default": entry, "other": impatient})

    def noted() -> None:
        with connections["other"].cursor() as cursor:
            cursor.execute(" insert INTO note VALUES (%s)", [1])
            cursor.executemany("UPDATE note SET n = %s", [[2], [3]])
        connections["other"].close()

    with django_db_blocker.unblock(), ThreadPoolExecutor(max_workers=1) as thread:
        with connections["default"].cursor() as cursor:
            cursor.execute("CREATE TABLE note (n integer)")
        begin(connections["default"])
        note = thread.submit(noted)
        while not is_waited_at(Path(f"{database}-next")) and not note.done():
            time.sleep(0.01)
        connections["default"].commit()
        note.result()
        with connections["default"].cursor() as cursor:
            assert cursor.execute("SELECT n FROM note").fetchall() == [(3,)]
        connections.close_all()


def test_whether_somebody_writes_is_known_without_waiting(
    tmp_path: Path, django_db_blocker: Any
) -> None:
    database = tmp_path / "db.sqlite3"
    entry = environment.database("X", f"sqlite:///{database}", env={})
    connections = ConnectionHandler({"default": entry, "other": entry})
    with django_db_blocker.unblock():
        assert not connections["other"].somebody_writes()
        begin(connections["default"])
        assert connections["other"].somebody_writes()
        connections["default"].commit()
        assert not connections["other"].somebody_writes()
        begin(connections["other"])
        connections["other"].rollback()
        connections.close_all()


def is_waited_at(path: Path) -> bool:
    """Whether somebody is the next one."""
    if not path.exists():
        return False
    with path.open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
