"""A township's table goes up, comes back with a reason, is put right, compared and accepted."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from pingyi.accounts.models import User
from pingyi.campaigns.models import Round
from tests.journeys.conftest import PHONE, Look, NewPage, as_migrated, settle
from tests.journeys.returning import corrects, press, reports, signed_in, text_of
from tests.returns.conftest import reviewed

__all__ = ["reviewed"]

BOARD = "/tables/cx2011/first/"
TABLE = f"{BOARD}T1/?table=annex3"
Picture = Callable[[Page, str], None]


@pytest.fixture(autouse=True)
def _as_migrated(live_server: object) -> None:
    as_migrated()


def test_a_table_goes_up_comes_back_and_is_accepted(
    new_page: NewPage,
    reviewed: Round,
    clerk_user: User,
    office_user: User,
    no_barriers: Look,
    picture: Picture,
) -> None:
    clerk = signed_in(new_page(), clerk_user.username)
    office = signed_in(new_page(), office_user.username)
    foot = {"负责人": "陈卫东", "填表人": "何静", "联系电话": "0730-5550101"}
    reports(clerk, TABLE, foot, word="")

    office.goto(BOARD)
    no_barriers(office)
    picture(office, "returns-board")
    press(office, "审核 1 张")
    office.goto(TABLE)
    no_barriers(office)
    office.get_by_label("退回：党员数 农村").check()
    picture(office, "returns-examine")
    press(office, "写明原因并退回")
    office.locator("textarea").first.fill("与名册相差一人，请核对六月转出的党员")
    no_barriers(office)
    picture(office, "returns-send-back")
    press(office, "退回")

    phone = signed_in(new_page(viewport=PHONE), clerk_user.username)
    phone.goto(TABLE)
    no_barriers(phone)
    assert phone.locator("td.sent-back").count() == 1
    press(phone, "附件3 党员数 · 农村")
    corrects(phone, 2, "名册中一名党员六月已转出，尚未登记")
    press(phone, "核对上报")
    press(phone, "定稿")

    office.goto(TABLE)
    said = office.locator(".said-of-cells").inner_text()
    assert "退回原因：与名册相差一人，请核对六月转出的党员。退回时为 3，现改为 2。" in said, said
    press(office, "接收")
    office.goto(f"{BOARD}T1/tables/annex3/versions/")
    no_barriers(office)
    picture(office, "returns-versions")
    assert "第 1 版与第 2 版对比" in text_of(office)
    rolls_up(office, no_barriers, picture)


def rolls_up(office: Page, no_barriers: Look, picture: Picture) -> None:
    """The county adds it up, sees who is missing, says so, and seals and submits its own."""
    office.goto(f"{BOARD}X/?table=annex3")
    press(office, "汇总")
    no_barriers(office)
    picture(office, "returns-roll-up")
    text = text_of(office)
    assert "附件3：已接收 1 / 2 个单位" in text
    assert "尚缺 1 个单位：中共白水镇委员会" in text
    office.get_by_label("党员数 农村：2").click()
    panel = office.locator("#side-panel-body")
    panel.get_by_text("第 2 版").first.wait_for()
    settle(office)
    foot = {"负责人": "赵国庆", "填表人": "周明", "联系电话": "0730-5550100"}
    word = "白水镇正在补录名册，明日上报"
    reports(office, f"{BOARD}X/?table=annex3", foot, word, look=no_barriers)
    office.goto(f"{BOARD}X/rollup/?table=annex3")
    assert "与最近一次定稿（第 1 版）一致" in text_of(office)
