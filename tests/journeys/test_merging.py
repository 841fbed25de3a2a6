"""A clerk merges a hundred opinions from the keyboard: the keys are counted."""

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page

from pingyi.accounts.models import User
from pingyi.appraisals.models import Opinion
from pingyi.campaigns.models import Unit
from pingyi.rectification.models import Item, Source
from tests.appraisals.conftest import plain, prepared
from tests.cast import PASSWORD
from tests.journeys.conftest import Look, NewPage

__all__ = ["plain", "prepared"]

# Twenty things, each said in five ways.
THINGS = [
    "路灯坏了没人修", "水渠淤塞多年", "账目没有按月公开", "操场跑道破损", "垃圾清运不及时",
    "办事窗口中午没人", "党员学习流于形式", "困难户慰问不到位", "机耕道坑洼难行", "自来水经常停",
    "低保评定不透明", "村医室缺药品", "图书室常年锁门", "流动党员无人联系", "会议通知太晚",
    "承诺事项没有兑现", "山林纠纷拖延未调", "危房改造进度慢", "广播时有时无", "公交班次太少",
]  # fmt: skip
WAYS = ["{}", "{}。", "希望解决：{}", "{}，请尽快处理", "{}，群众有意见"]
# Ten minutes, at a key every two seconds.
MOST_KEYS = 300


def merged(page: Page, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


@pytest.mark.usefixtures("migrated")
def test_a_hundred_opinions_are_merged_from_the_keyboard(
    clerk_user: User,
    units: dict[str, Unit],
    prepared: Callable[..., object],
    now: datetime,
    new_page: NewPage,
    no_barriers: Look,
) -> None:
    appraisal = prepared(units["T1-1"])
    Opinion.objects.bulk_create(
        Opinion(appraisal=appraisal, text=way.format(thing), recorded_at=now)
        for way in WAYS
        for thing in THINGS
    )
    page = new_page()
    page.goto("/")
    page.fill("[name=username]", clerk_user.username)
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url("**/")
    page.goto("/rectification/cx2011/merge/")
    no_barriers(page)
    keys = 0
    # The first is left for later, then looked at everywhere, registered, undone, set aside.
    for key in ("s", "w", "Enter", "z", "x"):
        merged(page, key)
        keys += 1
    # A box is ticked off and on again.
    for shown in (False, True):
        page.keyboard.press("1")
        assert page.locator("[data-key='1']").is_checked() is shown
        keys += 1
    while page.locator("[data-key=enter]").count():
        merged(page, "Enter")
        keys += 1
    assert Source.objects.count() == 100
    assert Item.objects.count() <= 30
    assert keys <= MOST_KEYS
