"""The way of a return on the pages: sealed, sent, sent back, put right, compared, accepted."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from openpyxl import load_workbook

from pingyi.accounts.models import User
from pingyi.campaigns.models import Round
from pingyi.core.seen import version_of
from pingyi.returns.enums import ReturnDeed, ReturnState
from pingyi.returns.models import Return
from pingyi.returns.operations.sending import accept_many
from pingyi.returns.permissions import why_not
from pingyi.returns.queries.content import counted_now
from pingyi.returns.queries.seen import correction_seen, draft_seen
from pingyi.returns.queries.worklist import worklist
from pingyi.returns.rules.figures import numbered_notes
from tests.at_once import refused
from tests.forms_of_pages import forms_of
from tests.returns.desk import FOOT, RURAL, WHY, Desk, county, town

__all__ = ["county", "town"]

ROUND = {"campaign_code": "cx2011", "round_code": "first"}
TOWN = {**ROUND, "unit_code": "T1"}
ANNEX3 = {**TOWN, "table_code": "annex3"}
SEALED = {f"foot.{label}": text for label, text in FOOT.items()}


class Reader:
    """Somebody in front of the pages of one unit's annex 3."""

    def __init__(self, client: Client, user: User) -> None:
        self.client, self.user = client, user

    def at(self, name: str, query: str = "", **where: str) -> Any:
        return self._ask("get", name, query, where)

    def _ask(self, how: str, name: str, query: str, where: Any, data: Any = None) -> Any:
        self.client.force_login(self.user)
        url = reverse(f"returns:{name}", kwargs=where or ANNEX3) + query
        return getattr(self.client, how)(url, data, follow=how == "post")

    def fills_in(self, name: str, query: str = "", where: Any = None, **typed: Any) -> Any:
        """The form of a page, with what is typed into it."""
        shown = self._ask("get", name, query, where)
        (form,) = forms_of(shown.request["PATH_INFO"], shown)[-1:]
        return self._ask("post", name, query, where, form.data | typed)

    def presses(self, deed: str) -> Any:
        """A button of the unit's page; what the page says after it."""
        shown = self.at("unit", "?table=annex3", **TOWN)
        url = reverse(f"returns:{deed}", kwargs=ANNEX3)
        (form,) = [each for each in forms_of(url, shown) if each.action == url]
        return self._ask("post", deed, "", None, form.data)


@pytest.fixture(autouse=True)
def _a_day_of_the_round(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    later = now + timedelta(hours=1)
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: later)


@pytest.fixture
def clerk(client: Client, town: Desk, clerk_user: User) -> Reader:
    return Reader(client, clerk_user)


@pytest.fixture
def office(client: Client, town: Desk, office_user: User) -> Reader:
    return Reader(client, office_user)


