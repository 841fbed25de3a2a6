"""A long list is asked for, made, and fetched by whoever asked."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pingyi.accounts.enums import Role
from pingyi.organizations.models import Organization
from tests.cast import NOW, PASSWORD, build_register, user_with

pytestmark = pytest.mark.journey


def test_a_long_list_is_asked_for_and_fetched(
    page: Page, no_barriers: Callable[[Page], None], monkeypatch: pytest.MonkeyPatch,
    settings: Any, tmp_path: Path,
) -> None:  # fmt: skip
    settings.DOWNLOADS = tmp_path / "downloads"
    monkeypatch.setattr("pingyi.downloads.rules.MOST_AT_ONCE", {"xlsx": 2, "pdf": 2})
    build_register(NOW)
    user_with("office", Role.OFFICE, Organization.objects.get(code="X"), NOW)
    page.goto("/accounts/sign-in/?next=/register/people/")
    page.locator("[name=username]").fill("office")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_role("link", name="导出").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("人员")
    no_barriers(page)
    page.get_by_role("button", name="生成文件").click()
    no_barriers(page)
    with page.expect_download() as fetched:
        page.get_by_role("button", name="下载").click()
    assert fetched.value.suggested_filename == "人员.xlsx"
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/register/people.xlsx")
    page.reload()
    no_barriers(page)
