"""What all reporting units owe on one page, late and most first (N17); units and search."""

import re
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pingyi.accounts.enums import Role
from pingyi.accounts.models import User
from pingyi.accounts.operations.grants import grant_role
from pingyi.campaigns.models import Campaign, Round, Unit
from pingyi.campaigns.queries import gaps_of
from pingyi.web.queries.supervision import supervised
from tests.cast import TODAY, Register
from tests.web.conftest import Ask

pytestmark = [pytest.mark.any_database, pytest.mark.pages_unwatched]

PAGE = "/supervision/cx2011/first/"


def test_what_is_owed_and_how_late_it_is_comes_first_and_nobody_has_a_score(
    at: Ask, office_user: User, first_round: Round, reviewed, monkeypatch, now
) -> None:
    closes = first_round.closes_on
    before = supervised(office_user, first_round, closes - timedelta(days=2))
    assert [(state.code, state.due, state.days_late) for state in before] == [
        ("T1", "soon", 0),
        ("T2", "soon", 0),
    ]
    assert before[0].missing > before[1].missing > 0
    said = "领导点评 2 个党组织、3 名党员；群众评议 1 个党组织"
    assert (before[1].reviews, before[1].said) == (5, said)
    # One figure for the same thing, on the first page too.
    reviews, counted = (
        sum(each.reviews for each in before),
        sum(each.appraisals.missing for each in before),
    )
    home = at(office_user, "/").content.decode()
    told = re.search(
        r"督促完成缺漏 (\d+) 项（领导点评 (\d+) 个党组织、(\d+) 名党员；"
        r"群众评议 (\d+) 个党组织、(\d+) 名党员）",
        home,
    )
    assert told is not None
    number, *parts = [int(figure) for figure in told.groups()]
    assert number == sum(parts) == len(gaps_of(first_round))
    assert (reviews, counted) == (parts[0] + parts[1], parts[2]) == (17, 4)
    # The line leads to where they are listed, and the list says the same.
    listed = at(office_user, "/campaigns/cx2011/rounds/first/gaps/").content.decode()
    assert 'href="/campaigns/cx2011/rounds/first/gaps/"' in home
    assert f"{number} 项缺漏：{told.group(0).split('（')[1][:-1]}。" in listed
    page = at(office_user, PAGE).content.decode()
    assert not re.search(r"\d%\s*<", page)
    assert 'href="/reviews/cx2011/rounds/first/missing/T2/"' in page
    late = now + timedelta(days=(closes - now.date()).days + 3)
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: late)
    assert "逾期 3 天" in at(office_user, PAGE).content.decode()


def test_a_clerk_sees_the_own_unit_and_its_branches_only(
    clerk_user: User, first_round: Round
) -> None:
    found = [state.code for state in supervised(clerk_user, first_round, TODAY)]
    assert found[0] == "T1"
    assert sorted(found) == ["T1", "T1-1", "T1-2", "T1-3"]


def test_being_a_member_elsewhere_opens_no_other_unit(
    clerk_user: User, register: Register, first_round: Round, now
) -> None:
    grant_role(user=clerk_user, role=Role.MEMBER, organization=register.t2, by=None, now=now)
    found = {state.code for state in supervised(clerk_user, first_round, TODAY)}
    assert found == {"T1", "T1-1", "T1-2", "T1-3"}


@pytest.mark.parametrize("role", ["office", "clerk", "secretary", "inspector"])
def test_whoever_supervises_may_open_it(
    role: str, at: Ask, first_round: Round, request: pytest.FixtureRequest
) -> None:
    answer = at(request.getfixturevalue(f"{role}_user"), PAGE)
    assert answer.status_code == 200
    assert "中共青石镇委员会" in answer.content.decode()


def test_a_city_of_six_hundred_reporting_units_is_shown(
    at: Ask, office_user: User, first_round: Round, units: dict[str, Unit]
) -> None:
    top = units["X"]
    Unit.objects.bulk_create(
        Unit(
            campaign=first_round.campaign,
            parent=top,
            path=f"{top.path}{number:05d}/",
            depth=1,
            code=f"Z{number}",
            name=f"第{number}镇党委",
            kind="committee",
            level="township",
            is_reporting=True,
            since=top.since,
        )
        for number in range(100, 700)
    )
    answer = at(office_user, PAGE)
    assert answer.status_code == 200
    assert len(supervised(office_user, first_round, TODAY)) == 602


