"""The home page: what each role owes, what waits for it, how far its part of the tree is."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.campaigns.models import Round
from pingyi.core.clock import day_of
from pingyi.ui.doors import Item, Turn
from pingyi.web.queries.oversight import standings
from pingyi.web.queries.worklists import Worklists, out_of_turn, worklists
from pingyi.web.queries.worklists import lists_of as all_lists
from tests.web.conftest import Ask

pytestmark = [pytest.mark.any_database, pytest.mark.pages_unwatched]


def lists_of(user: User, round_: Round, now: datetime) -> Worklists:
    return worklists(user, [round_] if round_ else [], day_of(now))


def words(lists: Worklists) -> set[str]:
    return {item.what for item in [*lists.owed, *lists.waiting]}


def test_a_branch_secretary_owes_reviews_and_the_next_stage(
    branch_secretary_user: User, first_round: Round, now: datetime
) -> None:
    owed = lists_of(branch_secretary_user, first_round, now).owed
    assert [(item.what, item.for_whom) for item in owed] == [
        ("点评 2 名党员", "柳湾村党支部"),
        ("评议：征求意见", "柳湾村党支部"),
    ]


def test_what_was_done_is_no_longer_owed(
    branch_secretary_user: User, first_round: Round, reviewed, now: datetime
) -> None:
    reviewed("village_secretary", "village_member")
    assert "点评 1 名党员" in words(lists_of(branch_secretary_user, first_round, now))
    reviewed("village_secretary", "village_probationer")
    owed = lists_of(branch_secretary_user, first_round, now).owed
    assert [item.what for item in owed] == ["评议：征求意见", "通报 2 条点评"]


def test_a_township_secretary_owes_the_organizations_in_charge(
    secretary_user: User, first_round: Round, now: datetime
) -> None:
    owed = lists_of(secretary_user, first_round, now).owed
    assert {item.for_whom for item in owed} >= {"青石中学党支部", "青石镇机关党支部"}


def test_clerk_and_office_owe_the_tables_of_their_tier(
    clerk_user: User, office_user: User, first_round: Round, now: datetime
) -> None:
    [clerk] = lists_of(clerk_user, first_round, now).owed
    accounts, *owed = lists_of(office_user, first_round, now).owed
    # What others wait for comes before what is due in weeks.
    assert (accounts.state, accounts.button) == ("soon", "建立账号")
    office = next(item for item in owed if "/tables/" in item.url)
    assert (clerk.for_whom, office.for_whom) == ("中共青石镇委员会", "中共松山县委员会")
    assert clerk.due_on is not None
    assert office.due_on is not None
    assert clerk.due_on < office.due_on
    assert clerk.url == "/tables/cx2011/first/T1/"


def test_a_member_and_an_inspector_owe_nothing(
    member_user: User, inspector_user: User, first_round: Round, now: datetime
) -> None:
    for user in (member_user, inspector_user):
        assert lists_of(user, first_round, now) == Worklists([], [])


def test_late_comes_before_soon(
    branch_secretary_user: User, clerk_user: User, first_round: Round, now: datetime
) -> None:
    soon = lists_of(clerk_user, first_round, first_round_end(first_round) - timedelta(days=5))
    assert [item.state for item in soon.owed] == ["soon"]
    late = lists_of(clerk_user, first_round, first_round_end(first_round) + timedelta(days=9))
    assert [item.state for item in late.owed] == ["late"]


def first_round_end(round_: Round) -> datetime:
    return datetime.combine(round_.closes_on, datetime.min.time()).astimezone()


def test_the_office_is_asked_to_close_a_round_whose_last_day_has_passed(
    office_user: User, clerk_user: User, first_round: Round, now: datetime
) -> None:
    after = first_round_end(first_round) + timedelta(days=2)
    assert "结束本轮：最后期限已过" in words(lists_of(office_user, first_round, after))
    assert "结束本轮：最后期限已过" not in words(lists_of(clerk_user, first_round, after))


def test_without_a_round_nothing_is_owed(office_user: User, now: datetime) -> None:
    assert worklists(office_user, [], day_of(now)) == Worklists([], [])


def test_the_page_shows_lists_timeline_and_coverage(
    at: Ask, clerk_user: User, first_round: Round
) -> None:
    page = at(clerk_user, "/").content.decode()
    for words_ in ("下一步", "我要办的", "第一次开始", "覆盖情况", "中共青石镇委员会"):
        assert words_ in page
    assert "中共白水镇委员会" not in page
    assert "虚构数据" not in page


def test_a_long_list_shows_its_first_lines_and_says_how_many_there_are(
    at: Ask, branch_secretary_user: User, first_round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pingyi.web.views.home.LINES_SHOWN", 1)
    page = at(branch_secretary_user, "/").content.decode()
    assert "点评 2 名党员" in page
    assert "评议：征求意见" not in page
    assert "共 2 项，先列出 1 项" in page
    assert "评议：征求意见" in at(branch_secretary_user, "/?all=owed").content.decode()


def test_another_round_can_be_looked_at(at: Ask, clerk_user: User, first_round: Round) -> None:
    assert "第二次将于" in at(clerk_user, "/?round=second").content.decode()
    assert at(clerk_user, "/?round=third").status_code == 404


def test_a_closed_and_an_overdue_round_say_so(
    at: Ask,
    office_user: User,
    first_round: Round,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    after = first_round_end(first_round) + timedelta(days=2)
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: after)
    assert "第一次正在进行，最后期限已过。" in at(office_user, "/?round=first").content.decode()


def test_queries_do_not_grow_with_what_is_owed(
    at: Ask, branch_secretary_user: User, first_round: Round, reviewed
) -> None:
    at(branch_secretary_user, "/")
    with CaptureQueriesContext(
        connection,
    ) as many:
        at(branch_secretary_user, "/")
    reviewed("village_secretary", "village_member")
    with CaptureQueriesContext(connection) as few:
        at(branch_secretary_user, "/")
    assert len(few) == len(many)


def test_without_a_campaign_home_leads_to_the_first_steps(at: Ask, office_user: User) -> None:
    answer = at(office_user, "/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/start/"


def test_only_the_office_finds_the_accounts_in_its_menu(
    client: Client, first_round: Round, office_user: User, clerk_user: User
) -> None:
    for user, is_linked in ((office_user, True), (clerk_user, False)):
        client.force_login(user)
        page = client.get(reverse("web:home")).content.decode()
        assert (f'href="{reverse("accounts:list")}"' in page) is is_linked


def test_a_secretary_whose_account_is_nobody_is_told_so(
    at: Ask, branch_secretary_user: User, clerk_user: User, first_round: Round, now: datetime
) -> None:
    assert not lists_of(branch_secretary_user, first_round, now).is_unlinked
    assert "data-unlinked" not in at(branch_secretary_user, "/").content.decode()
    for user in (branch_secretary_user, clerk_user):
        User.objects.filter(pk=user.pk).update(person=None)
        user.refresh_from_db()
    assert "data-unlinked" in at(branch_secretary_user, "/").content.decode()
    assert "data-unlinked" not in at(clerk_user, "/").content.decode()


def test_with_nothing_to_do_it_says_what_to_expect(
    at: Ask, member_user: User, first_round: Round
) -> None:
    done = "有要您办的事项会列在这里"
    assert done in at(member_user, "/").content.decode()
    User.objects.filter(pk=member_user.pk).update(person=None)
    member_user.refresh_from_db()
    assert "data-unlinked" in at(member_user, "/").content.decode()


def item(what: str, state: str, turn: Turn, where: str = "") -> Item:
    return Item(what, "", None, state, "/", "", where, turn=turn)


def test_what_others_wait_for_is_the_next_step_whatever_its_day() -> None:
    tables = item("tables", "soon", Turn.TABLES)
    gaps = item("gaps", "todo", Turn.GAPS)
    closing = item("closing", "todo", Turn.CLOSING)
    after = item("tables of a month later", "todo", Turn.AFTERWARDS)

    def first(*owed: Item) -> str:
        step = Worklists(list(owed), []).next_step
        assert step is not None
        return step.what

    assert first(tables, gaps, after) == "gaps"
    assert first(after, closing, tables) == "tables"
    assert first(after, closing) == "closing"
    # What waits for another stands after it in the list as well.
    assert out_of_turn([tables, gaps, closing]) == {tables, closing}
    # What is late is not kept back; another campaign waits for nobody.
    assert first(replace(tables, state="late"), gaps) == "tables"
    assert first(replace(tables, where="another"), gaps) == "tables"


def test_the_list_has_what_others_wait_for_before_them(
    clerk_user: User, first_round: Round, now: datetime
) -> None:
    day = day_of(now)
    shown = (first_round, standings(clerk_user, first_round))
    owed = all_lists(clerk_user, [first_round.campaign], shown, day).owed
    urls = [line.url for line in owed]
    gaps = next(at for at, url in enumerate(urls) if "/gaps/" in url)
    tables = next(at for at, url in enumerate(urls) if url.startswith("/tables/"))
    # The tables are due before the round is closed.
    assert owed[tables].due_on < owed[gaps].due_on
    assert gaps < tables
