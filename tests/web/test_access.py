"""The page of the access log."""

from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pingyi.accounts.models import User
from pingyi.accounts.operations.access import note_file, note_signed_in
from tests.web.conftest import Ask

PAGE = "/access/"


@pytest.fixture
def noted(clerk_user: User, office_user: User, now) -> None:
    note_signed_in(user=clerk_user, address="203.0.113.9", now=now)
    note_file(name="名册.xlsx", by=office_user, address="198.51.100.4", now=now)


def test_the_office_reads_searches_and_chooses(at: Ask, office_user: User, noted) -> None:
    page = at(office_user, PAGE).content.decode()
    assert all(text in page for text in ("203.0.113.9", "198.51.100.4", "名册.xlsx", "登录"))
    assert "活动办公室 · X" in page
    found = at(office_user, PAGE + "?q=名册").content.decode()
    assert "198.51.100.4" in found
    assert "203.0.113.9" not in found
    found = at(office_user, PAGE + "?kind=signed_in").content.decode()
    assert "203.0.113.9" in found
    assert "名册.xlsx" not in found
    assert at(office_user, PAGE + "?q=nothing-like-it").status_code == 200


@pytest.mark.parametrize("who", ["clerk_user", "member_user", "inspector_user"])
def test_it_is_for_the_office(at: Ask, request, who: str, noted) -> None:
    for address in (PAGE, PAGE + "access.xlsx"):
        answer = at(request.getfixturevalue(who), address)
        assert answer.status_code == 403
        assert "203.0.113.9" not in answer.content.decode()


def test_it_is_offered_under_the_name_of_an_office(
    at: Ask, office_user: User, clerk_user: User
) -> None:
    assert f'href="{PAGE}"' in at(office_user, "/accounts/me/").content.decode()
    assert f'href="{PAGE}"' not in at(clerk_user, "/accounts/me/").content.decode()


def test_what_was_looked_for_comes_out_as_a_file(at: Ask, office_user: User, noted) -> None:
    answer = at(office_user, PAGE + "access.xlsx?kind=signed_in&q=203.0")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    rows = [
        [str(cell) for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)
    ]
    assert sum("203.0.113.9" in row for row in rows) == 1
    assert not [row for row in rows if "名册.xlsx" in row]


def test_more_lines_cost_no_more_queries(at: Ask, office_user: User, clerk_user: User, now) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert at(office_user, PAGE).status_code == 200
        return len(queries)

    note_signed_in(user=clerk_user, address="203.0.113.9", now=now)
    one = asked()
    for number in range(3):
        note_signed_in(user=office_user, address=f"203.0.113.{number}", now=now)
    assert asked() == one
