"""The roll-up on the screen: figures as paper, who is missing, whose figures, who stands twice."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.campaigns.models import Round
from tests.returns.desk import RURAL, WHY, Desk, Words
from tests.returns.test_roll_up_command import crossed

pytestmark = pytest.mark.any_database

__all__ = ["crossed"]
SCHOOL = "annex3.total.school"
Page = Callable[..., Any]


@pytest.fixture
def page(client: Client, office_user: User, crossed: Round, now: Any, monkeypatch: Any) -> Page:
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: now + timedelta(days=1))

    def got(
        name: str, query: str = "", *, by: User = office_user, htmx: bool = False, **at: str
    ) -> Any:
        client.force_login(by)
        where = {"campaign_code": "cx2011", "round_code": "first", "unit_code": "X", **at}
        url = reverse(f"returns:{name}", kwargs=where)
        return client.get(url + query, headers={"HX-Request": "true"} if htmx else {})

    return got


def test_the_paper_says_what_it_is_made_of(page: Page, office_user: User):
    text = page("rollup", "?table=annex3").content.decode()
    assert "附件3：已接收 2 / 2 个单位" in text
    assert f"rollup/{RURAL}/" in text
    assert "重：本表有 2 个对象在几个单位出现" in text
    assert "1 个数据含有不附名单的数字" in text
    assert "定稿" not in text
    text = page("rollup").content.decode()
    assert "附件1：已接收 1 / 1 个单位" in text
    assert "免报" in text
    # The tables of a unit lead there, where it adds up others.
    assert "/X/rollup/" in page("unit").content.decode()
    assert "/T1/rollup/" not in page("unit", unit_code="T1").content.decode()


def test_who_is_missing_stands_above_it(page: Page, crossed: Round):
    crossed.returns.filter(unit__code="T1", table="annex2").update(state="sealed", accepted=None)
    text = page("rollup", "?table=annex2").content.decode()
    assert "尚缺 1 个单位" in text
    assert "/T1/?table=annex2" in text


def test_a_figure_opens_whose_it_is(page: Page):
    text = page("rollup-cell", cell=RURAL, htmx=True).content.decode()
    assert "第 1 版 · 不附名单" in text
    assert "1 个单位的数字不附名单，无法核对是否重复。" in text
    assert "show=overlaps" not in text
    text = page("rollup-cell", cell=SCHOOL).content.decode()
    assert "各单位合计 4，" in text
    assert "重复 2" in text
    text = page("rollup-cell", "?show=overlaps", cell=SCHOOL).content.decode()
    assert "赵文" in text
    assert "孙丽" in text
    assert "中共白水镇委员会 · 中等职业学校和中小学" in text
    empty = page("rollup-cell", cell="annex3.reviewed_second.rural").content.decode()
    assert "已接收的版本在此处都没有数据" in empty


def test_what_the_county_itself_counts_is_said_to_be_its_own(page: Page):
    text = page("rollup-cell", cell="annex1.total.county_standing").content.decode()
    assert "本级数据" in text


def test_a_word_stands_where_a_unit_says_no_number(page: Page, crossed: Round, now: Any):
    desk = Desk(crossed, crossed.campaign.units.get(code="T2"), now + timedelta(hours=8))
    desk.unit.campaign = crossed.campaign
    desk.correct(cell=RURAL, said="unknown", reason=WHY)
    desk.sealed(words=Words(), cause="名册被水淹，数字待核")
    desk.submit(table="annex3")
    desk.accept(table="annex3")
    text = page("rollup-cell", cell=RURAL).content.decode()
    assert "不详" in text
    assert "已接收的 2 个单位中有 1 个填“不详”，未计入合计。" in text
    paper = page("rollup", "?table=annex3").content.decode()
    assert "1 个数据有单位填“不详”，未计入合计" in paper
    assert ">附件3 党员数 · 农村</a></th><td>2 个单位中有 1 个</td>" in paper
    assert "，1 个单位不详" in paper
    # Where nobody says a number there is still something to open.
    town = Desk(crossed, crossed.campaign.units.get(code="T1"), now + timedelta(hours=9))
    town.unit.campaign = crossed.campaign
    town.correct(cell=RURAL, said="unknown", reason=WHY)
    town.sealed(words=Words(), cause="名册被水淹，数字待核")
    town.submit(table="annex3")
    town.accept(table="annex3")
    paper = page("rollup", "?table=annex3").content.decode()
    assert "<sup>不详</sup></a>" in paper
    assert "2 个单位中有 2 个" in paper


def test_what_another_sealing_would_change(page: Page, crossed: Round, now: Any, monkeypatch: Any):
    top = Desk(crossed, crossed.campaign.units.get(code="X"), now + timedelta(hours=8))
    top.unit.campaign = crossed.campaign
    top.sealed(words=Words())
    assert "与最近一次定稿（第 1 版）一致" in page("rollup", "?table=annex3").content.decode()
    crossed.returns.filter(unit__code="T1", table="annex3").update(state="sealed", accepted=None)
    monkeypatch.setattr("pingyi.returns.views.rollup.MOST_CHANGES", 2)
    text = page("rollup", "?table=annex3").content.decode()
    assert "与最近一次定稿（第 1 版）不同之处" in text
    assert "附件3 党员数 · 农村" in text
    assert "另有" in text


def test_only_who_reads_the_tables_of_the_county_sees_its_roll_up(
    page: Page, clerk_user: User, inspector_user: User
):
    assert page("rollup", by=inspector_user).status_code == 200
    assert page("rollup", by=clerk_user).status_code == 404
    assert page("rollup-cell", by=clerk_user, cell=RURAL).status_code == 404
    # Whoever reports adds nothing up.
    assert page("rollup", by=clerk_user, unit_code="T1").url.endswith("/T1/")
    for where in (
        {"cell": "annex3.total.moon"},
        {"cell": "nothing"},
        {"cell": RURAL, "unit_code": "T1"},
    ):
        assert page("rollup-cell", **where).status_code == 404
