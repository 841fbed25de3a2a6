"""The list that an office has goes in as it is: its headings, its names of branches, its dates."""

from datetime import date
from typing import Any

import pytest

from pingyi.organizations.models import Membership, Organization, Person
from pingyi.rosters import operations
from pingyi.rosters.models import RosterImport
from tests.cast import NOW, identity_number
from tests.documents.incoming import excel
from tests.rosters.conftest import Door
from tests.rosters.own_list import own_list, township
from tests.rosters.workbook import small_roster

pytestmark = pytest.mark.django_db
LATER = date(2011, 9, 1)


def notes(made: RosterImport) -> dict[str, Any]:
    return {note["code"]: note for note in made.notes}


LISTED = [("东村党支部", 5), ("中共甲镇西村支部委员会", 4), ("甲镇机关 党支部", 3), ("第一支部", 2)]


@pytest.fixture
def listed(apply: Door, preview: Door) -> RosterImport:
    apply(township())
    return preview(own_list(LISTED), filename="花名册.xlsx", scope="A")


def test_one_question_is_asked_and_everything_else_is_understood(listed: RosterImport) -> None:
    [error] = listed.errors
    assert (error["code"], error["value"], error["cell"]) == ("place_ambiguous", "第一支部", "I21")
    assert [choice[0] for choice in error["params"]["choices"]] == ["A31", "A41"]
    assert error["params"]["rows"] == 2
    said = {"places": {error["params"]["asked"]: "A41"}}
    operations.place_roster(roster_import=listed, **said, by=None, now=NOW)
    listed.refresh_from_db()
    assert listed.errors == []
    assert listed.counts["add"] == {"person": 14}
    operations.apply_roster(roster_import=listed, by=None, now=NOW)
    found = Membership.objects.values_list("organization__code", flat=True)
    assert {code: list(found).count(code) for code in found} == {
        "A1": 5,
        "A2": 4,
        "A5": 3,
        "A41": 2,
    }
    # The number says the day of a birth of which the list says the month.
    first = Person.objects.order_by("id")[0]
    assert (first.name, first.born_on, first.joined_on) == (
        "钱伟", date(1951, 2, 15), date(1973, 7, 1),
    )  # fmt: skip
    assert Person.objects.filter(identity_hash=None).count() == 0


def test_what_was_guessed_changed_or_left_out_is_said(listed: RosterImport) -> None:
    found = notes(listed)
    assert found["sheet_guessed"]["value"] == "党员"
    assert found["row_of_notes"]["params"]["count"] == 1
    assert found["headings_again"]["params"]["count"] == 3
    assert found["row_aside"]["params"]["count"] == 2
    assert found["columns_ignored"]["params"]["columns"] == [
        "基本情况民族",
        "基本情况文化程度",
        "备注",
    ]
    assert found["sheet_not_read"]["sheet"] == "封面"
    assert {"merged", "identity_of_15", "identity_cleaned", "month_only"} <= found.keys()
    assert found["standing_assumed"]["params"]["count"] == 12
    named = [example[1:] for example in found["place_by_name"]["params"]["examples"]]
    assert named == [
        ["东村党支部", "东村党支部 (A1)"],
        ["中共甲镇西村支部委员会", "西村党支部 (A2)"],
        ["甲镇机关 党支部", "甲镇机关党支部 (A5)"],
    ]


def test_the_columns_are_shown_with_three_values_and_numbers_masked(listed: RosterImport) -> None:
    shown = listed.mapping["samples"]
    assert shown["出生年月"] == ["1951年2月", "1952-03", "195304"]
    assert all(value.startswith("…") for value in shown["身份证号码"])


