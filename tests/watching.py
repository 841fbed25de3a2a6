"""What coverage watches: rules, permissions and operations where tests call them by themselves.

Whoever is watched takes twice as long. Nothing is watched while tests are read, while the cast is
built (tests.kept), while Django asks the database, and in tests of the whole house, of pages'
parts, documents and settings: what is promised to be covered to the last branch has tests of its
own. Tests that read many pages are marked `pages_unwatched`.
"""

import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from pkgutil import walk_packages
from threading import current_thread, main_thread
from typing import Any

import pytest
from coverage import Coverage
from django.db.models import Model, QuerySet
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler, SQLInsertCompiler, SQLUpdateCompiler
from django.test import Client

import pingyi

PROMISED = {"rules", "permissions", "operations"}
UNWATCHED = ("tests/house/", "tests/ui/", "tests/documents/", "tests/config/")
WATCHED = ("tests/house/test_the_ledger_vouches.py",)
# What Django does between a deed and its database; nothing that is promised is called from there.
DJANGO: list[tuple[type, str]] = [
    (QuerySet, "_fetch_all"),
    (QuerySet, "_clone"),
    (Query, "add_q"),
    (Query, "add_ordering"),
    (Query, "add_annotation"),
    (SQLCompiler, "execute_sql"),
    (SQLInsertCompiler, "execute_sql"),
    (SQLUpdateCompiler, "execute_sql"),
    (Model, "save_base"),
]


class _Asked:
    """Whether anything is watched (by --cov: tests.mutants does it otherwise), and pages too."""

    to_watch = False
    pages_too = True


def pytest_configure(config: pytest.Config) -> None:
    _Asked.to_watch = config.pluginmanager.hasplugin("_cov")


@contextmanager
def unwatched() -> Iterator[None]:
    """Nothing that is done here counts as covered, and it is done as fast as ever."""
    watching = Coverage.current() if _Asked.to_watch else None
    if watching is None or current_thread() is not main_thread():
        yield
        return
    # It has been asked at its first start; from then on everything has been imported.
    watching._warn_preimported_source = False
    watching.stop()
    try:
        yield
    finally:
        watching.start()


def leaving_unwatched(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function; whoever watches looks away until it is done. Lighter than `unwatched`."""

    @wraps(function)
    def looked_away(*given: Any, **named: Any) -> Any:
        watching = sys.gettrace()
        if watching is None:
            return function(*given, **named)
        sys.settrace(None)
        try:
            return function(*given, **named)
        finally:
            sys.settrace(watching)
            _look()

    return looked_away


def _look() -> None:
    """Coverage's own tracer sees nothing before the next call: it would miss the lines that the
    caller goes on with.
    """


@pytest.fixture(autouse=True, scope="session")
def _django_is_not_watched() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        if _Asked.to_watch:
            for home, name in DJANGO:
                patch.setattr(home, name, leaving_unwatched(getattr(home, name)))
        yield


def is_unwatched(item: pytest.Item) -> bool:
    """By where it stands, or because it is marked."""
    if item.get_closest_marker("unwatched"):
        return True
    return item.nodeid.startswith(UNWATCHED) and not item.nodeid.startswith(WATCHED)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection() -> Generator[None, Any, Any]:
    """What is promised is imported watched, as its definitions count; reading the tests is not."""
    for module in walk_packages(pingyi.__path__, "pingyi."):
        if PROMISED.intersection(module.name.split(".")):
            import_module(module.name)
    with unwatched():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Generator[None, Any, Any]:
    if fixturedef.argname == "django_db_setup":
        with unwatched():
            return (yield)
    return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Any, Any]:
    _Asked.pages_too = item.get_closest_marker("pages_unwatched") is None
    if is_unwatched(item):
        with unwatched():
            return (yield)
    return (yield)


@pytest.fixture(autouse=True, scope="session")
def _pages_can_be_answered_unwatched() -> Iterator[None]:
    request = Client.request

    def answered(self: Client, **environment: Any) -> Any:
        if _Asked.pages_too:
            return request(self, **environment)
        with unwatched():
            return request(self, **environment)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "request", answered)
        yield
