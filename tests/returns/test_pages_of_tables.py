from io import BytesIO
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from pingyi.returns.permissions import why_not_read_tables

pytestmark = pytest.mark.any_database

ROUND = {"campaign_code": "cx2011", "round_code": "first"}
VILLAGE = {**ROUND, "unit_code": "T1-1"}


@pytest.fixture(autouse=True)
def _today(monkeypatch, now):
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: now)


@pytest.fixture
def at(client, campaign):
    def asked(user, name, query="", *, htmx=False, **changes):
        client.force_login(user)
        url = reverse(f"returns:{name}", kwargs={**VILLAGE, **changes})
        return client.get(url + query, headers={"HX-Request": "true"} if htmx else {})

    return asked


@pytest.fixture
def listed(client, campaign):
    def asked(user, query=""):
        client.force_login(user)
        return client.get(reverse("returns:units", kwargs=ROUND) + query)

    return asked


ROLES = ["office", "clerk", "secretary", "branch_secretary", "inspector", "member", "other_clerk"]


@pytest.mark.parametrize("name", ROLES)
def test_the_tables_of_a_branch_are_for_those_who_answer_for_it(name, request, units, now):
    refusal = why_not_read_tables(request.getfixturevalue(f"{name}_user"), units["T1-1"])
    assert (refusal is None) == (name not in ("member", "other_clerk"))
    assert refusal is None or refusal.code == "not_a_reader_of_tables"


PAGES = [
    ("unit", {}),
    ("heads", {"cell": "annex2.total.rural"}),
    ("document", {"table_code": "annex2", "kind": "xlsx"}),
]


def test_every_page_answers_its_readers_and_nobody_else(
    at, clerk_user, branch_secretary_user, inspector_user, member_user, other_clerk_user
):
    for name, where in PAGES:
        for user in (clerk_user, branch_secretary_user, inspector_user):
            assert at(user, name, **where).status_code == 200, name
        assert at(member_user, name, **where).status_code == 403, name
        assert at(other_clerk_user, name, **where).status_code == 404, name


def test_the_list_leads_to_the_units_one_reads(
    listed, office_user, clerk_user, branch_secretary_user, member_user
):
    page = listed(office_user)
    assert [unit.code for unit in page.context["listing"].page] == ["T1", "T2"]
    assert len(listed(office_user, "?all=1").context["listing"].page) == 7
    assert listed(clerk_user).url.endswith("/first/T1/")
    assert listed(branch_secretary_user).url.endswith("/first/T1-1/")
    assert listed(member_user).status_code == 404


def test_what_does_not_exist_is_not_found(at, office_user):
    for name, where in [
        ("unit", {"unit_code": "T9"}),
        ("unit", {"round_code": "ninth"}),
        ("unit", {"campaign_code": "nothing"}),
        ("heads", {"cell": "annex2.total"}),
        ("heads", {"cell": "annex2.total.nothing"}),
        ("document", {"table_code": "annex9", "kind": "pdf"}),
        ("document", {"table_code": "annex2", "kind": "txt"}),
        ("document", {"table_code": "all", "kind": "xlsx"}),
    ]:
        assert at(office_user, name, **where).status_code == 404, where


def test_a_table_is_chosen_and_an_unknown_one_is_the_first(at, office_user):
    assert at(office_user, "unit", "?table=annex3").context["paper"].plan.code == "annex3"
    assert at(office_user, "unit", "?table=nothing").context["paper"].plan.code == "annex1"


def test_four_leaders_behind_a_figure_cost_what_one_costs(at, units, office_user):
    counts = {}
    for column, heads in {"county_standing": 1, "grassroots_secretary": 4}.items():
        cell = {"unit_code": "X", "cell": f"annex1.total.{column}"}
        at(office_user, "heads", **cell)
        with CaptureQueriesContext(connection) as asked:
            page = at(office_user, "heads", **cell)
        assert page.context["listing"].total == heads
        counts[column] = len(asked)
    assert counts["county_standing"] == counts["grassroots_secretary"]


def test_behind_a_figure_the_heads_are_listed(at, appraised, clerk_user):
    cell = {"unit_code": "T1", "cell": "annex3.reviewed_first.rural"}
    page = at(clerk_user, "heads", **cell)
    assert page.context["counts"] == (1, 2)
    assert "张小芳" in page.content.decode()
    missing = at(clerk_user, "heads", "?show=missing", htmx=True, **cell).content.decode()
    assert "王大山" in missing
    assert "张小芳" not in missing
    assert "<html" not in missing


def test_the_leaders_behind_a_figure_are_listed(at, appraised, office_user):
    cell = "annex1.reviewing_first.grassroots_secretary"
    page = at(office_user, "heads", unit_code="X", cell=cell).content.decode()
    assert "王大山" in page
    assert "李秀兰" in page
    assert "吴桂英" not in page


def test_the_workbook_of_a_table_reads_back_cell_by_cell(at, appraised, clerk_user):
    content = at(clerk_user, "document", unit_code="T1", table_code="annex2", kind="xlsx").content
    rows = [list(row) for row in load_workbook(BytesIO(content)).active.values]
    flat = [str(cell) for row in rows for cell in row if cell is not None]
    assert any("中共青石镇委员会" in cell for cell in flat)
    assert any("2011年6月1日" in cell for cell in flat)
    head = next(at for at, row in enumerate(rows) if "农村" in row)
    rural = rows[head].index("农村")
    community, school = rural + 1, rows[head].index("中等职业学校和中小学")
    below = rows[head + 1 : head + 5]
    assert [row[rural] for row in below] == [1, 1, None, 1]
    assert [row[school] for row in below] == [1, 0, None, 0]
    assert [row[community] for row in below] == [None] * 4


def test_all_tables_come_as_one_file(at, office_user):
    answer = at(office_user, "document", table_code="all", kind="pdf")
    assert answer.content.startswith(b"%PDF")
    assert unquote(answer["Content-Disposition"]).endswith("柳湾村党支部_全部统计表_第一次.pdf")


def test_a_campaign_without_tables_has_no_documents(at, yearly, office_user, register):
    yearly("minzhu-pingyi")
    where = {"campaign_code": "year", "round_code": "year"}
    assert at(office_user, "unit", **where).status_code == 404
    assert at(office_user, "document", table_code="all", kind="pdf", **where).status_code == 404
