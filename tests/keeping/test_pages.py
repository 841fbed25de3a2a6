"""The office of the whole tree sees how old the last good backup is, and makes one."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from pingyi.accounts.models import User
from pingyi.campaigns.models import Campaign
from pingyi.core import space
from pingyi.core.clock import read_now
from pingyi.core.progress import Progress
from pingyi.keeping.models import Backup
from pingyi.keeping.operations.make import fail
from pingyi.keeping.queries.backups import progress_path
from pingyi.keeping.queries.folder import folder, name_of
from tests.cast import Register
from tests.downloads.conftest import QUEUE

PAGE = "/backups/"
Shown = Callable[..., str]


@pytest.fixture
def shown(client: Client) -> Shown:
    """A page as somebody sees it, in English."""
    client.cookies["django_language"] = "en"

    def show(user: User, address: str = PAGE) -> str:
        client.force_login(user)
        return client.get(address).content.decode()

    return show


def old(days: int) -> Path:
    folder().mkdir(exist_ok=True)
    path = folder() / name_of(read_now() - timedelta(days=days))
    path.write_bytes(b"backup")
    return path


def test_one_is_made_by_the_button_and_listed(
    campaign: Campaign, office_user: User, shown: Shown, client: Client
) -> None:
    assert "There is no backup yet." in shown(office_user)
    assert PAGE in shown(office_user, "/")
    with override_settings(TASKS=QUEUE):
        assert client.post(f"{PAGE}make/").headers["Location"] == PAGE
        folder().mkdir()
        Progress(progress_path(), 20).reach(10)
        assert "10 / 20" in shown(office_user)
        assert client.get(f"{PAGE}progress/").headers["Location"] == PAGE
        htmx = {"headers": {"HX-Request": "true"}}
        assert "10 / 20" in client.get(f"{PAGE}progress/", **htmx).content.decode()
        fail(backup=Backup.objects.get(), problem="The disk is full.")
        assert client.get(f"{PAGE}progress/", **htmx).headers["HX-Refresh"] == "true"
    assert "The disk is full." in shown(office_user)
    client.post(f"{PAGE}make/")
    page = shown(office_user)
    assert [path.name for path in folder().glob("*.zip") if path.name in page]
    assert "The disk is full." not in page
    assert "The last good backup was made on" in page


def test_it_says_there_and_at_home_when_it_is_too_old(
    campaign: Campaign, office_user: User, clerk_user: User, shown: Shown
) -> None:
    said = "No good backup for days"
    path = old(days=1)
    assert said not in shown(office_user, "/")
    path.unlink()
    old(days=4)
    assert said in shown(office_user, "/")
    assert "For more than two days no backup has succeeded" in shown(office_user)
    assert said not in shown(clerk_user, "/")
    assert PAGE not in shown(clerk_user, "/")


def test_the_second_place_is_named(
    register: Register, office_user: User, shown: Shown, settings: Any, tmp_path: Path
) -> None:
    assert "the backups are lost with it" in shown(office_user)
    settings.BACKUP_COPY = str(tmp_path)
    assert "none there yet" in shown(office_user)
    (tmp_path / name_of(read_now())).touch()
    assert "none there yet" not in shown(office_user)


def test_others_do_not_come_in(
    register: Register, clerk_user: User, inspector_user: User, client: Client
) -> None:
    for user in (clerk_user, inspector_user):
        client.force_login(user)
        assert client.get(PAGE).status_code == 403
        assert client.get(f"{PAGE}progress/").status_code == 403
        client.post(f"{PAGE}make/")
    assert not Backup.objects.exists()


def test_a_full_disk_is_said_on_the_page_and_the_first_page(
    campaign: Campaign,
    office_user: User,
    clerk_user: User,
    shown: Shown,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = "The disk of the server is full"
    assert said not in shown(office_user, "/")
    monkeypatch.setattr(space, "free_in", lambda _place: space.LEAST - 1)
    assert said in shown(office_user, "/")
    assert said not in shown(clerk_user, "/")
    assert "full, nothing can be saved" in shown(office_user)
