"""What the invented county puts right: items at every stage, with texts of the offices they fit."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from pingyi.appraisals.queries import opinions_below
from pingyi.campaigns.queries import root_unit
from pingyi.core.clock import day_of
from pingyi.rectification import operations
from pingyi.rectification.enums import ItemState

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit
    from pingyi.rectification.models import Item

RESPONSIBLE = "支部书记（虚构）"


class Plan(NamedTuple):
    """What is done about a problem."""

    measure: str
    outcome: str
    evidence: str


# About what the office found itself before anything was counted.
FOUND = {
    "上半年三次支部会议没有记录": Plan(
        "补齐会议记录，今后由组织委员当场记录、书记签字",
        "三次会议记录已补齐",
        "支部会议记录本第12至18页",
    ),
    "公开承诺事项没有写完成时限": Plan(
        "逐条补写完成时限并重新公示", "十二条承诺已补写时限并重新公示", "公开栏照片四张"
    ),
    "流动党员半年没有联系": Plan(
        "逐人电话联系并登记去向", "九名流动党员已逐人联系", "流动党员登记表"
    ),
}
# By what stands in the opinions (demo.texts.OPINIONS).
ASKED = {
    "路灯": Plan("更换坏损路灯并明确管护人", "八盏路灯已换好", "现场照片八张、维修发票"),
    "值班": Plan("窗口实行中午轮流值班", "值班表已上墙，七月起执行", "值班表照片"),
    "公开栏": Plan(
        "公开栏每月5日前更新，改用大号字", "六月起按月更新，字号已放大", "公开栏照片两张"
    ),
}
STATES = [ItemState.CLOSED, ItemState.REPORTED, ItemState.ASSIGNED, ItemState.REGISTERED]


def put_right_early(round_: "Round", *, now: datetime) -> None:
    """Items that the office registered by itself: one closed off, one late, one reopened."""
    ends = [ItemState.CLOSED, ItemState.ASSIGNED, ItemState.REOPENED]
    branches = round_.campaign.units.exclude(sector="").order_by("path")[:3]
    for unit, (problem, plan), state in zip(branches, FOUND.items(), ends, strict=False):
        item = operations.register_item(unit=unit, problem=problem, by=None, now=now)
        _bring(item, plan, state, days=10, now=now)


def put_right(round_: "Round", *, now: datetime) -> None:
    """Some of the opinions are taken up, alike ones together; most still wait."""
    for number, (word, unit) in enumerate(_words(round_)):
        opinions = [
            each
            for each in opinions_below(round_.campaign, [unit.path])
            if word in each.text and each.appraisal.unit_id == unit.pk
        ]
        item = operations.register_item(
            unit=unit, problem=opinions[0].text, said=opinions, by=None, now=now
        )
        _bring(item, ASKED[word], STATES[number % len(STATES)], days=20, now=now)


def _words(round_: "Round") -> "Iterator[tuple[str, Unit]]":
    """The first twelve units with an opinion about something that is known here."""
    opinions = opinions_below(round_.campaign, [root_unit(round_.campaign).path]).order_by(
        "appraisal__unit__path", "pk"
    )
    taken: set[int] = set()
    for opinion in opinions:
        unit = opinion.appraisal.unit
        word = next((word for word in ASKED if word in opinion.text), None)
        if word is not None and unit.pk not in taken and len(taken) < 12:
            taken.add(unit.pk)
            yield word, unit


def _bring(item: "Item", plan: Plan, state: ItemState, days: int, now: datetime) -> None:
    who: dict[str, Any] = {"by": None, "now": now}
    if state == ItemState.REGISTERED:
        return
    due_on = day_of(now) + timedelta(days=days)
    operations.assign(
        item=item, responsible=RESPONSIBLE, measure=plan.measure, due_on=due_on, **who
    )
    if state == ItemState.ASSIGNED:
        return
    operations.report(item=item, outcome=plan.outcome, evidence=plan.evidence, **who)
    if state == ItemState.CLOSED:
        operations.close(item=item, verdict="到现场查看，情况属实", asked_again=6, pleased=6, **who)
    if state == ItemState.REOPENED:
        operations.reopen(item=item, reason="抽查仍有三人没有联系上", **who)
