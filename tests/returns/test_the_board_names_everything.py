"""The board: what need not be answered is no debt; an amendment leaves what was accepted (N12)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from pingyi.accounts.models import User
from pingyi.campaigns.queries import reporting_units
from pingyi.core.clock import day_of
from pingyi.returns.queries.board import Progress, progress_of
from pingyi.returns.queries.returns import due_on
from tests.returns.desk import RURAL, WHY, Desk, county, town

__all__ = ["county", "town"]

BOARD = "/tables/cx2011/first/"


def progress(desk: Desk) -> Progress:
    return progress_of(desk.round, reporting_units(desk.round.campaign))


@pytest.fixture
def board(client: Client, office_user: User, town: Desk, monkeypatch: Any) -> Any:
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: town.now)

    def got(query: str = "") -> str:
        client.force_login(office_user)
        return str(client.get(f"{BOARD}{query}").content.decode())

    return got


def listed(page: str) -> set[str]:
    return {code for code in ("T1", "T2") if f"/tables/cx2011/first/{code}/" in page}


def test_what_need_not_be_answered_is_not_owed_and_is_named(
    town: Desk, county: Desk, board: Any
) -> None:
    assert "应报 6 张，已接收 0 张，待审核 0 张，未上报 6 张（其中退回 0 张）。" in board()
    county.waive(table="annex2", reason=WHY)
    assert "应报 5 张（另有 1 张免报），已接收 0 张，" in board()
    assert progress(town).missing == 5


def test_an_amendment_in_work_leaves_the_accepted_one(town: Desk, county: Desk, board: Any) -> None:
    for table in ("annex1", "annex2", "annex3"):
        town.sealed(table)
        town.submit(table=table)
        county.accept(table=table)
    town.correct(cell=RURAL, said=2, reason=WHY)
    amended = "漏报一名转出党员，现予更正"
    town.sealed(cause=amended)
    page = board()
    assert "已接收，更正中" in page
    assert "应报 6 张，已接收 3 张，待审核 0 张，未上报 3 张" in page
    assert listed(board("?state=accepted")) == {"T1"}
    assert listed(board("?state=missing")) == {"T2"}
    town.submit(table="annex3")
    page = board()
    assert "更正待审核" in page
    assert "已接收 3 张，待审核 0 张，未上报 3 张" in page
    assert "已接收的表中，1 张的更正待审核。" in page
    assert listed(board("?state=waiting")) == {"T1"}
    county.send_back(table="annex3", remarks={RURAL: WHY})
    page = board()
    assert "已接收，更正已退回" in page
    assert "已接收的表中，1 张的更正被退回。" in page
    assert "未上报 3 张（其中退回 0 张）" in page


def fields(page: str) -> list[str]:
    """What stands in the fields of the first unit."""
    row = page.partition('<th scope="row">')[2].partition("</tr>")[0]
    cells = [strip_tags(cell) for cell in row.split("<td>")[2:5]]
    return [" ".join(cell.split()) for cell in cells]


def test_what_came_late_stays_late_and_another_day_is_named(
    town: Desk, county: Desk, board: Any
) -> None:
    due = due_on(town.round, town.unit)
    assert due is not None
    until = due + timedelta(days=9)
    county.extend(table="annex2", until=until, reason=WHY)
    extended = f"延至{until.year}年{until.month}月{until.day}日"
    assert fields(board()) == ["未上报", f"未上报 {extended}", "未上报"]
    town.now = county.now = town.now + timedelta(days=(due - day_of(town.now)).days + 1)
    assert fields(board())[0] == "未上报 逾期"
    for table in ("annex1", "annex2"):
        town.sealed(table)
        town.submit(table=table)
    assert fields(board())[0] == "待审核 逾期上报"
    for table in ("annex1", "annex2"):
        county.accept(table=table)
    assert fields(board()) == ["已接收 逾期上报", f"已接收 {extended}", "未上报 逾期"]


def test_the_unit_reads_the_same_of_its_own(client: Client, town: Desk, county: Desk) -> None:
    town.sealed()
    town.submit(table="annex3")
    county.accept(table="annex3")
    town.correct(cell=RURAL, said=2, reason=WHY)
    client.force_login(town.by)
    town.sealed(cause="漏报一名转出党员，现予更正")
    page = client.get(f"{BOARD}T1/?table=annex3").content.decode()
    assert "更正已定稿，待上报" in page
    town.submit(table="annex3")
    page = client.get(f"{BOARD}T1/?table=annex3").content.decode()
    assert "更正已上报，审核中" in page
