"""What was said becomes items, many of them one; or it is set aside with a reason."""

from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from pingyi.accounts.models import User
from pingyi.appraisals.models import Flag, Opinion
from pingyi.appraisals.operations.decisions import decide
from pingyi.campaigns.models import Campaign, Participant, Round, Unit
from pingyi.ledger.models import Entry
from pingyi.rectification.enums import SourceKind
from pingyi.rectification.models import Item, Source
from pingyi.rectification.operations.register import register_item, set_aside
from pingyi.rectification.queries.items import records
from pingyi.rectification.queries.waiting import sources_of, waiting_of
from pingyi.reviews.models import Review
from pingyi.reviews.operations.consequences import withdraw_review
from pingyi.reviews.operations.record import record_review
from pingyi.reviews.queries import problem_of, problems_below
from tests.appraisals.conftest import BAD, HELD_ON, unit_lines
from tests.at_once import refused

Said = Callable[[Unit, str], Opinion]


def test_many_opinions_become_one_item_and_keep_their_words(
    said: Said, village: Unit, clerk_user: User, campaign: Campaign, now: datetime
) -> None:
    opinions = [
        said(village, "水渠堵了没人管"),
        said(village, "水渠淤塞"),
        said(village, "路灯不亮"),
    ]
    assert waiting_of(SourceKind.OPINION, clerk_user, campaign).count() == 3
    assert records(campaign) == []
    item = register_item(
        unit=village, problem=" 水渠淤塞 ", said=opinions[:2], by=clerk_user, now=now
    )
    assert (item.number, item.problem, item.registered_on) == (1, "水渠淤塞", HELD_ON)
    assert [row.text for row in sources_of(item.pk)] == ["水渠堵了没人管", "水渠淤塞"]
    assert list(waiting_of(SourceKind.OPINION, clerk_user, campaign)) == [opinions[2]]
    assert records(campaign) == ["整改事项"]
    line = Entry.objects.get(kind="rectification.registered")
    assert line.subject == "T1-1 1"


def test_numbers_count_up_in_the_campaign(
    village: Unit, units: dict[str, Unit], now: datetime
) -> None:
    for unit in (village, units["T2-1"]):
        register_item(unit=unit, problem="账目不公开", by=None, now=now)
    assert [item.number for item in Item.objects.all()] == [1, 2]


def test_what_is_set_aside_says_why_and_is_not_asked_about_again(
    said: Said, village: Unit, clerk_user: User, campaign: Campaign, now: datetime
) -> None:
    opinion = said(village, "很好")
    [source] = set_aside(said=[opinion], reason="没有提出问题", by=clerk_user, now=now)
    assert (source.item, source.set_aside_because) == (None, "没有提出问题")
    assert not waiting_of(SourceKind.OPINION, clerk_user, campaign).exists()


def test_decisions_wait_like_opinions(
    prepared, signed, village: Unit, clerk_user: User, campaign: Campaign, now: datetime
) -> None:
    signed(prepared(village), unit_lines(BAD))
    assert not waiting_of(SourceKind.FLAG, clerk_user, campaign).exists()
    flag = Flag.objects.get(code="organization_low")
    decide(
        flag=flag,
        decision="责成整改",
        decider="县委常委会",
        decided_on=HELD_ON,
        by=None,
        now=now,
    )
    [waiting] = waiting_of(SourceKind.FLAG, clerk_user, campaign)
    item = register_item(unit=village, problem="满意率低", said=[waiting], by=clerk_user, now=now)
    [source] = sources_of(item.pk)
    assert source.text.endswith("：责成整改")
    assert source.about == ""
    assert not waiting_of(SourceKind.FLAG, clerk_user, campaign).exists()


def test_whoever_keeps_other_records_sees_nothing_of_it(
    said: Said, village: Unit, other_clerk_user: User, campaign: Campaign, now: datetime
) -> None:
    opinion = said(village, "水渠淤塞")
    assert not waiting_of(SourceKind.OPINION, other_clerk_user, campaign).exists()
    with refused("not_a_recorder"):
        register_item(unit=village, problem="水渠", by=other_clerk_user, now=now)
    with refused("not_a_recorder"):
        set_aside(said=[opinion], reason="无", by=other_clerk_user, now=now)


