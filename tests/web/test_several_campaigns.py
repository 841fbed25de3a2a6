"""Whoever is in several campaigns at once finds all of them; none takes another one's place."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.campaigns.models import Campaign, Round
from pingyi.campaigns.operations import open_campaign, open_round
from pingyi.core.clock import day_of
from pingyi.web.queries.frame import at_work
from pingyi.web.queries.worklists import rounds_at_work, worklists
from tests.cast import Register
from tests.web.conftest import Ask

pytestmark = pytest.mark.any_database


@pytest.fixture
def yearly(register: Register, first_round: Round, now: datetime) -> Campaign:
    """Opened after the other one, not begun."""
    return open_campaign(
        code="year",
        name="年度民主评议",
        pack_code="minzhu-pingyi",
        root=register.county,
        cut_off_on=date(2011, 5, 31),
        by=None,
        now=now,
    )


def known() -> list[Campaign]:
    return list(Campaign.objects.prefetch_related("rounds"))


def test_a_campaign_that_has_not_begun_takes_nobodys_page(yearly: Campaign) -> None:
    found = at_work(known())
    assert found is not None
    assert found.code == "cx2011"


def test_what_is_owed_in_each_is_in_one_list_and_named(
    yearly: Campaign, branch_secretary_user: User, now: datetime
) -> None:
    alone = worklists(branch_secretary_user, rounds_at_work(known()), day_of(now))
    open_round(round_=yearly.rounds.get(), by=None, now=now)
    both = worklists(branch_secretary_user, rounds_at_work(known()), day_of(now))
    assert {item.where for item in both.owed} == {"创先争优活动", "年度民主评议"}
    assert len(both.owed) == len(alone.owed) + 1


def test_a_campaign_alone_is_not_named(
    first_round: Round, branch_secretary_user: User, now: datetime
) -> None:
    found = worklists(branch_secretary_user, rounds_at_work(known()), day_of(now))
    assert {item.where for item in found.owed} == {""}


def test_the_switch_keeps_the_page(at: Ask, yearly: Campaign, office_user: User) -> None:
    there = {"campaign_code": "cx2011", "round_code": "first"}
    other = {"campaign_code": "year", "round_code": yearly.rounds.get().code}
    for page, more in (
        ("web:supervision", {}),
        ("appraisals:unit", {"unit_code": "T1-1"}),
        ("returns:unit", {"unit_code": "T1"}),
        ("campaigns:gaps", {}),
    ):
        html = at(office_user, reverse(page, kwargs={**there, **more})).content.decode()
        url = reverse(page, kwargs={**other, **more})
        if page == "returns:unit":
            assert url not in html  # that campaign has no tables
            assert f'href="{reverse("web:home")}?campaign=year"' in html
        else:
            assert f'href="{url}"' in html, page
            assert at(office_user, url).status_code == 200


def test_a_page_of_one_record_leads_to_the_page_above(
    at: Ask, yearly: Campaign, office_user: User
) -> None:
    where = {"campaign_code": "cx2011", "round_code": "first", "unit_code": "T1-1"}
    page = at(office_user, reverse("appraisals:stage", kwargs={**where, "stage_code": "opinions"}))
    other = {**where, "campaign_code": "year", "round_code": yearly.rounds.get().code}
    assert f'href="{reverse("appraisals:unit", kwargs=other)}"' in page.content.decode()


def test_a_page_of_no_campaign_stays(at: Ask, yearly: Campaign, office_user: User) -> None:
    people = reverse("register:people")
    page = at(office_user, people).content.decode()
    assert f'href="{people}?campaign=year"' in page
    there = at(office_user, f"{people}?campaign=year").content.decode()
    assert reverse("web:supervision", args=["year", yearly.rounds.get().code]) in there


def test_the_search_finds_an_organization_in_every_campaign(
    at: Ask, yearly: Campaign, office_user: User
) -> None:
    page = at(office_user, reverse("web:search") + "?q=柳湾").content.decode()
    for code, round_code in (("cx2011", "first"), ("year", yearly.rounds.get().code)):
        assert reverse("web:unit", args=[code, round_code, "T1-1"]) in page


def test_what_two_campaigns_ask_for_alike_is_one_line(
    yearly: Campaign, office_user: User, now: datetime
) -> None:
    def accounts() -> list[str]:
        found = worklists(office_user, rounds_at_work(known()), day_of(now))
        return [item.what for item in found.owed if "没有账号" in item.what]

    alone = accounts()
    assert alone
    open_round(round_=yearly.rounds.get(), by=None, now=now)
    assert accounts() == alone
