"""Accounts for many people at once: whom the register names, names, slips, the first sign-in."""

from urllib.parse import unquote

import pytest
from django_otp.plugins.otp_totp.models import TOTPDevice

from pingyi.accounts import queries
from pingyi.accounts.enums import Role
from pingyi.accounts.models import User
from pingyi.accounts.operations.accounts import deactivate
from pingyi.accounts.operations.first_codes import make_first_code, print_first_codes
from pingyi.accounts.operations.grants import grant_role
from pingyi.accounts.operations.many import create_accounts
from pingyi.accounts.operations.one_time_codes import start_one_time_code
from pingyi.accounts.permissions import why_not_print_first_code as why_not
from pingyi.accounts.queries.candidates import candidates, people_for
from pingyi.accounts.queries.first_codes import first_code, slips_of
from pingyi.accounts.rules.sign_in_names import sign_in_name
from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Entry
from pingyi.register.operations import appoint
from tests.accounts.conftest import PASSWORD
from tests.documents_reading import pdf_pages

MANY, SLIPS = "/accounts/many/", "/accounts/slips/"
SIGN_IN, FIRST = "/accounts/sign-in/", "/accounts/sign-in/first/"
OWN = "three pines in my own wind"


def named(role, organization, on):
    rows = candidates(people_for(role, organization, on, by=None))
    return {row.person.name: [one.code for one in row.organizations] for row in rows}


@pytest.fixture
def today(now):
    return now.date()


@pytest.fixture
def waiting(register, township_office, now) -> User:
    """The branch secretary of the village, without a password."""
    made = create_accounts(
        role=Role.BRANCH_SECRETARY, organization=register.village, by=township_office, now=now
    )
    return User.objects.get(pk=made[0].pk)


# ---- whom the register names --------------------------------------------------------------------


def test_branch_secretaries_are_named_by_their_post(register, today):
    assert named(Role.BRANCH_SECRETARY, register.t1, today) == {
        "李秀兰": ["T1-3"], "王大山": ["T1-1"], "赵文": ["T1-2"],
    }  # fmt: skip
    assert named(Role.SECRETARY, register.county, today) == {"陈卫东": ["T1"], "周明": ["T2"]}


def test_members_are_named_by_their_membership(register, today):
    found = named(Role.MEMBER, register.village, today)
    assert found == {"王大山": ["T1-1"], "张小芳": ["T1-1"], "刘洋": ["T1-1"]}


def test_no_post_says_who_is_a_clerk(register, today, office, now):
    assert named(Role.CLERK, register.county, today) == {}
    with pytest.raises(Refusal) as refusal:
        create_accounts(role=Role.CLERK, organization=register.t1, by=office, now=now)
    assert refusal.value.code == "not_from_register"


def test_who_has_an_account_is_left_out(register, office, waiting, today):
    assert "王大山" not in named(Role.MEMBER, register.village, today)


def test_a_secretary_of_two_branches_gets_one_account(register, office, now, today):
    appoint(
        person=register.people["village_secretary"], organization=register.school,
        title="支部书记", category="grassroots_secretary", on=today, by=office, now=now,
    )  # fmt: skip
    create_accounts(role=Role.BRANCH_SECRETARY, organization=register.t1, by=office, now=now)
    user = User.objects.get(person=register.people["village_secretary"])
    assert {grant.organization.code for grant in queries.open_grants(user)} == {"T1-1", "T1-2"}


def test_secretaries_of_every_level_are_made_at_once_each_with_the_role_of_the_post(
    register, office, now
):
    create_accounts(role=None, organization=register.t1, by=office, now=now)
    roles = {
        grant.user.name: grant.role
        for user in User.objects.exclude(person=None)
        for grant in queries.open_grants(user)
    }
    assert roles == {
        "陈卫东": "secretary", "王大山": "branch_secretary", "赵文": "branch_secretary",
        "李秀兰": "branch_secretary",
    }  # fmt: skip


def test_accounts_are_made_for_those_who_are_ticked(client, register, office, today):
    client.force_login(office)
    choice = {"role": "member", "organization": "T1-1"}
    assert 'id="ticked"' in client.get("/accounts/many/", choice).content.decode()
    page = client.get("/accounts/many/", {**choice, "q": "刘"}).content.decode()
    one = register.people["village_probationer"]
    assert f'name="person" form="ticked" value="{one.pk}"' in page
    ticked = {**choice, "ticked": "on"}
    assert "请勾选" in client.post("/accounts/many/", ticked).content.decode()
    answer = client.post("/accounts/many/", {**ticked, "person": one.pk})
    assert answer.status_code == 302
    assert [user.person for user in User.objects.exclude(person=None)] == [one]