@pytest.mark.parametrize("role", ["branch_secretary", "member"])
def test_others_are_told_for_whom_it_is(
    role: str, at: Ask, first_round: Round, request: pytest.FixtureRequest
) -> None:
    answer = at(request.getfixturevalue(f"{role}_user"), PAGE)
    assert answer.status_code == 403
    assert "督查" in answer.content.decode()


def test_it_can_be_searched_and_exported(
    at: Ask, office_user: User, first_round: Round, reviewed
) -> None:
    reviewed("county_leader", "T1")
    page = at(office_user, f"{PAGE}?q=T2").content.decode()
    assert "中共白水镇委员会" in page
    assert "中共青石镇委员会" not in page
    answer = at(office_user, f"{PAGE}supervision.xlsx")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert cells.index("中共青石镇委员会") < cells.index("中共白水镇委员会")
    assert "逾期天数" in cells


def test_an_unknown_campaign_or_round_is_not_found(
    at: Ask, office_user: User, campaign: Campaign
) -> None:
    assert at(office_user, "/supervision/other/first/").status_code == 404
    assert at(office_user, "/supervision/cx2011/third/").status_code == 404


def test_a_unit_shows_its_coverage_and_what_lies_below(
    at: Ask, clerk_user: User, first_round: Round, reviewed
) -> None:
    reviewed("t1_leader", "T1-1")
    page = at(clerk_user, "/units/cx2011/first/T1/").content.decode()
    assert "柳湾村党支部" in page
    assert "石桥村党支部" not in page
    branch = at(clerk_user, "/units/cx2011/first/T1-1/").content.decode()
    assert "征求意见" in branch


def test_a_unit_outside_is_not_found(at: Ask, other_clerk_user: User, first_round: Round) -> None:
    assert at(other_clerk_user, "/units/cx2011/first/T1-1/").status_code == 404
    assert at(other_clerk_user, "/units/cx2011/first/T2-1/").status_code == 200


def test_the_path_links_only_what_is_in_sight(
    at: Ask, clerk_user: User, office_user: User, first_round: Round
) -> None:
    above = 'href="/units/cx2011/first/X/"'
    assert above in at(office_user, "/units/cx2011/first/T1-1/").content.decode()
    page = at(clerk_user, "/units/cx2011/first/T1-1/").content.decode()
    assert above not in page
    assert "中共松山县委员会" in page
    assert 'href="/units/cx2011/first/T1/"' in page


def test_queries_do_not_grow_with_the_units_below(
    at: Ask, office_user: User, first_round: Round
) -> None:
    counts = []
    for code in ("T1", "T2"):  # three branches below, and one
        at(office_user, f"/units/cx2011/first/{code}/")
        with CaptureQueriesContext(connection) as queries:
            at(office_user, f"/units/cx2011/first/{code}/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("text", ["柳湾", "lw", "T1-1", "t1-1"])
def test_an_organization_is_found_by_name_initials_or_code(
    text: str, at: Ask, clerk_user: User, first_round: Round
) -> None:
    page = at(clerk_user, f"/search/?q={text}").content.decode()
    assert "/units/cx2011/first/T1-1/" in page
    assert "石桥村党支部" not in page


def test_nothing_is_found_outside_or_for_nothing(
    at: Ask, other_clerk_user: User, office_user: User, first_round: Round
) -> None:
    assert "柳湾" not in at(other_clerk_user, "/search/?q=T1").content.decode()
    assert "/units/" not in at(office_user, "/search/?q=").content.decode()


def test_the_picker_gets_a_fragment(at: Ask, office_user: User, first_round: Round) -> None:
    answer = at(office_user, "/search/?q=村", headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert "<html" not in page
    assert "柳湾村党支部" in page
