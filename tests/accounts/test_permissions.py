"""An office manages inside its subtree and nowhere else."""

from datetime import date, timedelta
from functools import partial

import pytest

from pingyi.accounts import permissions
from pingyi.accounts.enums import Role
from pingyi.accounts.models import Grant, User
from pingyi.accounts.operations import create_account
from pingyi.accounts.operations.accounts import deactivate, link_person, reactivate
from pingyi.accounts.operations.grants import end_grant, grant_role
from pingyi.accounts.operations.many import create_accounts
from pingyi.accounts.operations.passwords import set_password
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal
from pingyi.register.operations import move_organization, put_in_charge
from tests.accounts.conftest import PASSWORD, account


def code(refusal: Refusal | None) -> str | None:
    return refusal and refusal.code


def test_only_an_office_manages_accounts(clerk, far_clerk, office, now):
    assert code(permissions.why_not_manage_accounts(clerk)) == "not_office"
    assert code(permissions.why_not_manage(clerk, far_clerk, now)) == "not_office"
    assert permissions.why_not_manage_accounts(office) is None
    assert permissions.why_not_manage_accounts(None) is None


def test_an_office_manages_below_itself(office, township_office, clerk, far_clerk, now):
    assert permissions.why_not_manage(office, far_clerk, now) is None
    assert permissions.why_not_manage(township_office, clerk, now) is None
    assert code(permissions.why_not_manage(township_office, far_clerk, now)) == "outside"
    assert code(permissions.why_not_manage(township_office, office, now)) == "outside"
    assert permissions.why_not_manage(None, far_clerk, now) is None


def test_somebody_with_a_role_outside_too_is_managed_from_above(
    office, township_office, clerk, register, now
):
    grant_role(user=clerk, role=Role.CLERK, organization=register.t2, by=office, now=now)
    assert code(permissions.why_not_manage(township_office, clerk, now)) == "outside"
    with pytest.raises(Refusal):
        set_password(user=clerk, password=PASSWORD, by=township_office, now=now)
    assert permissions.why_not_manage(office, clerk, now) is None


def test_somebody_who_left_is_managed_where_they_were(township_office, clerk, far_clerk, now):
    end_grant(grant=Grant.objects.get(user=clerk), by=None, now=now)
    end_grant(grant=Grant.objects.get(user=far_clerk), by=None, now=now)
    clerk, far_clerk = User.objects.get(pk=clerk.pk), User.objects.get(pk=far_clerk.pk)
    assert permissions.why_not_manage(township_office, clerk, now) is None
    assert code(permissions.why_not_manage(township_office, far_clerk, now)) == "outside"


def test_an_account_without_role_is_managed_by_who_made_it(office, township_office, now):
    user = create_account(
        username="bare", name="Bare", password=PASSWORD, by=township_office, now=now
    )
    assert permissions.why_not_manage(township_office, user, now) is None
    assert code(permissions.why_not_manage(office, user, now)) == "outside"


def test_roles_are_given_inside_the_subtree_only(township_office, clerk, register, now):
    assert permissions.why_not_grant(township_office, register.village, now) is None
    assert code(permissions.why_not_grant(township_office, register.t2, now)) == "outside"
    assert code(permissions.why_not_grant(township_office, register.county, now)) == "outside"
    assert code(permissions.why_not_grant(clerk, register.village, now)) == "not_office"
    for role in Role:
        with pytest.raises(Refusal):
            grant_role(
                user=clerk, role=role, organization=register.county, by=township_office, now=now
            )


def test_no_role_is_given_at_an_organization_that_has_closed(office, register, now):
    register.village.valid_to = date(2011, 6, 1)
    assert code(permissions.why_not_grant(office, register.village, now)) == "closed"
    assert code(permissions.why_not_grant(None, register.village, now)) == "closed"
    register.village.valid_to = date(2011, 6, 2)
    assert permissions.why_not_grant(office, register.village, now) is None


def test_an_office_here_that_is_a_clerk_there_manages_only_here(
    office, township_office, far_clerk, register, now
):
    grant_role(user=township_office, role=Role.CLERK, organization=register.t2, by=office, now=now)
    both = User.objects.get(pk=township_office.pk)
    assert code(permissions.why_not_manage(both, far_clerk, now)) == "outside"
    assert code(permissions.why_not_grant(both, register.t2, now)) == "outside"
    assert code(permissions.why_not_end_grant(both, far_clerk.grants.get(), now)) == "outside"


def test_what_lies_where_is_asked_for_the_day_of_the_deed(
    office, township_office, clerk, register, now
):
    user = account("village-secretary", Role.BRANCH_SECRETARY, register.village, now)
    person = register.people["village_member"]
    move_organization(
        organization=register.village, parent=register.t2, on=date(2011, 9, 1), by=None, now=now
    )
    later = now + timedelta(days=120)
    why_nots = [
        lambda at: permissions.why_not_manage(township_office, user, at),
        lambda at: permissions.why_not_grant(township_office, register.village, at),
        lambda at: permissions.why_not_create_account(township_office, register.village, at),
        lambda at: permissions.why_not_create_accounts(
            township_office, Role.BRANCH_SECRETARY, register.village, at
        ),
        lambda at: permissions.why_not_end_grant(township_office, user.grants.get(), at),
        lambda at: permissions.why_not_set_password(township_office, user, at),
        lambda at: permissions.why_not_deactivate(township_office, user, at),
        lambda at: permissions.why_not_link_person(township_office, clerk, person, at),
    ]
    assert [why_not(now) for why_not in why_nots] == [None] * len(why_nots)
    assert {code(why_not(later)) for why_not in why_nots} == {"outside"}


