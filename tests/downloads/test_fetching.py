"""The file waits for whoever asked, for nobody else, and not for ever."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.test import Client

from pingyi.accounts.enums import Role
from pingyi.accounts.models import User
from pingyi.accounts.operations.grants import grant_role
from pingyi.campaigns.models import Campaign
from pingyi.core.clock import day_of, read_now
from pingyi.core.refusals import Refusal
from pingyi.downloads.models import Download
from pingyi.downloads.operations import remove_expired
from pingyi.downloads.operations.ask import ask_again, fetch
from pingyi.downloads.queries import folder_of, path_of, worklist
from pingyi.downloads.rules import KEPT
from tests.cast import NOW, Register
from tests.downloads.conftest import worked

As = Callable[[User], Client]
AskedFor = Callable[..., Download]


def waiting(user: User) -> list[tuple[str, str]]:
    return [(item.for_whom, item.url) for item in worklist(user, None, day_of(NOW)).waiting]


def test_it_waits_in_the_worklist_until_it_is_fetched(
    as_: As, asked_for: AskedFor, campaign: Campaign, office_user: User, clerk_user: User
) -> None:
    download = asked_for(office_user)
    assert waiting(office_user) == []
    worked(download)
    page = f"/downloads/{download.pk}/"
    assert waiting(office_user) == [(download.title, page)]
    assert waiting(clerk_user) == []
    client = as_(office_user)
    assert page in client.get("/").content.decode()
    assert f'action="{page}file/"' in client.get(page).content.decode()
    answer = client.post(f"{page}file/")
    assert b"".join(answer.streaming_content) == path_of(download).read_bytes()
    assert unquote(answer["Content-Disposition"]).endswith("人员.xlsx")
    assert answer["Cache-Control"] == "no-store"
    assert waiting(office_user) == []
    assert client.post(f"{page}file/").status_code == 200


def test_others_do_not_find_it(
    as_: As, made: AskedFor, register: Register, office_user: User, clerk_user: User
) -> None:
    download = made(clerk_user)
    client = as_(office_user)
    for address in ("", "progress/"):
        assert client.get(f"/downloads/{download.pk}/{address}").status_code == 404
    for address in ("file/", "again/"):
        assert client.post(f"/downloads/{download.pk}/{address}").status_code == 404


def refused(download: Download, user: User) -> str:
    with pytest.raises(Refusal) as refusal:
        fetch(download=download, by=user, now=read_now())
    return refusal.value.code


def test_what_is_not_finished_is_not_fetched(
    asked_for: AskedFor, made: AskedFor, register: Register, office_user: User
) -> None:
    download = asked_for(office_user)
    assert refused(download, office_user) == "not_ready"
    Download.objects.update(state="failed", kept_until=NOW)
    download.refresh_from_db()
    assert refused(download, office_user) == "failed"


def test_what_is_ready_is_not_asked_for_again(
    made: AskedFor, register: Register, office_user: User
) -> None:
    with pytest.raises(Refusal) as refusal:
        ask_again(download=made(office_user), by=office_user, now=NOW)
    assert refusal.value.code == "not_failed"


def test_other_roles_see_other_lines(
    as_: As, made: AskedFor, register: Register, clerk_user: User, now
) -> None:
    download = made(clerk_user)
    grant_role(user=clerk_user, role=Role.CLERK, organization=register.t2, by=None, now=now)
    found = User.objects.get(pk=clerk_user.pk)
    assert refused(download, found) == "roles_changed"
    page = as_(found).get(f"/downloads/{download.pk}/").content.decode()
    assert "disabled" in page


def test_the_right_to_the_list_is_asked_again(
    made: AskedFor, register: Register, clerk_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    download = made(clerk_user)
    no = Refusal("no", code="only_oneself")
    monkeypatch.setattr("pingyi.register.permissions.why_not_export_people", lambda _actor: no)
    assert refused(download, clerk_user) == "only_oneself"


def test_its_time_ends(
    asked_for: AskedFor, made: AskedFor, register: Register, office_user: User, folder: Path
) -> None:
    download = made(office_user)
    kept = asked_for(office_user, standing="full")
    assert remove_expired(now=download.kept_until - timedelta(seconds=1)) == 0
    Download.objects.filter(pk=download.pk).update(kept_until=read_now())
    download.refresh_from_db()
    assert refused(download, office_user) == "no_longer_kept"
    assert remove_expired(now=read_now()) == 1
    assert list(Download.objects.all()) == [kept]
    assert list(folder.iterdir()) == []
    assert waiting(office_user) == []


def test_a_file_that_is_gone_is_told(made: AskedFor, register: Register, office_user: User) -> None:
    download = made(office_user)
    path_of(download).unlink()
    assert refused(download, office_user) == "no_longer_kept"


def test_what_a_lost_worker_has_left_is_removed_and_nothing_else(
    asked_for: AskedFor, made: AskedFor, register: Register, office_user: User, folder: Path
) -> None:
    ready = made(office_user)
    being_made = asked_for(office_user, standing="full")
    folder_of(being_made).mkdir()
    folder_of(ready).mkdir()
    (folder / "nobodys.making").mkdir()
    (folder / "nobodys.progress").write_text("1 2")
    (folder / "nobodys").write_bytes(b"left")
    assert remove_expired(now=NOW) == 0
    assert set(folder.iterdir()) == {path_of(ready), folder_of(being_made)}


def test_where_nothing_was_ever_asked_for_nothing_is_removed(
    register: Register, folder: Path
) -> None:
    assert remove_expired(now=NOW + KEPT) == 0
    assert not folder.exists()
