"""How many of the owed tables were submitted and accepted by each day, against the deadline."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from pingyi.accounts.models import User
from pingyi.campaigns.models import Unit
from pingyi.campaigns.queries import reporting_units
from pingyi.returns.queries.course import Course, course_of
from pingyi.ui.courses import Line, course_chart
from tests.returns.desk import WHY, Desk, Words, county, town

__all__ = ["county", "town"]
DUE = date(2011, 6, 28)
Course_ = Callable[..., Course]


@pytest.fixture
def course(town: Desk) -> Course_:
    def made(today: date = DUE) -> Course:
        found = course_of(town.round, reporting_units(town.round.campaign), today)
        assert found is not None
        return found

    return made


def busy(course: Course) -> list[tuple[int, ...]]:
    """Day of the month, submitted, accepted, both so far, missing."""
    return [
        (day.on.day, day.submitted, day.accepted, day.submitted_so_far, day.accepted_so_far,
         day.missing)
        for day in course.busy
    ]  # fmt: skip


def later(desk: Desk, days: int) -> Desk:
    return Desk(desk.round, desk.unit, desk.now + timedelta(days=days), desk.by)


def test_each_table_counts_on_the_first_day(
    town: Desk, county: Desk, course: Course_, units: dict[str, Unit]
) -> None:
    assert (course().owed, course().due_on, course().busy) == (6, DUE, [])
    first = town.now.day
    town.sealed()
    town.submit(table="annex3")
    later(county, 1).send_back(table="annex3", remarks={"": WHY})
    later(town, 2).sealed(words=Words())
    later(town, 2).submit(table="annex3")
    later(county, 3).accept(table="annex3")
    wanted = [(first, 1, 0, 1, 0, 5), (first + 3, 0, 1, 1, 1, 5)]
    assert busy(course()) == wanted
    # Amended and accepted once more it stays where it was.
    later(town, 4).sealed(cause=WHY)
    later(town, 4).submit(table="annex3")
    later(county, 5).accept(table="annex3")
    assert busy(course()) == wanted
    # What was waived is not owed.
    other = Desk(county.round, units["T2"], county.now, None)
    other.waive(table="annex3", reason=WHY)
    assert course().owed == 5
    assert busy(course())[-1][-1] == 4


def test_an_idle_course_ends_two_weeks_after_its_deadline(course: Course_) -> None:
    days = course(today=DUE + timedelta(days=900)).days
    assert (days[0].on <= DUE, days[-1].on) == (True, DUE + timedelta(days=14))
    assert course(today=DUE - timedelta(days=3)).days[-1].on == DUE - timedelta(days=3)


def test_units_without_a_deadline_have_no_course(town: Desk) -> None:
    nobody = reporting_units(town.round.campaign).none()
    assert course_of(town.round, nobody, DUE) is None


def test_a_chart_is_drawn_in_percent_and_never_rounded_up() -> None:
    day = date(2011, 6, 26)
    lines = [Line("已上报", 3, {day: 1, DUE: 2}), Line("无", 0, {day: 0}), Line("未", 3, {})]
    chart = course_chart(lines, DUE, DUE + timedelta(days=1))
    assert chart is not None
    assert chart["categories"] == ["6-26", "6-27", "6-28"]
    assert [each["values"] for each in chart["series"]] == [[33.3, None, 66.6]]
    assert [mark["at"] for mark in chart["marks"]] == [2]
    assert course_chart(lines[1:], DUE, DUE) is None


@pytest.mark.any_database
def test_the_board_shows_it(client: Client, town: Desk, county: Desk, office_user: User) -> None:
    town.sealed()
    town.submit(table="annex3")
    client.force_login(office_user)
    page = client.get("/tables/cx2011/first/").content.decode()
    assert "应报 6 张" in page
    found = re.search(r'data-chart="([^"]+)"', page)
    assert found is not None
    chart: Any = json.loads(unescape(found[1]))
    assert [each["name"] for each in chart["series"]] == ["已上报", "已接收"]
    assert max(filter(None, chart["series"][0]["values"])) == 16.6
    # Years late no line shows anything; the table does.
    later(town, 900).sealed("annex2")
    later(town, 900).submit(table="annex2")
    page = client.get("/tables/cx2011/first/").content.decode()
    assert 'data-chart="' not in page
    assert "2013年11月" in page
