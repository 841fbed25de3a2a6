"""The whole at a glance: map of the units in sight, course of coverage by day."""

import json
import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pingyi.accounts.enums import Role
from pingyi.accounts.models import User
from pingyi.accounts.operations.grants import grant_role
from pingyi.campaigns.models import Round, Unit
from pingyi.campaigns.operations.exemptions import exempt, exempt_many
from pingyi.campaigns.queries import gaps_of
from pingyi.web.queries import glance as glance_module
from pingyi.web.queries.glance import glance
from pingyi.web.queries.supervision import supervised
from tests.appraisals.conftest import unit_lines
from tests.cast import TODAY, Register
from tests.web.conftest import Ask

PAGE = "/glance/cx2011/first/"


def owed(user: User, round_: Round, today: date = TODAY) -> dict[str, Any]:
    found = glance(user, round_, today)
    return {field.unit.code: field for field in found.fields}


def test_the_office_sees_townships_with_all_below_them_and_a_clerk_branches(
    office_user: User, clerk_user: User, first_round: Round, reviewed
) -> None:
    reviewed("village_secretary", "village_member")
    county, township = owed(office_user, first_round), owed(clerk_user, first_round)
    assert list(county) == ["T1", "T2"]
    assert list(township) == ["T1-1", "T1-2", "T1-3"]
    assert county["T1"].owing.stage == township["T1-1"].owing.stage == "begun"
    assert county["T2"].owing.stage == township["T1-2"].owing.stage == "untouched"
    # The township itself, its branches and their members, but for the one reviewed.
    assert county["T1"].owing.reviews == 4 + 8 - 1
    assert township["T1-1"].owing.reviews == 1 + 3 - 1
    assert (county["T1"].owing.appraisals, township["T1-1"].owing.appraisals) == (3, 1)


def test_whatever_was_asked_first_a_unit_below_another_is_shown_once(
    clerk_user: User, register: Register, first_round: Round, now
) -> None:
    for place in (register.village, register.t2_village):
        grant_role(user=clerk_user, role=Role.SECRETARY, organization=place, by=None, now=now)
    assert list(owed(clerk_user, first_round)) == ["T1-1", "T1-2", "T1-3", "T2-1"]


def test_late_is_said_with_its_days_and_done_is_never_late(
    office_user: User, at: Ask, first_round: Round, units: dict[str, Unit], monkeypatch, now
) -> None:
    closes = first_round.closes_on
    assert {f.state for f in owed(office_user, first_round, closes).values()} == {"soon"}
    assert {
        f.state for f in owed(office_user, first_round, closes - timedelta(days=9)).values()
    } == {"todo"}
    late = owed(office_user, first_round, closes + timedelta(days=3))
    assert {(field.state, field.days_late) for field in late.values()} == {("late", 3)}
    monkeypatch.setattr(
        "pingyi.core.middleware.read_now", lambda: now + timedelta(days=(closes - TODAY).days + 3)
    )
    page = at(office_user, PAGE).content.decode()
    assert page.count("逾期 3 天") == 2
    assert 'href="/units/cx2011/first/T2/"' in page


def test_an_exempt_branch_owes_no_appraisal(
    clerk_user: User, first_round: Round, units: dict[str, Unit], now
) -> None:
    before = owed(clerk_user, first_round)["T1-1"].owing.appraisals
    exempt(
        round_=first_round, duty="appraisal", unit=units["T1-1"], reason="整村搬迁",
        by=None, now=now,
    )  # fmt: skip
    assert (before, owed(clerk_user, first_round)["T1-1"].owing.appraisals) == (1, 0)


def test_where_nothing_was_done_but_all_is_exempt_nothing_is_called_done(
    office_user: User, at: Ask, first_round: Round, units: dict[str, Unit], now
) -> None:
    gaps = list(gaps_of(first_round, [units["T2"].path]))
    exempt_many(round_=first_round, gaps=gaps, reason="本次只在青石镇试点", by=None, now=now)
    field = owed(office_user, first_round)["T2"]
    assert (field.state, field.owing.stage) == ("exempt", "exempt")
    state = next(one for one in supervised(office_user, first_round, TODAY) if one.code == "T2")
    assert (state.due, state.missing) == ("exempt", 0)
    page = at(office_user, PAGE).content.decode()
    assert "已完成 0 个" in page
    assert "已免除 1 个" in page


