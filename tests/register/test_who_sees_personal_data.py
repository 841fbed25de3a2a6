"""A member meets only the own person; last four and birth date are for keepers of the register."""

import re
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.enums import Role
from pingyi.accounts.models import User
from pingyi.accounts.operations.grants import grant_role
from pingyi.campaigns.models import Campaign
from pingyi.organizations.models import Person
from pingyi.register import operations, permissions
from pingyi.register.queries import find_people, people_visible_to
from tests.cast import NOW, TODAY, Register, user_with

KEEPERS = ["office_user", "clerk_user"]
READERS = ["secretary_user", "branch_secretary_user", "inspector_user"]
BORN_ON = date(1970, 1, 31)
JOINED_ON = date(1990, 7, 30)
SAID_DAYS = ["1970年1月31日", "1970-01-31", "1990年7月30日", "1990-07-30"]


@pytest.fixture(autouse=True)
def _it_is_the_day_of_the_cast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: NOW)


@pytest.fixture(autouse=True)
def _everybody_was_born(register: Register, now: datetime) -> None:
    for key, person in register.people.items():
        register.people[key] = operations.change_person(
            person=person,
            name=person.name,
            gender="female",
            born_on=BORN_ON,
            joined_on=JOINED_ON,
            by=None,
            now=now,
        )


@pytest.fixture
def pages(register: Register) -> dict[str, str]:
    """Where people of the village are named."""
    person, place = register.people["village_probationer"].pk, register.village.pk
    return {
        "people": reverse("register:people"),
        "person": reverse("register:person", args=[person]),
        "members": reverse("register:unit-members", args=[place]),
        "unit": reverse("register:unit", args=[place]),
        "export": reverse("register:people-export"),
    }


DEEDS = {
    "village": ["change", "close", "split", "merge", "register-member", "appoint", "put-in-charge"],
    "probationer": ["change-person", "admit", "transfer", "change-standing", "end-membership"],
}


@pytest.mark.parametrize("role", [*READERS, "member_user"])
def test_a_refused_deed_tells_nobody_more_than_was_typed(
    role: str, client: Client, register: Register, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(role))
    about = {
        "village": register.village.pk,
        "probationer": register.people["village_probationer"].pk,
    }
    own = request.getfixturevalue(role).person
    secret = [p.identity_last4 for p in register.people.values() if p.identity_last4 and p != own]
    assert secret
    for subject, names in DEEDS.items():
        for name in names:
            answer = client.post(reverse(f"register:{name}", args=[about[subject]]), {"on": "x"})
            assert answer.status_code in {403, 404, 422}, name
            page = re.sub(r"\b[A-Za-z0-9]{64}\b", "", answer.content.decode())  # tokens hold digits
            told = [word for word in [*secret, *SAID_DAYS] if word in page]
            assert not told, name


@pytest.mark.parametrize("role", READERS)
def test_a_refused_new_member_tells_nobody_of_those_with_near_names(
    role: str, client: Client, register: Register, request: pytest.FixtureRequest
) -> None:
    """Of a sound form: whether members have a near name is asked only for those who may add one."""
    client.force_login(request.getfixturevalue(role))
    known = register.people["village_member"]
    number = known.identity_last4
    assert number
    page = reverse("register:register-member", args=[register.village.pk])
    sound = {
        "name": known.name,
        "standing": "full",
        "on": "2011-06-01",
        "gender": "",
        "born_on": "",
    }
    answer = client.post(page, sound)
    assert answer.status_code in {403, 404, 422}
    said = re.sub(r"\b[A-Za-z0-9]{64}\b", "", answer.content.decode())
    assert not [word for word in [number, *SAID_DAYS] if word in said]


