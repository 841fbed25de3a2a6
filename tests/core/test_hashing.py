"""Passwords are hashed with what people can wait for, and those of before are still known."""

from typing import Any

import pytest
from django.contrib.auth.hashers import (
    PBKDF2PasswordHasher,
    check_password,
    identify_hasher,
    make_password,
)

from pingyi.config.settings import base


@pytest.fixture(autouse=True)
def _as_on_a_server(settings: Any) -> None:
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS


def test_passwords_are_hashed_with_argon2id() -> None:
    hashed = make_password("three pines in the wind")
    assert hashed.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert check_password("three pines in the wind", hashed)
    assert not check_password("three pines in the win", hashed)
    assert not identify_hasher(hashed).must_update(hashed)


def test_what_was_hashed_otherwise_is_still_known() -> None:
    hashed = PBKDF2PasswordHasher().encode("three pines in the wind", "salt", iterations=1000)
    assert check_password("three pines in the wind", hashed)
