"""Many requests at the same moment, each on a connection of its own, and what they leave."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from threading import Barrier
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from django.urls import resolve

from pingyi.ledger.queries.verification import verify
from tests.forms_of_pages import read_page
from tests.storm.deeds import Deed, deeds_on, filled

# What else is written of a thing, depending on what others say of it.
FOLLOWS = {"reviews.Sign"}
# Looked at first, then opened.
PREVIEW = ("preview", "1")
Given = TypeVar("Given")
# What is written beside a deed: who is signed in, what was sent, who failed to sign in; ballots lie
# in another database.
BESIDE = {"ballots", "sessions", "contenttypes", "auth", "django_tasks_database"}
BESIDE_TOO = {"ui.Sending", "ui.Draft", "accounts.FailedTries", "accounts.Access"}
Dump = dict[str, dict[Any, tuple[Any, ...]]]


def at_once(deeds: list[Callable[[], Given]]) -> list[Given]:
    """All begin at the same moment."""
    barrier = Barrier(len(deeds))

    def begun(deed: Callable[[], Given]) -> Given:
        try:
            barrier.wait()
            return deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(begun, deeds))


def alone(deed: Callable[[], Given]) -> Given:
    """On a connection of its own as well: that of the test knows another database."""
    return at_once([deed])[0]


def dump() -> Dump:
    """Every row of the program."""
    found: Dump = {}
    with connection.cursor() as cursor:
        for label, (sql, params) in _asked().items():
            cursor.execute(sql, params)
            found[label] = {row[0]: row[1:] for row in cursor.fetchall()}
    return found


@cache
def _asked() -> dict[str, tuple[str, tuple[Any, ...]]]:
    """The key and the columns of all rows by model, as the database has them."""
    found = {}
    for model in apps.get_models():
        label = model._meta.label
        if model._meta.app_label not in BESIDE and label not in BESIDE_TOO:
            rows = model._default_manager.order_by("pk").values_list("pk", *_columns(model))
            found[label] = rows.query.sql_with_params()
    return found


def _columns(model: Any) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if field.attname != "last_login"]


@dataclass(frozen=True)
class Change:
    """Rows by model: how many came, went, became another."""

    came: dict[str, int]
    went: dict[str, int]
    altered: dict[str, int]

    @classmethod
    def between(cls, before: Dump, after: Dump) -> "Change":
        came, went, altered = {}, {}, {}
        for label, rows in after.items():
            was = before[label]
            came[label] = len(rows.keys() - was.keys())
            went[label] = len(was.keys() - rows.keys())
            altered[label] = sum(rows[pk] != was[pk] for pk in rows.keys() & was.keys())
        return cls(*({k: n for k, n in each.items() if n} for each in (came, went, altered)))

    def times(self, other: "Change") -> float:
        """How often the other one was done here; 0.5 where that cannot be said."""
        if self.came.keys() - other.came.keys() - FOLLOWS:
            return 0.5
        found = {self.came.get(k, 0) / n for k, n in other.came.items() if k not in FOLLOWS}
        return found.pop() if len(found) == 1 else 0.5


def send(client: Client, deed: Deed, who: int) -> "Sent":
    """Opens the page and fills it in: what is sent, from as many windows as one likes."""
    answer = client.get(deed.page)
    to, data = _written(deed, answer, who)
    if deed.button == PREVIEW:
        deed = replace(deed, button=("open", "1"))
        to, data = _written(deed, client.post(to, data), who)
    return Sent(client, to, data)


def _written(deed: Deed, answer: Any, who: int) -> tuple[str, dict[str, list[Any]]]:
    for name, button, form in deeds_on(read_page(deed.page, answer)):
        if (name, button) == (deed.name, deed.button):
            to = [
                address for *said, address in form.buttons
                if tuple(said) == button and resolve(urlsplit(address).path).view_name == name
            ]  # fmt: skip
            return to[0], filled(deed, form, who)
    raise AssertionError(f"{deed}: not offered any more on {deed.page}")


@dataclass(frozen=True)
class Sent:
    """What a page sends."""

    client: Client
    to: str
    data: dict[str, list[Any]]

    @property
    def is_edit(self) -> bool:
        """It says which version was seen."""
        return any(name == "seen" or name.endswith("-seen") for name in self.data)

    def __call__(self) -> Any:
        window = Client(enforce_csrf_checks=True, raise_request_exception=False)
        window.cookies = self.client.cookies.copy()
        return self.by(window)

    def by(self, window: Client) -> Any:
        """The same, sent by whoever sits at that window."""
        data = {
            name: [self._file(one) if isinstance(one, bytes) else one for one in values]
            for name, values in self.data.items()
        }
        return window.post(self.to, data)

    @staticmethod
    def _file(content: bytes) -> SimpleUploadedFile:
        return SimpleUploadedFile("roster.xlsx", content)


def is_whole() -> bool:
    """The ledger and the rows that it vouches for, as `pingyi ledger verify` asks."""
    return verify().is_whole
