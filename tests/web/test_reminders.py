"""Whoever owes something is reminded on the right days, once a day, and late their superiors."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from pingyi.accounts.models import User
from pingyi.accounts.operations import create_account
from pingyi.accounts.operations.grants import end_grant
from pingyi.campaigns.models import Round, Unit
from pingyi.notifications.models import Message, ReminderDay
from pingyi.web.operations import remind_daily
from pingyi.web.operations.remind import remind_all
from pingyi.web.queries.owing import dues_of
from pingyi.web.queries.reminders import MOST_NAMED, reminders
from pingyi.web.rules import is_reminded
from tests.cast import PASSWORD, Register
from tests.web.working import appraise

Reviewed = Callable[[str, str], None]


@pytest.fixture
def people(
    office_user: User,
    clerk_user: User,
    secretary_user: User,
    branch_secretary_user: User,
    member_user: User,
    inspector_user: User,
) -> dict[str, User]:
    return {
        user.username: user
        for user in (
            office_user, clerk_user, secretary_user, branch_secretary_user, member_user,
            inspector_user,
        )
    }  # fmt: skip


def told(people: dict[str, User], today: date) -> dict[str, str]:
    """Subject and text by sign-in name."""
    names = {user.pk: name for name, user in people.items()}
    return {names[draft.to]: f"{draft.subject}\n{draft.text}" for draft in reminders(today)}


@pytest.mark.parametrize(
    ("left", "wanted"),
    [(8, False), (7, True), (6, False), (3, True), (2, False), (1, True), (0, True), (-1, True),
     (-30, True)],
)  # fmt: skip
def test_the_days_of_a_reminder(left: int, wanted: bool) -> None:
    today = date(2011, 6, 20)
    assert is_reminded(today + timedelta(days=left), today) is wanted


def test_whoever_owes_something_is_told_what(
    first_round: Round, people: dict[str, User], reviewed: Reviewed
) -> None:
    closes = first_round.closes_on
    assert "branch-secretary" not in told(people, closes - timedelta(days=8))
    week = told(people, closes - timedelta(days=7))
    mine = week["branch-secretary"]
    assert "点评 2 名党员（柳湾村党支部）" in mine
    assert "评议：" in mine
    assert "还有 7 天" in mine
    assert "还有 7 天" in week["inspector"]
    assert "member" not in week
    assert "今天到期" in told(people, closes)["branch-secretary"]
    for subject in ("village_member", "village_probationer"):
        reviewed("village_secretary", subject)
    last = told(people, closes)["branch-secretary"]
    assert "点评 2 个" not in last
    assert "通报 2 条点评" in last


def test_what_is_late_is_told_to_whoever_answers_for_the_organization_above(
    first_round: Round, people: dict[str, User], register: Register, now: datetime
) -> None:
    day = first_round.closes_on + timedelta(days=2)
    late = told(people, day)
    line = "柳湾村党支部 王大山：点评 2 名党员、评议：征求意见；逾期 2 天"
    assert "2 项待办已逾期" in late["branch-secretary"]
    for superior in ("clerk", "secretary"):
        assert line in late[superior]
    assert line not in late["office"]
    assert line not in late["inspector"]
    assert "中共青石镇委员会 陈卫东" in late["office"]
    # Nobody answers for the township any more: it goes to the county.
    for name in ("clerk", "secretary"):
        grant = people[name].grants.get()
        end_grant(grant=grant, by=None, now=now)
    assert line in told(people, day)["office"]


def test_many_who_are_late_are_counted(
    first_round: Round, people: dict[str, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_NAMED > 1
    monkeypatch.setattr("pingyi.web.queries.reminders.MOST_NAMED", 0)
    day = first_round.closes_on + timedelta(days=2)
    assert "另有" in told(people, day)["clerk"]


def test_whoever_only_hears_of_others_is_told_so(
    first_round: Round, people: dict[str, User], reviewed: Reviewed, monkeypatch: Any
) -> None:
    day = first_round.closes_on + timedelta(days=2)
    only = people["branch-secretary"].pk
    ask = "pingyi.web.queries.reminders.dues_of"
    monkeypatch.setattr(ask, lambda user, *more: dues_of(user, *more) if user.pk == only else [])
    assert "抄送：下级有 1 人逾期未办" in told(people, day)["clerk"]


def test_each_reads_it_in_the_own_language(first_round: Round, people: dict[str, User]) -> None:
    User.objects.filter(pk=people["branch-secretary"].pk).update(language="en")
    text = told(people, first_round.closes_on)["branch-secretary"]
    assert "due today" in text
    assert "Review 2 members" in text


def test_decisions_are_reminded_of_while_the_round_is_open(
    first_round: Round, people: dict[str, User], units: dict[str, Unit], now: datetime
) -> None:
    appraise(first_round, units["T1-1"], now, best=1)
    assert "决定" in told(people, first_round.closes_on)["clerk"]


def test_nobody_is_told_twice_on_a_day(
    first_round: Round, people: dict[str, User], now: datetime, capsys: Any
) -> None:
    day = first_round.closes_on
    call_command("remind", "--today", day.isoformat(), "--preview")
    assert "应提醒" in capsys.readouterr().out
    assert not Message.objects.exists()
    call_command("remind", "--today", day.isoformat())
    assert "已提醒" in capsys.readouterr().out
    number = Message.objects.count()
    assert number == len(reminders(day))
    assert remind_all(today=day, now=now) == 0
    assert Message.objects.count() == number
    assert remind_all(today=day + timedelta(days=1), now=now) == number
    with pytest.raises(CommandError, match="soon"):
        call_command("remind", "--today", "soon")


def test_the_worker_asks_once_a_day_and_not_at_night(
    first_round: Round, people: dict[str, User], now: datetime
) -> None:
    assert not remind_daily(now=now.replace(hour=14))
    assert remind_daily(now=now)
    assert not remind_daily(now=now + timedelta(hours=1))
    assert ReminderDay.objects.count() == 1
    assert remind_daily(now=now + timedelta(days=1))


def test_people_without_a_part_and_units_without_superiors(
    first_round: Round, register: Register, now: datetime
) -> None:
    create_account(username="alone", name="无名", password=PASSWORD, by=None, now=now)
    assert reminders(first_round.closes_on) == []
