"""Two offices at the same account: nothing is given, ended, made or printed twice."""

from datetime import datetime

import pytest

from pingyi.accounts.enums import Role
from pingyi.accounts.models import Grant, User
from pingyi.accounts.operations.first_codes import choose_first_password, print_first_codes
from pingyi.accounts.operations.grants import end_grant, grant_role
from pingyi.accounts.operations.language import choose_language
from pingyi.accounts.operations.many import create_accounts
from pingyi.ledger.models import Entry
from tests.accounts.conftest import PASSWORD, account
from tests.at_once import AtOnce, refused
from tests.cast import Register


@pytest.mark.lock("record.locked")
def test_a_role_is_given_once(
    at_once: AtOnce, register: Register, clerk: User, now: datetime
) -> None:
    def give() -> Grant:
        return grant_role(
            user=clerk, role=Role.INSPECTOR, organization=register.t1, by=None, now=now
        )

    with refused("granted"):
        at_once(give, give)


@pytest.mark.lock("record.locked")
def test_a_role_is_ended_once(at_once: AtOnce, clerk: User, now: datetime) -> None:
    grant = clerk.grants.get()

    def end() -> None:
        end_grant(grant=Grant.objects.get(pk=grant.pk), by=None, now=now)

    with refused("ended"):
        at_once(end, end)
    assert Entry.objects.filter(kind="account.role_ended").count() == 1


@pytest.mark.lock("record.locked")
def test_an_account_is_changed_while_its_owner_is_at_work(
    at_once: AtOnce, office: User, now: datetime
) -> None:
    """Neither waits for the other for good: what the owner made refers to the locked row."""
    at_once(
        lambda: account("new-clerk", None, None, now, by=office),
        lambda: choose_language(language="en", by=office, now=now),
    )
    assert User.objects.get(username="new-clerk").created_by.language == "en"


@pytest.mark.lock("organizations.locked_organization")
def test_nobody_gets_two_accounts(at_once: AtOnce, register: Register, now: datetime) -> None:
    def make() -> list[User]:
        return create_accounts(role=Role.MEMBER, organization=register.village, by=None, now=now)

    with refused("nobody"):
        at_once(make, make)


@pytest.mark.lock("first_codes.print_first_codes")
def test_no_slip_is_printed_while_its_owner_chooses_a_password(
    at_once: AtOnce, register: Register, now: datetime
) -> None:
    waiting = create_accounts(role=Role.MEMBER, organization=register.village, by=None, now=now)
    with refused("needs_no_slip"):
        at_once(
            lambda: choose_first_password(user=waiting[0], password=PASSWORD, now=now),
            lambda: print_first_codes(users=waiting, by=None, now=now),
        )
