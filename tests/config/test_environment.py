"""Settings from the environment: right ones are read, wrong ones are refused by name."""

from pathlib import Path

import pytest

from pingyi.config import environment as read
from pingyi.config.environment import WrongSetting


def test_an_absent_value_is_the_default() -> None:
    assert read.text("X", "a", env={}) == "a"
    assert read.choice("X", "a", ("a", "b"), env={}) == "a"
    assert read.words("X", "a, b,", env={}) == ["a", "b"]


def test_wrong_values_are_refused_with_what_to_set() -> None:
    with pytest.raises(WrongSetting, match="one of a, b"):
        read.choice("X", "a", ("a", "b"), env={"X": "c"})
    with pytest.raises(WrongSetting, match="something"):
        read.required("X", "something", env={})


def test_a_text_that_must_be_set_is_read() -> None:
    assert read.required("X", "something", env={"X": "a"}) == "a"


def test_an_sqlite_file_is_read() -> None:
    entry = read.database("X", "", env={"X": "sqlite:////srv/pingyi.sqlite3"})
    assert entry["NAME"] == Path("/srv/pingyi.sqlite3")
    assert entry["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_postgres_address_is_read() -> None:
    entry = read.database("X", "", env={"X": "postgres://u:p%40w@db.example:5433/pingyi"})
    assert (entry["USER"], entry["PASSWORD"]) == ("u", "p@w")
    assert (entry["HOST"], entry["PORT"], entry["NAME"]) == ("db.example", "5433", "pingyi")


def test_a_postgres_socket_is_read() -> None:
    entry = read.database("X", "", env={"X": "postgres://u@/pingyi?host=/run/pg&port=5433"})
    assert (entry["HOST"], entry["PORT"]) == ("/run/pg", "5433")


@pytest.mark.parametrize(
    "url", ["", "sqlite://", "mysql://a/b", "postgres://host", "postgres://h:x/a"]
)
def test_an_address_that_cannot_be_meant_is_refused(url: str) -> None:
    with pytest.raises(WrongSetting, match="sqlite:///PATH"):
        read.database("X", "", env={"X": url})
