"""A worker makes the file with the rights of whoever asked, whole or not at all."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import translation
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from pingyi.accounts.models import User
from pingyi.accounts.operations.grants import end_grant
from pingyi.core.unfinished import take_up_lost
from pingyi.documents.layouts import Cell
from pingyi.downloads import tasks
from pingyi.downloads.models import Download
from pingyi.downloads.operations.make import make
from pingyi.downloads.queries import folder_of, path_of, progress_of, progress_path
from pingyi.downloads.rules import KEPT
from pingyi.register import exports
from tests.cast import NOW, Register
from tests.cast import PEOPLE as CAST
from tests.downloads.conftest import PEOPLE, worked

AskedFor = Callable[..., Download]
Rows = Callable[..., Iterator[tuple[Cell, ...]]]


def names(content: bytes) -> list[str]:
    page = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    return [str(row[0]) for row in page.iter_rows(values_only=True)]


def test_it_holds_every_line_and_is_for_its_owner_alone(
    made: AskedFor, register: Register, office_user: User, folder: Path
) -> None:
    download = made(office_user)
    assert download.state == "ready"
    assert set(names(path_of(download).read_bytes())) >= {name for _, name, *_ in CAST}
    assert oct(path_of(download).stat().st_mode)[-3:] == "600"
    assert oct(folder.stat().st_mode)[-3:] == "700"
    assert list(folder.iterdir()) == [path_of(download)]


def test_it_is_the_file_that_a_short_list_would_be(
    made: AskedFor, register: Register, clerk_user: User, client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    with translation.override("zh-hans"):
        download = made(clerk_user)
    monkeypatch.setattr("pingyi.downloads.rules.MOST_AT_ONCE", {"xlsx": 1000})
    client.force_login(clerk_user)
    assert names(client.get(PEOPLE).content) == names(path_of(download).read_bytes())


def test_it_speaks_the_language_in_which_it_was_asked_for(
    asked_for: AskedFor, register: Register, office_user: User
) -> None:
    with translation.override("en"):
        download = asked_for(office_user)
    assert "People" in names(path_of(worked(download)).read_bytes())


def test_it_is_kept_for_a_while(asked_for: AskedFor, register: Register, office_user: User) -> None:
    download = asked_for(office_user)
    make(download=download, now=NOW)
    download.refresh_from_db()
    assert download.kept_until == NOW + KEPT


def test_a_role_lost_meanwhile_is_a_file_refused(
    asked_for: AskedFor, register: Register, clerk_user: User
) -> None:
    download = asked_for(clerk_user)
    for grant in clerk_user.grants.all():
        end_grant(grant=grant, by=None, now=NOW)
    assert worked(download).state == "failed"
    assert download.problem
    assert not path_of(download).exists()


def test_an_account_closed_meanwhile_gets_no_file(
    asked_for: AskedFor, register: Register, office_user: User
) -> None:
    download = asked_for(office_user)
    User.objects.filter(pk=office_user.pk).update(is_active=False)
    assert worked(download).state == "failed"


def test_what_is_no_longer_in_sight_is_told(
    asked_for: AskedFor, register: Register, office_user: User
) -> None:
    download = asked_for(office_user)
    where = {"campaign_code": "gone", "round_code": "first"}
    Download.objects.update(what="web.supervision", place=where)
    download.refresh_from_db()
    assert worked(download).state == "failed"
    assert download.problem


def broken_after_a_line(rows: Rows) -> Rows:
    def broken(*given: Any) -> Iterator[tuple[Cell, ...]]:
        yield next(rows(*given))
        raise OSError("disk full")

    return broken


def test_what_breaks_leaves_nothing_and_can_be_asked_for_again(
    asked_for: AskedFor, register: Register, office_user: User, folder: Path, client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    download = asked_for(office_user)
    with monkeypatch.context() as context:
        context.setattr(exports, "_people", broken_after_a_line(exports._people))
        with pytest.raises(OSError, match="disk full"):
            worked(download)
    download.refresh_from_db()
    assert (download.state, download.problem) == ("failed", "")
    assert list(folder.iterdir()) == []
    client.force_login(office_user)
    page = client.get(f"/downloads/{download.pk}/").content.decode()
    assert f'action="/downloads/{download.pk}/again/"' in page
    answer = client.post(f"/downloads/{download.pk}/again/")
    again = Download.objects.latest("pk")
    assert answer["Location"] == f"/downloads/{again.pk}/"
    assert worked(again).state == "ready"


def lost(worker_ids: list[str]) -> None:
    """A worker began and was killed."""
    DBTaskResult.objects.update(
        status=TaskResultStatus.RUNNING, started_at=NOW, worker_ids=worker_ids
    )


def test_a_lost_worker_leaves_work_that_begins_from_the_beginning(
    asked_for: AskedFor, register: Register, office_user: User, tmp_path: Path, folder: Path
) -> None:
    download = asked_for(office_user)
    Download.objects.update(state="making")
    folder_of(download).mkdir(parents=True)
    (folder_of(download) / "file").write_bytes(b"half")
    progress_path(download).write_text("1 11")
    assert progress_of(download) == (1, 11)
    lost(["gone"])
    assert take_up_lost(tmp_path, NOW) == (1, 0)
    assert worked(download).state == "ready"
    assert list(folder.iterdir()) == [path_of(download)]


def test_lost_twice_it_is_given_up(
    asked_for: AskedFor, register: Register, office_user: User, tmp_path: Path
) -> None:
    download = asked_for(office_user)
    lost(["gone", "gone too"])
    assert take_up_lost(tmp_path, NOW) == (0, 1)
    download.refresh_from_db()
    assert download.state == "failed"


@pytest.mark.parametrize("state", ["waiting", "making"])
def test_what_no_task_is_at_any_more_is_given_up(
    state: str, asked_for: AskedFor, register: Register, office_user: User, tmp_path: Path
) -> None:
    download = asked_for(office_user)
    Download.objects.update(state=state)
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED)
    assert take_up_lost(tmp_path, NOW) == (0, 1)
    download.refresh_from_db()
    assert download.state == "failed"


def test_what_is_made_or_removed_already_is_not_made_again(
    made: AskedFor, register: Register, office_user: User
) -> None:
    download = made(office_user)
    before = path_of(download).stat().st_mtime_ns
    worked(download)
    tasks.give_up(download)
    download.refresh_from_db()
    assert (download.state, path_of(download).stat().st_mtime_ns) == ("ready", before)
    Download.objects.all().delete()
    tasks.make.call(download_id=download.pk)
    assert not Download.objects.exists()


def test_a_newer_file_takes_the_place_of_the_older(
    made: AskedFor, register: Register, office_user: User, folder: Path
) -> None:
    made(office_user)
    newer = made(office_user)
    assert list(Download.objects.all()) == [newer]
    assert list(folder.iterdir()) == [path_of(newer)]


def test_progress_is_shown_until_it_is_ready(
    asked_for: AskedFor, register: Register, office_user: User, client: Client
) -> None:
    download = asked_for(office_user)
    client.force_login(office_user)
    asks = {"HTTP_HX_REQUEST": "true"}
    address = f"/downloads/{download.pk}/progress/"
    assert address in client.get(f"/downloads/{download.pk}/").content.decode()
    assert client.get(address)["Location"] == f"/downloads/{download.pk}/"
    assert address in client.get(address, **asks).content.decode()
    worked(download)
    assert client.get(address, **asks)["HX-Refresh"] == "true"
