"""The menu: what the rooms offer, part by part, to whom it is of use."""

import pytest
from django.test import Client

from pingyi.accounts.models import User
from pingyi.campaigns.models import Round
from pingyi.ui.doors import MENUS, PAGES_OF_ONE_ROUND, MenuEntry, MenuPart
from pingyi.web.queries.menu import navigation


def labels(user: User, round_: Round | None) -> list[str]:
    return [label for _url, _icon, label, _active in navigation(user, round_, "/")]


def test_the_office_finds_the_work_then_the_view_over_it_then_what_it_keeps(
    first_round: Round, office_user: User
) -> None:
    shown = labels(office_user, first_round)
    assert shown == [
        "首页", "点评", "群众评议", "整改", "统计表", "督查", "组织人员", "活动管理",
        "公开承诺", "通报公示",
    ]  # fmt: skip
    assert labels(office_user, None) == ["首页", "组织人员", "活动管理"]


def test_a_member_finds_what_is_about_the_own_person(first_round: Round, member_user: User) -> None:
    assert labels(member_user, first_round) == ["首页", "我的点评", "公开承诺", "通报公示"]
    # Whoever has nothing else to do has this, linked to a person or not.
    member_user.person = None
    assert labels(member_user, first_round) == ["首页", "我的点评", "公开承诺", "通报公示"]


def test_a_secretary_finds_both(first_round: Round, branch_secretary_user: User) -> None:
    shown = labels(branch_secretary_user, first_round)
    assert shown == [
        "首页", "点评", "群众评议", "整改", "统计表", "我的点评", "组织人员",
        "公开承诺", "通报公示",
    ]  # fmt: skip


def test_an_entry_is_active_on_every_page_of_its_room_and_mine_only_on_itself(
    first_round: Round, branch_secretary_user: User
) -> None:
    def active(path: str) -> list[str]:
        shown = navigation(branch_secretary_user, first_round, path)
        return [label for _url, _icon, label, is_active in shown if is_active]

    assert active("/") == ["首页"]
    assert active("/reviews/cx2011/first/anything/") == ["点评"]
    assert active("/reviews/cx2011/mine/") == ["我的点评"]


def test_what_has_no_room_in_the_bar_of_a_phone_stands_in_ones_own_menu(
    first_round: Round, office_user: User, client: Client
) -> None:
    client.force_login(office_user)
    page = client.get("/").content.decode()
    own = page.partition('<details class="menu menu-end me">')[2].partition("</details>")[0]
    assert len(labels(office_user, first_round)) == 10
    assert own.count("past-the-bar") == 3
    assert "活动管理" in own


@pytest.mark.parametrize(("work", "is_cut"), [(5, False), (6, True)])
def test_where_the_menu_is_full_what_is_about_me_gives_way(
    monkeypatch: pytest.MonkeyPatch, work: int, is_cut: bool
) -> None:
    entries = [MenuEntry(MenuPart.KEEPING, "/keep/", "flag", "keep")]
    entries += [MenuEntry(MenuPart.ABOUT_ME, "/mine/", "flag", "mine")]
    entries += [MenuEntry(MenuPart.WORK, f"/{n}/", "flag", f"work {n}") for n in range(work)]
    monkeypatch.setattr(MENUS, "_answers", {"room": lambda *_: entries})
    shown = labels(User(), None)
    assert ("mine" not in shown) is is_cut
    assert shown[0] == "work 0"
    assert shown[-1] == "keep"


@pytest.mark.parametrize(
    ("page", "above", "fault"),
    [
        ("reviews:assignment", "reviews:assignments", ""),
        ("reviews:nothing", "reviews:assignments", "names no page: reviews:nothing"),
        ("reviews:assignment", "nowhere:page", "names no page: nowhere:page"),
        ("assignment", "reviews:assignments", "names no page: assignment"),
    ],
)
def test_a_page_that_no_address_has_is_named(page: str, above: str, fault: str) -> None:
    assert PAGES_OF_ONE_ROUND._flaw(page, above) == fault
