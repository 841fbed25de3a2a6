"""The pages of the campaign office."""

import pytest
from django.test import Client

from pingyi.accounts import queries
from pingyi.accounts.enums import Role
from pingyi.accounts.models import Grant, User
from pingyi.accounts.operations.accounts import deactivate
from pingyi.accounts.operations.grants import end_grant, grant_role
from pingyi.accounts.operations.one_time_codes import start_one_time_code
from pingyi.accounts.queries.accounts import pending_device
from tests.accounts.conftest import PASSWORD, account

pytestmark = pytest.mark.any_database

LIST = "/accounts/"
NEW = "another long passphrase"


@pytest.fixture
def desk(browser_of, township_office) -> Client:
    """The browser of the office of the first township."""
    return browser_of(township_office)


def page_of(user: User, path: str = "") -> str:
    return f"{LIST}{user.pk}/{path}"


def listed(answer) -> list[str]:
    return [user.username for user in answer.context["listed"].page]


def test_the_list_shows_the_subtree_only(desk, clerk, far_clerk):
    answer = desk.get(LIST)
    assert listed(answer) == ["t1-clerk", "t1-office"]
    assert "t2-clerk" not in answer.content.decode()


def test_the_list_is_searched_sorted_and_paged(desk, register, now):
    for number in range(22):
        account(f"m{number:02d}", Role.MEMBER, register.village, now)
    assert len(listed(desk.get(LIST))) == 20
    assert len(listed(desk.get(LIST, {"page": 2}))) == 3
    assert listed(desk.get(LIST, {"q": "m07"})) == ["m07"]
    assert listed(desk.get(LIST, {"sort": "-username"}))[:2] == ["t1-office", "m21"]
    assert listed(desk.get(LIST, {"q": "nobody at all"})) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_needs_as_many_queries_for_three_as_for_one(
    desk, register, now, count, django_assert_max_num_queries
):
    for number in range(count):
        account(f"m{number}", Role.MEMBER, register.village, now)
    with django_assert_max_num_queries(14):
        desk.get(LIST)


def test_there_is_nothing_for_anybody_else(browser_of, clerk, far_clerk, client):
    browser = browser_of(clerk)
    for path in (LIST, LIST + "new/", page_of(clerk), page_of(far_clerk)):
        assert browser.get(path).status_code == 404
        assert client.get(path).status_code == 302


POST_PATHS = [
    "roles/",
    "roles/1/end/",
    "password/",
    "deactivate/",
    "reactivate/",
    "code/remove/",
    "person/",
    "person/remove/",
]


@pytest.mark.parametrize("path", POST_PATHS)
def test_what_lies_outside_is_not_there(desk, far_clerk, office, path):
    for user in (far_clerk, office):
        assert desk.get(page_of(user)).status_code == 404
        assert desk.post(page_of(user, path)).status_code == 404


@pytest.mark.parametrize("path", POST_PATHS)
def test_a_get_changes_nothing(desk, clerk, path):
    assert desk.get(page_of(clerk, path)).status_code == 405


def test_a_role_of_another_account_cannot_be_ended_through_this_one(desk, clerk, far_clerk):
    grant = far_clerk.grants.get()
    assert desk.post(page_of(clerk, f"roles/{grant.pk}/end/")).status_code == 404
    assert Grant.objects.get(pk=grant.pk).ended_at is None


def values(**changes):
    return {
        "username": "new-one",
        "name": "王小兰",
        "role": "member",
        "organization": "T1-1",
        "language": "zh-hans",
        "password": PASSWORD,
        "again": PASSWORD,
    } | changes


def test_an_account_is_made_with_its_first_role(desk, township_office):
    assert desk.get(LIST + "new/").status_code == 200
    answer = desk.post(LIST + "new/", values())
    user = User.objects.get(username="new-one")
    assert answer.url == page_of(user)
    assert queries.signature(user).role == "member@T1-1"
    assert (user.created_by, user.language) == (township_office, "zh-hans")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"organization": "T2-1"}, "organization"),
        ({"organization": "X"}, "organization"),
        ({"username": "t1-office"}, "username"),
        ({"username": "two words"}, "username"),
        ({"password": "short", "again": "short"}, "password"),
        ({"again": "different"}, "again"),
        ({"role": "emperor"}, "role"),
    ],
)
def test_what_is_wrong_with_a_new_account_stands_at_its_field(desk, changes, field):
    answer = desk.post(LIST + "new/", values(**changes))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not User.objects.filter(username="new-one").exists()


