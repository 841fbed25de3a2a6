"""The pages: list, item, what waits, registering, every deed, the ledger as a file."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from pingyi.accounts.models import User
from pingyi.appraisals.models import Flag, Opinion
from pingyi.appraisals.operations.decisions import decide
from pingyi.campaigns.models import Unit
from pingyi.rectification.models import Item, Source
from pingyi.reviews.operations.record import record_review
from tests.appraisals.conftest import BAD, HELD_ON, unit_lines
from tests.rectification.conftest import REPORT

ROOM = "/rectification/cx2011/"
ItemIn = Callable[..., Item]
Said = Callable[[Unit, str], Opinion]


@pytest.fixture
def as_user(client: Client) -> Callable[[User], Client]:
    def signed_in(user: User) -> Client:
        client.force_login(user)
        return client

    return signed_in


def test_an_empty_list_leads_to_what_waits(as_user, clerk_user: User, campaign) -> None:
    page = as_user(clerk_user).get(ROOM).content.decode()
    assert "还没有登记整改事项" in page
    assert f"{ROOM}waiting/" in page


def test_whoever_only_reads_is_offered_nothing_to_register(
    as_user, inspector_user: User, item_in: ItemIn
) -> None:
    client = as_user(inspector_user)
    assert f"{ROOM}waiting/" not in client.get(ROOM).content.decode()
    item_in("registered")
    page = client.get(ROOM).content.decode()
    assert "水渠淤塞" in page
    assert f"{ROOM}register/" not in page


def test_many_decisions_cost_what_one_costs(
    as_user, clerk_user: User, prepared, signed, units: dict[str, Unit], now: datetime
) -> None:
    client, asked = as_user(clerk_user), []
    for code in ("T1-1", "T1-2", "T1-3"):
        signed(prepared(units[code]), unit_lines(BAD))
        flag = Flag.objects.get(code="organization_low", appraisal__unit=units[code])
        what = {"decision": "责成整改", "decider": "县委常委会", "decided_on": HELD_ON}
        decide(flag=flag, **what, by=None, now=now)
        client.get(f"{ROOM}waiting/", {"of": "flag"})
        with CaptureQueriesContext(connection) as queries:
            page = client.get(f"{ROOM}waiting/", {"of": "flag"}).content.decode()
        asked.append(len(queries))
    assert page.count("责成整改") >= 3
    assert asked == [asked[0]] * 3


def test_the_list_narrows_by_state_and_finds(
    as_user, clerk_user: User, item_in: ItemIn, units: dict[str, Unit]
) -> None:
    item_in("registered")
    item_in("assigned", problem="路灯不亮")
    item_in("registered", unit=units["T2-1"], problem="别处的事")
    client = as_user(clerk_user)
    everything = client.get(ROOM).content.decode()
    assert "水渠淤塞" in everything
    assert "别处的事" not in everything
    assigned = client.get(ROOM, {"state": "assigned"}).content.decode()
    assert "路灯不亮" in assigned
    assert "水渠淤塞" not in assigned
    assert "没有找到整改事项" in client.get(ROOM, {"state": "closed"}).content.decode()
    assert "路灯不亮" in client.get(ROOM, {"q": "路灯"}).content.decode()


def test_opinions_are_ticked_and_registered_as_one(
    as_user, clerk_user: User, said: Said, village: Unit
) -> None:
    first, second = said(village, "水渠堵了"), said(village, "水渠淤塞")
    client = as_user(clerk_user)
    page = client.get(f"{ROOM}waiting/").content.decode()
    assert "水渠堵了" in page
    chosen = {"opinion": [first.pk, second.pk]}
    form = client.get(f"{ROOM}register/", chosen).content.decode()
    assert "水渠堵了\n水渠淤塞" in form
    # The village itself, or the township above it; the county is not the clerk's.
    assert 'value="T1-1"' in form
    assert 'value="T1"' in form
    assert 'value="X"' not in form
    sent = client.post(
        f"{ROOM}register/", {**chosen, "target": "T1-1", "problem": "水渠淤塞无人清理"}
    )
    item = Item.objects.get()
    assert sent.url == f"{ROOM}items/{item.pk}/"
    page = client.get(sent.url).content.decode()
    assert "水渠堵了" in page
    assert "没有待登记的意见和问题" in client.get(f"{ROOM}waiting/").content.decode()
    again = client.get(f"{ROOM}register/", chosen).content.decode()
    assert "其中 2 条已被登记" in again


def test_problems_of_reviews_have_a_list_of_their_own(
    as_user, clerk_user: User, first_round, participants, now: datetime
) -> None:
    texts = {"achievements": "修通机耕道", "problems": "只通了两次电话", "direction": "逐人联系"}
    review = record_review(
        round_=first_round, reviewer=participants["village_secretary"], form="meeting",
        held_on=HELD_ON, place="村部", unit=None, participant=participants["village_member"],
        accept_signs=True, by=None, now=now, **texts,
    )  # fmt: skip
    client = as_user(clerk_user)
    assert "只通了两次电话" not in client.get(f"{ROOM}waiting/").content.decode()
    page = client.get(f"{ROOM}waiting/", {"of": "review", "q": "电话"}).content.decode()
    assert "只通了两次电话" in page
    form = client.get(f"{ROOM}register/", {"review": review.pk}).content.decode()
    assert f"{review.participant.shown_name}：只通了两次电话" in form


def test_what_needs_nothing_is_set_aside(
    as_user, clerk_user: User, said: Said, village: Unit
) -> None:
    opinion = said(village, "很好")
    client = as_user(clerk_user)
    assert "很好" in client.get(f"{ROOM}aside/", {"opinion": opinion.pk}).content.decode()
    client.post(f"{ROOM}aside/", {"opinion": opinion.pk, "reason": "没有提出问题"})
    assert Source.objects.get().set_aside_because == "没有提出问题"
    assert "没有找到" in client.get(f"{ROOM}waiting/", {"q": "好"}).content.decode()


def test_a_problem_that_nobody_wrote_down_is_registered_for_a_unit_that_is_found(
    as_user, clerk_user: User, campaign
) -> None:
    client = as_user(clerk_user)
    assert "T1-1" not in client.get(f"{ROOM}register/").content.decode()
    assert 'value="T1-1"' in client.get(f"{ROOM}register/", {"q": "柳湾"}).content.decode()
    assert "石桥" not in client.get(f"{ROOM}register/", {"q": "石桥村"}).content.decode().partition(
        "<main"
    )[2].replace('value="石桥村"', "")
    sent = client.post(f"{ROOM}register/", {"target": "T1-1", "problem": "账目不公开"})
    assert sent.status_code == 302
    assert Item.objects.get().unit.code == "T1-1"


def test_every_deed_has_its_page(
    as_user, office_user: User, clerk_user: User, item_in: ItemIn
) -> None:
    item = item_in("registered")
    here = f"{ROOM}items/{item.pk}/"

    def do(user: User, what: str, **given: object) -> str:
        client = as_user(user)
        form = client.get(f"{here}{what}/")
        seen = form.context["deed"].edits.version
        client.post(f"{here}{what}/", {**given, "seen": seen})
        item.refresh_from_db()
        return item.state

    plan = {"responsible": "王大山", "measure": "清淤", "due_on": "2099-07-15"}
    assert do(clerk_user, "assign", **plan) == "assigned"
    assert do(clerk_user, "report", **REPORT) == "reported"
    # Whoever reported it is not offered to close it.
    page = as_user(clerk_user).get(here).content.decode()
    assert f"{here}close/" not in page
    assert f"{here}reopen/" in page
    assert do(clerk_user, "close", verdict="好") == "reported"
    assert do(office_user, "close", verdict="查看现场", asked_again=9, pleased=9) == "closed"
    page = as_user(office_user).get(here).content.decode()
    assert "9/9" in page
    assert "查看现场" in page
    assert do(office_user, "reopen", reason="又淤塞") == "reopened"
    assert as_user(office_user).get(f"{here}burn/").status_code == 404


def test_the_ledger_is_a_file(as_user, office_user: User, item_in: ItemIn) -> None:
    item_in("closed")
    item_in("registered", problem="路灯不亮")
    client = as_user(office_user)
    book = load_workbook(BytesIO(client.get(f"{ROOM}ledger.xlsx").getvalue()))
    cells = [cell for row in book.active.iter_rows(values_only=True) for cell in row]
    assert "水渠淤塞无人清理" in cells
    assert "路灯不亮" in cells
    assert client.get(f"{ROOM}ledger.pdf", {"state": "closed"}).status_code == 200
    assert client.get(f"{ROOM}ledger.docx").status_code == 404


def test_outside_there_is_nothing(
    as_user, other_clerk_user: User, member_user: User, item_in: ItemIn, said: Said, village: Unit
) -> None:
    item = item_in("assigned")
    opinion = said(village, "水渠淤塞")
    client = as_user(other_clerk_user)
    assert client.get(f"{ROOM}items/{item.pk}/").status_code == 404
    assert client.post(f"{ROOM}items/{item.pk}/report/", REPORT).status_code == 404
    client.post(f"{ROOM}aside/", {"opinion": opinion.pk, "reason": "无"})
    assert not Source.objects.exists()
    for address in ("", "waiting/", "register/", "ledger.xlsx"):
        assert as_user(member_user).get(f"{ROOM}{address}").status_code == 404


def test_many_are_assigned_at_once_or_none(
    as_user, clerk_user: User, item_in: ItemIn, units: dict[str, Unit]
) -> None:
    client = as_user(clerk_user)
    items = [item_in("registered"), item_in("registered", unit=units["T1-2"])]
    ticked = {"item": [item.pk for item in items]}
    assert "一并交办" in client.get(ROOM, {"state": "registered"}).content.decode()
    assert "一并交办" not in client.get(ROOM).content.decode()
    assert "请至少选择一条。" in client.get(f"{ROOM}assign/").content.decode()
    assert f'value="{items[1].pk}"' in client.get(f"{ROOM}assign/", ticked).content.decode()
    plan = {"responsible": "王大山", "measure": "逐项核实", "due_on": "2099-07-15"}
    client.post(f"{ROOM}assign/", {**ticked, **plan})
    assert [item.state for item in Item.objects.all()] == ["assigned", "assigned"]
    closed = item_in("reported")
    page = client.get(f"{ROOM}assign/", {"item": [items[0].pk, closed.pk]}).content.decode()
    assert "第 3 号：" in page
    assert "第 1 号：该事项已经交办" in page
