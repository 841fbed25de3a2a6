"""A round begun or closed on another day than was planned: asked about, and shown as it was."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils.translation import override

from pingyi.campaigns.operations.opening import open_campaign
from pingyi.campaigns.operations.rounds import close_round, open_round
from pingyi.campaigns.queries.rounds import closing_warning, opening_warning
from pingyi.campaigns.queries.timeline import timeline
from pingyi.core.clock import day_of

OPENS, CLOSES = date(2011, 6, 20), date(2011, 6, 30)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day):
    return datetime(day.year, day.month, day.day, 10, tzinfo=SHANGHAI)


@pytest.fixture
def planned(register, now):
    campaign = open_campaign(
        code="cx2011",
        name="创先争优活动",
        pack_code="chuangxian-2011",
        root=register.county,
        cut_off_on=date(2011, 5, 31),
        dates={"first": (OPENS, CLOSES)},
        by=None,
        now=now,
    )
    return campaign.rounds.select_related("campaign").get(code="first")


@pytest.fixture
def nothing_owed(monkeypatch):
    monkeypatch.setattr("pingyi.campaigns.doors.DUTIES._answers", {})


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def test_a_round_begun_before_its_first_day_is_asked_about(planned):
    asked = opening_warning(planned, OPENS - timedelta(days=3))
    assert "June 20, 2011" in asked
    assert opening_warning(planned, OPENS) == ""
    assert opening_warning(planned, OPENS + timedelta(days=3)) == ""


def test_nothing_is_asked_of_a_round_that_is_open(planned):
    open_round(round_=planned, by=None, now=at(OPENS))
    planned.refresh_from_db()
    assert opening_warning(planned, OPENS - timedelta(days=3)) == ""


def test_a_round_closed_before_its_last_day_is_asked_about(planned, nothing_owed):
    assert closing_warning(planned, OPENS) == ""
    opened = open_round(round_=planned, by=None, now=at(OPENS))
    assert "June 30, 2011" in closing_warning(opened, CLOSES - timedelta(days=1))
    assert closing_warning(opened, CLOSES) == ""


def test_the_buttons_ask(client, planned, office_user, monkeypatch, nothing_owed):
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: at(OPENS - timedelta(days=2)))
    client.force_login(office_user)
    page = reverse("campaigns:campaign", args=[planned.campaign.code])
    question = "原定 2011年6月20日 开始"
    assert question in client.get(page).content.decode()
    open_round(round_=planned, by=None, now=at(OPENS - timedelta(days=2)))
    shown = client.get(page).content.decode()
    assert "原定 2011年6月30日 结束" in shown
    gaps = reverse("campaigns:gaps", args=[planned.campaign.code, "first"])
    assert "原定 2011年6月30日 结束" in client.get(gaps).content.decode()


def test_the_timeline_shows_the_real_days_beside_the_planned(planned, nothing_owed):
    def shown():
        events = timeline(planned.campaign, CLOSES)
        return [(each["on"], each["label"]) for each in events[:2]]

    begins, ends = "第一次 opens", "第一次 closes"
    assert [on for on, _label in shown()] == [OPENS, CLOSES]
    early = at(OPENS - timedelta(days=5))
    opened = open_round(round_=planned, by=None, now=early)
    assert shown()[0] == (day_of(early), f"{begins} (planned: June 20, 2011)")
    close_round(round_=opened, by=None, now=at(CLOSES - timedelta(days=2)))
    assert shown()[1] == (CLOSES - timedelta(days=2), f"{ends} (planned: June 30, 2011)")


def test_a_round_that_kept_its_days_says_nothing_of_them(planned, nothing_owed):
    open_round(round_=planned, by=None, now=at(OPENS))
    events = timeline(planned.campaign, OPENS)
    assert "planned" not in events[0]["label"]


def test_the_card_of_a_round_says_the_real_days_beside_the_planned(
    client, planned, office_user, nothing_owed
):
    client.force_login(office_user)
    open_round(round_=planned, by=None, now=at(OPENS - timedelta(days=5)))
    page = reverse("campaigns:campaign", args=[planned.campaign.code])
    assert "2011年6月15日（周三）（原定 2011年6月20日）" in client.get(page).content.decode()


def test_a_tier_is_done_with_when_its_tables_were_sent_not_when_the_round_is(
    planned, nothing_owed, monkeypatch
):
    opened = open_round(round_=planned, by=None, now=at(OPENS))
    close_round(round_=opened, by=None, now=at(CLOSES))
    tier = planned.deadlines.order_by("due_on").first()

    def state():
        label = f"{planned.name} {tier.name}"
        events = timeline(planned.campaign, tier.due_on + timedelta(days=1))
        return next(each["state"] for each in events if each["label"] == label)

    assert state() == "late"
    sent = {"returns": lambda _campaign: {(planned.pk, tier.tier)}}
    monkeypatch.setattr("pingyi.campaigns.doors.ALL_SENT._answers", sent)
    assert state() == "done"