def test_somebody_with_a_role_at_a_closed_organization_is_still_managed(office, register, now):
    user = account("gone", Role.BRANCH_SECRETARY, register.village, now)
    register.village.affiliations.update(valid_to=date(2011, 5, 1))
    register.village.valid_to = date(2011, 5, 1)
    register.village.save()
    assert permissions.why_not_manage(office, User.objects.get(pk=user.pk), now) is None


def test_without_an_actor_everything_about_an_account_is_allowed(clerk, register, now):
    assert permissions.why_not_set_password(None, clerk, now) is None
    assert permissions.why_not_link_person(None, clerk, register.people["t2_member"], now) is None


def test_one_time_codes_are_set_up_once_and_removed_where_there_are_some(clerk, now):
    why_not = permissions.why_not_remove_one_time_code
    assert permissions.why_not_start_one_time_code(clerk) is None
    assert code(why_not(clerk, clerk, now)) == "not_in_use"
    clerk.totpdevice_set.create(name="phone", confirmed=True)
    assert code(permissions.why_not_start_one_time_code(clerk)) == "in_use"
    assert code(why_not(clerk, clerk, now)) == "own"
    assert why_not(None, clerk, now) is None
    clerk.totpdevice_set.update(confirmed=False)
    assert why_not(clerk, clerk, now) is None


def test_roles_at_a_closed_organization_can_still_be_ended(office, register, now):
    user = account("gone", Role.BRANCH_SECRETARY, register.village, now)
    register.village.affiliations.update(valid_to=date(2011, 5, 1))
    register.village.valid_to = date(2011, 5, 1)
    register.village.save()
    end_grant(grant=Grant.objects.get(user=user), by=office, now=now)
    assert Grant.objects.get(user=user).ended_at == now


def test_accounts_are_made_inside_the_subtree_only(township_office, clerk, register, now):
    why_not = permissions.why_not_create_account
    assert why_not(township_office, register.village, now) is None
    assert why_not(township_office, None, now) is None
    assert why_not(None, register.county, now) is None
    assert code(why_not(township_office, register.county, now)) == "outside"
    assert code(why_not(clerk, None, now)) == "not_office"


def test_nobody_ends_the_own_role_or_account(office, now):
    assert code(permissions.why_not_end_grant(office, office.grants.get(), now)) == "own"
    assert code(permissions.why_not_deactivate(office, office, now)) == "own"
    assert code(permissions.why_not_set_password(office, office, now)) == "own"


def test_roles_are_ended_inside_the_subtree_only(office, township_office, clerk, far_clerk, now):
    grant, far_grant = clerk.grants.get(), far_clerk.grants.get()
    assert permissions.why_not_end_grant(township_office, grant, now) is None
    assert code(permissions.why_not_end_grant(township_office, far_grant, now)) == "outside"
    assert code(permissions.why_not_end_grant(clerk, far_grant, now)) == "not_office"
    end_grant(grant=grant, by=office, now=now)
    assert code(permissions.why_not_end_grant(office, grant, now)) == "ended"


def test_deeds_on_accounts_outside_are_refused(township_office, far_clerk, register, now):
    deeds = [
        lambda: set_password(user=far_clerk, password=PASSWORD, by=township_office, now=now),
        lambda: deactivate(user=far_clerk, by=township_office, now=now),
        lambda: link_person(
            user=far_clerk,
            person=register.people["t1_leader"],
            by=township_office,
            now=now,
        ),
        lambda: end_grant(grant=far_clerk.grants.get(), by=township_office, now=now),
    ]
    for deed in deeds:
        with pytest.raises(Refusal) as refusal:
            deed()
        assert refusal.value.code == "outside"
    deactivate(user=far_clerk, by=None, now=now)
    with pytest.raises(Refusal) as refusal:
        reactivate(user=far_clerk, by=township_office, now=now)
    assert refusal.value.code == "outside"


def test_a_person_outside_cannot_be_linked(township_office, clerk, register, now):
    why_not = permissions.why_not_link_person
    inside, outside = register.people["t1_leader"], register.people["t2_member"]
    assert why_not(township_office, clerk, inside, now) is None
    assert code(why_not(township_office, clerk, outside, now)) == "outside"
    assert why_not(None, clerk, outside, now) is None


@pytest.mark.parametrize("deed", ["link", "manage"])
def test_nobody_below_takes_the_place_of_a_leader_above(
    deed, office, township_office, clerk, register, now
):
    """A leader of the county is a member of a branch of the township."""
    leader = register.people["county_leader"]
    if deed == "link":
        asked = partial(permissions.why_not_link_person, user=clerk, person=leader, now=now)
    else:
        link_person(user=clerk, person=leader, by=None, now=now)
        asked = partial(permissions.why_not_make_first_code, user=clerk, now=now)
    assert code(asked(township_office)) == "outside"
    assert "上级" in str(asked(township_office))
    assert asked(office) is None


def test_an_office_below_makes_no_accounts_for_leaders_above(
    office, township_office, register, now
):
    made = create_accounts(
        role=Role.MEMBER, organization=register.office_branch, by=township_office, now=now
    )
    assert {user.name for user in made} == {"陈卫东", "李秀兰"}
    made = create_accounts(
        role=Role.MEMBER, organization=register.office_branch, by=office, now=now
    )
    assert {user.name for user in made} == {"高远"}


def test_who_is_in_charge_elsewhere_is_managed_from_above(
    office, township_office, clerk, register, now
):
    person = register.people["t1_leader"]
    assert permissions.why_not_link_person(township_office, clerk, person, now) is None
    put_in_charge(person=person, organization=register.t2_village, on=day_of(now), by=None, now=now)
    assert code(permissions.why_not_link_person(township_office, clerk, person, now)) == "outside"
    assert permissions.why_not_link_person(office, clerk, person, now) is None