def test_nothing_is_taken_up_twice(said: Said, village: Unit, now: datetime) -> None:
    opinion = said(village, "水渠淤塞")
    register_item(unit=village, problem="水渠淤塞", said=[opinion], by=None, now=now)
    with refused("already_taken"):
        register_item(unit=village, problem="水渠", said=[opinion], by=None, now=now)
    with refused("already_taken"):
        set_aside(said=[opinion], reason="重复", by=None, now=now)
    assert Source.objects.count() == 1


def test_what_was_said_elsewhere_does_not_lead_here(
    said: Said, village: Unit, units: dict[str, Unit], now: datetime
) -> None:
    opinion = said(units["T1-2"], "操场失修")
    with refused("from_elsewhere"):
        register_item(unit=village, problem="操场失修", said=[opinion], by=None, now=now)
    township = units["T1"]
    item = register_item(unit=township, problem="操场失修", said=[opinion], by=None, now=now)
    assert item.unit == township


def test_an_item_says_what_is_to_be_put_right(village: Unit, now: datetime) -> None:
    with refused("problem_missing"):
        register_item(unit=village, problem=" ", by=None, now=now)


def test_setting_aside_needs_something_and_a_reason(
    said: Said, village: Unit, now: datetime
) -> None:
    with refused("nothing_chosen"):
        set_aside(said=[], reason="无", by=None, now=now)
    with refused("reason_missing"):
        set_aside(said=[said(village, "好")], reason=" ", by=None, now=now)


@pytest.fixture
def reviewed(first_round: Round, participants: dict[str, Participant], now: datetime) -> Any:
    """A review of a person by key, or of a unit, with what it calls wanting."""

    def made(problems: str, **subject: Any) -> Review:
        reviewer = participants["t1_leader" if "unit" in subject else "village_secretary"]
        return record_review(
            round_=first_round, reviewer=reviewer, achievements="修通机耕道三公里",
            problems=problems, direction="七月底前逐人联系一遍", form="meeting",
            held_on=HELD_ON, place="村部",
            accept_signs=True, by=None, now=now, **{"unit": None, "participant": None, **subject},
        )  # fmt: skip

    return made


def test_problems_named_in_reviews_wait_like_opinions(
    reviewed: Any,
    participants: dict[str, Participant],
    units: dict[str, Unit],
    clerk_user: User,
    other_clerk_user: User,
    office_user: User,
    campaign: Campaign,
    now: datetime,
) -> None:
    village, member = units["T1-1"], participants["village_member"]
    about = reviewed("半年只通了两次电话", participant=member)
    of_unit = reviewed("会议记录潦草", unit=village)
    reviewed("", unit=units["T1-2"])
    withdraw_review(review=reviewed("写错了", unit=units["T1-3"]), reason="误录", by=None, now=now)
    kind = SourceKind.REVIEW
    for reader in (clerk_user, office_user):
        assert set(waiting_of(kind, reader, campaign)) == {about, of_unit}
    assert not waiting_of(kind, other_clerk_user, campaign).exists()
    item = register_item(
        unit=village, problem="联系不够", said=[about, of_unit], by=clerk_user, now=now
    )
    found = sources_of(item.pk)
    assert [(row.text, row.about) for row in found] == [
        ("半年只通了两次电话", member.shown_name),
        ("会议记录潦草", ""),
    ]
    assert found[0].problem == f"{member.shown_name}：半年只通了两次电话"
    assert not waiting_of(kind, clerk_user, campaign).exists()
    with refused("already_taken"):
        set_aside(said=[about], reason="重复", by=clerk_user, now=now)


@pytest.mark.parametrize("plan", [None, SimpleNamespace(put_right=[])])
def test_a_pack_may_mark_no_part(
    plan: Any, reviewed: Any, village: Unit, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = reviewed("会议记录潦草", unit=village)
    assert problem_of(review) == "会议记录潦草"
    monkeypatch.setattr("pingyi.reviews.queries.said.plan_of", lambda _: plan)
    assert not problems_below(campaign, [village.path]).exists()
    assert problem_of(review) == ""
