"""The pages of the register: what is seen, 404 outside, forms that do one deed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.organizations import queries as ground
from pingyi.organizations.models import Organization, Person
from pingyi.register import operations
from tests.cast import FOUNDED, NOW, TODAY, Register, identity_number

pytestmark = [pytest.mark.any_database, pytest.mark.pages_unwatched]

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def _it_is_the_day_of_the_cast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: NOW)


@pytest.fixture
def clerk(client: Client, clerk_user: User) -> Client:
    client.force_login(clerk_user)
    return client


def url(name: str, *args: int) -> str:
    return reverse(f"register:{name}", args=args)


def text_of(client: Client, address: str, **params: str) -> str:
    answer = client.get(address, params)
    assert answer.status_code == 200
    return answer.content.decode()


UNIT_PAGES = [
    "unit", "unit-members", "unit-history", "create", "change", "move", "close", "split", "merge",
    "affiliate", "register-member", "appoint", "put-in-charge",
]  # fmt: skip
PERSON_PAGES = [
    "person", "change-person", "admit", "transfer", "change-standing", "end-membership",
]  # fmt: skip
LISTS = ["list", "people"]


@pytest.mark.parametrize("name", UNIT_PAGES)
def test_an_organization_outside_is_not_found(name: str, clerk: Client, register: Register) -> None:
    assert clerk.get(url(name, register.t2_village.pk)).status_code == 404
    assert clerk.get(url(name, 10**6)).status_code == 404
    assert clerk.get(url(name, register.village.pk)).status_code == 200


@pytest.mark.parametrize("name", PERSON_PAGES)
def test_a_person_outside_is_not_found(name: str, clerk: Client, register: Register) -> None:
    assert clerk.get(url(name, register.people["t2_member"].pk)).status_code == 404
    assert clerk.get(url(name, 10**6)).status_code == 404
    assert clerk.get(url(name, register.people["village_member"].pk)).status_code == 200


def test_posts_charges_and_affiliations_outside_are_not_found(
    clerk: Client, register: Register
) -> None:
    edge = operations.add_secondary_affiliation(
        organization=register.t2_village, parent=register.t1, on=TODAY, by=None, now=NOW
    )
    outside = {
        "correct-post": register.t2_village.posts.get().pk,
        "end-post": register.t2_village.posts.get().pk,
        "end-charge": register.t2_village.charges.get().pk,
        "end-affiliation": edge.pk,
    }
    for name, pk in outside.items():
        assert clerk.get(url(name, pk)).status_code == 404
        assert clerk.get(url(name, 10**6)).status_code == 404


@pytest.mark.parametrize("name", [*LISTS, "list-export", "people-export", "create-top"])
def test_nobody_who_is_not_signed_in_sees_anything(name: str, client: Client, db: None) -> None:
    assert client.get(url(name)).status_code == 302


@pytest.mark.parametrize("role", ["member_user", "secretary_user", "inspector_user"])
def test_readers_are_told_why_they_change_nothing(
    role: str, client: Client, register: Register, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(role))
    answer = client.post(url("change", register.village.pk), {"name": "别名"})
    assert answer.status_code == 422
    assert ground.organization(register.village.pk).name == "柳湾村党支部"
    assert str(answer.context["deed"].refusal) in answer.content.decode()
    assert 'value="别名"' in answer.content.decode()


def test_the_list_shows_the_own_township_searched_and_filtered(
    clerk: Client, register: Register
) -> None:
    everything = text_of(clerk, url("list"))
    assert "柳湾村党支部" in everything
    assert "石桥村党支部" not in everything
    assert "青石中学党支部" not in text_of(clerk, url("list"), q="lwc")
    assert "柳湾村党支部" not in text_of(clerk, url("list"), sector="school")
    assert "柳湾村党支部" in text_of(clerk, url("list"), sector="nonsense", sort="-parent")
    assert "柳湾村党支部" not in text_of(clerk, url("list"), on="2009-01-01")
    assert "柳湾村党支部" in text_of(clerk, url("list"), on="yesterday")


def test_the_list_of_people_is_searched_and_filtered(clerk: Client, register: Register) -> None:
    everything = text_of(clerk, url("people"))
    assert "张小芳" in everything
    assert "郑强" not in everything
    assert "张小芳" not in text_of(clerk, url("people"), standing="probationary")
    assert "刘洋" in text_of(clerk, url("people"), q="ly", sort="-organization")


def test_the_lists_come_as_workbooks(clerk: Client, register: Register) -> None:
    for name in ("list-export", "people-export"):
        for params in ({}, {"q": "lwc"}):
            answer = clerk.get(url(name), params)
            assert answer.content.startswith(b"PK")
            assert "attachment" in answer["Content-Disposition"]


def test_an_empty_register_offers_its_first_step(client: Client, db: None) -> None:
    client.force_login(User.objects.create(username="first", created_at=NOW))
    assert url("create-top") in text_of(client, url("list"))
    answer = client.post(url("create-top"), {
        "name": "县委", "code": "X", "kind": "committee", "level": "county", "sector": "",
        "on": "2011-01-01",
    })  # fmt: skip
    top = Organization.objects.get()
    assert answer["Location"] == url("unit", top.pk)


def test_the_page_of_a_past_day_shows_that_day(clerk: Client, register: Register) -> None:
    operations.transfer_member(
        person=register.people["village_member"], organization=register.school,
        on=TODAY, by=None, now=NOW,
    )  # fmt: skip
    page = url("unit-members", register.village.pk)
    assert "张小芳" not in text_of(clerk, page)
    assert "张小芳" in text_of(clerk, page, on="2011-05-31")
    assert "柳湾村党支部" in text_of(
        clerk, url("person", register.people["village_member"].pk), on="2011-05-31"
    )


def test_a_branch_is_founded_changed_and_closed_on_the_screen(
    clerk: Client, register: Register
) -> None:
    values = {
        "name": "清泉村党支部", "code": "T1-4", "kind": "branch", "level": "grassroots",
        "sector": "rural", "on": "2011-05-01",
    }  # fmt: skip
    clerk.post(url("create", register.t1.pk), values)
    branch = Organization.objects.get(code="T1-4")
    clerk.post(url("change", branch.pk), {**values, "name": "甘泉村党支部"})
    branch.refresh_from_db()
    assert branch.name == "甘泉村党支部"
    answer = clerk.post(url("close", branch.pk), {"on": "2011-06-01"}, follow=True)
    branch.refresh_from_db()
    assert branch.valid_to == TODAY
    assert answer.status_code == 200


def test_what_papers_cannot_show_is_said_once_it_is_kept(clerk: Client, register: Register) -> None:
    values = {
        "name": "清泉\U000f0000村党支部", "code": "T1-4", "kind": "branch", "level": "grassroots",
        "sector": "rural", "on": "2011-05-01",
    }  # fmt: skip
    answer = clerk.post(url("create", register.t1.pk), values, follow=True)
    assert "U+F0000" in answer.content.decode()
    changed = {**values, "name": "清泉村党支部"}
    branch = Organization.objects.get(code="T1-4")
    answer = clerk.post(url("change", branch.pk), changed, follow=True)
    assert "U+F0000" not in answer.content.decode()


def test_what_is_refused_is_said_above_the_form(clerk: Client, register: Register) -> None:
    answer = clerk.post(url("close", register.village.pk), {"on": "2011-06-01"})
    assert answer.status_code == 422
    assert "notice-error" in answer.content.decode()
    assert 'value="2011-06-01"' in answer.content.decode()
    register.village.refresh_from_db()
    assert register.village.valid_to is None


@pytest.mark.parametrize("name", ["move", "merge", "affiliate"])
def test_the_other_organization_is_searched_then_picked(
    name: str, clerk: Client, register: Register
) -> None:
    page = url(name, register.village.pk)
    assert "青石中学" not in text_of(clerk, page)
    assert "青石中学" in text_of(clerk, page, q="qszx")
    assert "白水" not in text_of(clerk, page, q="bsz")
    outside = {"target": register.t2_village.pk, "on": "2011-06-01"}
    assert clerk.post(page, outside).status_code == 422
    assert not register.village.affiliations.filter(parent=register.t2_village).exists()
    answer = clerk.post(page, {"target": register.school.pk, "on": "2011-06-01"})
    assert answer.status_code == 302


def test_a_second_affiliation_ends_on_the_screen(clerk: Client, register: Register) -> None:
    edge = operations.add_secondary_affiliation(
        organization=register.village, parent=register.school, on=FOUNDED, by=None, now=NOW
    )
    assert url("end-affiliation", edge.pk) in text_of(clerk, url("unit", register.village.pk))
    clerk.post(url("end-affiliation", edge.pk), {"on": "2011-06-01"})
    edge.refresh_from_db()
    assert edge.valid_to == TODAY


def test_a_branch_is_split_on_the_screen(clerk: Client, register: Register) -> None:
    person = register.people["village_member"]
    answer = clerk.post(url("split", register.village.pk), {
        "name": "柳湾二支部", "code": "T1-7", "kind": "branch", "level": "grassroots",
        "sector": "rural", "on": "2011-06-01", "people": [person.pk],
    })  # fmt: skip
    new = Organization.objects.get(code="T1-7")
    assert answer["Location"] == url("unit", new.pk)
    assert "张小芳" in text_of(clerk, url("unit-members", new.pk))
    assert "柳湾二支部" in text_of(clerk, url("unit-history", register.village.pk))


def test_a_member_comes_changes_and_goes_on_the_screen(clerk: Client, register: Register) -> None:
    clerk.post(url("register-member", register.village.pk), {
        "name": "林新", "identity": identity_number(700), "standing": "probationary",
        "on": "2011-05-01",
    })  # fmt: skip
    person = Person.objects.get(name="林新")
    clerk.post(url("change-person", person.pk), {"name": "林欣", "gender": "female"})
    clerk.post(url("change-standing", person.pk), {"standing": "full", "on": "2011-05-20"})
    clerk.post(url("transfer", person.pk), {"target": register.school.pk, "on": "2011-05-25"})
    left = {"on": "2011-05-30", "reason": "moved_away", "note": "随迁省城"}
    assert clerk.post(url("end-membership", person.pk), {**left, "reason": ""}).status_code == 422
    clerk.post(url("end-membership", person.pk), left)
    clerk.post(url("admit", person.pk), {"target": register.village.pk, "on": "2011-06-01"})
    person.refresh_from_db()
    assert (person.name, person.gender) == ("林欣", "female")
    spans = person.memberships.order_by("valid_from").values_list("organization__code", "standing")
    assert list(spans) == [
        ("T1-1", "probationary"), ("T1-1", "full"), ("T1-2", "full"), ("T1-1", "full"),
    ]  # fmt: skip


def test_posts_and_charges_begin_and_end_on_the_screen(clerk: Client, register: Register) -> None:
    person = register.people["village_member"]
    page = url("appoint", register.village.pk)
    assert "张小芳" in text_of(clerk, page, q="zxf")
    assert "郑强" not in text_of(clerk, page, q="zq")
    picked = {"target": person.pk, "on": "2011-05-01"}
    clerk.post(page, {**picked, "title": "组织委员", "category": ""})
    clerk.post(url("put-in-charge", register.village.pk), picked)
    post, charge = person.posts.get(), person.charges.get()
    assert "组织委员" in text_of(clerk, url("unit", register.village.pk))
    clerk.post(url("end-post", post.pk), {"on": "2011-06-01"})
    clerk.post(url("end-charge", charge.pk), {"on": "2011-06-01"})
    post.refresh_from_db()
    charge.refresh_from_db()
    assert (post.valid_to, charge.valid_to) == (TODAY, TODAY)
