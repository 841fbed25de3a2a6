"""Whoever answers for the organization above urges those who owe something, once a day."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.enums import Role
from pingyi.accounts.models import User
from pingyi.campaigns.models import Round
from pingyi.campaigns.queries.debtors import debtors_below
from pingyi.ledger.models import Entry
from pingyi.notifications.models import Message, Urge
from tests.cast import Register, user_with

pytestmark = pytest.mark.any_database

TABLES = "/tables/urge/cx2011/first/"
GAPS = "/campaigns/cx2011/rounds/first/gaps/urge/"
SUPERVISION = "/supervision/cx2011/first/urge/"
ALL = {"text": "请本周内完成", "to": "all"}


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(user: User, address: str) -> str:
    return client_of(user).get(address).content.decode()


def test_everybody_below_is_told_what_they_owe_and_it_is_shown_beside_the_list(
    first_round: Round, clerk_user: User, branch_secretary_user: User, now: datetime
) -> None:
    shown = page(clerk_user, GAPS)
    assert "王大山" in shown
    assert "没有账号，请电话联系" in shown  # 赵文 of the school
    client = client_of(clerk_user)
    answer = client.post(GAPS, ALL, follow=True)
    text = answer.content.decode()
    assert "已催办 1 人。" in text
    assert "2011-06-01 clerk 已催办 1 人" in text
    message = Message.objects.get()
    assert message.to == branch_secretary_user
    assert message.written_by == clerk_user
    assert "请本周内完成" in message.text
    assert "柳湾村党支部：" in message.text
    urge = Urge.objects.get()
    assert (urge.what, urge.place, urge.people) == ("campaigns.gaps", "cx2011 first", 1)
    assert Entry.objects.latest("seq").kind == "notification.urged"
    again = client.post(GAPS, ALL)
    assert again.status_code == 422
    assert "今天都已催办过了" in again.content.decode()
    assert Urge.objects.count() == 1


def test_a_leader_is_told_of_which_organizations_something_is_owed_not_of_the_own(
    first_round: Round, office_user: User, register: Register, now: datetime
) -> None:
    leader = register.people["t1_leader"]
    own = first_round.campaign.participants.get(person=leader).unit
    rows = {debtor.key: debtor for debtor in debtors_below(office_user, first_round, duty="review")}
    row = rows[f"p{first_round.campaign.participants.get(person=leader).pk}"]
    assigned = first_round.assignments.filter(reviewer__person=leader)
    of = {str(one.unit or one.participant.unit) for one in assigned}
    assert own is not None
    assert all(name in row.place for name in sorted(of)) or "等" in row.place
    assert (own.name in row.place) == (own.name in of)


def test_whoever_owes_of_both_kinds_stands_there_once(
    first_round: Round, clerk_user: User, branch_secretary_user: User
) -> None:
    mine = [
        debtor
        for debtor in debtors_below(clerk_user, first_round)
        if branch_secretary_user.pk in debtor.accounts
    ]
    assert len(mine) == 1
    assert "点评" in mine[0].what
    assert "评议" in mine[0].what


def test_the_list_names_whoever_answers_for_an_appraisal_of_the_branch_and_its_members(
    first_round: Round, clerk_user: User, branch_secretary_user: User
) -> None:
    shown = page(clerk_user, "/campaigns/cx2011/rounds/first/gaps/?unit=T1-1&duty=appraisal")
    rows = shown.partition("<tbody>")[2].partition("</tbody>")[0]
    assert rows.count("<tr>") == rows.count("<td>王大山</td>") > 1


def test_only_those_ticked_and_only_those_who_still_owe(
    first_round: Round, clerk_user: User, branch_secretary_user: User, register: Register,
    now: datetime,
) -> None:  # fmt: skip
    person = register.people["school_secretary"]
    school = user_with("school", Role.BRANCH_SECRETARY, register.school, now, person)
    client = client_of(clerk_user)
    ticked = {"text": "请尽快", "to": "ticked"}
    assert "没有选择任何人" in client.post(GAPS, ticked).content.decode()
    assert "已经办完" in client.post(GAPS, {**ticked, "who": "p0"}).content.decode()
    assert not Message.objects.exists()
    key = first_round.campaign.participants.get(person=person).pk
    client.post(GAPS, {**ticked, "who": f"p{key}"})
    assert [message.to for message in Message.objects.all()] == [school]


def test_a_list_is_urged_over_as_it_is_filtered_and_printed_for_the_telephone(
    first_round: Round, clerk_user: User, branch_secretary_user: User
) -> None:
    school = page(clerk_user, f"{GAPS}?unit=T1-2&duty=review")
    assert "赵文" in school
    assert "王大山" not in school
    printed = page(clerk_user, f"{GAPS}?print=1")
    assert "电话" in printed
    assert "<textarea" not in printed
    assert "没有账号" in client_of(clerk_user).post(f"{GAPS}?unit=T1-2", ALL).content.decode()
    assert not Urge.objects.exists()
    missing = page(clerk_user, reverse("reviews:missing", args=["cx2011", "first", "T1-1"]))
    assert "gaps/urge/?unit=T1-1&amp;duty=review" in missing.replace("&amp;amp;", "&amp;")


def test_units_are_urged_from_above_by_whoever_answers_for_them(
    first_round: Round, office_user: User, clerk_user: User, secretary_user: User
) -> None:
    assert "中共青石镇委员会" in page(office_user, SUPERVISION)
    client_of(office_user).post(SUPERVISION, ALL)
    assert {message.to for message in Message.objects.all()} == {clerk_user, secretary_user}
    assert "office 已催办 2 人" in page(office_user, "/supervision/cx2011/first/")
    # Of the township itself its own clerk urges nobody, of its branches whoever answers there.
    own = page(clerk_user, SUPERVISION)
    assert ">中共青石镇委员会<" not in own
    assert "柳湾村党支部" in own


def test_tables_are_urged_from_whoever_fills_them_in(
    first_round: Round, office_user: User, clerk_user: User, secretary_user: User
) -> None:
    shown = page(office_user, TABLES)
    assert "附件" in shown
    assert "中共白水镇委员会" in shown
    client_of(office_user).post(TABLES, ALL)
    assert [message.to for message in Message.objects.all()] == [clerk_user]
    assert "office 已催办 1 人" in page(office_user, "/tables/cx2011/first/?all=1")
    assert "下级没有未办的事项" in page(clerk_user, TABLES)
    assert client_of(office_user).get(TABLES.replace("first", "third")).status_code == 404


def test_nobody_else_urges(
    first_round: Round, branch_secretary_user: User, member_user: User, inspector_user: User,
    other_clerk_user: User,
) -> None:  # fmt: skip
    for user in (branch_secretary_user, member_user, inspector_user):
        for address in (GAPS, SUPERVISION, TABLES):
            assert client_of(user).get(address).status_code == 403
            assert client_of(user).post(address, ALL).status_code == 403
    assert "催办" not in page(inspector_user, "/supervision/cx2011/first/")
    assert "王大山" not in page(other_clerk_user, GAPS)
    assert client_of(other_clerk_user).get(f"{GAPS}?unit=T1-1").status_code == 404
    assert client_of(inspector_user).get(GAPS.replace("first", "third")).status_code == 404
    other = client_of(inspector_user).get(SUPERVISION.replace("first", "third"))
    assert other.status_code == 404


def test_nobody_urges_themselves_and_all_that_is_done_is_said(
    first_round: Round, secretary_user: User, monkeypatch: Any
) -> None:
    shown = page(secretary_user, GAPS)
    assert "陈卫东" not in shown.partition("<tbody>")[2].partition("</tbody>")[0]
    monkeypatch.setattr("pingyi.campaigns.tasks.debtors_below", lambda *_args, **_more: [])
    assert "下级没有未办的事项" in page(secretary_user, GAPS)


def test_a_day_later_it_is_said_again(
    first_round: Round, clerk_user: User, branch_secretary_user: User, monkeypatch: Any,
    now: datetime,
) -> None:  # fmt: skip
    client_of(clerk_user).post(GAPS, ALL)
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: now + timedelta(days=1))
    client_of(clerk_user).post(GAPS, ALL)
    assert [message.to for message in Message.objects.all()] == [branch_secretary_user] * 2
