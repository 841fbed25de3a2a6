"""A backup takes the place of nothing, holds nothing of this place alone, and is there whole or not
at all."""

import fcntl
import json
import stat
import zipfile
from pathlib import Path
from typing import IO, Any

import pytest
from django.core.management import call_command
from django.test import Client

from pingyi.accounts.models import User
from pingyi.core.refusals import Refusal
from pingyi.keeping.operations import parts
from pingyi.keeping.operations.write import write
from pingyi.keeping.queries.copies import opened
from pingyi.ledger.models import Body
from tests.at_once import refused
from tests.cast import NOW, Register


def test_it_says_of_itself_what_is_in_it(
    register: Register, office_user: User, client: Client, tmp_path: Path, settings: Any
) -> None:
    client.force_login(office_user)
    files = Path(settings.MEDIA_ROOT)
    files.mkdir()
    (files / "roster.xlsx").write_bytes(b"roster")
    # Left by a restore that was killed at its very end; a way out; half of an older backup.
    (files / ".restoring").touch()
    (files / "link").symlink_to("/etc/hostname")
    path, half = tmp_path / "county.zip", tmp_path / ".county.zip.making"
    half.write_bytes(b"half" * 100_000)
    seen: list[tuple[int, int]] = []
    written = write(path=path, now=NOW, told=lambda *far: seen.append(far))
    assert not half.exists()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert written.broken is None
    assert written.size == path.stat().st_size
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        told = json.loads(archive.read("manifest.json"))
        assert archive.read("files/roster.xlsx") == b"roster"
    assert [name for name in names if not name.startswith("rows/")] == [
        "pingyi-backup", "files/roster.xlsx", "manifest.json",
    ]  # fmt: skip
    # Who is signed in here, what was backed up here, and the keys are not in it.
    assert "rows/accounts_user.jsonl" in names
    assert not {"rows/django_session.jsonl", "rows/keeping_backup.jsonl"} & set(names)
    assert settings.IDENTITY_KEY not in str(told)
    assert told["ledger_size"] > 0
    assert seen[-1] == (2 * written.manifest.rows, 2 * written.manifest.rows)
    with opened(path) as copy:
        assert len(list(copy.rows_of("accounts_user"))) == User.objects.count()
        assert list(copy.rows_of("of_tomorrow")) == []
    with refused("is_there"):
        write(path=path, now=NOW)
    with refused("no_folder"):
        write(path=tmp_path / "nowhere" / "county.zip", now=NOW)


def test_two_do_not_write_the_same_one(db: None, tmp_path: Path) -> None:
    half = tmp_path / ".county.zip.making"
    with half.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with refused("under_way"):
            write(path=tmp_path / "county.zip", now=NOW)


def test_a_full_disk_leaves_nothing(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(parts, "_part", full)
    with refused("not_written"):
        write(path=tmp_path / "county.zip", now=NOW)
    assert not [path for path in tmp_path.glob("*") if path.is_file()]


def test_a_file_that_is_removed_meanwhile_is_not_in_it(
    db: None, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = Path(settings.MEDIA_ROOT)
    files.mkdir()
    for name in ("gone.xlsx", "kept.xlsx"):
        (files / name).write_bytes(b"roster")
    usual = Path.open

    def opens(path: Path, *given: Any, **named: Any) -> IO[Any]:
        if path.name == "gone.xlsx":
            path.unlink()
        return usual(path, *given, **named)

    monkeypatch.setattr(Path, "open", opens)
    written = write(path=tmp_path / "county.zip", now=NOW)
    assert [part.path for part in written.manifest.of("files")] == ["kept.xlsx"]


def test_a_ledger_that_is_not_whole_is_backed_up_and_said(
    register: Register, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("backup", str(tmp_path / "whole.zip"))
    Body.objects.filter(entry_id=0).update(content="{}")
    with pytest.raises(Refusal) as caught:
        call_command("backup", str(tmp_path / "county.zip"))
    assert caught.value.code == "ledger_broken"
    assert caught.value.details
    assert (tmp_path / "county.zip").exists()
