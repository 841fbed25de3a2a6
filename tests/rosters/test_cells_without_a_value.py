"""A cell that shows an error, or a formula that was never calculated, is no empty cell."""

import pytest

from pingyi.rosters.queries.messages import issue_lines
from pingyi.rosters.rules.issues import Issue
from pingyi.rosters.rules.lists import renamed
from tests.documents.incoming import excel
from tests.rosters.conftest import Door
from tests.rosters.test_lists_by_rule import table
from tests.rosters.test_planning import read
from tests.rosters.workbook import HEADINGS, Sheets, small_roster

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def book(file: Sheets) -> bytes:
    return excel({title: [head, *file.get(title, [])] for title, head in HEADINGS.items()})


def test_an_error_is_said_at_its_cell_in_needed_and_in_other_columns(preview: Door) -> None:
    file = small_roster()
    file["党员"][0][1], file["党员"][1][6], file["党员"][2][4] = "#N/A", "#VALUE!", "#REF!"
    made = preview(book(file))
    assert [(error["code"], error["cell"], error["value"]) for error in made.errors] == [
        ("shows_error", "B2", "#N/A"),
        ("shows_error", "G3", "#VALUE!"),
        ("shows_error", "E4", "#REF!"),
    ]
    assert "显示为“#N/A”" in issue_lines(made.errors)[0].sentence


def test_a_formula_without_a_result_is_said_with_the_formula(preview: Door) -> None:
    file = small_roster()
    file["党员"][1][6] = "=VLOOKUP(A3,X!A:B,2,0)"
    [error] = preview(book(file)).errors
    assert (error["code"], error["cell"]) == ("no_result", "G3")
    assert "=VLOOKUP(A3,X!A:B,2,0)" in issue_lines([error])[0].sentence


@pytest.mark.parametrize(
    "shown", ["#N/A", "#VALUE!", "#DIV/0!", "＃N/A", " #REF! ", "#####", "#SPILL!", "Err:502"]
)
def test_an_error_that_became_a_text_is_one_too(shown: str) -> None:
    found = read({"党员": [["孙五", shown, None, None, "A1", "正式党员", None]]})
    assert found.errors == [Issue("shows_error", "党员", "B2", "身份证号", shown)]


@pytest.mark.parametrize("title", ["#1组", "C#支部", "#"])
def test_a_sign_alone_makes_no_error(title: str) -> None:
    found = read({"职务": [["赵四", None, "A", title, None, None, None]]})
    assert (found.errors, found.posts[0].title) == ([], title)


def test_a_list_of_its_own_keeps_them_under_our_names() -> None:
    source = table(["名字", "支部"], ["王一", None], ["李二", None])
    source.faults.update({(3, "支部"): "#N/A", (4, "名字"): "=A1"})
    columns = {"organization": "支部"}
    assert renamed(source, {"sheet": "members", "columns": columns}).faults == {
        (3, "organization"): "#N/A"
    }