def words(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def buttons(answer: Any) -> set[str]:
    return {each for each in ("seal", "submit", "withdraw", "accept", "send-back", "extend",
            "waive", "claim", "drop") if f"/annex3/{each}/" in words(answer)}  # fmt: skip


def test_there_and_back_and_accepted(clerk: Reader, office: Reader, town: Desk) -> None:
    assert buttons(clerk.at("unit", "?table=annex3", **TOWN)) == {"seal"}
    assert buttons(office.at("unit", "?table=annex3", **TOWN)) == {"extend", "waive"}
    said = clerk.fills_in("seal", **SEALED)
    assert town.state() == "submitted", words(said)
    assert "withdraw" in buttons(said)

    shown = office.at("unit", "?table=annex3", **TOWN)
    assert buttons(shown) == {"accept", "send-back"}
    assert "所有数字均与台账一致" in words(shown)
    assert f'value="{RURAL}"' in words(shown)
    back = office.fills_in("send-back", f"?cell={RURAL}&cell=nobody", **{f"cell.{RURAL}": WHY})
    assert town.state() == "sent_back", words(back)
    assert WHY in words(back)

    draft = clerk.at("unit", "?table=annex3", **TOWN)
    assert WHY in words(draft)
    assert 'class="sent-back"' in words(draft)
    where = {**TOWN, "cell": RURAL}
    clerk.fills_in("correct", where=where, number="1", reason=WHY)
    assert f"台账 3，上报 1：{WHY}" in words(clerk.at("seal"))
    clerk.fills_in("seal", **SEALED)

    compared = words(clerk.at("versions"))
    assert "附件3 党员数 · 农村" in compared
    assert "第 1 版与第 2 版对比" in compared
    assert "数字完全相同" in words(clerk.at("versions", "?from=2&to=2"))
    shown = words(office.at("unit", "?table=annex3", **TOWN))
    assert "退回时为 3，现改为 1" in shown
    assert "已接收" in words(office.presses("accept"))
    assert town.state() == "accepted"
    assert buttons(office.at("unit", "?table=annex3", **TOWN)) == set()
    amended = clerk.fills_in("seal", **SEALED, cause="漏报一名转出党员，现予更正", and_submit=[])
    assert town.state() == "sealed", words(amended)
    assert buttons(clerk.at("unit", "?table=annex3", **TOWN)) == {"seal", "submit", "drop"}
    assert "更正已放弃" in words(clerk.presses("drop"))
    assert town.state() == "accepted"
    assert "已放弃" in words(clerk.at("versions"))


def test_what_is_wrong_with_a_deed_stands_on_its_page(
    clerk: Reader, office: Reader, town: Desk, units: dict[str, Any]
) -> None:
    where = {**TOWN, "cell": RURAL}
    refused = clerk.fills_in("correct", where=where, number="")
    assert refused.status_code == 422
    assert "请填写整数" in words(refused)
    clerk.fills_in("correct", where=where, word="unknown", number="", reason=WHY)
    shown = clerk.at("unit", "?table=annex3", **TOWN)
    assert "不详" in words(shown)
    assert "须说明" in words(shown)
    clerk.fills_in("correct", where=where, word="blank", number="", reason=WHY)
    assert "需要改正" in words(clerk.at("unit", "?table=annex3", **TOWN))
    assert "请先改正" in words(clerk.at("seal"))
    assert clerk.fills_in("seal", **SEALED).status_code == 422
    assert town.state() == "open"


def test_a_warning_is_explained_where_it_is_sealed(clerk: Reader, office: Reader) -> None:
    where = {**TOWN, "cell": RURAL}
    clerk.fills_in("correct", where=where, word="unknown", number="", reason=WHY)
    key = f"word.unknown:{RURAL}"
    assert clerk.fills_in("seal", **SEALED, **{key: "核实无误"}).status_code == 422
    clerk.fills_in("seal", **SEALED, **{key: "支部台账在搬迁中遗失，正在补记"})
    shown = words(office.at("unit", "?table=annex3", **TOWN))
    assert "说明：支部台账在搬迁中遗失" in shown
    assert "台账 3，上报 不详" in shown


def test_what_was_sealed_is_shown_and_printed_as_it_was(
    clerk: Reader, town: Desk, branch_secretary_user: User
) -> None:
    version = town.sealed()
    town.submit(table="annex3")
    shown = clerk.at("document", "?version=1", **TOWN, table_code="annex3", kind="xlsx")
    cells = [c.value for row in load_workbook(BytesIO(shown.content)).active for c in row]
    assert any(version.digest[:5] in str(value) for value in cells)
    assert "第1版" in shown.headers["Content-Disposition"] or "%E7%AC%AC1" in str(shown.headers)
    panel = clerk.at("heads", "?version=1", **TOWN, cell=RURAL)
    assert "第 1 版" in words(panel)
    for name, more in (("unit", {}), ("heads", {"cell": RURAL})):
        for number in ("7", "9" * 25):
            query = f"?table=annex3&version={number}"
            assert clerk.at(name, query, **TOWN, **more).status_code == 404
    assert clerk.at("versions", **{**ANNEX3, "table_code": "annex9"}).status_code == 404
    for kind in ("pdf", "docx"):
        found = clerk.at("document", "?version=1", **TOWN, table_code="annex3", kind=kind)
        assert found.status_code == 200


def test_another_day_no_answer_and_one_after_all(clerk: Reader, office: Reader, town: Desk) -> None:
    office.fills_in("extend", until="2011-07-20", reason="该镇正值汛期，经办人在堤上值守")
    shown = words(clerk.at("unit", "?table=annex3", **TOWN))
    assert "2011年7月20日" in shown
    assert "正值汛期" in shown
    office.fills_in("waive", reason="该镇本轮并入邻镇一并填报")
    shown = office.at("unit", "?table=annex3", **TOWN)
    assert buttons(shown) == {"claim"}
    assert "并入邻镇" in words(shown)
    office.presses("claim")
    assert town.state() == "open"


def test_sealed_first_and_sent_or_taken_back_by_a_button(clerk: Reader, town: Desk) -> None:
    clerk.fills_in("seal", **SEALED, and_submit=[])
    assert buttons(clerk.at("unit", "?table=annex3", **TOWN)) == {"seal", "submit"}
    stale = clerk.at("unit", "?table=annex3", **TOWN)
    url = reverse("returns:submit", kwargs=ANNEX3)
    (form,) = [each for each in forms_of(url, stale) if each.action == url]
    town.sealed()
    told = words(clerk.client.post(url, form.data, follow=True))
    assert town.state() == "sealed"
    assert "第 2 版" in told
    clerk.presses("submit")
    assert town.state() == "submitted"
    clerk.presses("withdraw")
    assert town.state() == "sealed"


def test_a_button_that_can_no_longer_be_pressed_says_why(office: Reader, town: Desk) -> None:
    """Not that it is to be pressed again."""
    town.sealed()
    town.submit(table="annex3")
    shown = office.at("unit", "?table=annex3", **TOWN)
    url = reverse("returns:accept", kwargs=ANNEX3)
    (form,) = [each for each in forms_of(url, shown) if each.action == url]
    Desk(town.round, town.unit, town.now).send_back(table="annex3", remarks={RURAL: WHY})
    answer = words(office.client.post(url, form.data, follow=True))
    assert "报表目前“已退回”，不能这样办理。" in answer
    assert "请核对现有内容后再次办理" not in answer


def test_clean_ones_are_accepted_together_after_a_look(
    clerk: Reader, office: Reader, town: Desk, office_user: User, reviewed: Round
) -> None:
    assert "没有待审核的报表" in words(office.at("accept-many", **ROUND))
    town.correct(cell=RURAL, said=1, reason=WHY)
    for table in ("annex1", "annex2", "annex3"):
        town.sealed(table)
        town.submit(table=table)
    waiting = worklist(office_user, reviewed, town.now.date()).waiting
    assert [item.what for item in waiting] == ["审核：附件1", "审核：附件2", "审核：附件3"]
    shown = words(office.at("accept-many", **ROUND))
    assert "3 张待审核，其中 2 张与台账一致" in shown
    assert office.fills_in("accept-many", where=ROUND, returns=[]).status_code == 422
    office.fills_in("accept-many", where=ROUND)
    assert [town.state(f"annex{n}") for n in (1, 2, 3)] == ["accepted", "accepted", "submitted"]
    assert clerk.at("accept-many", **ROUND).status_code == 200


def test_an_amendment_is_examined_by_its_cause_and_what_it_changes(
    office: Reader, town: Desk, county: Desk
) -> None:
    for number, cause in enumerate(("", "一名党员的组织关系已转接，现予更正。", "只改联系电话")):
        if number == 1:
            town.correct(cell=RURAL, said=2, reason=WHY)
        town.sealed(cause=cause)
        town.submit(table="annex3")
        page = " ".join(strip_tags(words(office.at("unit", "?table=annex3", **TOWN))).split())
        assert ("更正原因：" in page) is bool(cause)
        if number == 1:
            assert "更正原因：一名党员的组织关系已转接，现予更正。改动 1 个数字。" in page
            assert "2，已接收的版本为 3。" in page
        if number == 2:
            assert "更正原因：只改联系电话。数字没有改动。" in page
        county.accept(table="annex3")
    assert "更正原因：" not in words(office.at("unit", "?table=annex3", **TOWN))


def test_whoever_has_answered_is_led_to_the_next(
    clerk: Reader, office: Reader, town: Desk, county: Desk
) -> None:
    for table in ("annex1", "annex3"):
        town.sealed(table)
        town.submit(table=table)
    led = 'class="btn btn-primary" href="/tables/cx2011/first/T1/?table=annex1"'
    assert led not in office.at("unit", "?table=annex3", **TOWN).content.decode()
    page = office.presses("accept").content.decode()
    assert led in page
    assert "审核下一张：中共青石镇委员会 附件1" in page
    assert led not in clerk.at("unit", "?table=annex3", **TOWN).content.decode()
    county.accept(table="annex1")
    assert "审核下一张" not in office.at("unit", "?table=annex3", **TOWN).content.decode()


def test_of_two_who_accept_at_once_the_slower_one_is_told_what_was_decided(
    office: Reader, town: Desk
) -> None:
    for table in ("annex1", "annex2"):
        town.sealed(table)
        town.submit(table=table)
    shown = office.at("accept-many", **ROUND)
    url = shown.request["PATH_INFO"]
    (form,) = [each for each in forms_of(url, shown) if each.action == url]
    second = Return.objects.get(table="annex2")
    Desk(town.round, town.unit, town.now).accept(table="annex2")
    answer = office.client.post(url, form.data, follow=True)
    assert (
        f"1 张已接收。下列报表已另行处理或重新定稿，未作改动：{town.unit.name}附件2（已接收）"
        in words(answer)
    )
    assert (town.state("annex1"), town.state("annex2")) == ("accepted", "accepted")
    # And where nothing is left to accept.
    late = office.client.post(url, form.data | {"request": ["another"]})
    assert late.status_code == 422
    assert f"{town.unit.name}附件1（已接收）" in words(late)
    assert office.client.post(url, form.data | {"returns": ["1:x"]}).status_code == 422
    gone = form.data | {"returns": [f"{second.pk + 99}:1"]}
    assert office.client.post(url, gone).status_code == 422


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("", ["T1", "T2"]),
        ("waiting", ["T1"]),
        ("sent_back", []),
        ("missing", ["T1", "T2"]),
        ("accepted", []),
        ("late", []),
        ("nonsense", ["T1", "T2"]),
    ],
)
def test_the_board_is_narrowed_to_a_state(
    office: Reader, town: Desk, state: str, found: list[str]
) -> None:
    town.sealed()
    town.submit(table="annex3")
    shown = office.at("units", f"?state={state}", **ROUND)
    assert [unit.code for unit in shown.context["listing"].page] == found
    assert "应报 6 张，已接收 0 张，待审核 1 张，未上报 5 张" in words(shown)


