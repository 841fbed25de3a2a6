"""A backup a day by itself, of which some are kept, also in a second place; and how it is asked
for."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from django_tasks_db.models import DBTaskResult

from pingyi.accounts.models import User
from pingyi.config.management.commands.worker import look
from pingyi.core.unfinished import take_up_lost
from pingyi.keeping import tasks
from pingyi.keeping.models import Backup
from pingyi.keeping.operations import back_up_daily, make
from pingyi.keeping.operations.ask import ask_for
from pingyi.keeping.queries import folder
from pingyi.keeping.rules.kept import is_due, is_too_old, kept, latest_hour
from pingyi.ledger.models import Body
from tests.at_once import refused
from tests.cast import NOW, Register
from tests.downloads.conftest import QUEUE

NIGHT = datetime(2011, 6, 1, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def kept_now() -> list[str]:
    return sorted(path.name for path in folder.folder().glob("pingyi-*"))


def test_seven_days_four_weeks_and_twelve_months_are_kept() -> None:
    every_day = [NIGHT - n * DAY for n in range(800)]
    found = sorted(kept(every_day), reverse=True)
    assert found[:7] == every_day[:7]
    # Of the weeks before, Sundays; of the months before, their last days.
    assert [f"{at:%m-%d}" for at in found[7:10]] == ["05-22", "05-15", "04-30"]
    assert len(found) == 7 + 2 + 10
    assert kept(every_day[:1]) == {NIGHT}
    assert kept([]) == set()


def test_it_is_due_once_a_night_and_again_an_hour_after_it_failed() -> None:
    before = NIGHT - timedelta(minutes=1)
    assert latest_hour(before) == NIGHT - DAY
    assert latest_hour(NIGHT) == NIGHT
    assert is_due(NIGHT, before, None)
    assert not is_due(NIGHT + DAY - timedelta(minutes=1), NIGHT, None)
    assert not is_due(NIGHT + timedelta(minutes=59), before, NIGHT)
    assert is_due(NIGHT + timedelta(minutes=60), before, NIGHT)
    assert not is_too_old(NIGHT.date(), NIGHT.date() + 2 * DAY)
    assert is_too_old(NIGHT.date(), NIGHT.date() + 3 * DAY)


def test_the_worker_asks_for_it_every_night(register: Register) -> None:
    place = folder.folder()
    with override_settings(TASKS=QUEUE):
        # The first look: from now on days are counted.
        assert not back_up_daily(now=NOW)
        os.utime(place, (NOW.timestamp(), NOW.timestamp()))
        assert not back_up_daily(now=NOW)
        assert back_up_daily(now=NOW + DAY)
        assert not back_up_daily(now=NOW + 2 * DAY)
        backup = Backup.objects.get()
        assert backup.asked_by is None
        make.make(backup=backup, now=NOW + DAY)
        backup.refresh_from_db()
        assert (backup.state, backup.problem) == ("ready", "")
        assert not back_up_daily(now=NOW + DAY)
        assert back_up_daily(now=NOW + 2 * DAY)
        look()
    # Looking at the worker's hour may ask for other work too: reminders.
    assert DBTaskResult.objects.filter(task_path=tasks.make.module_path).count() == 2


def test_a_good_one_is_kept_here_and_copied_and_old_ones_go(
    register: Register, office_user: User, tmp_path: Path, settings: Any
) -> None:
    second = tmp_path / "second"
    second.mkdir()
    settings.BACKUP_COPY = str(second)
    folder.folder().mkdir()
    for n in range(1, 40):
        for place in (folder.folder(), second):
            (place / folder.name_of(NOW - n * DAY)).write_bytes(b"older")
    # What is called otherwise is somebody else's.
    (second / "pingyi-of-my-own.zip").touch()
    (second / "pingyi-2011-13-41-000000.zip").touch()
    backup = ask_for(by=office_user, now=NOW)
    backup.refresh_from_db()
    assert (backup.state, backup.problem, backup.asked_by) == ("ready", "", office_user)
    assert len(kept_now()) == 9
    last = folder.last_good()
    assert last is not None
    copy = second / last.path.name
    assert copy.read_bytes() == last.path.read_bytes()
    assert oct(copy.stat().st_mode)[-3:] == "600"
    assert len(list(second.iterdir())) == 11
    # Done is done, and nothing of it is made twice.
    make.make(backup=backup, now=NOW)
    assert len(kept_now()) == 9


def test_a_copy_that_fails_is_said_beside_the_good_one(
    register: Register, tmp_path: Path, settings: Any
) -> None:
    settings.BACKUP_COPY = str(tmp_path / "nowhere")
    backup = ask_for(by=None, now=NOW)
    backup.refresh_from_db()
    assert backup.state == "ready"
    assert str(tmp_path / "nowhere") in backup.problem
    assert folder.newest_copy() is None
    assert len(kept_now()) == 1


def test_what_is_not_whole_is_no_good_one(register: Register) -> None:
    Body.objects.filter(entry_id=0).update(content="{}")
    backup = ask_for(by=None, now=NOW)
    backup.refresh_from_db()
    assert backup.state == "failed"
    assert backup.problem
    assert [name.endswith("-not-whole.zip") for name in kept_now()] == [True]
    assert folder.last_good() is None


def test_what_is_refused_or_breaks_can_be_asked_for_again(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = NOW
    with override_settings(TASKS=QUEUE):
        backup = ask_for(by=None, now=now)
        assert ask_for(by=None, now=now) == backup
        folder.folder().mkdir()
        (folder.folder() / folder.name_of(now)).touch()
        make.make(backup=backup, now=now)
        backup.refresh_from_db()
        assert (backup.state, bool(backup.problem)) == ("failed", True)
        broken = ask_for(by=None, now=now)
        with monkeypatch.context() as context:
            context.setattr("pingyi.keeping.tasks.make_backup", lambda **_given: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                tasks.make.call(backup_id=broken.pk)
        broken.refresh_from_db()
        assert (broken.state, broken.problem) == ("failed", "")
        # A restore takes the row away, and a worker that is killed leaves it.
        tasks.make.call(backup_id=broken.pk + 100)
        lost = ask_for(by=None, now=now)
        DBTaskResult.objects.all().delete()
        assert take_up_lost(folder.folder(), now) == (0, 1)
        lost.refresh_from_db()
        assert lost.state == "failed"


def test_only_the_office_of_the_whole_tree_asks(
    register: Register, office_user: User, clerk_user: User, inspector_user: User
) -> None:
    for user in (clerk_user, inspector_user):
        with refused("not_the_top_office"):
            ask_for(by=user, now=NOW)
    assert ask_for(by=office_user, now=NOW).asked_by == office_user
