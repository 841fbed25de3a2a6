"""A database as it was filled once, over and over: each storm finds it like that.

SQLite's is copied as a file each time; PostgreSQL's once, and then its rows are put back.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections

from tests.aside import count_again, put_back, set_aside

ASIDE = "before_the_storm"


class Copies:
    """Copies of the database of the test, which nobody may use meanwhile."""

    def __init__(self, folder: Path) -> None:
        self.is_sqlite = connection.vendor == "sqlite"
        self.entry = connections.settings["default"]
        self.base = str(folder / "base.sqlite3")
        self.copy = f"{connection.settings_dict['NAME']}_storm"
        if self.is_sqlite:
            self.copy = str(folder / "copy.sqlite3")
            connection.ensure_connection()
            with sqlite3.connect(self.base) as base:
                connection.connection.backup(base)
            return
        self._run(f'CREATE DATABASE "{self.copy}" TEMPLATE "{connection.settings_dict["NAME"]}"')
        with self._is_the_default():
            self._in_the_copy(set_aside)

    @contextmanager
    def one(self) -> Iterator[None]:
        """New connections go to a copy, of which nothing is left afterwards."""
        if self.is_sqlite:
            shutil.copy(self.base, self.copy)
        with self._is_the_default():
            try:
                yield
            finally:
                self._forget()

    @contextmanager
    def _is_the_default(self) -> Iterator[None]:
        connections.settings["default"] = {**self.entry, "NAME": self.copy}
        try:
            yield
        finally:
            connections.settings["default"] = self.entry

    def _forget(self) -> None:
        if self.is_sqlite:
            for end in ("", "-wal", "-shm"):
                Path(self.copy + end).unlink(missing_ok=True)
        else:
            self._in_the_copy(put_back)
            self._in_the_copy(count_again)

    def close(self) -> None:
        """Nothing is left behind."""
        if not self.is_sqlite:
            self._run(f'DROP DATABASE "{self.copy}"')

    @staticmethod
    def _in_the_copy(deed: Callable[[Any, str], None]) -> None:
        """On a connection of its own: that of the test knows another database."""
        other = connections.create_connection("default")
        try:
            deed(other, ASIDE)
        finally:
            other.close()

    @staticmethod
    def _run(sql: str) -> None:
        """Apart from the database of the test, which cannot be copied while it is in use."""
        connection.close()
        nodb: Any = connection._nodb_cursor()
        with nodb as cursor:
            cursor.execute(sql)
