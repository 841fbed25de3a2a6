"""What was said becomes items, many of them one; or it is set aside with a reason."""

from collections.abc import Callable
from datetime import datetime

from pingyi.accounts.models import User
from pingyi.appraisals.models import Flag, Opinion
from pingyi.appraisals.operations.decisions import decide
from pingyi.campaigns.models import Campaign, Unit
from pingyi.ledger.models import Entry
from pingyi.rectification.models import Item, Source
from pingyi.rectification.operations.register import register_item, set_aside
from pingyi.rectification.queries.items import records
from pingyi.rectification.queries.waiting import (
    decisions_waiting,
    opinions_waiting,
    sources_of,
)
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
    assert opinions_waiting(clerk_user, campaign).count() == 3
    assert records(campaign) == []
    item = register_item(
        unit=village, problem=" 水渠淤塞 ", opinions=opinions[:2], by=clerk_user, now=now
    )
    assert (item.number, item.problem, item.registered_on) == (1, "水渠淤塞", HELD_ON)
    assert [row.text for row in sources_of(item.pk)] == ["水渠堵了没人管", "水渠淤塞"]
    assert list(opinions_waiting(clerk_user, campaign)) == [opinions[2]]
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
    [source] = set_aside(opinions=[opinion], reason="没有提出问题", by=clerk_user, now=now)
    assert (source.item, source.set_aside_because) == (None, "没有提出问题")
    assert not opinions_waiting(clerk_user, campaign).exists()


def test_decisions_wait_like_opinions(
    prepared, signed, village: Unit, clerk_user: User, campaign: Campaign, now: datetime
) -> None:
    signed(prepared(village), unit_lines(BAD))
    assert not decisions_waiting(clerk_user, campaign).exists()
    flag = Flag.objects.get(code="organization_low")
    decide(
        flag=flag,
        decision="责成整改",
        decider="县委常委会",
        decided_on=HELD_ON,
        by=None,
        now=now,
    )
    [waiting] = decisions_waiting(clerk_user, campaign)
    item = register_item(unit=village, problem="满意率低", flags=[waiting], by=clerk_user, now=now)
    [source] = sources_of(item.pk)
    assert source.text.endswith("：责成整改")
    assert source.about == ""
    assert not decisions_waiting(clerk_user, campaign).exists()


def test_whoever_keeps_other_records_sees_nothing_of_it(
    said: Said, village: Unit, other_clerk_user: User, campaign: Campaign, now: datetime
) -> None:
    opinion = said(village, "水渠淤塞")
    assert not opinions_waiting(other_clerk_user, campaign).exists()
    with refused("not_a_recorder"):
        register_item(unit=village, problem="水渠", by=other_clerk_user, now=now)
    with refused("not_a_recorder"):
        set_aside(opinions=[opinion], reason="无", by=other_clerk_user, now=now)


def test_nothing_is_taken_up_twice(said: Said, village: Unit, now: datetime) -> None:
    opinion = said(village, "水渠淤塞")
    register_item(unit=village, problem="水渠淤塞", opinions=[opinion], by=None, now=now)
    with refused("already_taken"):
        register_item(unit=village, problem="水渠", opinions=[opinion], by=None, now=now)
    with refused("already_taken"):
        set_aside(opinions=[opinion], reason="重复", by=None, now=now)
    assert Source.objects.count() == 1


def test_what_was_said_elsewhere_does_not_lead_here(
    said: Said, village: Unit, units: dict[str, Unit], now: datetime
) -> None:
    opinion = said(units["T1-2"], "操场失修")
    with refused("from_elsewhere"):
        register_item(unit=village, problem="操场失修", opinions=[opinion], by=None, now=now)
    township = units["T1"]
    item = register_item(unit=township, problem="操场失修", opinions=[opinion], by=None, now=now)
    assert item.unit == township


def test_an_item_says_what_is_to_be_put_right(village: Unit, now: datetime) -> None:
    with refused("problem_missing"):
        register_item(unit=village, problem=" ", by=None, now=now)


def test_setting_aside_needs_something_and_a_reason(
    said: Said, village: Unit, now: datetime
) -> None:
    with refused("nothing_chosen"):
        set_aside(reason="无", by=None, now=now)
    with refused("reason_missing"):
        set_aside(opinions=[said(village, "好")], reason=" ", by=None, now=now)
