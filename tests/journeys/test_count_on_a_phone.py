"""A count of members on a phone: one member at a time, and a question before it is signed."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from pingyi.accounts.models import User
from pingyi.appraisals.operations.counts import start_count
from pingyi.campaigns.models import Unit
from tests.appraisals.conftest import HELD_ON, plain, prepared
from tests.cast import PASSWORD
from tests.journeys.conftest import PHONE, as_migrated

__all__ = ["plain", "prepared"]


@pytest.fixture(autouse=True)
def _as_migrated(live_server: object) -> None:
    as_migrated()


def test_one_member_is_counted_at_a_time_and_signing_is_asked_about(
    phone: Page,
    prepared: Callable[..., Any],
    units: dict[str, Unit],
    clerk_user: User,
    now: Any,
    no_barriers: Callable[[Page], None],
) -> None:
    appraisal = prepared(units["T1-1"])
    start_count(
        round_=appraisal.round, unit=appraisal.unit, form="annex5", counted_on=HELD_ON,
        by=None, now=now,
    )  # fmt: skip
    phone.goto("/accounts/sign-in/")
    phone.fill("input[name=username]", "clerk")
    phone.fill("input[name=password]", PASSWORD)
    phone.press("input[name=password]", "Enter")
    phone.wait_for_url(lambda url: "sign-in" not in url)
    phone.goto("/appraisals/cx2011/first/T1-1/count/annex5/")
    rows = phone.locator(".count-members tbody tr")
    shown = rows.locator("visible=true")
    many = rows.count()
    assert many > 1
    assert shown.locator("th").count() == 1
    no_barriers(phone)
    first = shown.locator("th").inner_text()
    assert f"1 / {many}" in first
    phone.get_by_role("button", name="下一名").click()
    assert f"2 / {many}" in shown.locator("th").inner_text()
    phone.get_by_role("button", name="上一名").click()
    assert shown.locator("th").inner_text() == first
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    phone.fill("[name=due]", "12")
    phone.get_by_role("button", name="保存并签名").click()
    assert "应到 12，实到 10，发出 0" in phone.locator("#confirm-text").inner_text()
    phone.locator("#confirm [value=no]").click()
    assert phone.url.endswith("/count/annex5/")
    # On a wide screen all of them stand in the form.
    phone.set_viewport_size({"width": 1366, "height": 768})
    assert shown.locator("th").count() == many
