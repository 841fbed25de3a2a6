"""Leaders without a number who are members in the same file are the same people."""

from typing import Any

import pytest

from pingyi.organizations.models import Person, Post
from pingyi.rosters import operations
from pingyi.rosters.models import RosterImport
from tests.cast import NOW
from tests.documents.incoming import excel
from tests.rosters.conftest import Door
from tests.rosters.test_lists_of_leaders import asked
from tests.rosters.workbook import small_roster

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def two_sheets(leaders: list[list[Any]], *members: list[Any]) -> bytes:
    rows = [["姓名", "性别", "出生年月", "所在党支部"], *members]
    return excel({"花名册": rows, "领导班子": [["姓名", "职务", "所在党组织"], *leaders]})


LIN = ["林新", "女", "1970.01", "东村党支部"]
OTHER = ["林新", "男", "1980.02", "西村党支部"]


@pytest.fixture(autouse=True)
def _township(apply: Door) -> None:
    apply({**small_roster(), "党员": [], "职务": [], "分工": []})


def said(made: RosterImport) -> list[Any]:
    return [n["params"]["examples"] for n in made.notes if n["code"] == "holder_in_file"]


def test_the_only_member_of_that_name_below_the_post_is_meant(apply: Door) -> None:
    made = apply(two_sheets([["林新", "党委书记", "甲镇党委"]], LIN), scope="A")
    assert said(made) == [[["A2", "林新", "花名册!A2"]]]
    assert not [n for n in made.notes if n["code"] == "namesake_without_number"]
    assert Person.objects.filter(name="林新").count() == 1
    assert Post.objects.get().person.memberships.get().organization.code == "A1"


def test_of_two_nobody_is_chosen_and_an_answer_is_heard(preview: Door) -> None:
    made = preview(two_sheets([["林新", "党委书记", "甲镇党委"]], LIN, OTHER), scope="A")
    assert (made.errors, said(made)) == ([], [])
    assert asked(made) == [("林新", "林新", "东村党支部"), ("林新", "林新", "西村党支部")]
    assert not [n for n in made.notes if n["code"] == "namesake_without_number"]
    assert made.counts["add"] == {"person": 3, "post": 1}
    first, second = [n["params"]["asked"] for n in made.notes if n["code"] == "name_near"]
    operations.answer_roster(roster_import=made, answers={second: "same"}, by=None, now=NOW)
    made.refresh_from_db()
    assert (made.counts["add"], asked(made)) == ({"person": 2, "post": 1}, [])
    operations.apply_roster(roster_import=made, by=None, now=NOW)
    assert Post.objects.get().person.memberships.get().organization.code == "A2"
    assert first != second


def test_two_others_are_not_asked_about_again(preview: Door) -> None:
    made = preview(two_sheets([["林新", "党委书记", "甲镇党委"]], LIN, OTHER), scope="A")
    answers = {n["params"]["asked"]: "other" for n in made.notes if n["code"] == "name_near"}
    operations.answer_roster(roster_import=made, answers=answers, by=None, now=NOW)
    made.refresh_from_db()
    assert (made.counts["add"], asked(made)) == ({"person": 3, "post": 1}, [])


def test_a_member_elsewhere_in_the_file_is_asked_about_once(preview: Door) -> None:
    posts = [["林新", "支部书记", "西村党支部"], ["林新", "组织委员", "西村党支部"]]
    made = preview(two_sheets(posts, LIN), scope="A")
    assert (said(made), asked(made)) == ([], [("林新", "林新", "东村党支部")])


def test_who_is_known_below_under_that_name_makes_it_a_question(apply: Door, preview: Door) -> None:
    apply(excel({"花名册": [["姓名", "性别", "出生年月", "所在党支部"], OTHER]}), scope="A")
    made = preview(two_sheets([["林新", "党委书记", "甲镇党委"]], LIN), scope="A")
    assert said(made) == []
    assert {place for _, _, place in asked(made)} == {"东村党支部", "西村党支部"}
