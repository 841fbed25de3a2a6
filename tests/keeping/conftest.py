"""A folder of backups of its own for each test, and empty places to restore them into."""

import json
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.db import connection, connections
from django.test import override_settings

from pingyi.accounts.models import FailedTries, User
from pingyi.campaigns.models import Campaign
from pingyi.config.environment import database
from pingyi.core.sqlite.base import DatabaseWrapper as Sqlite
from pingyi.keeping.operations.ask import ask_for
from pingyi.keeping.operations.write import write
from pingyi.keeping.queries import tables
from tests.cast import NOW
from tests.downloads.conftest import QUEUE

Change = Callable[[dict[str, Any], dict[str, list[list[Any]]]], None]
Found = TypeVar("Found")


@pytest.fixture(autouse=True)
def _folders_of_its_own(tmp_path: Path, settings: Any) -> None:
    here = tmp_path / "here"
    here.mkdir()
    settings.DATA_DIR, settings.MEDIA_ROOT = here, here / "files"
    settings.BACKUPS, settings.LEASES = here / "backups", here / "workers"
    settings.BACKUP_COPY = ""


@dataclass
class Place:
    """A machine on which nothing is yet: an empty database, an empty data folder."""

    folder: Path
    database: str

    def does(self, what: Callable[[], Found]) -> Found:
        """Something that is done there: a thread has connections of its own."""
        found: list[Found] = []
        failed: list[BaseException] = []

        def work() -> None:
            if self.database.startswith("/") and connection.vendor != "sqlite":
                connections["default"] = Sqlite(sqlite_entry(), "default")
            connection.settings_dict = {**connection.settings_dict, "NAME": self.database}
            try:
                found.append(what())
            except BaseException as error:  # noqa: BLE001  raised again by whoever waits
                failed.append(error)
            finally:
                connection.close()

        with override_settings(
            DATA_DIR=self.folder,
            MEDIA_ROOT=self.folder / "files",
            BACKUPS=self.folder / "backups",
            LEASES=self.folder / "workers",
        ):
            worker = threading.Thread(target=work)
            worker.start()
            worker.join()
        if failed:
            raise failed[0]
        return found[0]


@pytest.fixture
def places(tmp_path: Path, db: None) -> Iterator[Callable[[], Place]]:
    """As many of them as a test asks for."""
    made: list[Place] = []

    def make() -> Place:
        folder = tmp_path / f"place{len(made)}"
        folder.mkdir()
        name = str(folder / "pingyi.sqlite3")
        if connection.vendor == "postgresql":
            name = f"{connection.settings_dict['NAME']}_place{len(made)}"
            apart(f'CREATE DATABASE "{name}" TEMPLATE template0')
        made.append(Place(folder, name))
        return made[-1]

    yield make
    if connection.vendor == "postgresql":
        for place in made:
            apart(f'DROP DATABASE "{place.database}"')


@pytest.fixture
def place(places: Callable[[], Place]) -> Place:
    return places()


@pytest.fixture
def county(campaign: Campaign, office_user: User) -> None:
    """Rows with columns of every kind; the last attempt to sign in was removed again."""
    with override_settings(TASKS=QUEUE):
        ask_for(by=office_user, now=NOW)
    _kept, removed = (
        FailedTries.objects.create(key=key, count=1, last_at=NOW) for key in ("kept", "removed")
    )
    removed.delete()


@pytest.fixture
def backup(county: None, tmp_path: Path, settings: Any) -> Path:
    upload = Path(settings.MEDIA_ROOT) / "imports" / "2011" / "名册.xlsx"
    upload.parent.mkdir(parents=True)
    upload.write_bytes(b"roster" * 1000)
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "own.toml").write_text("code = 'own'")
    usual = settings.PACK_DIRS
    settings.PACK_DIRS = [*usual, tmp_path / "packs"]
    path = tmp_path / "county.zip"
    write(path=path, now=NOW)
    settings.PACK_DIRS = usual
    return path


@contextmanager
def in_sqlite(folder: Path) -> Iterator[Place]:
    """A place on SQLite, whatever database the others are in."""
    folder.mkdir()
    yield Place(folder, str(folder / "pingyi.sqlite3"))


def sqlite_entry() -> dict[str, Any]:
    return {**connection.settings_dict, **database("", "sqlite:////x", env={})}


def all_rows() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, as it is stored."""
    return {
        table.name: [tuple(row) for row in tables.stored_rows(table)]
        for table in tables.tables_of()
    }


def altered(path: Path, change: Change) -> Path:
    """The backup as somebody would have made it who told and wrote something else."""
    found = path.with_name(f"altered-{path.name}")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    told = json.loads(parts.pop("manifest.json"))
    rows = {
        name.removeprefix("rows/").removesuffix(".jsonl"): [
            json.loads(line) for line in content.splitlines()
        ]
        for name, content in parts.items()
        if name.startswith("rows/")
    }
    change(told, rows)
    for name, some in rows.items():
        content = "".join(f"{json.dumps(row)}\n" for row in some).encode()
        parts[f"rows/{name}.jsonl"] = content
        for part in told["parts"]:
            if part["name"] == f"rows/{name}.jsonl":
                part |= {
                    "size": len(content),
                    "sha256": sha256(content).hexdigest(),
                    "rows": len(some),
                }
    with zipfile.ZipFile(found, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        archive.writestr("manifest.json", json.dumps(told))
        archive.comment = b"0" * 64
    return resealed(found)


def resealed(path: Path) -> Path:
    """With the seal of what is in it now."""
    content = path.read_bytes()[:-64]
    path.write_bytes(content + sha256(content).hexdigest().encode())
    return path


def apart(sql: str) -> None:
    """Apart from the transaction of the test, in which no database can be made."""
    other: Any = connections.create_connection("default")
    with other._nodb_cursor() as cursor:
        cursor.execute(sql)
    other.close()