def test_late_are_those_whose_day_is_over_and_was_not_extended(
    office: Reader, town: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for table in ("annex1", "annex2"):
        town.sealed(table)
        town.submit(table=table)
    Desk(town.round, town.unit, town.now).extend(
        table="annex3", until=datetime(2011, 9, 1).date(), reason="该镇正值汛期，经办人在堤上值守"
    )
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: town.now + timedelta(days=60))
    shown = office.at("units", "?state=late", **ROUND)
    assert [unit.code for unit in shown.context["listing"].page] == ["T2"]
    assert "逾期" in words(shown) or "未上报" in words(shown)


def test_many_are_accepted_all_or_none(town: Desk, reviewed: Round) -> None:
    town.sealed()
    town.submit(table="annex3")
    row = Return.objects.get()
    with refused("gone"):
        accept_many(round_=reviewed, numbers={row.pk: 1, row.pk + 9: 1}, by=None, now=town.now)
    with refused("not_the_receiver"):
        accept_many(round_=reviewed, numbers={row.pk: 1}, by=town.by, now=town.now)
    assert town.state() == "submitted"


def test_a_form_is_handed_in_by_neither_side_but_these(
    town: Desk, reviewed: Round, units: dict[str, Any], other_clerk_user: User
) -> None:
    where = (reviewed, units["T1"], "annex3", ReturnState.OPEN, ReturnDeed.SEAL)
    refusal = why_not(other_clerk_user, *where, by_form=True)
    assert refusal is not None
    assert refusal.code == "not_to_hand_in"


