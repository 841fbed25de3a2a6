"""On a full disk people read and sign in; nobody does a deed, and what was typed stays."""

import errno
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.utils import ConnectionHandler
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import Access, User
from pingyi.config import environment
from pingyi.core import space
from pingyi.core.clock import read_now
from pingyi.ui import drafts
from pingyi.ui.models import Draft
from tests.at_once import refused
from tests.cast import PASSWORD

Free = Callable[[int], None]
MADE_BY_LOGIN = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Free:
    """So many bytes are free on the disk that has the rows."""
    monkeypatch.setattr(space, "folder_of_rows", lambda: tmp_path)

    def are(number: int) -> None:
        monkeypatch.setattr(space, "free_in", lambda _place: number)

    are(space.LEAST + space.RESERVED)
    return are


def full_error() -> OperationalError:
    """As Django hands it on."""
    cause = sqlite3.OperationalError("database or disk is full")
    cause.sqlite_errorcode = sqlite3.SQLITE_FULL
    error = OperationalError(*cause.args)
    error.__cause__ = cause
    return error


@pytest.fixture
def nothing_can_be_written(db: None) -> Iterator[None]:
    def full(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            raise full_error()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(full):
        yield


def signed_in(client: Client, user: User) -> Client:
    client.force_login(user, backend=MADE_BY_LOGIN)
    return client


@pytest.fixture
def office_client(client: Client, office_user: User) -> Client:
    return signed_in(client, office_user)


def test_space_is_held_back_and_given_up(free: Free, tmp_path: Path) -> None:
    path = tmp_path / space.RESERVE
    space.keep_reserve()
    assert path.stat().st_blocks * 512 >= space.RESERVED
    assert path.stat().st_mode & 0o077 == 0
    space.keep_reserve()
    free(space.LAST)
    assert not space.give_up_reserve()
    free(space.LAST - 1)
    assert space.give_up_reserve()
    assert not path.exists()
    # There is nothing more to give up, and nothing is held back.
    assert space.give_up_reserve()
    space.keep_reserve()
    free(space.LEAST + space.RESERVED - 1)
    space.keep_reserve()
    assert not space.has_reserve()
    free(space.LEAST + space.RESERVED)
    space.keep_reserve()
    assert space.has_reserve()


def test_what_cannot_be_held_back_leaves_nothing_behind(
    free: Free, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_what: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(space.os, "posix_fallocate", fails)
    space.keep_reserve()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_was_left_empty_is_filled(free: Free, tmp_path: Path) -> None:
    path = tmp_path / space.RESERVE
    path.touch()
    assert not space.has_reserve()
    space.keep_reserve()
    assert path.stat().st_size == space.RESERVED
    assert space.has_reserve()


def test_two_workers_hold_it_back_once(
    free: Free, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(space, "_is_held_back", lambda _path: False)
    space.keep_reserve()
    space.keep_reserve()
    assert [each.stat().st_size for each in tmp_path.iterdir()] == [space.RESERVED]


def test_nothing_is_held_back_for_a_database_in_memory_or_elsewhere(db: None) -> None:
    assert space.folder_of_rows() is None
    assert space.has_reserve()
    assert not space.give_up_reserve()
    space.keep_reserve()
    assert space.why_not_write_rows() is None


def test_the_folder_is_that_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = environment.database("X", "sqlite:////srv/pingyi/pingyi.sqlite3", env={})
    monkeypatch.setattr(space, "connections", ConnectionHandler({"default": entry}))
    assert space.folder_of_rows() == Path("/srv/pingyi")


def test_what_is_free_is_asked_of_the_folder_above_one_that_is_not_there(tmp_path: Path) -> None:
    assert space.free_in(tmp_path / "not" / "there") > 0


def test_files_are_begun_where_there_is_space_for_them(free: Free) -> None:
    free(space.LEAST + 100)
    assert space.why_not_write_files(100) is None
    reason = space.why_not_write_files(101)
    assert reason is not None
    assert reason.code == space.NO_SPACE


def test_what_the_database_says_is_understood(tmp_path: Path, django_db_blocker: Any) -> None:
    entry = environment.database("X", f"sqlite:///{tmp_path / 'db.sqlite3'}", env={})
    with django_db_blocker.unblock():
        full = ConnectionHandler({"default": entry})["default"]
        with full.cursor() as cursor:
            cursor.execute("CREATE TABLE texts (text)")
            cursor.execute("PRAGMA max_page_count = 2")
            with pytest.raises(OperationalError) as raised:
                cursor.execute("INSERT INTO texts VALUES (%s)", ["x" * 10_000])
        full.close()
    assert space.is_for_want_of_space(raised.value)
    assert space.is_for_want_of_space(OSError(errno.ENOSPC, "No space left on device"))
    assert not space.is_for_want_of_space(OSError(errno.EACCES, "Permission denied"))
    assert not space.is_for_want_of_space(OperationalError("database is locked"))
    assert not space.is_for_want_of_space(None)
    error = OperationalError("could not extend file")
    error.__cause__ = Exception()
    error.__cause__.sqlstate = space.DISK_FULL_OF_POSTGRESQL  # type: ignore[attr-defined]  # of psycopg
    assert space.is_for_want_of_space(error)


def test_a_file_that_sqlite_cannot_make_is_for_want_of_space_where_there_is_none(
    free: Free,
) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    assert not space.is_for_want_of_space(error)
    free(space.LAST - 1)
    assert space.is_for_want_of_space(error)


def test_whoever_reads_is_shown_the_page(
    office_client: Client, nothing_can_be_written: None
) -> None:
    for name in ("accounts:my-account", "accounts:list", "register:people"):
        assert office_client.get(reverse(name)).status_code == 200


def test_what_is_wrong_otherwise_is_not_passed_over(
    office_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: Any, **_more: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.save", broken)
    with pytest.raises(OperationalError):
        office_client.get(reverse("accounts:my-account"))


def made(client: Client, **typed: str) -> HttpResponse:
    form = {
        "username": "wang", "name": "王敏", "role": "clerk", "organization": "T1",
        "language": "zh-hans", "password": PASSWORD, "again": PASSWORD,
    }  # fmt: skip
    return client.post(reverse("accounts:create"), {**form, **typed})


def test_no_deed_begins_while_little_is_free(office_client: Client, free: Free) -> None:
    free(space.LEAST - 1)
    answer = made(office_client)
    assert answer.status_code == 503
    text = answer.content.decode()
    assert "服务器磁盘已满" in text
    assert "王敏" in text
    assert not User.objects.filter(username="wang").exists()
    free(space.LEAST)
    assert made(office_client).status_code == 302


def test_a_button_leads_back_and_says_why(
    office_client: Client, free: Free, clerk_user: User
) -> None:
    free(space.LEAST - 1)
    answer = office_client.post(reverse("accounts:deactivate", args=[clerk_user.pk]), follow=True)
    assert "服务器磁盘已满" in answer.content.decode()
    clerk_user.refresh_from_db()
    assert clerk_user.is_active


def test_signing_in_goes_on_and_is_noted(client: Client, office_user: User, free: Free) -> None:
    free(space.LEAST - 1)
    known = {"username": office_user.username, "password": PASSWORD}
    assert client.post(reverse("accounts:sign-in"), known).status_code == 302
    assert client.get(reverse("accounts:my-account")).status_code == 200
    assert client.post(reverse("accounts:sign-out")).status_code == 302
    assert list(Access.objects.order_by("pk").values_list("kind", flat=True))[-2:] == [
        "signed_in",
        "signed_out",
    ]


def test_where_nothing_is_left_that_is_said(
    client: Client, office_user: User, nothing_can_be_written: None
) -> None:
    known = {"username": office_user.username, "password": PASSWORD}
    answer = client.post(reverse("accounts:sign-in"), known, headers={"Accept-Language": "en"})
    assert answer.status_code == 503
    assert "the disk of the server is full" in answer.content.decode()
    part = client.post(reverse("accounts:sign-in"), known, headers={"HX-Request": "true"})
    assert part.status_code == 503
    assert "<html" not in part.content.decode()


def test_a_session_that_could_not_be_saved_after_a_deed_is_said(
    office_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: Any, **_more: Any) -> None:
        raise full_error()

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.save", full)
    assert office_client.post(reverse("large_type")).status_code == 503


def test_a_file_that_cannot_be_noted_is_not_handed_out(
    office_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_what: Any) -> None:
        raise full_error()

    monkeypatch.setattr("pingyi.accounts.views.taken.note_file", full)
    answer = office_client.get(reverse("web:access-export"))
    assert answer.status_code == 503


def test_what_is_wrong_with_the_access_log_otherwise_is_not_passed_over(
    office_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_what: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("pingyi.accounts.views.taken.note_file", broken)
    with pytest.raises(OperationalError):
        office_client.get(reverse("web:access-export"))


def test_a_refusal_that_no_form_shows_has_a_page(
    office_client: Client, free: Free, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_args: Any) -> None:
        raise space.refusal()

    monkeypatch.setattr("pingyi.accounts.views.manage.users_visible_to", refuses)
    assert office_client.get(reverse("accounts:list")).status_code == 503


def kept(client: Client, user: User, **more: str) -> HttpResponse:
    typed = {"draft": drafts.new_page(user.pk), "username": "wang", **more}
    return client.post(reverse("accounts:create"), typed)


def test_a_page_that_saves_itself_is_told_that_it_was_not_kept(
    office_client: Client, office_user: User, free: Free
) -> None:
    free(space.LEAST - 1)
    answer = kept(office_client, office_user, autosave="keep")
    assert answer.status_code == 503
    assert "服务器磁盘已满" in answer.content.decode()
    assert not Draft.objects.exists()


def test_what_was_refused_is_kept_while_there_is_space_for_it(
    office_user: User, free: Free, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(drafts, "keep", asked.append)
    monkeypatch.setattr(drafts, "is_kept", lambda _form: True)
    request: Any = type("Sent", (), {"user": office_user})()
    free(space.LAST)
    drafts.keep_refused(request, object())  # type: ignore[arg-type]  # not looked at
    free(space.LAST - 1)
    drafts.keep_refused(request, object())  # type: ignore[arg-type]  # likewise
    assert asked == [request]


def test_neither_downloads_nor_backups_begin(office_user: User, free: Free) -> None:
    from pingyi.downloads.doors import Asked
    from pingyi.downloads.operations.ask import ask_for
    from pingyi.keeping.operations.ask import ask_for as ask_for_backup
    from pingyi.keeping.operations.daily import back_up_daily

    free(space.LEAST - 1)
    with refused(space.NO_SPACE):
        ask_for_backup(by=office_user, now=read_now())
    back_up_daily(now=read_now())
    assert not back_up_daily(now=read_now())
    with refused(space.NO_SPACE):
        asked = Asked({}, {"kind": "xlsx"})
        ask_for(what="register.people", asked=asked, by=office_user, now=read_now())