# ---- making them --------------------------------------------------------------------------------


def test_every_account_has_its_role_person_and_lines(register, township_office, now):
    before = Entry.objects.count()
    made = create_accounts(
        role=Role.BRANCH_SECRETARY, organization=register.t1, by=township_office, now=now
    )
    assert sorted(user.username for user in made) == ["lixiulan", "wangdashan", "zhaowen"]
    user = User.objects.get(username="wangdashan")
    assert (user.name, user.person) == ("王大山", register.people["village_secretary"])
    assert queries.signature(user).role == "branch_secretary@T1-1"
    assert not user.has_usable_password()
    kinds = [entry.kind for entry in Entry.objects.order_by("seq")[before:]]
    assert kinds == ["account.created", "account.role_granted", "account.person_linked"] * 3


@pytest.mark.parametrize(
    ("name", "taken", "expected"),
    [
        ("王大山", set(), "wangdashan"),
        ("王大山", {"wangdashan"}, "wangdashan2"),
        ("Ωmega", set(), "mega"),
        ("王大山", {"wangdashan", "wangdashan2"}, "wangdashan3"),
        ("买买提·艾力", set(), "maimaitiaili"),
        ("José Ünal", set(), "joseunal"),
        ("吕布", set(), "lvbu"),
        ("···", set(), "user"),
        ("欧阳" * 40, set(), ("ouyang" * 40)[:40]),
    ],
)
def test_sign_in_names_can_be_typed_on_any_keyboard(name, taken, expected):
    assert sign_in_name(name, taken) == expected


def test_twice_makes_nothing_twice(register, office, now, waiting):
    with pytest.raises(Refusal) as refusal:
        create_accounts(
            role=Role.BRANCH_SECRETARY, organization=register.village, by=office, now=now
        )
    assert refusal.value.code == "nobody"


def test_outside_the_own_part_of_the_tree_nothing_is_made(register, township_office, now):
    with pytest.raises(Refusal) as refusal:
        create_accounts(role=Role.MEMBER, organization=register.t2, by=township_office, now=now)
    assert refusal.value.code == "outside"


def test_too_many_at_once_are_refused(register, office, now, monkeypatch):
    monkeypatch.setattr("pingyi.accounts.operations.many.MOST_AT_ONCE", 2)
    with pytest.raises(Refusal) as refusal:
        create_accounts(role=Role.MEMBER, organization=register.village, by=office, now=now)
    assert refusal.value.code == "too_many"
    assert User.objects.count() == 1


# ---- the first sign-in --------------------------------------------------------------------------


def typed(browser, user, code):
    return browser.post(SIGN_IN, {"username": user.username, "password": code})


def chosen(browser, password=OWN, again=OWN):
    return browser.post(FIRST, {"password": password, "again": again})


def is_signed_in(browser) -> bool:
    return browser.get("/accounts/me/").status_code == 200


@pytest.mark.parametrize("change", [str, str.lower, lambda code: code.replace("-", " ")])
def test_the_first_code_leads_to_a_password_of_ones_own(client, waiting, change):
    answer = typed(client, waiting, change(first_code(waiting)))
    assert answer.url.startswith(FIRST)
    assert not is_signed_in(client)
    assert chosen(client).status_code == 302
    assert is_signed_in(client)
    assert User.objects.get(pk=waiting.pk).check_password(OWN)


def test_letters_read_as_digits_are_understood(client, waiting):
    misread = first_code(waiting).translate(str.maketrans("OIB", "018"))
    assert typed(client, waiting, misread).url.startswith(FIRST)


def test_the_code_is_void_once_a_password_is_chosen(client, waiting):
    code = first_code(waiting)
    typed(client, waiting, code)
    chosen(client)
    client.post("/accounts/sign-out/")
    assert typed(client, waiting, code).status_code == 422
    assert not is_signed_in(client)


def test_the_code_stays_the_same_and_fits_nobody_else(waiting, register, office, now):
    other = create_accounts(role=Role.MEMBER, organization=register.school, by=office, now=now)[0]
    assert first_code(waiting) == first_code(User.objects.get(pk=waiting.pk))
    assert first_code(waiting) != first_code(other)