def test_the_panel_of_a_figure_says_what_was_counted_and_why_it_is_another(
    clerk: Reader, town: Desk
) -> None:
    panel = {**TOWN, "cell": RURAL}
    assert "上报" not in words(clerk.at("heads", **panel)).split("<main", 1)[1]
    for said, shown in ((1, "1"), ("unknown", "不详"), (None, "—")):
        town.correct(cell=RURAL, said=said, reason=WHY)
        assert f"台账 3，上报 {shown}：{WHY}" in words(clerk.at("heads", **panel))


def test_one_note_alone_has_no_number() -> None:
    assert numbered_notes(["只统计人数"]) == ("只统计人数",)
    assert numbered_notes(["只统计人数", "不重复统计"]) == ("①只统计人数", "②不重复统计")


def test_only_what_came_back_is_offered_to_be_said_otherwise(
    clerk: Reader, office: Reader, town: Desk
) -> None:
    town.sealed()
    town.submit(table="annex3")
    office.fills_in("send-back", f"?cell={RURAL}", **{f"cell.{RURAL}": WHY})
    correct = reverse("returns:correct", kwargs={**TOWN, "cell": RURAL})
    assert correct in words(clerk.at("heads", **TOWN, cell=RURAL))
    other = "annex3.total.school"
    kept = words(clerk.at("heads", **TOWN, cell=other))
    assert reverse("returns:correct", kwargs={**TOWN, "cell": other}) not in kept
    assert correct not in words(clerk.at("heads", "?version=1", **TOWN, cell=RURAL))
    for query in ("", "?version=1"):
        nowhere = clerk.at("heads", query, **TOWN, cell="annex3.total.nowhere")
        assert nowhere.status_code == 404


@pytest.mark.parametrize(
    ("name", "where"),
    [("seal", ANNEX3), ("correct", {**TOWN, "cell": RURAL})],
)
def test_a_page_counts_once_when_it_is_opened(
    clerk: Reader, town: Desk, monkeypatch: pytest.MonkeyPatch, name: str, where: dict[str, str]
) -> None:
    """And what it carries as seen is what would be counted for it."""
    counted: list[Any] = []

    def noted(moment: Any, unit: Any) -> Any:
        counted.append(unit)
        return counted_now(moment, unit)

    monkeypatch.setattr("pingyi.returns.queries.draft.counted_now", noted)
    shown = clerk.at(name, **where)
    assert len(counted) == 1
    unit = counted[0]
    read = {
        "seal": lambda: draft_seen(town.round, unit, "annex3"),
        "correct": lambda: correction_seen(town.round, unit, RURAL),
    }[name]
    (form,) = forms_of(shown.request["PATH_INFO"], shown)[-1:]
    assert form.data["seen"] == [version_of(read())]
