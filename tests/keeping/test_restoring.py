"""What was backed up is restored row by row into an empty place, by this version or a newer one."""

import stat
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from pingyi.accounts.models import FailedTries
from pingyi.keeping.operations.restore import restore
from pingyi.keeping.operations.write import write
from pingyi.keeping.permissions import why_not_restore
from pingyi.keeping.queries import tables
from pingyi.keeping.queries.copies import opened
from pingyi.keeping.rules.manifest import Manifest
from pingyi.ledger.queries import root, verify
from tests.at_once import refused
from tests.cast import NOW
from tests.keeping.conftest import Place, all_rows, altered


def next_key() -> int:
    tries = FailedTries.objects.create(key="next", count=1, last_at=NOW)
    key = tries.pk
    tries.delete()
    return key


def left_by_a_killed_one(place: Place) -> None:
    """What a restore leaves behind that was killed while it filled the tables."""
    for folder in ("files", "packs"):
        (place.folder / folder).mkdir()
        (place.folder / folder / ".restoring").touch()
        (place.folder / folder / "half").write_text("half")
    if connection.vendor == "sqlite":
        (place.folder / "pingyi.sqlite3.restoring").write_bytes(b"half")
        (place.folder / "pingyi.sqlite3.restoring-wal").write_bytes(b"half")


def test_everything_is_as_it_was_also_after_one_that_was_killed(backup: Path, place: Place) -> None:
    left_by_a_killed_one(place)
    was, noted, key = all_rows(), root(), next_key()
    seen: list[tuple[int, int]] = []
    restored = place.does(lambda: restore(path=backup, told=lambda *far: seen.append(far)))
    found, ledger, new_key = place.does(lambda: (all_rows(), verify(noted=noted), next_key()))
    assert found == was
    assert len([rows for rows in was.values() if rows]) > 20
    assert restored.is_whole
    assert ledger.is_whole
    assert ledger.size == noted.size > 0
    assert new_key == key
    assert seen[-1] == (2 * restored.manifest.rows, 2 * restored.manifest.rows)
    files = {path.relative_to(place.folder).as_posix() for path in place.folder.rglob("*")}
    wanted = {"files/imports/2011/名册.xlsx", "packs/own.toml"}
    assert {path for path in files if path.startswith(("files/", "packs/"))} - wanted == {
        "files/imports", "files/imports/2011",
    }  # fmt: skip
    assert not [path for path in files if "restoring" in path]
    upload = place.folder / "files/imports/2011/名册.xlsx"
    assert upload.read_bytes() == b"roster" * 1000
    assert stat.S_IMODE(upload.stat().st_mode) == 0o600
    # It is not empty any more.
    with refused("not_empty"):
        place.does(lambda: restore(path=backup))


def test_what_an_older_version_made_is_brought_up_to_date(
    county: None, place: Place, tmp_path: Path
) -> None:
    """Nor is anybody kept from backing up before they migrate."""
    was, path = all_rows(), tmp_path / "older.zip"
    applied = MigrationRecorder(connection).migration_qs
    assert applied.filter(app="campaigns", name__gte="0007_namesakes_told_apart").delete()[0]
    # They rest on the campaigns of today.
    assert applied.filter(
        app__in=["returns", "rectification", "bulletins", "commitments"]
    ).delete()[0]
    assert applied.filter(app="appraisals", name__gte="0003_counted_apart").delete()[0]
    written = write(path=path, now=NOW)
    columns = {part.path: part.columns for part in written.manifest.parts}
    assert "told_apart" not in columns["campaigns_participant"]
    assert place.does(lambda: restore(path=path)).is_whole
    assert place.does(all_rows) == was


def test_what_the_program_kept_once_goes_nowhere(backup: Path, place: Place) -> None:
    """The lock-out was the work of another app, whose tables are in older backups."""

    def with_former(told: Any, rows: Any) -> None:
        told["migrations"].append(["axes", "0001_initial"])
        told["last_keys"]["axes_accessattempt"] = 7
        kept = {"name": "rows/axes_accessattempt.jsonl", "rows": 1, "columns": ["id"]}
        told["parts"].append({**kept, "size": 0, "sha256": ""})
        rows["axes_accessattempt"] = [[7]]

    was = all_rows()
    assert place.does(lambda: restore(path=altered(backup, with_former))).is_whole
    assert place.does(all_rows) == was


def test_what_does_not_fit_together_leaves_nothing(
    backup: Path, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody_there(_told: Any, rows: Any) -> None:
        rows["accounts_user"].clear()

    with refused("not_restored"):
        place.does(lambda: restore(path=altered(backup, nobody_there)))
    assert place.does(tables.table_names) == set()
    # What lies there is known as left over, and the sound one can be restored at once.
    assert (place.folder / "files" / ".restoring").exists()
    assert place.does(lambda: why_not_restore(read(backup))) is None
    monkeypatch.setattr("pingyi.keeping.queries.places.is_made_otherwise", lambda *_: True)
    refusal = place.does(lambda: why_not_restore(read(backup)))
    assert refusal is not None
    assert refusal.code == "other_tables"


def read(path: Path) -> Manifest:
    with opened(path) as copy:
        return copy.manifest
