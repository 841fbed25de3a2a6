"""What was not taken as it stands is said with its cells before anything is written."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from pingyi.organizations.models import Membership
from pingyi.rosters import operations
from pingyi.rosters.queries.messages import issue_lines
from pingyi.rosters.rules.issues import shown
from tests.cast import NOW
from tests.documents.incoming import excel
from tests.rosters.conftest import Door
from tests.rosters.workbook import HEADINGS, Sheets, small_roster

pytestmark = pytest.mark.django_db


def rows_of(file: Sheets) -> Sheets:
    return {title: [head, *file.get(title, [])] for title, head in HEADINGS.items()}


def test_merged_branches_are_filled_down_and_said(apply: Door) -> None:
    file = small_roster()
    file["党员"][1][4] = None
    made = apply(excel(rows_of(file), lambda book: book["党员"].merge_cells("E2:E3")))
    assert Membership.objects.filter(organization__code="A1").count() == 2
    [note] = [note for note in made.notes if note["code"] == "merged"]
    assert (note["sheet"], note["cell"], note["label"]) == ("党员", "E2:E3", "党组织编码")
    assert "E2:E3 A1" in issue_lines([note])[0].sentence


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("identity", "430921197001010028", "…0028"),
        ("name", "430921197001010028", "…0028"),
        ("name", "４３０９２１７００１０１００１", "…1001"),
        ("", "43092119700101002x", "…002x"),
        ("code", "43092319700101", "43092319700101"),
        ("identity", "#N/A", "#N/A"),
    ],
)
def test_of_an_identity_number_the_last_four_are_shown_wherever_it_stands(
    key: str, value: str, text: str
) -> None:
    assert shown(key, value) == text


def hide_the_second(book: Any) -> None:
    book["党员"].row_dimensions[3].hidden = True


def test_hidden_rows_are_read_and_said(preview: Door) -> None:
    made = preview(excel(rows_of(small_roster()), hide_the_second))
    assert made.counts["add"]["person"] == 4
    [note] = [note for note in made.notes if note["code"] == "row_hidden"]
    assert "3 李二" in issue_lines([note])[0].sentence


def test_hidden_rows_are_left_out_where_that_was_asked(preview: Door) -> None:
    made = preview(excel(rows_of(small_roster()), hide_the_second), shown_only=True)
    assert made.counts["add"]["person"] == 3
    [note] = [note for note in made.notes if note["code"] == "row_hidden_out"]
    assert note["params"]["examples"] == [["3", "李二", "李二"]]


def test_hidden_rows_stay_left_out_when_the_columns_are_told(preview: Door) -> None:
    rows = [["支部", "名字", "类型"], ["A1", "孙五", "正式"], ["A1", "周六", "正式"]]
    hidden = excel({"名单": rows}, lambda book: hide(book["名单"], 3))
    preview(small_roster())
    made = preview(hidden, shown_only=True)
    columns = {"organization": "支部", "name": "名字", "standing": "类型"}
    mapping = {"sheet": "members", "columns": columns}
    operations.map_roster(roster_import=made, mapping=mapping, by=None, now=NOW)
    made.refresh_from_db()
    assert made.mapping["shown_only"] is True
    assert [error["cell"] for error in made.errors] == ["A2"]


def hide(sheet: Any, row: int) -> None:
    sheet.row_dimensions[row].hidden = True


def test_sheets_that_were_not_read_are_named(preview: Door) -> None:
    sheets = {**rows_of(small_roster()), "党员 (2)": [["姓名"], ["孙五"]], "旧": [["x"]]}

    def dress(book: Any) -> None:
        book["旧"].sheet_state = "hidden"

    made = preview(excel(sheets, dress))
    named = [(note["code"], note["sheet"]) for note in made.notes if note["code"][:5] == "sheet"]
    assert named == [("sheet_not_read", "党员 (2)"), ("sheet_hidden", "旧")]


def test_the_command_line_leaves_hidden_rows_out_where_that_is_said(tmp_path: Path) -> None:
    file = tmp_path / "r.xlsx"
    file.write_bytes(excel(rows_of(small_roster()), hide_the_second))
    for more, people in (([], 4), (["--shown-only"], 3)):
        out = io.StringIO()
        call_command("import", "roster", str(file), "--preview", "--json", *more, stdout=out)
        assert json.loads(out.getvalue())["counts"]["add"]["person"] == people
