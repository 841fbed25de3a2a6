"""Identity numbers beside sex and birth date, and joining dates that change from file to file."""

from datetime import date
from typing import Any

import pytest

from pingyi.organizations.models import Membership, Organization, Person
from pingyi.organizations.rules.identity import check_digit, is_male
from pingyi.rosters import operations
from pingyi.rosters.models import RosterImport
from tests.cast import NOW
from tests.rosters.conftest import Door
from tests.rosters.workbook import Sheets, small_roster

pytestmark = pytest.mark.django_db
LATER = date(2011, 9, 1)


def number(born: str, serial: int) -> str:
    first = f"000000{born}{serial:03d}"
    return first + check_digit(first)


def with_member(*row: Any) -> Sheets:
    file = small_roster()
    file["党员"].append(["孙五", *row])
    return file


def note(made: RosterImport, code: str) -> dict[str, Any] | None:
    return next((issue for issue in made.notes if issue["code"] == code), None)


def start_of(name: str) -> date:
    return Membership.objects.get(person__name=name, valid_to=None).valid_from


def joined_on(name: str) -> date | None:
    return Person.objects.get(name=name).joined_on


def joined(day: str) -> Sheets:
    """The small roster with another joining date of 王一."""
    file = small_roster()
    file["党员"][0][6] = day
    return file


def test_the_number_tells_the_sex() -> None:
    assert is_male(number("19700101", 101))
    assert not is_male(number("19700101", 102))


def test_sex_and_birth_date_are_compared_with_the_number(preview: Door) -> None:
    file = with_member(number("19700101", 102), "男", "1970-02-01", "A2", "正式党员", "2000-01-01")
    made = preview(file)
    assert made.errors == []
    sex, born = note(made, "sex_not_as_number"), note(made, "birth_not_as_number")
    assert sex is not None
    assert (sex["cell"], sex["params"]) == ("C5", {"count": 1, "examples": [["C5", "男", "女"]]})
    assert born is not None
    assert born["params"]["examples"] == [["D5", "1970-02-01", "1970-01-01"]]


def test_what_agrees_or_is_not_given_is_no_news(preview: Door) -> None:
    for row in (
        (number("19700101", 103), "男", "1970-01-01", "A2", "正式党员", "2000-01-01"),
        (number("19700101", 103), None, None, "A2", "正式党员", None),
        (None, "女", "1970-01-01", "A2", "正式党员", "1988-01-01"),
    ):
        made = preview(with_member(*row))
        for code in ("sex_not_as_number", "birth_not_as_number", "joined_under_age"):
            assert note(made, code) is None


def test_a_number_that_is_none_is_not_compared(preview: Door) -> None:
    wrong = "000000197013011020"
    made = preview(with_member(wrong, "男", "1970-01-01", "A2", "正式党员", None))
    assert note(made, "identity_doubtful") is not None
    assert note(made, "sex_not_as_number") is None


@pytest.mark.parametrize(
    ("identity", "born", "since"),
    [
        (None, "1990-05-02", "2008-05-01"),
        (number("19900502", 103), None, "2008-05-01"),
        (None, "1992-02-29", "2010-02-27"),
    ],
)
def test_who_joined_before_eighteen_is_pointed_out(
    preview: Door, identity: str | None, born: str | None, since: str
) -> None:
    made = preview(with_member(identity, "男", born, "A2", "正式党员", since))
    found = note(made, "joined_under_age")
    assert found is not None
    assert found["params"]["examples"] == [["G5", since, since]]


def test_a_corrected_joining_date_moves_the_start_of_the_membership(
    apply: Door, preview: Door
) -> None:
    apply(small_roster())
    made = apply(joined("2004-07-01"), effective_on=LATER)
    assert made.counts == {"add": {}, "change": {"membership": 1, "person": 1}, "end": {}}
    assert start_of("王一") == joined_on("王一") == date(2004, 7, 1)
    assert Membership.objects.filter(person__name="王一").count() == 1
    assert not any(preview(joined("2004-07-01"), effective_on=LATER).counts.values())
    operations.undo_roster(roster_import=made, by=None, now=NOW)
    assert start_of("王一") == joined_on("王一") == date(2005, 7, 1)


def test_a_joining_date_before_the_organization_is_kept_beside_the_begin(
    apply: Door, preview: Door
) -> None:
    file = joined("1995-07-01")
    apply(file)
    assert (joined_on("王一"), start_of("王一")) == (date(1995, 7, 1), date(2001, 1, 1))
    assert preview(file, effective_on=LATER).counts["change"] == {}
    without = joined("")
    without["党员"][0][6] = None
    assert preview(without, effective_on=LATER).counts["change"] == {}


def test_who_was_moved_keeps_the_day_of_the_move(apply: Door, preview: Door) -> None:
    apply(small_roster())
    file = small_roster()
    file["党员"][0][4] = "A2"
    apply(file, effective_on=LATER)
    made = preview(file, effective_on=date(2011, 12, 1))
    assert made.counts["change"] == {}
    file["党员"][0][6] = "2004-07-01"
    made = apply(file, effective_on=date(2011, 12, 1))
    assert made.counts["change"] == {"person": 1}
    assert (joined_on("王一"), start_of("王一")) == (date(2004, 7, 1), LATER)


def test_a_move_and_another_joining_date_at_once_are_two_changes(apply: Door) -> None:
    apply(small_roster())
    file = joined("2004-07-01")
    file["党员"][0][4] = "A2"
    assert apply(file, effective_on=LATER).counts["change"] == {"membership": 1, "person": 1}
    assert (joined_on("王一"), start_of("王一")) == (date(2004, 7, 1), LATER)


def test_whose_standing_changed_is_a_member_since_before(apply: Door, preview: Door) -> None:
    file = small_roster()
    file["党员"][0][6:] = ["2010-03-01", "2011-02-01"]
    file["党员"][0][5] = "预备党员"
    apply(file)
    file["党员"][0][5] = "正式党员"
    apply(file, effective_on=LATER)
    assert start_of("王一") == LATER
    again = preview(file, effective_on=date(2011, 12, 1))
    assert (again.counts["change"], note(again, "since_kept")) == ({}, None)
    file["党员"][0][4] = "A2"
    apply(file, effective_on=date(2011, 12, 1))
    file["党员"][0][7] = None
    again = preview(file, effective_on=date(2011, 12, 2))
    assert again.counts["change"] == {}
    file["党员"][0][7] = LATER
    told = note(preview(file, effective_on=date(2011, 12, 2)), "since_kept")
    assert told is not None
    assert told["params"] == {"since": "2011-12-01"}


def test_undo_gives_a_moved_member_the_old_start_back(apply: Door) -> None:
    apply(small_roster())
    file = small_roster()
    file["党员"][0][4] = "A2"
    made = apply(file, effective_on=LATER)
    operations.undo_roster(roster_import=made, by=None, now=NOW)
    row = Membership.objects.get(person__name="王一")
    assert (row.organization, row.valid_from) == (
        Organization.objects.get(code="A1"),
        date(2005, 7, 1),
    )
