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


GOOD = "8d1f5c0e7ba94f63a2c7d5e98b10f4463c7a95e2d8f1460bb7"


@pytest.mark.parametrize("value", ["", "short-one", "a" * 60, "abcabcabc" * 8, GOOD[1:]])
def test_a_secret_that_can_be_guessed_is_refused_and_not_said(value: str) -> None:
    with pytest.raises(WrongSetting, match="at least 50 characters") as refused:
        read.secret("X", env={"X": value})
    assert str(refused.value).startswith("X is not usable:")
    assert not value or value not in str(refused.value)


def test_a_secret_is_read() -> None:
    assert read.secret("X", env={"X": GOOD}) == GOOD


@pytest.mark.parametrize(
    "value", ["", " , ", "*", "a.example,*", "https://a.example", "a.example:8000", "a b", "-a"]
)
def test_hosts_that_nobody_can_mean_are_refused(value: str) -> None:
    with pytest.raises(WrongSetting, match="no URL"):
        read.hosts("X", env={"X": value})


def test_hosts_are_read() -> None:
    text = "a.example, .example.cn,10.0.0.7,[::1],pingyi"
    assert read.hosts("X", env={"X": text}) == [
        "a.example", ".example.cn", "10.0.0.7", "[::1]", "pingyi",
    ]  # fmt: skip


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


def test_networks_are_addresses_or_networks() -> None:
    found = read.networks("X", env={"X": "127.0.0.1, 10.2.0.0/16,2001:db8::/32"})
    assert [str(each) for each in found] == ["127.0.0.1/32", "10.2.0.0/16", "2001:db8::/32"]
    assert read.networks("X", env={}) == []