def test_a_weak_password_is_refused_with_every_reason_and_the_rest_is_kept(desk):
    page = desk.post(LIST + "new/", values(password="1234", again="1234")).content.decode()
    reasons = page.split("notice-error")[1].split("</div>")[0]
    assert reasons.count("<li>") == 3
    assert "password" not in reasons
    assert 'value="王小兰"' in page


def test_roles_are_given_and_ended(desk, clerk):
    desk.post(page_of(clerk, "roles/"), {"role": "inspector", "organization": "T1-2"})
    grant = Grant.objects.get(user=clerk, role=Role.INSPECTOR)
    assert grant.organization.code == "T1-2"
    desk.post(page_of(clerk, f"roles/{grant.pk}/end/"))
    assert Grant.objects.get(pk=grant.pk).ended_at
    assert desk.get(page_of(clerk)).status_code == 200


@pytest.mark.parametrize("organization", ["T1", "T2"])
def test_a_role_given_twice_or_outside_is_refused_on_the_page(desk, clerk, organization):
    answer = desk.post(page_of(clerk, "roles/"), {"role": "clerk", "organization": organization})
    assert answer.status_code == 422
    assert answer.context["role_form"].errors
    assert Grant.objects.filter(user=clerk).count() == 1


def test_a_new_password_is_set(desk, clerk):
    desk.post(page_of(clerk, "password/"), {"password": NEW, "again": NEW})
    assert User.objects.get(pk=clerk.pk).check_password(NEW)
    answer = desk.post(page_of(clerk, "password/"), {"password": "short", "again": "short"})
    assert list(answer.context["password_form"].errors) == ["password"]


def test_an_account_is_deactivated_and_reactivated(desk, clerk):
    desk.post(page_of(clerk, "deactivate/"))
    assert not User.objects.get(pk=clerk.pk).is_active
    assert page_of(clerk, "reactivate/") in desk.get(page_of(clerk)).content.decode()
    desk.post(page_of(clerk, "reactivate/"))
    assert User.objects.get(pk=clerk.pk).is_active


def test_refused_deeds_are_said_on_the_page(desk, township_office):
    answer = desk.post(page_of(township_office, "deactivate/"), follow=True)
    assert len(answer.context["messages"]) == 1
    assert User.objects.get(pk=township_office.pk).is_active


def test_buttons_that_cannot_be_pressed_say_why(desk, office, clerk, register, now):
    grant_role(user=clerk, role=Role.CLERK, organization=register.t2, by=office, now=now)
    answer = desk.get(page_of(clerk))
    assert str(answer.context["deactivate_refusal"]) in answer.content.decode()
    assert answer.context["deactivate_refusal"].code == "outside"


def test_one_time_codes_of_a_lost_phone_are_removed(desk, clerk, now):
    start_one_time_code(by=clerk, now=now)
    desk.post(page_of(clerk, "code/remove/"))
    assert pending_device(clerk) is None


def test_an_account_is_linked_to_a_person_found_by_name(desk, clerk, register):
    person = register.people["village_member"]
    page = desk.get(page_of(clerk), {"person_name": person.name}).content.decode()
    assert f'value="{person.pk}"' in page
    desk.post(page_of(clerk, "person/"), {"person": person.pk})
    assert User.objects.get(pk=clerk.pk).person == person
    desk.post(page_of(clerk, "person/remove/"))
    assert User.objects.get(pk=clerk.pk).person is None


def test_a_person_outside_is_neither_found_nor_linked(desk, clerk, register):
    person = register.people["t2_member"]
    page = desk.get(page_of(clerk), {"person_name": person.name}).content.decode()
    assert f'value="{person.pk}"' not in page
    desk.post(page_of(clerk, "person/"), {"person": person.pk})
    assert User.objects.get(pk=clerk.pk).person is None


def test_the_page_of_somebody_who_left_still_opens(desk, clerk, now):
    end_grant(grant=clerk.grants.get(), by=None, now=now)
    deactivate(user=clerk, by=None, now=now)
    assert desk.get(page_of(clerk)).status_code == 200
