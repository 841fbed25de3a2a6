"""A county whose returns were all sealed, submitted and accepted, through operations."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from random import Random
from typing import Any

from pingyi.campaigns.models import Campaign, Round, Unit
from pingyi.campaigns.operations import open_campaign, open_round
from pingyi.campaigns.operations.people import move_participant
from pingyi.campaigns.operations.units import move_unit
from pingyi.campaigns.queries import pack_of, reporting_units
from pingyi.core.clock import day_of, read_now
from pingyi.demo import work
from pingyi.demo.work import Days
from pingyi.register.operations import appoint
from pingyi.returns.operations.sealing import seal
from pingyi.returns.operations.sending import accept, submit
from tests.returns.desk import Words

SECOND_POST, CATEGORY = "第一书记（兼）", "grassroots_secretary"
WHY = "区划调整，测试数据"


def campaign_with_crossing(first: Campaign, *, leaders: int) -> Round:
    """Another campaign over a demo county in which some leaders of each township have a post in
    the next; reviewed and appraised like the demo.
    """
    now, random = read_now(), Random(2011)
    towns = list(reporting_units(first).order_by("path").select_related("organization"))
    for at in range(leaders):
        town, other = towns[at % len(towns)], towns[(at + 1) % len(towns)]
        posts = town.posts.exclude(category="").select_related("participant__person")
        person = posts[at // len(towns) % len(posts)].participant.person
        appoint(
            person=person, organization=other.organization, title=SECOND_POST, category=CATEGORY,
            on=date(2010, 1, 1), by=None, now=now,
        )  # fmt: skip
    days = Days(day_of(now))
    campaign = open_campaign(
        code="recount", name="汇总复核（虚构）", pack_code=first.pack_code, root=first.root,
        cut_off_on=days.cut_off, dates={"first": days.first, "second": days.second},
        due=days.due, by=None, now=now,
    )  # fmt: skip
    round_ = open_round(round_=campaign.rounds.get(code="first"), by=None, now=read_now())
    work.record_reviews(round_, random=random, now=read_now())
    work.hold_appraisals(round_, random=random, now=read_now(), most=60)
    return campaign.rounds.select_related("campaign").get(code="first")


def accept_all(
    round_: Round, units: Sequence[Unit], *, now: Callable[[], datetime] = read_now
) -> int:
    """All tables of these units, each with a word for whatever wants one; how many there were."""
    tables = pack_of(round_.campaign).tables
    for unit in units:
        for table in tables:
            accept_one(round_, unit, table, now)
    return len(units) * len(tables)


def accept_one(
    round_: Round, unit: Unit, table: Any, now: Callable[[], datetime], **given: Any
) -> None:
    """Sealed, submitted and accepted."""
    where = {"round_": round_, "unit": unit, "table": table.code, "by": None}
    foot = dict.fromkeys(table.foot_labels, "某人（虚构）0730-5550101")
    seal(filled_on=day_of(now()), foot=foot, words=Words(), now=now(), **where, **given)
    submit(now=now(), **where)
    accept(now=now(), **where)


def move_some(sealed: Sequence[Unit], waiting: Sequence[Unit], *, people: int) -> tuple[int, int]:
    """Members, and a whole branch, out of units that have sealed into units that have not: counted
    in both versions. How many of each.
    """
    given: dict[str, Any] = {"reason": WHY, "by": None}
    branches = [unit.children.active().exclude(sector="")[0] for unit in waiting]
    moved = 0
    for at in range(people):
        unit = sealed[at % len(sealed)]
        home = unit.children.active().exclude(sector="")[0]
        member = home.members.active().order_by("-pk")[0]
        target = branches[at % len(branches)]
        move_participant(participant=member, unit=target, now=read_now(), **given)
        moved += 1
    branch = sealed[0].children.active().exclude(sector="").order_by("-path")[0]
    move_unit(unit=branch, parent=waiting[-1], now=read_now(), **given)
    return moved, 1