def test_a_weak_or_mistyped_password_is_not_taken(client, waiting):
    typed(client, waiting, first_code(waiting))
    assert chosen(client, "1234567890", "1234567890").status_code == 422
    assert chosen(client, OWN, "another one").status_code == 422
    assert not User.objects.get(pk=waiting.pk).has_usable_password()


def test_without_a_code_nobody_chooses_a_password(client, waiting):
    assert client.get(FIRST).url == SIGN_IN
    assert chosen(client).url == SIGN_IN
    assert typed(client, waiting, "AAAA-AAAA-AAAA").status_code == 422
    assert typed(client, waiting, "").status_code == 422
    assert client.get(FIRST).url == SIGN_IN


def test_a_second_browser_cannot_choose_another_password(client, waiting, browser_of):
    other = type(client)()
    code = first_code(waiting)
    typed(client, waiting, code)
    typed(other, waiting, code)
    chosen(client)
    assert chosen(other, "another long passphrase", "another long passphrase").status_code == 422
    assert User.objects.get(pk=waiting.pk).check_password(OWN)


def test_a_deactivated_account_is_not_signed_in_by_its_code(client, waiting, office, now):
    code = first_code(waiting)
    deactivate(user=waiting, by=office, now=now)
    assert typed(client, waiting, code).status_code == 422


def test_wrong_codes_wait_like_wrong_passwords_and_the_right_one_does_not(client, waiting):
    for _ in range(6):
        answer = typed(client, waiting, "AAAA-AAAA-AAAA")
    assert answer.status_code == 429
    assert typed(client, waiting, first_code(waiting)).status_code == 302


def test_whoever_uses_one_time_codes_is_asked_for_one_after_choosing(client, waiting, now):
    device = start_one_time_code(by=waiting, now=now)
    TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
    typed(client, waiting, first_code(waiting))
    assert chosen(client).url.startswith("/accounts/sign-in/code/")
    assert not is_signed_in(client)


def test_an_account_with_a_password_has_no_code(clerk):
    with pytest.raises(ValueError, match="has no first code"):
        first_code(clerk)


# ---- slips --------------------------------------------------------------------------------------


def test_slips_are_printed_and_noted(browser_of, township_office, waiting):
    answer = browser_of(township_office).post(SLIPS)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    assert answer.content.startswith(b"%PDF")
    line = Entry.objects.order_by("-seq")[0]
    assert (line.kind, line.subject) == (
        "account.first_code_printed", f"account:{waiting.pk}",
    )  # fmt: skip


def test_the_slip_says_what_its_owner_needs(browser_of, township_office, waiting):
    text = "".join(pdf_pages(browser_of(township_office).post(SLIPS).content))
    code = first_code(waiting)
    for word in ("王大山", "柳湾村党支部", "wangdashan", code, SIGN_IN):
        assert word in text.replace("\n", ""), word


def test_a_slip_bears_no_address_that_only_this_machine_knows(
    browser_of, township_office, waiting, settings
):
    browser, here = browser_of(township_office), {"host": "127.0.0.1:8000"}
    settings.SITE, settings.ALLOWED_HOSTS = "http://127.0.0.1:8000", ["*"]
    said = "只有本机能打开"
    assert said in browser.get(SLIPS, headers=here).content.decode()
    text = "".join(pdf_pages(browser.post(SLIPS, headers=here).content))
    assert "127.0.0.1" not in text
    assert "____" in text
    assert said not in browser.get(SLIPS).content.decode()
    settings.SITE = "https://pingyi.example"
    assert said not in browser.get(SLIPS, headers=here).content.decode()
    text = "".join(pdf_pages(browser.post(SLIPS, headers=here).content))
    assert "https://pingyi.example/accounts/sign-in/" in text.replace("\n", "")


def test_slips_are_named_as_a_clerk_would(browser_of, township_office, waiting):
    said = unquote(browser_of(township_office).post(SLIPS)["Content-Disposition"])
    assert said.endswith("登录凭条_王大山.pdf")


def test_slips_are_printed_by_organization(register, office, now):
    made = create_accounts(role=Role.MEMBER, organization=register.t1, by=office, now=now)
    printed = print_first_codes(users=made, by=office, now=now)
    places = [queries.open_grants(user)[0].organization.code for user in printed]
    assert places == sorted(places)


