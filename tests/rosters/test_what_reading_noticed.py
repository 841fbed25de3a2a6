"""What was not taken as it stands is said with its cells before anything is written."""

import pytest

from pingyi.organizations.models import Membership
from pingyi.rosters.queries.messages import issue_lines
from pingyi.rosters.rules.issues import shown
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
        ("name", "４３０９２１７００１０１００１", "…１００１"),
        ("", "43092119700101002x", "…002x"),
        ("code", "43092319700101", "43092319700101"),
        ("identity", "#N/A", "#N/A"),
    ],
)
def test_of_an_identity_number_the_last_four_are_shown_wherever_it_stands(
    key: str, value: str, text: str
) -> None:
    assert shown(key, value) == text
