"""A list without the name of a sheet is one of ours where its headings say which."""

from pathlib import Path

import pytest

from pingyi.organizations.models import Membership, Person
from pingyi.rosters import operations
from pingyi.rosters.models import RosterImport
from tests.cast import NOW
from tests.documents.incoming import excel
from tests.rosters.conftest import Door
from tests.rosters.workbook import small_roster

pytestmark = pytest.mark.django_db
HEADINGS = "姓名,身份证号,性别,出生日期,党组织编码,党员类别,入党日期"
NUMBERS = ["430921197001010028", "430921197001010036", "430921197001010044"]


def guess(made: RosterImport) -> str:
    return next(note["value"] for note in made.notes if note["code"] == "sheet_guessed")


def test_members_as_a_spreadsheet_writes_them_into_a_text_file(apply: Door) -> None:
    apply(small_roster())
    lines = [
        HEADINGS,
        f'李明,"=""{NUMBERS[0]}""",女,1970-01-01,A1,正式党员,1995/3/5 0:00',
        f"王芳,'{NUMBERS[1]},男,1970/1/1,A1,正式党员,1995年3月",
        f"赵刚,{NUMBERS[2]}\t,女,1970/1/1,A2,正式党员,1995.3",
    ]
    made = apply("\r\n".join(lines).encode("gb18030"), filename="党员.csv")
    assert guess(made) == "党员"
    people = Person.objects.filter(name__in=["李明", "王芳", "赵刚"]).order_by("id")
    assert [person.identity_last4 for person in people] == ["0028", "0036", "0044"]
    days = Membership.objects.filter(person__in=people).values_list("valid_from", flat=True)
    assert {day.isoformat() for day in days} == {"2001-01-01"}


@pytest.mark.parametrize(
    ("headings", "row", "sheet"),
    [
        (["编码", "名称", "类别", "层级"], ["B", "乙镇党委", "党委", "乡镇街道"], "党组织"),
        (["姓名", "党组织编码", "职务"], ["王一", "A1", "委员"], "职务"),
        (["姓名", "分管党组织编码"], ["王一", "A1"], "分工"),
    ],
)
def test_each_of_our_sheets_is_told_by_its_headings(
    apply: Door, preview: Door, headings: list[str], row: list[str], sheet: str
) -> None:
    apply(small_roster())
    made = preview(excel({"Sheet1": [headings, row]}))
    assert (made.errors, guess(made)) == ([], sheet)
    operations.preview_again(roster_import=made, by=None, now=NOW)
    made.refresh_from_db()
    assert (made.errors, guess(made)) == ([], sheet)


def test_where_nothing_says_which_the_columns_are_asked_for(preview: Door) -> None:
    made = preview(excel({"Sheet1": [["姓名", "支部"], ["王一", "A1"]]}))
    assert [error["code"] for error in made.errors] == ["file.sheets_missing"]
    assert made.mapping["headings"] == ["姓名", "支部"]


def test_the_real_list_is_a_tree_as_before(preview: Door) -> None:
    divisions = Path(__file__).parents[1] / "fixtures" / "anhua-divisions.csv"
    made = preview(divisions.read_bytes(), filename="divisions.csv")
    assert "columns_guessed" in [note["code"] for note in made.notes]
