"""A list of three lines that is already long, and a queue in which work waits until it is done."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from pingyi.accounts.models import User
from pingyi.core.clock import read_now
from pingyi.downloads import tasks
from pingyi.downloads.doors import Asked
from pingyi.downloads.models import Download
from pingyi.downloads.operations.ask import ask_for

QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
PEOPLE = "/register/people.xlsx"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.DOWNLOADS = tmp_path / "downloads"
    return tmp_path / "downloads"


@pytest.fixture(autouse=True)
def _a_queue() -> Iterator[None]:
    with override_settings(TASKS=QUEUE):
        yield


@pytest.fixture(autouse=True)
def _three_lines_are_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pingyi.downloads.rules.MOST_AT_ONCE", {"xlsx": 2, "pdf": 2})


@pytest.fixture
def asked_for() -> Callable[..., Download]:
    """People of the register, asked for by somebody."""

    def ask(by: User, what: str = "register.people", **query: str) -> Download:
        return ask_for(what=what, asked=Asked({}, query), by=by, now=read_now())

    return ask


@pytest.fixture
def made(asked_for: Callable[..., Download]) -> Callable[..., Download]:
    """The same, made by a worker."""

    def make(by: User, what: str = "register.people", **query: str) -> Download:
        return worked(asked_for(by, what, **query))

    return make


def worked(download: Download) -> Download:
    """What a worker does with it."""
    tasks.make.call(download_id=download.pk)
    download.refresh_from_db()
    return download


@pytest.fixture
def as_(client: Client) -> Callable[[User], Client]:
    def sign_in(user: User) -> Client:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
