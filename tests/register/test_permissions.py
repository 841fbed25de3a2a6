"""Office and clerk change what lies in their subtree, the other roles read there."""

from datetime import date, datetime

import pytest

from pingyi.accounts.enums import Role
from pingyi.accounts.models import User
from pingyi.accounts.operations.grants import grant_role
from pingyi.register import operations, permissions
from pingyi.register.queries import people_visible_to, visible_to
from tests.cast import TODAY, Register, user_with

ROLES = [
    "office_user",
    "clerk_user",
    "secretary_user",
    "inspector_user",
    "branch_secretary_user",
    "member_user",
]


@pytest.mark.parametrize("role", ROLES)
def test_every_role_sees_its_own_village(
    role: str, register: Register, now: datetime, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(role)
    person = register.people["village_member"]
    assert permissions.why_not_see_organization(user, register.village, now) is None
    assert permissions.why_not_see_person(user, person, now) is None
    assert register.village in visible_to(user, TODAY)
    assert person in people_visible_to(user, TODAY)


@pytest.mark.parametrize("role", ["clerk_user", "secretary_user", "member_user"])
def test_nobody_of_one_township_sees_the_other(
    role: str, register: Register, now: datetime, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(role)
    person = register.people["t2_member"]
    assert permissions.why_not_see_organization(user, register.t2_village, now).code == "outside"
    assert permissions.why_not_see_person(user, person, now).code == "outside"
    assert register.t2_village not in visible_to(user, TODAY)
    assert person not in people_visible_to(user, TODAY)


@pytest.mark.parametrize(
    "role", ["secretary_user", "inspector_user", "branch_secretary_user", "member_user"]
)
def test_readers_change_nothing(
    role: str, register: Register, now: datetime, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(role)
    person = register.people["village_member"]
    assert permissions.why_not_edit_register(user).code == "not_an_editor"
    assert (
        permissions.why_not_edit_organization(user, register.village, now).code == "not_an_editor"
    )
    assert permissions.why_not_edit_person(user, person, now).code == "not_an_editor"
    refusal = permissions.why_not_restructure_organization(user, register.village, now)
    assert refusal.code == "not_an_editor"


def test_a_member_sees_and_takes_away_no_list_of_people(
    register: Register, member_user: User, now: datetime
) -> None:
    refusal = permissions.why_not_see_members(member_user, register.village, now)
    assert refusal.code == "only_oneself"
    assert permissions.why_not_export_people(member_user).code == "only_oneself"


def test_the_command_line_may_do_everything(register: Register, now: datetime) -> None:
    person = register.people["village_member"]
    assert permissions.why_not_see_organization(None, register.t2, now) is None
    assert permissions.why_not_see_person(None, person, now) is None
    assert permissions.why_not_edit_organization(None, register.t2, now) is None
    assert permissions.why_not_edit_person(None, person, now) is None
    assert permissions.why_not_create_organization(None, None, now) is None
    assert permissions.why_not_see_members(None, register.t2, now) is None
    assert permissions.why_not_export_people(None) is None
    assert permissions.why_not_see_identity(None, person, now) is None
    assert register.t2 in visible_to(None, TODAY)
    assert person in people_visible_to(None, TODAY)


def test_a_clerk_edits_the_own_township_only(
    register: Register, clerk_user: User, now: datetime
) -> None:
    assert permissions.why_not_edit_organization(clerk_user, register.village, now) is None
    assert permissions.why_not_edit_organization(clerk_user, register.t2, now).code == "outside"
    assert (
        permissions.why_not_edit_person(clerk_user, register.people["village_member"], now) is None
    )
    refusal = permissions.why_not_edit_person(clerk_user, register.people["t2_member"], now)
    assert refusal.code == "outside"


def test_a_leader_is_edited_where_the_post_is_as_well(
    register: Register, clerk_user: User, other_clerk_user: User, now: datetime
) -> None:
    person = register.people["t2_secretary"]
    operations.transfer_member(
        person=person, organization=register.village, on=TODAY, by=None, now=now
    )
    assert permissions.why_not_edit_person(clerk_user, person, now) is None
    assert permissions.why_not_edit_person(other_clerk_user, person, now) is None


def test_nobody_restructures_the_organization_the_role_begins_at(
    register: Register, clerk_user: User, office_user: User, now: datetime
) -> None:
    refusal = permissions.why_not_restructure_organization(clerk_user, register.t1, now)
    assert refusal.code == "own_top"
    button = permissions.why_not_close_organization(clerk_user, register.t1, TODAY, now)
    assert button.code == "own_top"
    assert permissions.why_not_restructure_organization(office_user, register.t1, now) is None
    assert permissions.why_not_restructure_organization(clerk_user, register.village, now) is None


def test_a_role_that_only_reads_widens_nobodys_part(
    register: Register, clerk_user: User, member_user: User, now: datetime
) -> None:
    grant_role(user=clerk_user, role=Role.INSPECTOR, organization=register.county, by=None, now=now)
    assert permissions.why_not_see_organization(clerk_user, register.t2, now) is None
    assert permissions.why_not_edit_organization(clerk_user, register.t2, now).code == "outside"
    refusal = permissions.why_not_restructure_organization(clerk_user, register.t1, now)
    assert refusal.code == "own_top"


def test_whoever_is_elsewhere_now_is_edited_there_alone(
    register: Register, clerk_user: User, other_clerk_user: User, now: datetime
) -> None:
    person = register.people["village_member"]
    operations.transfer_member(
        person=person, organization=register.t2_village, on=TODAY, by=None, now=now
    )
    assert permissions.why_not_edit_person(clerk_user, person, now).code == "outside"
    assert permissions.why_not_edit_person(other_clerk_user, person, now) is None


def test_what_only_belongs_there_as_well_does_not_keep_an_organization_from_closing(
    register: Register, now: datetime
) -> None:
    branch = operations.create_organization(
        code="T1-9", name="旧站党支部", kind="branch", level="grassroots", sector="rural",
        parent=register.t1, on=date(2010, 5, 1), by=None, now=now,
    )  # fmt: skip
    operations.add_secondary_affiliation(
        organization=register.t2_village, parent=branch, on=date(2010, 6, 1), by=None, now=now
    )
    assert permissions.why_not_close_organization(None, branch, TODAY, now) is None


def test_the_first_organization_may_be_founded_by_anybody_signed_in(
    db: None, now: datetime
) -> None:
    user = User.objects.create(username="first", created_at=now)
    assert permissions.why_not_create_organization(user, None, now) is None


def test_a_second_top_is_refused(register: Register, office_user: User, now: datetime) -> None:
    refusal = permissions.why_not_create_organization(office_user, None, now)
    assert refusal.code == "second_top"


def test_a_closed_organization_stays_in_sight_of_its_township(
    register: Register, clerk_user: User, other_clerk_user: User, now: datetime
) -> None:
    organization = operations.create_organization(
        code="T1-9", name="旧站党支部", kind="branch", level="grassroots", sector="rural",
        parent=register.t1, on=date(2010, 5, 1), by=None, now=now,
    )  # fmt: skip
    closed = operations.close_organization(
        organization=organization, on=date(2011, 1, 1), by=None, now=now
    )
    assert permissions.why_not_see_organization(clerk_user, closed, now) is None
    assert permissions.why_not_see_organization(other_clerk_user, closed, now).code == "outside"
    refusal = permissions.why_not_restructure_organization(clerk_user, closed, now)
    assert refusal.code == "closed"
    assert "旧站党支部" in str(refusal)
    assert "2011年1月1日" in str(refusal)


def test_whoever_left_stays_in_sight_of_the_last_organization(
    register: Register, clerk_user: User, other_clerk_user: User, now: datetime
) -> None:
    person = register.people["village_member"]
    operations.end_membership(person=person, on=TODAY, reason="died", by=None, now=now)
    assert permissions.why_not_see_person(clerk_user, person, now) is None
    assert permissions.why_not_see_person(other_clerk_user, person, now).code == "outside"
    assert person in people_visible_to(clerk_user, TODAY)
    assert person not in people_visible_to(other_clerk_user, TODAY)


def test_an_editor_may_change_a_person_who_belongs_nowhere_yet(
    register: Register, clerk_user: User, now: datetime
) -> None:
    person = operations.add_person(name="林新", by=clerk_user, now=now)
    assert permissions.why_not_edit_person(clerk_user, person, now) is None


def test_without_a_grant_nothing_is_seen(register: Register, now: datetime) -> None:
    user = User.objects.create(username="nobody", created_at=now)
    assert not visible_to(user, TODAY).exists()
    assert not people_visible_to(user, TODAY).exists()
    assert permissions.why_not_see_organization(user, register.village, now).code == "outside"


def test_an_ended_grant_gives_nothing(register: Register, now: datetime) -> None:
    user = user_with("former", Role.CLERK, register.t1, now)
    user.grants.update(ended_at=now)
    assert permissions.why_not_edit_organization(user, register.t1, now).code == "not_an_editor"
    assert not visible_to(user, TODAY).exists()
