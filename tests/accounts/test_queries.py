from django.contrib.auth.models import AnonymousUser

from pingyi.accounts import queries
from pingyi.accounts.enums import Right, Role
from pingyi.accounts.models import Grant, User
from pingyi.accounts.operations import create_account
from pingyi.accounts.operations.grants import end_grant, grant_role
from pingyi.accounts.queries.accounts import (
    ROLE_TEXT_LIMIT,
    history_of,
    organizations_managed_by,
    people_managed_by,
    users_visible_to,
)
from pingyi.core.clock import day_of
from tests.accounts.conftest import PASSWORD, account


def seen_by(actor, now):
    return {user.username for user in users_visible_to(actor, day_of(now))}


def test_grants_are_read_once_a_user(clerk, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [grant.organization.code for grant in queries.open_grants(clerk)] == ["T1"]
        assert queries.has_right(clerk, Right.EDIT_REGISTER)
        assert not queries.has_right(clerk, Right.MANAGE_ACCOUNTS)
        assert len(queries.tops(clerk)) == len(queries.tops(clerk, Right.EDIT_REGISTER)) == 1
        assert queries.tops(clerk, Right.MANAGE_ACCOUNTS) == frozenset()


def test_ended_grants_do_not_count(clerk, now):
    end_grant(grant=Grant.objects.get(user=clerk), by=None, now=now)
    clerk = User.objects.get(pk=clerk.pk)
    assert queries.open_grants(clerk) == ()
    assert queries.signature(clerk).role == "no role"


def test_nobody_signed_in_has_no_grants():
    assert queries.open_grants(AnonymousUser()) == ()


def test_role_text_names_role_and_organization(clerk, register, now):
    grant_role(user=clerk, role=Role.INSPECTOR, organization=register.village, by=None, now=now)
    assert queries.signature(clerk).role == "clerk@T1, inspector@T1-1"
    assert queries.signature(None).role == "command line"


def test_role_text_fits_into_a_ledger_line(clerk, register, now):
    for role in Role:
        for place in (register.county, register.t2, register.village):
            grant_role(user=clerk, role=role, organization=place, by=None, now=now)
    text = queries.signature(clerk).role
    assert text.endswith(", …")
    assert len(text) <= ROLE_TEXT_LIMIT


def test_an_office_sees_its_subtree(office, township_office, clerk, far_clerk, now):
    everybody = {"kxb", "t1-office", "t1-clerk", "t2-clerk"}
    assert seen_by(None, now) == everybody
    assert seen_by(office, now) == everybody
    assert seen_by(township_office, now) == {"t1-office", "t1-clerk"}
    assert seen_by(clerk, now) == {"t1-clerk"}


def test_somebody_who_left_is_still_seen_until_a_role_elsewhere(
    township_office, clerk, register, now
):
    end_grant(grant=Grant.objects.get(user=clerk), by=None, now=now)
    assert "t1-clerk" in seen_by(township_office, now)
    grant_role(user=clerk, role=Role.CLERK, organization=register.t2, by=None, now=now)
    assert "t1-clerk" not in seen_by(township_office, now)


def test_an_account_without_role_is_seen_by_who_made_it(office, township_office, now):
    create_account(username="bare", name="Bare", password=PASSWORD, by=township_office, now=now)
    assert "bare" in seen_by(township_office, now)
    assert "bare" not in seen_by(office, now)


def test_the_number_of_queries_does_not_grow_with_the_accounts(
    office, register, now, django_assert_num_queries
):
    def read():
        for user in users_visible_to(office, day_of(now)):
            assert [grant.organization.name for grant in queries.open_grants(user)]

    queries.open_grants(office)
    with django_assert_num_queries(2):
        read()
    for number in range(3):
        account(f"more-{number}", Role.MEMBER, register.village, now)
    with django_assert_num_queries(2):
        read()


def test_people_are_found_where_the_office_gives_roles(township_office, clerk, register, now):
    on = day_of(now)
    names = {person.name for person in people_managed_by(township_office, on)}
    assert register.people["village_member"].name in names
    assert register.people["t2_member"].name not in names
    everybody = set(people_managed_by(None, on))
    assert everybody == set(register.people.values())


def test_organizations_are_those_below_the_office(township_office, clerk, register, now):
    on = day_of(now)
    codes = {place.code for place in organizations_managed_by(township_office, on)}
    assert codes == {"T1", "T1-1", "T1-2", "T1-3"}
    assert not organizations_managed_by(clerk, on).exists()
    assert organizations_managed_by(None, on).count() == 7


def test_the_history_of_an_account_comes_from_the_ledger(office, clerk):
    history = history_of(clerk)
    assert [deed.actor_role for deed in history] == ["command line", "command line"]
    assert len({deed.label for deed in history}) == 2
