"""The next step is the first thing on the first page: every role in every state of a campaign, as
docs/first-page.md says it.
"""

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.enums import Role
from pingyi.accounts.models import User
from pingyi.appraisals.models import Flag
from pingyi.appraisals.operations.decisions import decide
from pingyi.campaigns import operations as campaigns
from pingyi.campaigns.models import Campaign, Round
from pingyi.campaigns.operations.opening import close_campaign
from pingyi.campaigns.operations.rounds import change_round_dates, close_round, reopen_round
from pingyi.campaigns.queries.counted import counted_units
from pingyi.core.clock import day_of
from tests.cast import Register, user_with
from tests.web.working import appraise, review_all

pytestmark = [pytest.mark.any_database, pytest.mark.pages_unwatched]

PAGE = Path(__file__).parents[2] / "docs" / "first-page.md"
ROLES = ("office", "clerk", "secretary", "branch_secretary", "member", "inspector")
STEP = re.compile(r'<p class="next-what">(?:<a [^>]*>)?([^<]*)')


def table() -> dict[str, dict[str, str]]:
    """State and role, and what the page is to say first."""
    rows = [line.strip("| \n").split("|") for line in PAGE.read_text().splitlines()]
    cells = [[cell.strip() for cell in row] for row in rows if len(row) == len(ROLES) + 1]
    return {row[0]: dict(zip(ROLES, row[1:], strict=True)) for row in cells[2:]}


class County:
    """A campaign of the cast that goes from state to state."""

    def __init__(self, register: Register, now: datetime) -> None:
        self.register, self.now = register, now
        people = register.people
        where = {Role.OFFICE: register.county, Role.CLERK: register.t1, Role.SECRETARY: register.t1}
        who = {
            "secretary": people["t1_secretary"],
            "branch_secretary": people["village_secretary"],
            "member": people["village_member"],
        }
        where |= {
            Role.BRANCH_SECRETARY: register.village,
            Role.MEMBER: register.village,
            Role.INSPECTOR: register.county,
        }
        self.users = {
            role: user_with(
                role.replace("_", "-"), Role(role), where[Role(role)], now, who.get(role)
            )
            for role in ROLES
        }

    @property
    def campaign(self) -> Campaign:
        return Campaign.objects.get(code="cx2011")

    def round(self, code: str = "first") -> Round:
        return self.campaign.rounds.select_related("campaign").get(code=code)

    def no_campaign(self) -> None:
        """Nothing but the register and the accounts."""

    def opened_long_before(self) -> None:
        campaigns.open_campaign(
            code="cx2011", name="创先争优活动", pack_code="chuangxian-2011",
            root=self.register.county, cut_off_on=date(2011, 5, 31), by=None, now=self.now,
        )  # fmt: skip
        self.move("first", opens=30, closes=60)
        self.move("second", opens=120, closes=150)

    def move(self, code: str, *, opens: int, closes: int) -> None:
        """The round begins and ends so many days from today; its tables are due ten days later."""
        today = day_of(self.now)
        round_ = self.round(code)
        due = {deadline.tier: today + timedelta(closes + 10) for deadline in round_.deadlines.all()}
        change_round_dates(
            round_=round_,
            opens_on=today + timedelta(opens),
            closes_on=today + timedelta(closes),
            due=due,
            by=None,
            now=self.now,
        )

    def opened_shortly_before(self) -> None:
        self.opened_long_before()
        self.move("first", opens=5, closes=30)

    def its_day_has_come(self) -> None:
        self.opened_long_before()
        self.move("first", opens=0, closes=30)

    def at_work(self) -> None:
        self.its_day_has_come()
        campaigns.open_round(round_=self.round(), by=None, now=self.now)

    def all_reviews_are_in(self) -> None:
        self.at_work()
        review_all(self.round(), self.now)

    def all_is_in(self, best: int = 10) -> None:
        self.all_reviews_are_in()
        for unit in counted_units(self.campaign):
            appraise(self.round(), unit, self.now, best=best)

    def last_day_has_passed(self) -> None:
        self.at_work()
        self.move("first", opens=-30, closes=-1)

    def something_is_undecided(self) -> None:
        self.all_is_in(best=1)
        close_round(round_=self.round(), by=None, now=self.now)

    def tables_are_due(self) -> None:
        self.all_is_in()
        close_round(round_=self.round(), by=None, now=self.now)

    def between_rounds(self) -> None:
        self.something_is_undecided()
        for flag in Flag.objects.all():
            decide(
                flag=flag, decision="谈话提醒", decider="镇党委会议", decided_on=day_of(self.now),
                by=None, now=self.now,
            )  # fmt: skip
        # An open round alone can be moved.
        reopen_round(round_=self.round(), reason="补正日期", by=None, now=self.now)
        self.move("first", opens=-60, closes=-30)
        close_round(round_=self.round(), by=None, now=self.now)

    def every_round_is_closed(self) -> None:
        self.between_rounds()
        self.move("second", opens=-25, closes=-20)
        campaigns.open_round(round_=self.round("second"), by=None, now=self.now)
        review_all(self.round("second"), self.now)
        for unit in counted_units(self.campaign):
            appraise(self.round("second"), unit, self.now, best=10)
        close_round(round_=self.round("second"), by=None, now=self.now)

    def campaign_is_closed(self) -> None:
        self.every_round_is_closed()
        close_campaign(campaign=self.campaign, by=None, now=self.now)


STATES = {
    "No campaign yet": County.no_campaign,
    "Opened, the round begins in a month": County.opened_long_before,
    "Opened, the round begins in five days": County.opened_shortly_before,
    "The day of the round has come": County.its_day_has_come,
    "The round is open": County.at_work,
    "The round is open, all reviews are in": County.all_reviews_are_in,
    "The round is open, all is in": County.all_is_in,
    "The round is open after its last day": County.last_day_has_passed,
    "The round is closed, something is undecided": County.something_is_undecided,
    "The round is closed, its tables are due": County.tables_are_due,
    "The round is closed, the next one is planned": County.between_rounds,
    "Every round is closed": County.every_round_is_closed,
    "The campaign is closed": County.campaign_is_closed,
}


@pytest.fixture
def county(register: Register, now: datetime, monkeypatch: pytest.MonkeyPatch) -> County:
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: now)
    return County(register, now)


def first_thing(user: User) -> str:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    answer = client.get(reverse("web:home"), follow=True)
    page = answer.content.decode()
    found = STEP.search(page)
    return found[1].strip() if found else answer.redirect_chain[-1][0]


@pytest.mark.parametrize("state", STATES)
def test_every_role_finds_the_next_step_first(state: str, county: County) -> None:
    STATES[state](county)
    for role, said in table()[state].items():
        pattern = re.escape(said).replace("…", ".+")
        assert re.fullmatch(pattern, first_thing(county.users[role])), (role, said)


def test_every_state_of_the_table_is_driven() -> None:
    assert list(table()) == list(STATES)
