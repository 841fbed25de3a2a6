"""A database as it was filled once, over and over: each storm has a copy of its own."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections


class Copies:
    """Copies of the database of the test, which nobody may use meanwhile."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_sqlite = connection.vendor == "sqlite"
        self.entry = connections.settings["default"]
        self.base = f"{connection.settings_dict['NAME']}_storm"
        if self.is_sqlite:
            self.base = str(folder / "base.sqlite3")
            connection.ensure_connection()
            with sqlite3.connect(self.base) as base:
                connection.connection.backup(base)
        else:
            self._run(
                f'CREATE DATABASE "{self.base}" TEMPLATE "{connection.settings_dict["NAME"]}"'
            )

    @contextmanager
    def one(self) -> Iterator[None]:
        """New connections go to a new copy, which is gone afterwards."""
        name = self.base + "_copy"
        if self.is_sqlite:
            shutil.copy(self.base, name)
        else:
            self._run(f'CREATE DATABASE "{name}" TEMPLATE "{self.base}"')
        connections.settings["default"] = {**self.entry, "NAME": name}
        try:
            yield
        finally:
            connections.settings["default"] = self.entry
            if self.is_sqlite:
                for end in ("", "-wal", "-shm"):
                    Path(name + end).unlink(missing_ok=True)
            else:
                self._run(f'DROP DATABASE "{name}"')

    def close(self) -> None:
        """Nothing is left behind."""
        if not self.is_sqlite:
            self._run(f'DROP DATABASE "{self.base}"')

    def _run(self, sql: str) -> None:
        """Apart from the database of the test, which cannot be copied while it is in use."""
        connection.close()
        nodb: Any = connection._nodb_cursor()
        with nodb as cursor:
            cursor.execute(sql)
