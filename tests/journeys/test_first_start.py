"""The main job of the README on an empty database, with nothing but a browser and a workbook."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from tests.golden.township import workbook
from tests.journeys.conftest import Look

GOLDEN = json.loads(
    (Path(__file__).parents[1] / "fixtures" / "annexes.golden.json").read_text(encoding="utf-8")
)


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """The township of the notice as a workbook."""
    path = tmp_path / "示范镇名册.xlsx"
    path.write_bytes(workbook(GOLDEN))
    return path


def test_from_an_empty_database_to_a_filled_in_table(
    roster: Path, page: Page, no_barriers: Look
) -> None:
    page.goto("/")
    assert page.url.endswith("/start/")
    no_barriers(page)
    make_the_office_account(page)
    import_the_roster(page, roster, no_barriers)
    open_the_campaign(page, no_barriers)
    open_the_first_round(page, no_barriers)

    page.goto("/tables/notice/first/SFZ/?table=annex2")
    first_row = page.locator(".paper tbody tr").first.locator("td").all_inner_texts()
    expected = GOLDEN["annex2"]["党组织数"][: len(first_row)]
    assert [int(text) if text.strip() else None for text in first_row] == expected
    page.locator("td a").first.click()
    panel = page.locator("#side-panel")
    panel.wait_for(state="visible")
    assert panel.locator("tbody tr").count() == GOLDEN["annex2"]["党组织数"][0]
    no_barriers(page)
    call_command("ledger", "verify")


def make_the_office_account(page: Page) -> None:
    page.fill("[name=organization_name]", "中共云岭县委员会")
    page.fill("[name=organization_code]", "YL")
    page.select_option("[name=kind]", "committee")
    page.fill("[name=name]", "县创先争优办")
    page.fill("[name=username]", "office")
    page.fill("[name=password]", "123")
    page.get_by_role("button", name="建立办公室账号").click()
    page.locator(".invalid-feedback, .field-error").first.wait_for()
    assert page.input_value("[name=organization_name]") == "中共云岭县委员会"
    page.fill("[name=password]", "cloud-ridge-2011")
    page.get_by_role("button", name="建立办公室账号").click()
    page.get_by_role("link", name="导入工作簿").wait_for()


def import_the_roster(page: Page, roster: Path, no_barriers: Look) -> None:
    page.get_by_role("link", name="导入工作簿").click()
    no_barriers(page)
    page.set_input_files("[name=file]", roster)
    page.locator("main form button.btn-primary").first.click()
    apply = page.get_by_role("button", name="确认导入")
    apply.wait_for(timeout=60_000)
    no_barriers(page)
    apply.click()
    page.get_by_role("button", name="撤销").wait_for(timeout=60_000)
    page.goto("/start/")


def open_the_campaign(page: Page, no_barriers: Look) -> None:
    page.get_by_role("link", name="启动活动").click()
    page.locator("a[href*='chuangxian-2011']").first.click()
    page.fill("[name=code]", "notice")
    page.locator("button[name=preview]").click()
    page.locator("button[name=open]").wait_for()
    no_barriers(page)
    page.locator("button[name=open]").click()
    # Of a branch without a secretary it is asked once more.
    page.get_by_role("button", name="继续").click()
    page.wait_for_url("**/campaigns/notice/")


def open_the_first_round(page: Page, no_barriers: Look) -> None:
    no_barriers(page)
    page.locator("form[action*='/rounds/first/open/'] button").click()
    # It begins on another day than was planned: asked once more.
    page.get_by_role("button", name="继续").click()
    page.wait_for_url(lambda url: urlsplit(url).path == "/")
    page.goto("/campaigns/notice/")
    page.get_by_text("进行中").first.wait_for()