def test_only_the_own_part_of_the_tree_is_printed(browser_of, township_office, register, now):
    far = create_accounts(role=Role.MEMBER, organization=register.t2, by=None, now=now)
    browser = browser_of(township_office)
    assert browser.get(SLIPS).context["listed"].total == 0
    assert browser.post(SLIPS).status_code == 302
    assert browser.post(f"/accounts/{far[0].pk}/slip/").status_code == 404
    with pytest.raises(Refusal) as refusal:
        print_first_codes(users=far, by=township_office, now=now)
    assert refusal.value.code == "needs_no_slip"


def test_who_also_has_a_role_elsewhere_is_not_printed(
    register, township_office, office, waiting, now
):
    grant_role(user=waiting, role=Role.MEMBER, organization=register.t2, by=office, now=now)
    assert list(slips_of(township_office, now.date())) == []
    assert list(slips_of(office, now.date())) == [waiting]


def test_too_many_slips_are_refused(waiting, office, now, monkeypatch):
    monkeypatch.setattr("pingyi.accounts.operations.first_codes.MOST_AT_ONCE", 0)
    with pytest.raises(Refusal) as refusal:
        print_first_codes(users=[waiting], by=office, now=now)
    assert refusal.value.code == "too_many"


def test_a_lost_password_is_voided_for_a_slip(browser_of, clerk, township_office, client):
    browser = browser_of(township_office)
    client.post(SIGN_IN, {"username": clerk.username, "password": PASSWORD})
    browser.post(f"/accounts/{clerk.pk}/first-code/")
    assert not is_signed_in(client)
    user = User.objects.get(pk=clerk.pk)
    assert browser.post(f"/accounts/{clerk.pk}/slip/")["Content-Type"] == "application/pdf"
    assert typed(client, user, first_code(user)).url.startswith(FIRST)


def test_one_cannot_void_the_own_password(township_office, now):
    with pytest.raises(Refusal) as refusal:
        make_first_code(user=township_office, by=township_office, now=now)
    assert refusal.value.code == "own"


def test_why_a_slip_is_not_printed(waiting, clerk, office, township_office, far_clerk, now):
    assert why_not(office, waiting, now) is None
    assert why_not(office, clerk, now).code == "has_password"
    waiting.is_active = False
    assert why_not(office, waiting, now).code == "inactive"
    waiting.is_active = True
    assert why_not(far_clerk, waiting, now).code == "not_office"


# ---- the pages ----------------------------------------------------------------------------------


def test_the_page_shows_whom_it_would_be_and_makes_them(browser_of, township_office, register):
    browser = browser_of(township_office)
    choice = {"role": "branch_secretary", "organization": "T1"}
    assert "listed" not in browser.get(MANY).context
    shown = browser.get(MANY, choice)
    assert [one.name for one in shown.context["listed"].page] == ["李秀兰", "王大山", "赵文"]
    answer = browser.post(MANY, choice)
    assert answer.url == f"{SLIPS}?organization=T1"
    assert browser.get(answer.url).context["listed"].total == 3
    assert browser.post(MANY, choice).status_code == 200
    assert browser.get(MANY, choice).context["listed"].total == 0


def test_the_page_refuses_what_lies_outside(browser_of, township_office):
    browser = browser_of(township_office)
    for organization in ("T2", "nowhere", ""):
        shown = browser.get(MANY, {"role": "member", "organization": organization})
        assert shown.context["form"].errors
    assert browser.get(SLIPS, {"organization": "T2"}).context["listed"].total == 0


def test_slips_are_narrowed_by_organization(browser_of, office, register, waiting, now):
    create_accounts(role=Role.MEMBER, organization=register.school, by=office, now=now)
    browser = browser_of(office)
    assert browser.get(SLIPS).context["listed"].total == 3
    assert browser.get(SLIPS, {"organization": "T1-1"}).context["listed"].total == 1
    assert browser.get(SLIPS, {"q": "wangda"}).context["listed"].total == 1


def test_there_is_nothing_for_anybody_else(browser_of, clerk, waiting):
    browser = browser_of(clerk)
    one = f"/accounts/{waiting.pk}/"
    for path in (MANY, SLIPS, f"{one}slip/", f"{one}first-code/"):
        assert browser.post(path).status_code == 404
