"""What a backup says of itself: by which program it was made, of which tables, and every part."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

# The first part of the file, so that its kind is seen in the first bytes; holds the format.
MARK, FORMAT = "pingyi-backup", 1
MANIFEST = "manifest.json"
FORMER = {"axes"}
"""Apps the program had once. What they kept is in older backups, and goes nowhere."""
ROWS, FILES, PACKS = "rows", "files", "packs"


class NoManifest(ValueError):
    """What should be a manifest is none."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the file. Of a table: how many rows, and the columns in their order."""

    name: str
    size: int
    sha256: str
    rows: int = 0
    columns: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """What it belongs to: rows, files or packs."""
        return self.name.partition("/")[0]

    @property
    def path(self) -> str:
        """Its name within that; of rows the name of the table."""
        rest = self.name.partition("/")[2]
        return rest.removesuffix(".jsonl") if self.folder == ROWS else rest


@dataclass(frozen=True, slots=True)
class Manifest:
    """All of it. `last_keys` are the highest keys that were ever given, by table."""

    program: str
    made_at: datetime
    vendor: str
    migrations: tuple[tuple[str, str], ...]
    ledger_size: int
    ledger_root: str
    last_keys: dict[str, int]
    parts: tuple[Part, ...]

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(part.rows for part in self.parts)

    @property
    def known_migrations(self) -> set[tuple[str, str]]:
        """Those of apps that the program still has."""
        return {(app, name) for app, name in self.migrations if app not in FORMER}

    def of(self, folder: str) -> list[Part]:
        """The parts of tables, of files, or of packs."""
        return [part for part in self.parts if part.folder == folder]


def is_former(table: str) -> bool:
    """Whether a table is of an app that the program had once."""
    return table.partition("_")[0] in FORMER


def rows_part(table: str) -> str:
    """The name of the part with the rows of a table."""
    return f"{ROWS}/{table}.jsonl"


def text_of(manifest: Manifest) -> str:
    """The manifest as it stands in the file."""
    return json.dumps(
        {**asdict(manifest), "made_at": manifest.made_at.isoformat()}, ensure_ascii=False, indent=1
    )


def manifest_of(text: bytes) -> Manifest:
    """The manifest that was read; NoManifest where it is none, or names what lies outside."""
    try:
        told = json.loads(text)
        manifest = Manifest(
            program=str(told["program"]),
            made_at=datetime.fromisoformat(told["made_at"]),
            vendor=str(told["vendor"]),
            migrations=tuple((str(app), str(name)) for app, name in told["migrations"]),
            ledger_size=int(told["ledger_size"]),
            ledger_root=str(told["ledger_root"]),
            last_keys={str(table): int(key) for table, key in told["last_keys"].items()},
            parts=tuple(_part(each) for each in told["parts"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise NoManifest from error
    names = [part.name for part in manifest.parts]
    if len(set(names)) < len(names) or not all(map(is_inside, names)):
        raise NoManifest(names)
    return manifest


def _part(told: Any) -> Part:
    columns: Sequence[object] = told["columns"]
    return Part(
        name=str(told["name"]),
        size=int(told["size"]),
        sha256=str(told["sha256"]),
        rows=int(told["rows"]),
        columns=tuple(str(column) for column in columns),
    )


def is_inside(name: str) -> bool:
    """Whether a part has a place in one of the folders: no way leads out of it."""
    path = PurePosixPath(name)
    return (
        len(path.parts) > 1
        and path.parts[0] in (ROWS, FILES, PACKS)
        and ".." not in path.parts
        and path.as_posix() == name
        and not {"\\", "\0"} & set(name)
    )


def tips(
    migrations: Sequence[tuple[str, str]], rest_on: Mapping[tuple[str, str], set[tuple[str, str]]]
) -> list[tuple[str, str]]:
    """The last migrations of each app, which bring all others with them; `rest_on` says of each
    on which others it rests.
    """
    below = {
        each
        for migration in migrations
        for each in rest_on.get(migration, ())
        if each[0] == migration[0]
    }
    return [migration for migration in migrations if migration not in below]
