"""The office binds an address; a form that is e-mailed comes back with what is to be mended."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from pingyi.accounts.models import User
from pingyi.campaigns.models import Round
from tests.journeys.conftest import PHONE, Look, NewPage, as_migrated
from tests.journeys.returning import press, signed_in
from tests.journeys.test_demo_county import ON_A_PHONE
from tests.mailbox.conftest import (
    NOBODY,
    TOWN,
    Box,
    _dovecot,
    _server,
    box,
    post_office,
    written,
)
from tests.returns.conftest import reviewed
from tests.returns.desk import RURAL, Desk, town
from tests.returns.filling import filled

__all__ = ["_dovecot", "_server", "box", "post_office", "reviewed", "town"]
Picture = Callable[[Page, str], None]


@pytest.fixture(autouse=True)
def _as_migrated(live_server: object) -> None:
    as_migrated()


def test_an_address_is_bound_and_what_comes_from_it_is_seen(
    new_page: NewPage, reviewed: Round, town: Desk, box: Box, office_user: User,
    no_barriers: Look, picture: Picture,
) -> None:  # fmt: skip
    office = signed_in(new_page(), office_user.username)
    office.goto("/mailbox/")
    assert "尚未收到邮件" in office.locator("main").inner_text()
    no_barriers(office)
    press(office, "单位邮箱")
    no_barriers(office)
    press(office, "登记邮箱")
    office.locator("input[name=address]").fill(TOWN)
    office.locator("input[name=organization]").fill("T1")
    no_barriers(office)
    press(office, "登记")
    no_barriers(office)
    picture(office, "mailbox-addresses")

    for mail in (
        written(TOWN, ("统计表.xlsx", filled(town, {RURAL: "2000万"})), subject="上半年统计表"),
        written(TOWN, ("统计表.xlsx", filled(town)), subject="上半年统计表（已修改）"),
        written(TOWN, ("函.docx", b"PK"), subject="函"),
        written(NOBODY, ("统计表.xlsx", b"PK")),
        written("mailer-daemon@t1.example"),
    ):
        box.gets(mail)
        box.read()
    box.answers()
    office.goto("/mailbox/")
    no_barriers(office)
    picture(office, "mailbox")
    office.locator("tbody tr", has_text="需要改正").locator("a").first.click()
    office.wait_for_url("**/mailbox/*/")
    assert "2000万" in office.locator("main").inner_text()
    no_barriers(office)
    picture(office, "mailbox-answer")

    phone = signed_in(new_page(viewport=PHONE), office_user.username)
    for address, name in (("/mailbox/", "list"), ("/mailbox/addresses/", "addresses")):
        phone.goto(address)
        no_barriers(phone)
        width = phone.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"]
        assert phone.evaluate(ON_A_PHONE) == []
        picture(phone, f"phone-mailbox-{name}")
