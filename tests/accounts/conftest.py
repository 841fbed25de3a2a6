from datetime import datetime

import pytest
from django.test import Client

from pingyi.accounts.enums import Role
from pingyi.accounts.models import User
from pingyi.accounts.operations import create_account
from tests.cast import Register

PASSWORD = "三棵松树 in the wind"


@pytest.fixture
def office(register: Register, now: datetime) -> User:
    """The campaign office of the county."""
    return account("kxb", Role.OFFICE, register.county, now)


@pytest.fixture
def township_office(register: Register, now: datetime) -> User:
    """An office of the first township only."""
    return account("t1-office", Role.OFFICE, register.t1, now)


@pytest.fixture
def clerk(register: Register, now: datetime) -> User:
    return account("t1-clerk", Role.CLERK, register.t1, now)


@pytest.fixture
def far_clerk(register: Register, now: datetime) -> User:
    """A clerk of the second township."""
    return account("t2-clerk", Role.CLERK, register.t2, now)


def account(username, role, organization, now, by=None) -> User:
    user = create_account(
        username=username,
        name=f"Name of {username}",
        password=PASSWORD,
        role=role,
        organization=organization,
        by=by,
        now=now,
    )
    return User.objects.get(pk=user.pk)


@pytest.fixture
def browser_of():
    def signed_in(user: User) -> Client:
        browser = Client()
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return signed_in


@pytest.fixture(autouse=True)
def _home(settings) -> None:
    """Home belongs to a room above; where it is does not matter here."""
    settings.LOGIN_REDIRECT_URL = "/"