def test_the_same_list_again_changes_nothing(listed: RosterImport, preview: Door) -> None:
    places = {listed.errors[0]["params"]["asked"]: "A41"}
    operations.place_roster(roster_import=listed, places=places, by=None, now=NOW)
    listed.refresh_from_db()
    operations.apply_roster(roster_import=listed, by=None, now=NOW)
    again = preview(own_list(LISTED), filename="花名册.xlsx", scope="A")
    assert again.errors == []
    assert again.counts == {"add": {}, "change": {}, "end": {}}
    assert "columns_remembered" not in notes(again)
    longer = preview(own_list([*LISTED, ("东村党支部", 1)]), filename="花名册.xlsx", scope="A")
    columns = {**longer.mapping["columns"], "standing": "备注"}
    operations.map_roster(
        roster_import=longer, mapping={"sheet": "members", "columns": columns}, by=None, now=NOW
    )
    longer.refresh_from_db()
    operations.apply_roster(roster_import=longer, by=None, now=NOW)
    third = preview(own_list(LISTED), filename="再来.xlsx", scope="A")
    assert third.mapping["columns"]["standing"] == "备注"
    before = notes(third)["columns_remembered"]
    assert (before["value"], before["params"]) == ("花名册.xlsx", {"day": "2011-06-01"})
    assert "columns_remembered" not in notes(preview(own_list(LISTED), scope="A1"))


@pytest.mark.parametrize(
    ("title", "scope", "place", "code"),
    [
        ("甲镇东村党支部党员花名册", "A", "A1", "place_of_title"),
        ("党员名册", "A2", "A2", "place_of_scope"),
        ("党员名册", "A", "", ""),
    ],
)
def test_a_list_without_a_column_of_branches_is_placed_as_a_whole(
    apply: Door, preview: Door, title: str, scope: str, place: str, code: str
) -> None:
    apply(small_roster())
    lines = [title, "姓名,性别,入党时间,党员类别", "孙五,男,2008.06,", "周六,女,2009年7月,预备党员"]
    made = preview("\r\n".join(lines).encode("gb18030"), filename="1.csv", scope=scope)
    if place:
        assert code in notes(made)
        assert not made.errors
        said = [row.said["after"]["membership"] for row in made.changes.all()]
        assert [row["organization"] for row in said] == [place, place]
        assert [row["standing"] for row in said] == ["full", "probationary"]
        return
    [error] = made.errors
    assert error["code"] == "place_missing"
    operations.place_roster(roster_import=made, places={"": "A1"}, by=None, now=NOW)
    made.refresh_from_db()
    assert (made.errors, made.counts["add"]) == ([], {"person": 2})
    assert "place_chosen" in notes(made)


def test_a_complete_list_of_members_ends_members_only(apply: Door, preview: Door) -> None:
    apply(small_roster())
    lines = "姓名,性别,所在支部\n王一,男,东村党支部\n"
    made = preview(lines.encode(), filename="1.csv", scope="A", complete=True, effective_on=LATER)
    assert made.errors == []
    assert made.counts["end"] == {"membership": 2}


def test_a_name_that_nobody_has_is_asked_once_with_those_like_it(
    apply: Door, preview: Door
) -> None:
    apply(small_roster())
    lines = ["姓名,性别,所在支部", "孙五,男,新东村党支部", "周六,女,新东村党支部"]
    made = preview("\r\n".join(lines).encode(), filename="1.csv", scope="A")
    [error] = made.errors
    assert (error["code"], error["params"]["rows"]) == ("place_unknown", 2)
    assert {choice[1] for choice in error["params"]["choices"]} >= {"东村党支部", "西村党支部"}
    assert Organization.objects.count() == 3


def test_a_month_of_birth_is_noted_only_where_the_number_does_not_say_the_day(
    apply: Door, preview: Door
) -> None:
    apply(small_roster())
    number = identity_number(501)
    rows = [["林新", "女", "东村党支部", f"{number[6:10]}年{int(number[10:12])}月", number]]
    headings = ["姓名", "性别", "所在党支部", "出生年月", "身份证号"]
    made = preview(excel({"名单": [headings, *rows]}))
    assert "month_only" not in notes(made)
    rows += [["赵大军", "男", "东村党支部", "1970年2月", None]]
    made = preview(excel({"名单": [headings, *rows]}))
    assert notes(made)["month_only"]["params"]["count"] == 1
    # The day of the number that agrees is the one that is kept.
    born = {c.label: c.said["after"].get("born_on") for c in made.changes.filter(model="person")}
    assert f"{number[6:10]}-{number[10:12]}-{number[12:14]}" in born.values()
