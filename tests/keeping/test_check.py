"""`pingyi check` looks at this place, and says of each thing what to do."""

import re
from contextlib import suppress
from datetime import timedelta
from io import StringIO
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils import translation

from pingyi.config import serving
from pingyi.core import space
from pingyi.core.clock import read_now
from pingyi.core.leases import held
from pingyi.core.refusals import Refusal
from pingyi.core.vendors import check_vendor
from pingyi.keeping.management.commands import check
from pingyi.keeping.queries import database, soundness
from pingyi.keeping.queries.folder import folder, name_of
from tests.at_once import refused
from tests.cast import NOW, Register


def wrong() -> set[str]:
    """The lines that are wrong, by what they are about."""
    out = StringIO()
    with suppress(Refusal):
        call_command("check", stdout=out)
    lines = out.getvalue().splitlines()
    found = [line for at, line in enumerate(lines) if "→" in "".join(lines[at + 1 : at + 2])]
    return {re.split("[:：]", line.split("  ", 1)[1])[0].strip() for line in found}


@pytest.fixture
def sound(register: Register, settings: Any, tmp_path: Path) -> Any:
    """A place in which all is fine."""
    folder().mkdir()
    (folder() / name_of(read_now())).write_bytes(b"backup")
    (tmp_path / "second").mkdir()
    (tmp_path / "second" / name_of(read_now())).write_bytes(b"backup")
    settings.BACKUP_COPY = str(tmp_path / "second")
    with held(Path(settings.LEASES), "worker"):
        yield


def test_all_is_fine(sound: None, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    assert wrong() == set()
    # That no second place is set, and that faces of offices are not here, is said and no fault.
    settings.BACKUP_COPY = ""
    every = {role: ["its own", "ours"] for role in soundness.OFFICE}
    monkeypatch.setattr(soundness, "stacks", lambda: every)
    assert wrong() == set()


def test_only_the_program_is_asked_about(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check", "--program")
    assert "→" not in capsys.readouterr().out


def test_each_thing_that_is_not_is_said(
    sound: None, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    translation.activate("en")
    settings.LEASES = tmp_path / "no workers"
    assert wrong() == {"Worker"}
    with refused("not_sound"):
        call_command("check", stdout=StringIO())
    settings.BACKUPS = tmp_path / "no backups"
    assert wrong() == {"Worker", "Backup"}
    settings.BACKUP_COPY = str(tmp_path / "nowhere")
    settings.IDENTITY_KEY = "another"
    assert wrong() == {"Worker", "Backup", "Second place", "Keys"}
    key = Path(settings.DATA_DIR) / "secret-key"
    key.touch(0o644)
    monkeypatch.setattr(soundness, "GIB", 2**60)
    monkeypatch.setattr(soundness, "missing_embedded", lambda: ["Noto Serif SC"])
    # Before the deeds of the cast.
    monkeypatch.setattr(check, "read_now", lambda: NOW - timedelta(days=1))
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    faults = {"Worker", "Backup", "Keys", "Files of keys", "Disk", "Fonts", "Clock"}
    assert wrong() >= faults | {"Proxy in front"}
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.5/32")]
    assert "Proxy in front" not in wrong()


def test_a_full_disk_and_a_reserve_that_is_gone_are_said(
    sound: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    translation.activate("en")
    monkeypatch.setattr(space, "folder_of_rows", lambda: tmp_path)
    assert wrong() == {"Reserve for signing in"}
    space.keep_reserve()
    assert wrong() == set()
    monkeypatch.setattr(space, "free_in", lambda _place: 0)
    monkeypatch.setattr(soundness, "GIB", 2**60)
    space.keep_reserve()
    assert wrong() == {"Disk", "Reserve for signing in"}


def test_a_backup_of_last_week_is_too_old(sound: None) -> None:
    for path in folder().iterdir():
        path.rename(folder() / name_of(read_now() - timedelta(days=7)))
    assert len(wrong()) == 1


def test_a_database_that_does_not_hold_what_tables_promise(
    sound: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = " ON ledger_entry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER ledger_entry_is_never_changed{on}")
        cursor.execute("DROP INDEX download_is_asked_for_once")
    told = "\n".join(what for what, _mend in database.faults_of_database())
    assert "ledger_entry_is_never_changed" in told
    assert "download_is_asked_for_once" in told
    assert len(wrong()) == 1
    # Texts in another order than subtrees need, and in another encoding.
    monkeypatch.setattr(database, "PATHS", database.PATHS[::-1])
    monkeypatch.setattr(database, "one", lambda _sql: "SQL_ASCII")
    more = len(list(database.faults_of_database()))
    assert more == (4 if connection.vendor == "postgresql" else 3)


def test_a_database_that_cannot_be_asked(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(_alias: str) -> list[str]:
        raise DatabaseError("nobody\nthere")

    for waiting in (unreachable, lambda _alias: ["one"]):
        monkeypatch.setattr(database, "waiting_migrations", waiting)
        assert len(list(database.faults_of_database())) == 1
        assert wrong()


def test_another_database_is_refused_in_a_sentence(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert check_vendor() == []
    monkeypatch.setattr(connection, "vendor", "mysql")
    assert [each.id for each in check_vendor()] == ["core.E001"]
    refusal = serving.why_database_is_not_ready()
    assert refusal is not None
    assert refusal.code == "other_database"
    assert len(list(database.faults_of_database())) == 1