def signed_in(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def words(client: Client, address: str, **params: str) -> str:
    answer = client.get(address, params)
    assert answer.status_code == 200
    return answer.content.decode()


def cells(client: Client, address: str, **params: str) -> list[object]:
    sheet = openpyxl.load_workbook(BytesIO(client.get(address, params).content)).active
    return [cell for row in sheet.iter_rows(values_only=True) for cell in row]


def last4(register: Register, key: str) -> str:
    found: str = register.people[key].identity_last4
    assert found
    return found


def says_days(text: str) -> bool:
    """When somebody was born, or joined the Party."""
    return any(said in text for said in SAID_DAYS)


def test_a_member_sees_the_own_person_only(
    register: Register, member_user: User, now: datetime
) -> None:
    me, other = register.people["village_member"], register.people["village_probationer"]
    assert list(people_visible_to(member_user, TODAY)) == [me]
    assert permissions.why_not_see_person(member_user, me, now) is None
    assert permissions.why_not_see_person(member_user, other, now).code == "outside"
    assert permissions.why_not_see_organization(member_user, register.village, now) is None


def test_a_member_who_is_nobody_of_the_register_sees_nobody(
    register: Register, now: datetime
) -> None:
    user = user_with("stranger", Role.MEMBER, register.village, now)
    person = register.people["village_member"]
    assert not people_visible_to(user, TODAY).exists()
    assert permissions.why_not_see_person(user, person, now).code == "outside"


@pytest.mark.parametrize("role", [*KEEPERS, *READERS])
def test_the_other_roles_see_the_people_of_their_part(
    role: str, register: Register, now: datetime, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(role)
    person = register.people["village_probationer"]
    assert person in people_visible_to(user, TODAY)
    assert permissions.why_not_see_person(user, person, now) is None
    assert permissions.why_not_see_members(user, register.village, now) is None


def test_pages_of_a_member_name_nobody_else(
    client: Client, register: Register, member_user: User, pages: dict[str, str]
) -> None:
    signed_in(client, member_user)
    listed = words(client, pages["people"])
    assert "张小芳" in listed
    assert "刘洋" not in listed
    assert pages["export"] not in listed
    assert client.get(pages["person"]).status_code == 404
    assert client.get(pages["members"]).status_code == 403
    assert client.get(pages["export"]).status_code == 403
    own = words(client, reverse("register:person", args=[register.people["village_member"].pk]))
    assert last4(register, "village_member") in own
    assert says_days(own)


def test_what_a_member_may_not_open_is_not_offered(
    client: Client, register: Register, member_user: User, pages: dict[str, str]
) -> None:
    unit = words(signed_in(client, member_user), pages["unit"])
    assert "王大山" in unit
    secretary = reverse("register:person", args=[register.people["village_secretary"].pk])
    assert secretary not in unit
    assert pages["members"] not in unit


def test_a_leader_from_elsewhere_is_named_without_a_dead_link(
    client: Client, register: Register, branch_secretary_user: User, pages: dict[str, str]
) -> None:
    unit = words(signed_in(client, branch_secretary_user), pages["unit"])
    leader = register.people["t1_leader"]
    own = reverse("register:person", args=[register.people["village_secretary"].pk])
    assert leader.name in unit
    assert reverse("register:person", args=[leader.pk]) not in unit
    assert own in unit


@pytest.mark.parametrize("role", KEEPERS)
def test_whoever_keeps_the_register_sees_last_four_and_birth_date(
    role: str,
    client: Client,
    register: Register,
    pages: dict[str, str],
    request: pytest.FixtureRequest,
) -> None:
    signed_in(client, request.getfixturevalue(role))
    number = last4(register, "village_probationer")
    listed = words(client, pages["people"])
    assert number in listed
    assert says_days(listed)
    person = words(client, pages["person"])
    assert number in person
    assert says_days(person)
    assert number in words(client, pages["members"])
    assert "刘洋" in words(client, pages["people"], q=number)
    assert "刘洋" in words(client, pages["members"], q=number)
    assert number in cells(client, pages["export"], q=number)
    assert {BORN_ON.isoformat(), JOINED_ON.isoformat()} <= set(cells(client, pages["export"]))


def test_who_of_two_namesakes_it_is_the_last_four_say_to_keepers_only(
    namesakes: dict[str, Person],
    campaign: Campaign,
    client: Client,
    office_user: User,
    inspector_user: User,
) -> None:
    last4 = namesakes["first"].identity_last4
    page = reverse("campaigns:people", args=[campaign.code]) + "?q=wl"
    for user, is_said in ((office_user, True), (inspector_user, False)):
        client.force_login(user)
        said = client.get(page).content.decode()
        assert "王丽（甲）" in said
        assert (f"王丽（甲） …{last4}<" in said) == is_said
    export = client.get(reverse("register:people-export"), {"q": "wl"})
    rows = openpyxl.load_workbook(BytesIO(export.getvalue())).active.iter_rows(values_only=True)
    assert {("王丽", "甲", None), ("王\u3000丽", "乙", None)} <= {row[:3] for row in rows}


@pytest.mark.parametrize("role", READERS)
def test_readers_see_neither_and_cannot_search_for_it(
    role: str,
    client: Client,
    register: Register,
    pages: dict[str, str],
    request: pytest.FixtureRequest,
) -> None:
    signed_in(client, request.getfixturevalue(role))
    number = last4(register, "village_probationer")
    for name in ("people", "person", "members"):
        page = words(client, pages[name])
        assert "刘洋" in page
        assert number not in page
        assert not says_days(page)
    assert "刘洋" not in words(client, pages["people"], q=number)
    assert "刘洋" not in words(client, pages["members"], q=number)
    assert "刘洋" not in cells(client, pages["export"], q=number)
    exported = cells(client, pages["export"])
    assert "刘洋" in exported
    assert not {number, BORN_ON.isoformat(), JOINED_ON.isoformat()} & set(exported)
    assert words(client, pages["people"], sort="born") is not None


def test_whoever_keeps_one_part_and_reads_another_sees_them_in_the_first(
    client: Client,
    register: Register,
    clerk_user: User,
    now: datetime,
    pages: dict[str, str],
) -> None:
    grant_role(user=clerk_user, role=Role.INSPECTOR, organization=register.county, by=None, now=now)
    signed_in(client, clerk_user)
    inside, outside = last4(register, "village_probationer"), last4(register, "t2_member")
    exported = cells(client, pages["export"])
    assert {"刘洋", "郑强", inside} <= set(exported)
    assert outside not in exported
    listed = words(client, pages["people"], sort="born")
    assert inside in listed
    assert "郑强" in listed
    assert outside not in listed
    assert "郑强" not in words(client, pages["people"], q=outside)
    assert not find_people(outside, actor=clerk_user, on=TODAY).exists()
    away = words(client, reverse("register:person", args=[register.people["t2_member"].pk]))
    assert outside not in away


def test_the_command_line_finds_by_last_four(register: Register) -> None:
    number = last4(register, "village_probationer")
    found = find_people(number, actor=None, on=TODAY)
    assert [person.name for person in found] == ["刘洋"]
