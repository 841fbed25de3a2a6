"""What says the same is found, merged from the keyboard one group after the other, and undone."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from pingyi.accounts.models import User
from pingyi.appraisals.models import Opinion
from pingyi.campaigns.models import Unit
from pingyi.ledger.models import Entry
from pingyi.rectification import operations
from pingyi.rectification.models import Item, Source
from pingyi.rectification.operations.register import register_item, set_aside
from pingyi.rectification.operations.take_back import take_back
from pingyi.rectification.queries import groups as grouping
from pingyi.rectification.queries.seen import item_seen
from pingyi.rectification.rules.alike import groups
from tests.at_once import AtOnce, refused
from tests.rectification.conftest import PLAN

MERGE = "/rectification/cx2011/merge/"
Said = Callable[[Unit, str], Opinion]
LAMPS = ("路灯坏了没人修", "村里的路灯坏了，很久没人修", "路灯坏了没人修！")


def test_what_says_the_same_is_one_group_and_nothing_is_lost() -> None:
    texts = ["水渠淤塞", LAMPS[0], "账目不公开", LAMPS[1], "水渠淤塞。", "", "？"]
    assert list(groups(texts)) == [[0, 4], [1, 3], [2], [5, 6]]
    assert list(groups([])) == []


@pytest.fixture
def clerk(client: Client, clerk_user: User) -> Client:
    client.force_login(clerk_user)
    return client


def test_group_after_group_is_registered_set_aside_or_left(
    clerk: Client, said: Said, village: Unit, units: dict[str, Unit]
) -> None:
    lamps = [said(village, text) for text in LAMPS]
    other = said(units["T1-2"], LAMPS[0])
    ditch, fine = said(village, "水渠淤塞"), said(village, "很好，没有意见")
    page = clerk.get(MERGE)
    keys = [row.pk for row in page.context["group"].rows]
    # The first one in front, then the most alike.
    assert keys == [lamps[0].pk, lamps[2].pk, lamps[1].pk]
    assert page.context["group"].others == 3
    wide = clerk.get(f"{MERGE}?wide=1").context["group"]
    assert {row.pk for row in wide.rows} == {*(each.pk for each in lamps), other.pk}
    # Two of the three are one item; the third is taken out.
    ticked = {"opinion": [lamps[0].pk, lamps[1].pk]}
    sent = clerk.post(MERGE, {**ticked, "target": "T1-1", "problem": "路灯损坏"})
    item = Item.objects.get()
    assert {source.opinion_id for source in item.sources.all()} == {lamps[0].pk, lamps[1].pk}
    assert sent.url == f"{MERGE}?of=opinion&after=0&undo={item.sources.first().pk}"
    page = clerk.get(sent.url)
    assert [row.pk for row in page.context["group"].rows] == [lamps[2].pk]
    # Later: the next one, and at the end once more from the front.
    page = clerk.get(page.context["skip"])
    assert page.context["group"].rows[0].pk == other.pk
    page = clerk.get(MERGE, {"after": ditch.pk})
    assert [row.pk for row in page.context["group"].rows] == [fine.pk]
    address = f"{MERGE}?after={ditch.pk}"
    answer = {"opinion": fine.pk, "target": "T1-1", "is_aside": "1"}
    assert clerk.post(address, {**answer, "reason": " "}).status_code == 422
    sent = clerk.post(address, {**answer, "reason": "没有提出问题"})
    assert Source.objects.get(opinion=fine).set_aside_because == "没有提出问题"
    assert "再过一遍" in clerk.get(sent.url).content.decode()


def test_nothing_ticked_is_no_item(clerk: Client, said: Said, village: Unit) -> None:
    said(village, LAMPS[0])
    sent = clerk.post(MERGE, {"target": "T1-1", "problem": "路灯损坏"})
    assert sent.status_code == 422
    assert not Item.objects.exists()


def test_what_was_done_last_is_undone(clerk: Client, said: Said, village: Unit) -> None:
    lamp, fine = said(village, LAMPS[0]), said(village, "很好")
    sent = clerk.post(MERGE, {"opinion": lamp.pk, "target": "T1-1", "problem": "路灯"})
    source = Source.objects.get()
    assert f'name="source" value="{source.pk}"' in clerk.get(sent.url).content.decode()
    undone = clerk.post(f"{MERGE}undo/?of=opinion&wide=1", {"source": source.pk})
    assert undone.url == f"{MERGE}?of=opinion&after={lamp.pk - 1}&wide=1"
    assert not Item.objects.exists()
    assert Entry.objects.filter(kind="rectification.taken_back").count() == 1
    said_so = {"opinion": [lamp.pk, fine.pk], "target": "T1-1", "is_aside": "1", "reason": "重复"}
    clerk.post(MERGE, said_so)
    first, _second = Source.objects.all()
    clerk.post(f"{MERGE}undo/", {"source": first.pk})
    assert not Source.objects.exists()
    page = clerk.post(f"{MERGE}undo/", {"source": first.pk}, follow=True).content.decode()
    assert "已经撤销" in page


def test_what_is_assigned_or_kept_by_others_is_not_undone(
    said: Said, village: Unit, clerk_user: User, other_clerk_user: User, now: datetime
) -> None:
    opinion = said(village, LAMPS[0])
    item = register_item(unit=village, problem="路灯", said=[opinion], by=clerk_user, now=now)
    source = item.sources.get().pk
    with refused("not_a_recorder"):
        take_back(source=source, by=other_clerk_user, now=now)
    operations.assign(item=item, **PLAN, by=None, now=now)
    with refused("assigned_already"):
        take_back(source=source, by=clerk_user, now=now)
    [aside] = set_aside(said=[said(village, "好")], reason="无", by=clerk_user, now=now)
    with refused("not_a_recorder"):
        take_back(source=aside.pk, by=other_clerk_user, now=now)


def test_an_item_that_was_undone_is_not_assigned(said: Said, village: Unit, now: datetime) -> None:
    opinion = said(village, LAMPS[0])
    item = register_item(unit=village, problem="路灯", said=[opinion], by=None, now=now)
    pk = item.pk
    take_back(source=item.sources.get().pk, by=None, now=now)
    with refused("gone"):
        operations.assign(item=item, **PLAN, by=None, now=now)
    assert item_seen(pk) == {}


@pytest.mark.lock("take_back._with")
def test_it_is_undone_once(at_once: AtOnce, said: Said, village: Unit, now: datetime) -> None:
    opinion = said(village, LAMPS[0])
    item = register_item(unit=village, problem="路灯", said=[opinion], by=None, now=now)
    source = item.sources.get().pk

    def undo() -> int:
        return take_back(source=source, by=None, now=now)

    with refused("gone"):
        at_once(undo, undo)
    assert Entry.objects.filter(kind="rectification.taken_back").count() == 1


@pytest.mark.parametrize("taken", [[0], [1], [0, 1]])
def test_what_is_taken_up_while_the_page_is_made_is_left_out(
    clerk: Client,
    said: Said,
    village: Unit,
    monkeypatch: pytest.MonkeyPatch,
    now: datetime,
    taken: list[int],
) -> None:
    """The rows are read in steps; between two of them somebody else takes some up."""
    lamps = [said(village, text) for text in LAMPS[:2]]
    compare = grouping.groups

    def meanwhile(texts: list[str]) -> Any:
        for place in taken:
            set_aside(said=[lamps[place]], reason="无需整改", by=None, now=now)
        return compare(texts)

    monkeypatch.setattr(grouping, "groups", meanwhile)
    page = clerk.get(MERGE)

    group = page.context["group"]
    left = [lamp.pk for place, lamp in enumerate(lamps) if place not in taken]
    assert page.status_code == 200
    assert [row.pk for row in group.rows] == left if left else group is None


def test_the_first_that_is_taken_up_leaves_nothing_to_compare(
    clerk: Client, said: Said, village: Unit, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    lamp = said(village, LAMPS[0])
    find = grouping.found_in

    def meanwhile(rows: Any) -> Any:
        found = find(rows)
        if not Source.objects.exists():
            set_aside(said=[lamp], reason="无需整改", by=None, now=now)
        return found

    monkeypatch.setattr(grouping, "found_in", meanwhile)

    assert clerk.get(MERGE).context["group"] is None
