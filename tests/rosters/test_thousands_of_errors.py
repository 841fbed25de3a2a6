"""A file in which every row is wrong: the first errors are kept, and how many there are."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from pingyi.accounts.models import User
from pingyi.core.refusals import Refusal
from pingyi.rosters.operations.preview import MOST_ERRORS
from pingyi.rosters.queries.messages import error_count
from pingyi.rosters.queries.worklist import worklist
from tests.cast import NOW, Register
from tests.rosters.conftest import Door
from tests.rosters.workbook import Sheets, saved, small_roster

MORE = 3


def wrong(rows: int) -> Sheets:
    """So many members of an organization that is nowhere."""
    sheets = small_roster()
    nowhere = [f"张三{chr(0x4E00 + n)}" for n in range(rows)]
    sheets["党员"] = [[name, None, "男", None, "X9", "正式党员", None] for name in nowhere]
    sheets["职务"] = sheets["分工"] = []
    return sheets


def test_the_first_are_kept_and_the_number_of_all_is_said(preview: Door) -> None:
    made = preview(wrong(MOST_ERRORS + MORE))
    assert made.state == "refused"
    assert len(made.errors) == 1 + MOST_ERRORS
    assert error_count(made.errors) == MOST_ERRORS + MORE
    assert [made.errors[1]["cell"], made.errors[-1]["cell"]] == ["E2", f"E{1 + MOST_ERRORS}"]


def test_as_many_as_are_kept_are_all(preview: Door) -> None:
    made = preview(wrong(MOST_ERRORS))
    assert error_count(made.errors) == len(made.errors) == MOST_ERRORS


def test_the_page_says_so_first(
    preview: Door, register: Register, client: Client, office_user: User
) -> None:
    made = preview(wrong(MOST_ERRORS + MORE), scope=register.county)
    client.force_login(office_user)
    with translation.override("en"):
        page = client.get(f"/register/import/{made.pk}/", headers={"accept-language": "en"})
    text = page.content.decode()
    assert f'Errors <span class="num">{MOST_ERRORS + MORE}</span>' in text
    assert f"The file has {MOST_ERRORS + MORE} errors; the first {MOST_ERRORS} are listed" in text


@pytest.mark.django_db
def test_the_command_says_so_too(tmp_path: Path) -> None:
    file = saved(tmp_path / "wrong.xlsx", wrong(MOST_ERRORS + MORE))
    with translation.override("en"), pytest.raises(Refusal) as refused:
        call_command("import", "roster", str(file), "--preview", "--top")
    assert f"has {MOST_ERRORS + MORE} errors" in str(refused.value)
    assert len(refused.value.details) == 1 + MOST_ERRORS


def test_lists_of_imports_read_no_errors(
    preview: Door, register: Register, client: Client, office_user: User
) -> None:
    preview(small_roster(), scope=register.county, by=office_user)
    client.force_login(office_user)
    with CaptureQueriesContext(connection) as asked:
        assert "roster.xlsx" in client.get("/register/import/").content.decode()
        assert worklist(office_user, None, NOW.date()).waiting
    listed = [
        query["sql"] for query in asked if '"rosters_rosterimport"."filename"' in query["sql"]
    ]
    assert len(listed) == 2
    assert not [sql for sql in listed if '"errors"' in sql or '"notes"' in sql]
