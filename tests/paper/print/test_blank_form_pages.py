"""Blank ballots on the screen: who is offered them, who gets them, whom they name."""

from io import BytesIO
from urllib.parse import unquote

import pytest
from django.urls import reverse
from docx import Document

from pingyi.paper.permissions import why_not_print_ballots
from tests.appraisals.conftest import yearly

__all__ = ["yearly"]

VILLAGE = {"campaign_code": "cx2011", "round_code": "first", "unit_code": "T1-1"}
ROLES = ["office", "clerk", "secretary", "branch_secretary", "inspector", "member", "other_clerk"]


@pytest.fixture(autouse=True)
def _today(monkeypatch, now):
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: now)


@pytest.fixture
def blank(client, campaign):
    def asked(user, **changes):
        client.force_login(user)
        where = {**VILLAGE, "form_code": "annex4", "kind": "docx", **changes}
        return client.get(reverse("paper:blank-form", kwargs=where))

    return asked


@pytest.mark.parametrize("name", ROLES)
def test_the_ballots_of_a_branch_are_for_those_who_answer_for_it(name, request, units):
    refusal = why_not_print_ballots(request.getfixturevalue(f"{name}_user"), units["T1-1"])
    assert (refusal is None) == (name not in ("member", "other_clerk"))
    assert refusal is None or refusal.code == "not_a_printer"


def test_a_blank_ballot_answers_its_readers_and_nobody_else(
    blank, clerk_user, branch_secretary_user, inspector_user, member_user, other_clerk_user
):
    for user in (clerk_user, branch_secretary_user, inspector_user):
        assert blank(user).status_code == 200
    assert blank(member_user).status_code == 403
    assert blank(other_clerk_user).status_code == 404


def test_what_does_not_exist_is_not_found(blank, office_user):
    for where in [
        {"campaign_code": "nothing"},
        {"round_code": "ninth"},
        {"unit_code": "T9"},
        {"form_code": "annex9"},
        {"kind": "xlsx"},
    ]:
        assert blank(office_user, **where).status_code == 404, where


def test_the_file_carries_the_unit_and_the_form_in_its_name(blank, office_user):
    answer = blank(office_user, kind="pdf")
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Type"] == "application/pdf"
    assert unquote(answer["Content-Disposition"]).endswith("柳湾村党支部_附件4_第一次.pdf")


def test_the_page_of_the_tables_offers_them_too(client, campaign, office_user):
    client.force_login(office_user)
    page = client.get(reverse("returns:unit", kwargs=VILLAGE)).content.decode()
    for form in ("annex4", "annex5"):
        for kind in ("pdf", "docx"):
            where = {**VILLAGE, "form_code": form, "kind": kind}
            assert f'href="{reverse("paper:blank-form", kwargs=where)}"' in page


def names_on(content):
    table = Document(BytesIO(content)).tables[-1]
    return [row.cells[0].text for row in table.rows]


def test_the_ballot_of_members_has_a_row_for_everybody_who_is_graded(blank, yearly, office_user):
    everybody = names_on(blank(office_user, form_code="annex5").content)
    assert {"王大山", "张小芳", "刘洋"} <= set(everybody)
    yearly("minzhu-pingyi")
    where = {"campaign_code": "year", "round_code": "year", "form_code": "member_sheet"}
    graded = names_on(blank(office_user, **where).content)
    assert {"王大山", "张小芳"} <= set(graded)
    assert "刘洋" not in graded
