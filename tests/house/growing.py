"""One more of everything that any list of the program shows, through operations."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest

from pingyi.accounts.enums import Role
from pingyi.appraisals.operations import add_opinion
from pingyi.bulletins.operations.steps import approve
from pingyi.bulletins.operations.steps import publish as publish_bulletin
from pingyi.bulletins.operations.writing import Said, write
from pingyi.campaigns import operations as campaigns
from pingyi.campaigns.models import Campaign, Participant, Round, Unit
from pingyi.campaigns.operations.exemptions import exempt
from pingyi.campaigns.operations.people import add_participant
from pingyi.campaigns.operations.units import add_unit
from pingyi.commitments.operations.propose import Promise, propose
from pingyi.commitments.operations.steps import examine
from pingyi.commitments.operations.steps import publish as publish_commitment
from pingyi.rectification.operations import assign, register_item
from pingyi.register import operations as organizations
from pingyi.reviews.operations.assign import derive_assignments
from pingyi.reviews.operations.consequences import publish
from pingyi.reviews.operations.meetings import begin_meeting
from pingyi.reviews.operations.record import record_review
from pingyi.rosters.operations import upload_roster
from tests.appraisals.conftest import BAD, HELD_ON, unit_lines
from tests.cast import FOUNDED, Register, user_with
from tests.rectification.conftest import PLAN

Growth = Callable[[int], None]
TEXTS = {
    "achievements": "带领一组修通机耕道三公里，群众运粮不再肩挑背扛",
    "problems": "对外出流动党员联系不够，半年只通了两次电话",
    "direction": "七月底前把流动党员逐人联系一遍并建立台账",
}


@dataclass(frozen=True)
class County:
    """What grows, and the people who make it grow."""

    register: Register
    campaign: Campaign
    round: Round
    units: dict[str, Unit]
    people: dict[str, Participant]
    now: datetime

    @property
    def who(self) -> dict[str, Any]:
        return {"by": None, "now": self.now}

    def organization(self, n: int) -> Any:
        """A branch under the township, with a member, a leader and somebody in charge."""
        register = self.register
        place = organizations.create_organization(
            code=f"N{n}", name=f"新建村{n}党支部", kind="branch", level="grassroots",
            sector="rural", parent=register.t1, on=FOUNDED, **self.who,
        )  # fmt: skip
        where = {"organization": place, "on": FOUNDED, **self.who}
        person = organizations.register_member(name=f"新人{n}", **where).person
        organizations.appoint(
            person=person, title="支部书记", category="grassroots_secretary", **where
        )
        organizations.put_in_charge(person=person, **where)
        village = {**where, "organization": register.village}
        organizations.register_member(name=f"村民{n}", **village)
        organizations.appoint(person=person, title="委员", **village)
        organizations.put_in_charge(person=person, **village)
        organizations.put_in_charge(
            person=register.people["village_secretary"], **{**where, "organization": place}
        )
        return place, person

    def unit(self, n: int, place: Any, person: Any) -> tuple[Unit, Participant, Participant]:
        """The branch and two people come into the campaign after its opening."""
        why = {"reason": "漏报补列", **self.who}
        add_unit(campaign=self.campaign, organization=place, parent=self.units["T1"], **why)
        unit = self.campaign.units.get(code=f"N{n}")
        add = {"campaign": self.campaign, "standing": "full", **why}
        add_participant(person=person, unit=unit, **add)
        villager = self._villager(n)
        add_participant(person=villager, unit=self.units["T1-1"], **add)
        found = self.campaign.participants
        return unit, found.get(person=person), found.get(person=villager)

    def _villager(self, n: int) -> Any:
        memberships = self.register.village.memberships
        return memberships.get(person__name=f"村民{n}").person

    def review(self, reviewer: str, **subject: Any) -> Any:
        return record_review(
            round_=self.round, reviewer=self.people[reviewer], form="meeting", held_on=HELD_ON,
            place="村部", accept_signs=True, **subject, **TEXTS, **self.who,
        )  # fmt: skip


@pytest.fixture
def county(
    register: Register,
    campaign: Campaign,
    first_round: Round,
    units: dict[str, Unit],
    participants: dict[str, Participant],
    now: datetime,
) -> County:
    return County(register, campaign, first_round, units, participants, now)


@pytest.fixture
def grow(
    county: County, prepared: Callable[..., Any], signed: Callable[..., Any], now: datetime
) -> Growth:
    """Call it with a new number for one more of everything."""

    def more(n: int) -> None:
        who, village = county.who, county.units["T1-1"]
        unit, newcomer, villager = county.unit(n, *county.organization(n))
        derive_assignments(round_=county.round, **who)
        made = [
            county.review("village_secretary", participant=villager),
            county.review("t1_leader", unit=village),
            county.review("t1_leader", participant=county.people["village_secretary"]),
            county.review("village_secretary", participant=county.people["village_member"]),
        ]
        publish(
            unit=village, reviews=made, scope="unit", way="meeting", place="村部",
            published_on=HELD_ON, **who,
        )  # fmt: skip
        begin_meeting(
            round_=county.round, unit=village, reviewer=county.people["village_secretary"],
            form="meeting", held_on=HELD_ON, place="村部", **who,
        )  # fmt: skip
        exempt(
            round_=county.campaign.rounds.get(code="second"), duty="review",
            reason="长期在外务工", participant=newcomer, **who,
        )  # fmt: skip
        appraisal = prepared(unit)
        signed(appraisal, unit_lines(BAD))
        opinions = [
            add_opinion(appraisal=village.appraisals.get(), text=f"第{n}条意见", **who)
            for _number in range(2)
        ]
        promise = Promise("deed", f"第{n}件实事", date(2011, 12, 31), villager)
        made_public = propose(unit=village, promise=promise, **who)
        made_public = examine(commitment=made_public, **who)
        publish_commitment(commitment=made_public, **who)
        said = Said(title=f"第{n}号通报", text="评议已经结束。", scope="county")
        told = write(round_=county.round, unit=village, said=said, **who)
        told = approve(bulletin=told, approver="陈卫东", **who)
        publish_bulletin(bulletin=told, **who)
        item = register_item(unit=village, problem=f"第{n}项", said=opinions[:1], **who)
        assign(item=item, **PLAN, **who)
        user_with(f"clerk-{n}", Role.CLERK, county.register.t1, now)
        upload_roster(
            content=b"not a workbook", filename=f"{n}.xlsx", scope=county.register.t1,
            effective_on=HELD_ON, queue=False, **who,
        )  # fmt: skip
        campaigns.open_campaign(
            code=f"year-{n}", name=f"年度评议{n}", pack_code="minzhu-pingyi",
            root=county.register.county, cut_off_on=HELD_ON, **who,
        )  # fmt: skip

    return more
