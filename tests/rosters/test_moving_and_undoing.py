"""Moves, corrections and returns that an import writes, and what an undo makes of them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pingyi.core import statistics
from pingyi.core.refusals import Refusal
from pingyi.organizations.models import Affiliation, Organization, Person
from pingyi.rosters import operations
from pingyi.rosters.enums import ImportState
from pingyi.rosters.operations.preview import fail_roster
from tests.cast import NOW, identity_number
from tests.rosters.conftest import Door
from tests.rosters.test_applying import rows
from tests.rosters.workbook import Sheets, small_roster

pytestmark = pytest.mark.django_db
FOUNDED = date(2001, 1, 1)


def moved(parent: str) -> Sheets:
    """The small roster with 西村 (A2) placed elsewhere."""
    file = small_roster()
    file["党组织"][2][5] = parent
    return file


def places(code: str) -> list[tuple[str, date, date | None]]:
    found = Affiliation.objects.filter(organization__code=code).order_by("valid_from")
    return [(row.parent.code, row.valid_from, row.valid_to) for row in found]


def test_a_move_from_the_very_first_day_corrects_the_place(apply: Door) -> None:
    apply(small_roster())
    apply(moved("A1"), effective_on=FOUNDED)
    assert places("A2") == [("A1", FOUNDED, None)]


def test_a_new_top_is_undone_to_the_old_one(apply: Door) -> None:
    apply(small_roster())
    before = rows()
    file = small_roster()
    file["党组织"].insert(0, ["Z", "中共某县委员会", "党委", "县", None, None, "1990-01-01"])
    file["党组织"][1][5] = "Z"
    made = apply(file, effective_on=date(2011, 9, 1))
    assert [place[0] for place in places("A")] == ["Z"]
    operations.undo_roster(roster_import=made, by=None, now=NOW)
    assert rows() == before


def test_places_and_standings_corrected_from_the_first_day_are_undone(apply: Door) -> None:
    apply(small_roster())
    before = rows()
    file = moved("A1")
    file["党员"][0][5] = "预备党员"
    made = apply(file, effective_on=FOUNDED)
    assert made.counts["change"] == {"affiliation": 1, "membership": 1}
    operations.undo_roster(roster_import=made, by=None, now=NOW)
    assert rows() == before


def test_organizations_that_ended_are_there_again_with_their_places(apply: Door) -> None:
    apply(small_roster())
    before = rows()
    file = small_roster()
    for sheet in file:
        file[sheet].pop()
    made = apply(file, complete=True, effective_on=date(2011, 9, 1))
    assert made.counts["end"]["organization"] == 1
    assert places("A2") == [("A", FOUNDED, date(2011, 9, 1))]
    operations.undo_roster(roster_import=made, by=None, now=NOW)
    assert rows() == before


def test_a_standing_from_the_very_first_day_is_corrected_in_place(apply: Door) -> None:
    apply(small_roster())
    file = small_roster()
    file["党员"][0][5] = "预备党员"
    apply(file, effective_on=FOUNDED)
    [membership] = Person.objects.get(name="王一").memberships.all()
    assert (membership.standing, membership.valid_to) == ("probationary", None)


def test_who_was_a_member_once_can_be_one_again(apply: Door) -> None:
    apply(small_roster())
    without = small_roster()
    without["党员"].pop()
    without["职务"].append(["张三", identity_number(103), "A2", "顾问", None, "2009-01-01"])
    apply(without, complete=True, effective_on=date(2011, 9, 1))
    apply(small_roster(), effective_on=date(2011, 12, 1))
    person = Person.objects.get(name="张三")
    assert person.memberships.count() == 2
    assert person.memberships.filter(valid_to=None).count() == 1


def test_organizations_that_rows_need_are_not_ended(apply: Door, preview: Door) -> None:
    apply(small_roster())
    file = small_roster()
    file["党组织"] = []
    made = preview(file, complete=True, effective_on=date(2011, 9, 1))
    assert made.counts["end"] == {}


def test_a_file_that_is_too_large_is_refused(preview: Door, settings: Any) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1000
    with pytest.raises(Refusal) as caught:
        preview(small_roster())
    assert caught.value.code == "file_too_large"
    assert not Organization.objects.exists()


def test_a_preview_that_broke_off_says_so_and_can_be_made_again(preview: Door) -> None:
    made = preview(small_roster(), queue=False)
    fail_roster(roster_import=made, code="broken_off")
    made.refresh_from_db()
    assert (made.state, [error["code"] for error in made.errors]) == (
        ImportState.FAILED,
        ["broken_off"],
    )
    operations.preview_again(roster_import=made, by=None, now=NOW)
    made.refresh_from_db()
    assert (made.state, made.errors) == (ImportState.PREVIEWED, [])


def test_a_cell_of_a_list_with_other_headings_is_named(apply: Door, preview: Door) -> None:
    apply(small_roster())
    content = "支部,名字,类型\nA1,孙五,正式\nA2,周六,外星人\n"
    columns = {"organization": "支部", "name": "名字", "standing": "类型"}
    made = preview(content.encode(), mapping={"sheet": "members", "columns": columns})
    assert [(error["cell"], error["label"]) for error in made.errors] == [("C3", "类型")]


def test_a_code_that_is_none_is_told_with_its_cell(preview: Door) -> None:
    long = "K" * 60
    made = preview(f"a_code,a,b_code,b\nK1,北乡,{long},一村\n".encode())
    assert [error["cell"] for error in made.errors] == ["C2"]


def test_headings_that_pair_with_nothing_are_not_guessed(preview: Door) -> None:
    made = preview("村编码,甲\nK1,北乡\n".encode())
    assert made.errors


def test_a_place_outside_the_scope_is_named_by_the_cell_of_the_list(
    apply: Door, preview: Door
) -> None:
    apply(small_roster())
    content = "a_code,a,b_code,b\nK1,北乡,K11,一村\nK1,北乡,A1,东村党支部\n"
    made = preview(content.encode(), scope="A2")
    assert [(error["cell"], error["label"]) for error in made.errors] == [("C3", "b_code")]


def test_an_import_and_its_undoing_are_followed_by_a_count_of_the_rows(
    apply: Door, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        made = apply(small_roster())
    assert statistics.refresh in callbacks
    with django_capture_on_commit_callbacks() as callbacks:
        operations.undo_roster(roster_import=made, by=None, now=NOW)
    assert callbacks == [statistics.refresh]
