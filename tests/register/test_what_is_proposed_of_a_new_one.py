"""A new organization has what is likely: the level below the one above, the next code."""

from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.organizations.rules.codes import next_codes
from pingyi.register.forms.organizations import FoundingForm
from tests.cast import Register


@pytest.mark.parametrize(
    ("above", "siblings", "code"),
    [
        ("YL", [], "YL-001"), ("YL", ["YL-001", "YL-004"], "YL-005"),
        ("YL", ["JT01", "JT02", "X9"], "JT03"), ("YL", ["09"], "10"), ("YL", ["QS"], "YL-001"),
        ("Y" * 40, [], "Y" * 37 + "001"),
    ],
)  # fmt: skip
def test_the_next_code_follows_those_beside_it(above: str, siblings: list[str], code: str) -> None:
    assert next(next_codes(above, siblings)) == code


@pytest.mark.any_database
def test_below_a_county_a_township_and_below_that_a_branch_are_proposed(
    register: Register, clerk_user: User, client: Client, now: datetime
) -> None:
    today = date(2011, 6, 1)
    county = FoundingForm(today=today, parent=register.county).initial
    assert (county["level"], county["kind"]) == ("township", "committee")
    township = FoundingForm(today=today, parent=register.t1).initial
    assert (township["level"], township["kind"]) == ("grassroots", "branch")
    assert FoundingForm(today=today).initial == {}
    client.force_login(clerk_user)
    page = client.get(reverse("register:create", args=[register.t1.pk])).content.decode()
    assert f'value="{township["code"]}"' in page


@pytest.mark.any_database
def test_the_list_leads_to_a_new_one_and_once_to_the_import(
    register: Register, clerk_user: User, office_user: User, client: Client
) -> None:
    client.force_login(clerk_user)
    page = client.get(reverse("register:list")).content.decode()
    assert reverse("register:create", args=[register.t1.pk]) in page
    assert page.count(f'href="{reverse("rosters:list")}"') == 1


@pytest.mark.any_database
def test_whoever_has_an_account_has_the_menu_on_the_page_of_first_steps(
    register: Register, clerk_user: User, client: Client
) -> None:
    client.force_login(clerk_user)
    page = client.get(reverse("web:start")).content.decode()
    assert 'class="rail' in page
