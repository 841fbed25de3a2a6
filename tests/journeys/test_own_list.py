"""A clerk's own list of 120 members without any code goes in; what comes out changes nothing."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from pingyi.accounts.enums import Role
from pingyi.accounts.operations import create_account
from pingyi.organizations.models import Membership
from pingyi.rosters.models import RosterImport
from pingyi.rosters.operations import import_rows
from pingyi.rosters.rules.columns import SHEETS
from tests.cast import FOUNDED
from tests.journeys.conftest import Look, NewPage
from tests.rosters.own_list import own_list, township

PASSWORD = "Cast-of-2011-green-stone"
LISTED = [
    ("东村党支部", 40),
    ("中共甲镇西村支部委员会", 30),
    ("甲镇机关 党支部", 30),
    ("第一支部", 20),
]


@pytest.fixture
def clerk(new_page: NewPage) -> Page:
    """Signed in, in a township whose branches are known and whose members are not."""
    now = timezone.now()
    titles = {sheet.title: sheet.key for sheet in SHEETS}
    sheets = {titles[title]: rows for title, rows in township().items()}
    places = import_rows(sheets=sheets, scope=None, effective_on=FOUNDED, by=None, now=now)
    create_account(
        username="clerk", name="周洁", password=PASSWORD, role=Role.CLERK,
        organization=places["A"], by=None, now=now,
    )  # fmt: skip
    page = new_page()
    page.goto("/")
    page.fill("[name=username]", "clerk")
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url("**/")
    return page


def upload(page: Page, path: Path) -> None:
    page.goto("/register/import/")
    page.set_input_files("[name=file]", path)
    page.locator("main form button.btn-primary").first.click()
    page.locator(".nav-tabs").wait_for(timeout=60_000)


def test_the_list_of_an_office_goes_in_with_one_question(
    clerk: Page, no_barriers: Look, tmp_path: Path
) -> None:
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(own_list(LISTED))
    upload(clerk, path)
    made = RosterImport.objects.latest("pk")
    assert [error["code"] for error in made.errors] == ["place_ambiguous"]
    no_barriers(clerk)
    clerk.get_by_text("甲镇医院党总支").first.click()
    clerk.get_by_role("button", name="按此选择").click()
    apply = clerk.get_by_role("button", name="确认导入")
    apply.wait_for(timeout=60_000)
    made.refresh_from_db()
    assert (made.errors, made.counts["add"]) == ([], {"person": 120})
    clerk.get_by_role("link", name="各列对应的内容").click()
    clerk.get_by_text("1951年2月").wait_for()
    no_barriers(clerk)
    clerk.go_back()
    apply.click()
    clerk.get_by_role("button", name="撤销").wait_for(timeout=60_000)
    assert Membership.objects.count() == 120

    clerk.goto("/register/import/")
    with clerk.expect_download() as fetched:
        clerk.get_by_role("link", name="甲镇党委现有名册").click()
    export = tmp_path / "roster.xlsx"
    fetched.value.save_as(export)
    upload(clerk, export)
    again = RosterImport.objects.latest("pk")
    assert (again.errors, again.counts) == ([], {"add": {}, "change": {}, "end": {}})
