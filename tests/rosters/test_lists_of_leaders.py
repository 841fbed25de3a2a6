"""A list of leaders of one's own: one sheet, whatever it is called, told by its columns."""

from typing import Any

import pytest

from pingyi.organizations.models import Person, Post
from pingyi.rosters import operations
from pingyi.rosters.models import RosterImport
from pingyi.rosters.queries.messages import issue_lines
from tests.cast import NOW
from tests.rosters.conftest import Door
from tests.rosters.test_lists_of_one_sheet import excel, guess
from tests.rosters.workbook import small_roster

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
TITLE = ["甲镇党委及各支部领导班子名单"]
HEADINGS = ["序号", "姓名", "职务", "所在党组织", "任职时间", "备注"]
ROWS: list[list[Any]] = [
    [1, "赵四", "党委书记", "甲镇党委", "2009.01", None],
    [2, "王一", "支部书记", "东村党支部", "2008.01", None],
    [3, "张三", "组织委员", "西村党支部", "2009.02", None],
]


def codes(made: RosterImport) -> list[str]:
    return [error["code"] for error in made.errors]


@pytest.mark.parametrize("sheet", ["领导班子", "职务", "Sheet1"])
def test_one_sheet_of_leaders_is_told_by_its_columns_whatever_it_is_called(
    apply: Door, preview: Door, sheet: str
) -> None:
    apply({**small_roster(), "职务": [], "分工": []})
    made = preview(excel({sheet: [TITLE, HEADINGS, *ROWS]}))
    assert (made.errors, guess(made)) == ([], "职务")
    assert made.counts["add"]["post"] == 3


@pytest.mark.parametrize("title", ["党内职务", "现任职务", "任职情况", "担任职务"])
@pytest.mark.parametrize("place", ["所在支部", "单位", "所在单位", "任职党组织", "党支部名称"])
def test_the_usual_headings_of_such_lists_are_known(
    apply: Door, preview: Door, title: str, place: str
) -> None:
    apply({**small_roster(), "职务": [], "分工": []})
    made = preview(excel({"名单": [["姓名", title, place], ["王一", "支部书记", "东村党支部"]]}))
    assert (made.errors, guess(made)) == ([], "职务")
    assert made.counts["add"] == {"post": 1}


def test_such_a_list_makes_secretaries_of_members(apply: Door) -> None:
    apply({**small_roster(), "职务": [], "分工": []})
    apply(excel({"领导班子": [TITLE, HEADINGS, *ROWS]}))
    held = Post.objects.filter(category__role="secretary").values_list("person__name", flat=True)
    assert sorted(held) == ["王一", "赵四"]


def test_a_list_of_members_with_a_column_of_posts_stays_one_of_members(
    apply: Door, preview: Door
) -> None:
    apply(small_roster())
    headings = ["姓名", "性别", "身份证号", "所在党支部", "党内职务"]
    rows = [["林新", "女", None, "东村党支部", None], ["林心", "女", None, "东村党支部", "委员"]]
    assert guess(preview(excel({"名单": [headings, *rows]}))) == "党员"
    few = [["林新", "东村党支部", None], ["林心", "东村党支部", None], ["林鑫", "A1", "委员"]]
    made = preview(excel({"名单": [["姓名", "所在党支部", "职务"], *few]}))
    assert codes(made) == ["file.sheets_missing"]


def test_the_refusal_names_every_way(preview: Door) -> None:
    made = preview(excel({"Sheet1": [["姓名", "支部"], ["王一", "A1"]]}))
    (line,) = issue_lines(made.errors)
    for way in ("姓名、职务、所在党组织", "姓名、所在党支部", "各列", "模板"):
        assert way in line.sentence


# ---- leaders of a committee who are members of its branches --------------------------------------


def leaders(*rows: tuple[str, str, str]) -> dict[str, Any]:
    return excel({"领导班子": [["姓名", "职务", "所在党组织"], *map(list, rows)]})


def asked(made: RosterImport) -> list[tuple[str, str, str]]:
    return [
        (note["value"], note["params"]["person"].partition(" ")[0], note["params"]["place"])
        for note in made.notes
        if note["code"] == "name_near"
    ]


def test_a_leader_of_a_committee_who_is_a_member_of_one_of_its_branches_is_asked_about(
    apply: Door, preview: Door
) -> None:
    apply({**small_roster(), "职务": [], "分工": []})
    made = preview(leaders(("王一", "党委副书记", "甲镇党委"), ("何人", "党委委员", "甲镇党委")))
    assert (made.errors, asked(made)) == ([], [("王一", "王一", "东村党支部")])
    assert not [note for note in made.notes if note["code"] == "namesake_without_number"]
    assert made.counts["add"] == {"person": 2, "post": 2}


def test_who_is_said_to_be_the_same_gets_the_post_and_no_second_record(
    apply: Door, preview: Door
) -> None:
    apply({**small_roster(), "职务": [], "分工": []})
    made = preview(leaders(("王一", "党委副书记", "甲镇党委")))
    [key] = [note["params"]["asked"] for note in made.notes if note["code"] == "name_near"]
    operations.answer_roster(roster_import=made, answers={key: "same"}, by=None, now=NOW)
    made.refresh_from_db()
    assert (made.counts["add"], asked(made)) == ({"post": 1}, [])
    operations.apply_roster(roster_import=made, by=None, now=NOW)
    assert Person.objects.filter(name="王一").count() == 1
    assert Post.objects.get(title="党委副书记").person.memberships.count() == 1


def test_who_is_said_to_be_another_is_not_asked_about_again(apply: Door, preview: Door) -> None:
    apply({**small_roster(), "职务": [], "分工": []})
    made = preview(leaders(("王一", "党委副书记", "甲镇党委")))
    [key] = [note["params"]["asked"] for note in made.notes if note["code"] == "name_near"]
    operations.answer_roster(roster_import=made, answers={key: "other"}, by=None, now=NOW)
    made.refresh_from_db()
    assert (made.counts["add"], asked(made)) == ({"person": 1, "post": 1}, [])


def test_members_elsewhere_are_noted_and_not_asked_about(apply: Door, preview: Door) -> None:
    apply({**small_roster(), "职务": [], "分工": []})
    made = preview(leaders(("王一", "委员", "西村党支部")))
    assert asked(made) == []
    assert [note["value"] for note in made.notes if note["code"] == "namesake_without_number"] == [
        "王一"
    ]
