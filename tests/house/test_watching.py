"""Where coverage looks away, and that it looks again afterwards."""

import sys
from collections.abc import Iterator
from inspect import unwrap
from typing import Any

import pytest

from pingyi.accounts.models import User
from tests.watching import DJANGO, leaving_unwatched

SEEN: list[str] = []


def watching(frame: Any, _event: str, _arg: Any) -> None:
    SEEN.append(frame.f_code.co_name)


@pytest.fixture(autouse=True)
def _somebody_watches() -> Iterator[None]:
    before = sys.gettrace()
    SEEN.clear()
    sys.settrace(watching)
    yield
    sys.settrace(before)


def deed() -> None:
    SEEN.append("done")


def broken_deed() -> None:
    raise LookupError


def test_who_watches_looks_away_for_the_time_of_one_function() -> None:
    leaving_unwatched(deed)()
    assert "done" in SEEN
    assert "deed" not in SEEN
    assert sys.gettrace() is watching
    deed()
    assert "deed" in SEEN


def test_it_looks_again_after_an_error() -> None:
    with pytest.raises(LookupError):
        leaving_unwatched(broken_deed)()
    assert sys.gettrace() is watching


def test_what_django_does_alone_is_not_seen_and_what_comes_after_is(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def names() -> set[str]:
        SEEN.clear()
        assert not list(User.objects.filter(name="deed"))
        deed()
        return {*SEEN}

    plain = [(home, name, unwrap(getattr(home, name))) for home, name in DJANGO]
    for home, name, function in plain:
        monkeypatch.setattr(home, name, function)
    assert {"deed", "_fetch_all", "build_filter"} <= names()
    for home, name, function in plain:
        monkeypatch.setattr(home, name, leaving_unwatched(function))
    assert "deed" in names()
    assert not {"_fetch_all", "build_filter"} & names()
