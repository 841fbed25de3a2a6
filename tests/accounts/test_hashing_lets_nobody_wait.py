"""Hashing a password takes a tenth of a second and more: on SQLite nobody could write meanwhile."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher, PBKDF2PasswordHasher

from pingyi.accounts.models import User
from pingyi.accounts.operations.accounts import create_account
from pingyi.accounts.operations.first_codes import choose_first_password, make_first_code
from pingyi.accounts.operations.passwords import (
    change_own_password,
    set_password,
    strengthen_password,
)
from tests.accounts.conftest import PASSWORD
from tests.at_once import AtOnce, refused
from tests.ledger_last import deed_at_work

OTHER = "Another-bridge-of-2011"


@pytest.fixture(autouse=True)
def _weaker_hashes_are_known(settings: Any) -> None:
    places = (MD5PasswordHasher, PBKDF2PasswordHasher)
    settings.PASSWORD_HASHERS = [f"{place.__module__}.{place.__name__}" for place in places]


def weak(password: str) -> str:
    """As it would not be hashed today."""
    return PBKDF2PasswordHasher().encode(password, "salt", iterations=1)


@pytest.fixture
def hashed_in(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """In which deeds passwords were hashed; None is outside of one."""
    found: list[str | None] = []
    encode = MD5PasswordHasher.encode

    def noted(self: MD5PasswordHasher, *words: Any) -> str:
        found.append(deed_at_work())
        return encode(self, *words)

    monkeypatch.setattr(MD5PasswordHasher, "encode", noted)
    return found


def made(user: User, now: datetime) -> None:
    create_account(username="zhang", name="张三", password=OTHER, by=None, now=now)


def changed(user: User, now: datetime) -> None:
    change_own_password(old_password=PASSWORD, password=OTHER, by=user, now=now)


def given(user: User, now: datetime) -> None:
    set_password(user=user, password=OTHER, by=None, now=now)


def chosen(user: User, now: datetime) -> None:
    make_first_code(user=user, by=None, now=now)
    choose_first_password(user=user, password=OTHER, now=now)


def strengthened(user: User, now: datetime) -> None:
    User.objects.filter(pk=user.pk).update(password=weak(OTHER))
    user.refresh_from_db()
    strengthen_password(user=user, password=OTHER, now=now)


@pytest.mark.parametrize("deed", [made, changed, given, chosen, strengthened])
def test_passwords_are_hashed_before_anybody_has_to_wait(
    deed: Callable[[User, datetime], None],
    clerk: User,
    now: datetime,
    hashed_in: list[str | None],
) -> None:
    hashed_in.clear()
    deed(clerk, now)
    assert hashed_in
    assert set(hashed_in) == {None}
    changed_user = User.objects.get(username="zhang" if deed is made else clerk.username)
    assert changed_user.check_password(OTHER)


@pytest.mark.lock("record.locked")
def test_a_password_that_was_replaced_meanwhile_is_not_the_present_one(
    at_once: AtOnce, clerk: User, now: datetime
) -> None:
    own = User.objects.get(pk=clerk.pk)
    with refused("wrong_password"):
        at_once(lambda: given(clerk, now), lambda: changed(own, now))


def test_a_password_that_was_replaced_is_not_written_over_by_the_former_one(
    clerk: User, now: datetime
) -> None:
    """As it is with two at once: whoever signs in had the former one checked before."""
    signing_in = User.objects.get(pk=clerk.pk)
    signing_in.password = weak(PASSWORD)
    given(clerk, now)
    strengthen_password(user=signing_in, password=PASSWORD, now=now)
    assert User.objects.get(pk=clerk.pk).check_password(OTHER)
