"""A campaign opened by mistake is cancelled while nothing rests on it but its own openings."""

from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.campaigns.enums import CampaignState, RoundState
from pingyi.campaigns.models import Campaign, Participant, Unit
from pingyi.campaigns.operations import open_campaign, open_round
from pingyi.campaigns.operations.cancelling import cancel_campaign
from pingyi.campaigns.operations.exemptions import exempt
from pingyi.campaigns.queries import campaigns_visible_to
from pingyi.campaigns.queries.lookup import find_campaign
from pingyi.core.refusals import Refusal
from pingyi.ledger.queries import lines_about
from pingyi.reviews.operations.meetings import begin_meeting
from tests.cast import Register
from tests.forms_of_pages import sent_from


def cancel(campaign: Campaign, now: datetime, by: User | None = None) -> Campaign:
    return cancel_campaign(campaign=campaign, reason="基准日选错", by=by, now=now)


def test_nobody_sees_it_any_more_and_its_code_is_free(
    planned_campaign: Campaign, register: Register, office_user: User, now: datetime
) -> None:
    cancelled = cancel(planned_campaign, now, office_user)
    assert cancelled.state == CampaignState.CANCELLED
    assert not campaigns_visible_to(office_user).exists()
    with pytest.raises(Refusal, match="cx2011"):
        find_campaign("cx2011")
    again = open_campaign(
        code="cx2011",
        name="创先争优活动",
        pack_code="chuangxian-2011",
        root=register.county,
        cut_off_on=date(2011, 5, 30),
        by=None,
        now=now,
    )
    assert list(campaigns_visible_to(None)) == [again]
    [line] = lines_about(f"campaign:{cancelled.code}")
    assert line.kind == "campaign.cancelled"
    assert '"code":"cx2011"' in line.body.content
    assert "基准日选错" in line.body.content


def test_with_it_an_open_round_is_closed(campaign: Campaign, now: datetime) -> None:
    cancel(campaign, now)
    assert {found.state for found in campaign.rounds.all()} == {
        RoundState.CLOSED,
        RoundState.PLANNED,
    }
    with pytest.raises(Refusal) as caught:
        open_round(round_=campaign.rounds.get(code="second"), by=None, now=now)
    assert caught.value.code == "campaign_cancelled"


def test_what_was_recorded_in_it_is_named(
    campaign: Campaign,
    units: dict[str, Unit],
    participants: dict[str, Participant],
    now: datetime,
) -> None:
    round_ = campaign.rounds.get(code="first")
    exempt(round_=round_, unit=units["T1-1"], duty="review", reason="新建支部", by=None, now=now)
    begin_meeting(
        round_=round_, unit=units["T1-1"], reviewer=participants["village_secretary"],
        form="meeting", held_on=date(2011, 6, 1), place="村部", by=None, now=now,
    )  # fmt: skip
    with pytest.raises(Refusal, match="免除记录；点评会") as caught:
        cancel(campaign, now)
    assert caught.value.code == "campaign_has_records"
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.OPEN


def test_the_page_leads_there_and_asks_for_the_reason(
    client: Client,
    campaign: Campaign,
    office_user: User,
    clerk_user: User,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: now)
    page = reverse("campaigns:campaign", args=["cx2011"])
    url = reverse("campaigns:cancel", args=["cx2011"])
    client.force_login(clerk_user)
    assert url not in client.get(page).content.decode()
    client.force_login(office_user)
    assert url in client.get(page).content.decode()
    assert client.post(url, {"reason": ""}).status_code == 422
    sent = sent_from(url, client.get(url), reason="选错单位")
    answer = client.post(url, sent)
    assert answer.status_code == 302
    assert client.get(page).status_code == 404
