"""Two offices at the same account: nothing is given, ended, made or printed twice."""

from collections.abc import Callable
from datetime import datetime

import pytest

from pingyi.accounts.enums import Role
from pingyi.accounts.models import Grant, User
from pingyi.accounts.operations.first_codes import choose_first_password, print_first_codes
from pingyi.accounts.operations.grants import end_grant, grant_role
from pingyi.accounts.operations.language import choose_language
from pingyi.accounts.operations.many import create_accounts
from pingyi.core.clock import day_of
from pingyi.ledger.models import Entry
from pingyi.organizations.models import Organization
from pingyi.organizations.queries import subtree_locked
from tests.accounts.conftest import PASSWORD, account
from tests.at_once import AtOnce, Beside, refused
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


def secretaries_of(organization: Organization, now: datetime) -> Callable[[], list[User]]:
    return lambda: create_accounts(
        role=Role.BRANCH_SECRETARY, organization=organization, by=None, now=now
    )


@pytest.mark.lock("organizations.subtree_locked")
@pytest.mark.parametrize("above", ["village", "t1"])
def test_nobody_gets_two_accounts(
    above: str, at_once: AtOnce, register: Register, now: datetime
) -> None:
    """From the organization itself, nor from above it."""
    first, second = getattr(register, above), register.village
    with refused("nobody"):
        at_once(secretaries_of(first, now), secretaries_of(second, now))


@pytest.mark.lock("organizations.subtree_locked")
def test_whoever_gets_an_account_below_gets_no_other_from_above(
    at_once: AtOnce, register: Register, now: datetime
) -> None:
    made = at_once(secretaries_of(register.village, now), secretaries_of(register.t1, now))
    assert register.people["village_secretary"] not in [user.person for user in made]


@pytest.mark.lock("organizations.subtree_locked")
def test_accounts_are_made_beside_each_other(
    beside: Beside, register: Register, now: datetime
) -> None:
    beside(
        lambda: subtree_locked(register.t2, day_of(now)),
        lambda: create_accounts(role=Role.MEMBER, organization=register.t1, by=None, now=now),
    )


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
