"""The headings under which offices write what the roster asks for."""

import pytest

from pingyi.rosters.queries.messages import issue_lines
from pingyi.rosters.rules.columns import BY_KEY
from pingyi.rosters.rules.issues import Issue
from pingyi.rosters.rules.lists import ignored_columns
from tests.documents.incoming import excel
from tests.rosters.conftest import Door
from tests.rosters.test_planning import read
from tests.rosters.test_what_reading_noticed import rows_of
from tests.rosters.workbook import small_roster

# What a list says does not depend on the database.
pytestmark = pytest.mark.any_database


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "heading"),
    [
        (1, "身份证"),
        (1, "公民身份证号码"),
        (1, "身份证号（18位）"),
        (1, "居民身份证号"),
        (1, "身份证件号码"),
        (3, "出生年月（阳历）"),
        (3, "出生年月日"),
        (6, "加入中共组织时间"),
        (6, "加入中国共产党时间"),
        (6, "入党时间（年月日）"),
        (6, "入党\n时间（年月日）"),
        (4, "所在党支部编码"),
        (5, "党员类型"),
        (5, "党员类别（正式/预备）"),
    ],
)
def test_another_heading_for_the_same_is_understood(
    preview: Door, column: int, heading: str
) -> None:
    expected = preview(small_roster())
    file = rows_of(small_roster())
    file["党员"][0] = [*file["党员"][0]]
    file["党员"][0][column] = heading
    made = preview(excel(file))
    assert "column_ignored" not in [note["code"] for note in made.notes]
    said = [[row.said for row in each.changes.all()] for each in (made, expected)]
    assert said[0] == said[1]


@pytest.mark.django_db
def test_a_date_of_something_else_is_no_joining_date_and_said(preview: Door) -> None:
    file = rows_of(small_roster())
    file["党员"][0] = [*file["党员"][0][:6], "入党日期（转正）"]
    [note] = [note for note in preview(excel(file)).notes if note["code"] == "column_like"]
    assert (note["sheet"], note["label"], note["value"]) == ("党员", "入党日期（转正）", "入党日期")
    assert "把表头改为“入党日期”" in issue_lines([note])[0].sentence


@pytest.mark.parametrize(
    ("heading", "lacking", "issue"),
    [
        ("备注", "joined_on", Issue("column_ignored", "党员", label="备注")),
        (
            "何时入党的",
            "joined_on",
            Issue("column_like", "党员", label="何时入党的", value="入党日期"),
        ),
        ("何时入党的", "", Issue("column_ignored", "党员", label="何时入党的")),
        (
            "身份证地址",
            "identity",
            Issue("column_like", "党员", label="身份证地址", value="身份证号"),
        ),
        ("证件号码", "identity", Issue("column_like", "党员", label="证件号码", value="身份证号")),
        (
            "加入组织时间",
            "joined_on",
            Issue("column_like", "党员", label="加入组织时间", value="入党日期"),
        ),
        ("出生地", "born_on", Issue("column_like", "党员", label="出生地", value="出生日期")),
    ],
)
def test_a_heading_that_is_probably_a_column_which_is_missing_is_asked(
    heading: str, lacking: str, issue: Issue
) -> None:
    table = read({}).tables["members"]
    keys = tuple(key for key in table.keys if key != lacking)
    table = type(table)("members", "党员", keys, keys, (), ignored=(heading,))
    assert list(ignored_columns(table, BY_KEY["members"])) == [issue]


def test_a_sheet_without_such_a_column_is_not_asked_about_it() -> None:
    table = read({}).tables["organizations"]
    table = type(table)("organizations", "党组织", (), (), (), ignored=("入党人数",))
    assert list(ignored_columns(table, BY_KEY["charges"])) == [
        Issue("column_ignored", "党组织", label="入党人数")
    ]