def test_the_course_adds_up_to_what_is_done(
    office_user: User, first_round: Round, reviewed, prepared, signed, units: dict[str, Unit]
) -> None:
    reviewed("village_secretary", "village_member")
    reviewed("t1_leader", "T1-1")
    signed(prepared(units["T1-1"]), unit_lines())
    found = glance(office_user, first_round, TODAY)
    assert found.reviews is not None
    assert found.appraisals is not None
    assert [(day.on, day.done, day.so_far, day.missing) for day in found.reviews.busy] == [
        (TODAY, 2, 2, 17 - 2)
    ]
    assert (found.reviews.owed, found.appraisals.owed) == (17, 4)
    assert [(day.on, day.so_far, day.missing) for day in found.appraisals.busy] == [(TODAY, 1, 3)]
    # From the day on which work began before the round did, until today.
    later = glance(office_user, first_round, first_round.opens_on + timedelta(days=2)).reviews
    assert later is not None
    days = [day.on for day in later.days]
    assert (days[0], days[-1]) == (TODAY, first_round.opens_on + timedelta(days=2))
    assert len(days) == (days[-1] - days[0]).days + 1
    assert later.days[-1].so_far == 2


def test_the_course_begins_with_the_round(
    at: Ask, office_user: User, first_round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    opens = first_round.opens_on
    days = [glance(office_user, first_round, opens + timedelta(days=n)).reviews for n in (-1, 0, 1)]
    assert [course and [day.on for day in course.days] for course in days] == [
        [],
        [opens],
        [opens, opens + timedelta(days=1)],
    ]
    assert "data-chart=" not in at(office_user, PAGE).content.decode()


def test_the_drawing_has_the_deadline_and_is_never_rounded_up_to_all(
    at: Ask, office_user: User, first_round: Round, reviewed
) -> None:
    reviewed("village_secretary", "village_member")
    page = at(office_user, PAGE).content.decode()
    told = re.search(r'data-chart="([^"]*)"', page)
    assert told is not None
    chart = json.loads(unescape(told[1]))
    closes = first_round.closes_on
    assert chart["categories"][chart["marks"][0]["at"]] == f"{closes.month}-{closes.day}"
    reviews = [value for value in chart["series"][0]["values"] if value is not None]
    assert reviews[-1] == 5.8  # 1 of 17
    assert chart["series"][0]["values"][-1] is None


def test_the_home_page_asks_for_it_and_gets_it_without_a_frame(
    at: Ask, office_user: User, branch_secretary_user: User, first_round: Round
) -> None:
    assert f'hx-get="{PAGE}"' in at(office_user, "/").content.decode()
    assert 'hx-trigger="load"' not in at(branch_secretary_user, "/").content.decode()
    part = at(office_user, PAGE, HTTP_HX_REQUEST="true").content.decode()
    assert "map-unit" in part
    assert "<html" not in part
    assert "<html" in at(office_user, PAGE).content.decode()


@pytest.mark.parametrize("role", ["branch_secretary", "member"])
def test_others_are_told_for_whom_it_is(
    role: str, at: Ask, first_round: Round, request: pytest.FixtureRequest
) -> None:
    assert at(request.getfixturevalue(f"{role}_user"), PAGE).status_code == 403


def test_more_units_than_a_map_holds_are_on_the_page_of_supervision(
    at: Ask, office_user: User, first_round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glance_module, "MOST", 1)
    assert list(owed(office_user, first_round)) == ["T1"]
    assert "1 个单位" in at(office_user, PAGE).content.decode()


def test_a_hundred_branches_are_asked_for_at_once(
    clerk_user: User, first_round: Round, units: dict[str, Unit]
) -> None:
    def queries(branches: int) -> int:
        clerk = User.objects.get(pk=clerk_user.pk)
        with CaptureQueriesContext(connection) as asked:
            assert len(owed(clerk, first_round)) == branches
        return len(asked)

    top = units["T1"]

    def more(since: int) -> None:
        Unit.objects.bulk_create(
            Unit(
                campaign=first_round.campaign, parent=top, path=f"{top.path}{number:05d}/", depth=2,
                code=f"Z{number}", name=f"第{number}村党支部", kind="branch", level="grassroots",
                sector="rural", since=top.since,
            )
            for number in range(since, since + 100)
        )  # fmt: skip

    more(100)
    before = queries(103)
    more(200)
    assert queries(203) == before
