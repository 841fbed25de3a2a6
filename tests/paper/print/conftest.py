"""Sheets to look at, and their pages."""

import pytest

from pingyi.paper.rules import Sheets
from tests.paper_pages import Scan, ballots, scans, sheets_for


@pytest.fixture(params=[
    ("chuangxian-2011/annex4", 0),
    ("chuangxian-2011/annex5", 1),
    ("chuangxian-2011/annex5", 30),
    ("chuangxian-2011/annex5", 36),
    ("minzhu-pingyi/member_sheet", 35),
    ("ganbu-ceping/cadre_sheet", 20),
], ids=lambda one: f"{one[0]}-{one[1]}")  # fmt: skip
def sheets(request: pytest.FixtureRequest) -> Sheets:
    """Sheets of every form, and of several numbers of rows."""
    return sheets_for(*request.param)


@pytest.fixture
def scanned(sheets: Sheets) -> list[Scan]:
    """The pages of one ballot at 300 dpi."""
    return scans(ballots(sheets))
