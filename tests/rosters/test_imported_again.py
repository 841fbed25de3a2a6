"""The same list imported again, its names written otherwise: nobody becomes two people or ends."""

from typing import Any

import pytest

from pingyi.core.refusals import Refusal
from pingyi.organizations.models import Membership, Person
from pingyi.rosters import operations
from pingyi.rosters.models import RosterImport
from tests.cast import NOW, identity_number
from tests.rosters.conftest import EFFECTIVE, Door
from tests.rosters.test_planning import LATER, holds, member, person, plan, post_row
from tests.rosters.test_planning import register as tree
from tests.rosters.workbook import Sheets, small_roster

# What a list says does not depend on the database.
pytestmark = pytest.mark.any_database

# As the register has it, as the list has it.
SAME = [
    ("张三丰", "张三丰\u200b"), ("张三丰", "张\u3000三 丰"), ("张三丰", "张三丰\ufe00"),
    ("张三丰", "张\u00a0三丰"), ("方小山", "方小⼭"), ("张爱民", "张爱⺠"), ("方小玉", "⽅⼩⽟"),
    ("马龙", "⻢⻰"), ("刘䶮", "刘\ue863"), ("李金", "\uf9e1\uf90a"), ("陈大明", "陳大明"),
    ("张伟国", "張偉國"), ("吴静", "呉靜"), ("户建高", "戸建髙"), ("王峰", "王峯"),
    ("宁李〇", "甯李○"), ("阿依古丽·买买提", "阿依古丽•买买提"),
    ("阿依古丽·买买提", "阿依古丽-买买提"), ("阿依古丽·买买提", "阿依古丽—买买提"),
    ("阿依古丽·买买提", "阿依古丽 － 买买提"),
    ("阿依古丽·买买提", "阿依古丽买买提"), ("阿依古丽·买买提", "阿依古丽 买买提"),
    ("阿依古丽·买买提", "阿依古丽··买买提"), ("阿依古丽·买买提", "阿依古麗．買買提"),
    ("阿依古丽·买买提", "阿依古丽/买买提"), ("阿依古丽·买买提", "阿依古丽_买买提"),
    ("LI", "Ｌi"), ("张三丰", "张三丰*"), ("張偉", "张伟"), ("阿依古丽-买买提", "阿依古丽·买买提"),
]  # fmt: skip
ASKED = [
    ("张小芳", "张晓芳"), ("王建立", "王建丽"), ("萧大明", "肖大明"), ("闫大明", "阎大明"),
    ("傅强", "付强"), ("戴小明", "代小明"), ("陈小芳", "陳曉芳"),
]  # fmt: skip


def roster(*names: str, **more: Any) -> Sheets:
    file = small_roster()
    gender, born = more.get("gender"), more.get("born_on")
    file["党员"] = [[n, more.get("number"), gender, born, "A1", "正式党员", None] for n in names]
    file["职务"] = [[more["post"], None, "A1", "委员", None, None, None]] if "post" in more else []
    file["分工"] = []
    return file


def codes(made: RosterImport) -> set[str]:
    return {note["code"] for note in made.notes}


@pytest.mark.django_db
@pytest.mark.parametrize("on", [EFFECTIVE, LATER])
@pytest.mark.parametrize(("known", "written"), SAME)
def test_written_with_other_signs_they_are_the_same_person(
    apply: Door, preview: Door, known: str, written: str, on: Any
) -> None:
    apply(roster("赵一一"), effective_on=EFFECTIVE)
    Person.objects.update(name=known)
    made = preview(roster(written), complete=True, effective_on=on)
    assert made.errors == []
    assert (made.counts["add"], made.counts["end"]) == ({}, {})
    assert codes(made) & {"normalized", "name_otherwise"}


@pytest.mark.django_db
@pytest.mark.parametrize("on", [EFFECTIVE, LATER])
@pytest.mark.parametrize(("known", "written"), ASKED)
def test_where_they_only_sound_alike_it_is_asked_and_nobody_ends(
    apply: Door, preview: Door, known: str, written: str, on: Any
) -> None:
    apply(roster(known))
    made = preview(roster(written), complete=True, effective_on=on)
    assert made.errors == []
    assert "name_near" in codes(made)
    assert made.counts["end"] == {}


@pytest.mark.django_db
def test_the_register_keeps_its_name_which_is_said(apply: Door, preview: Door) -> None:
    apply(roster("陈大明", "李四"))
    made = apply(roster("陳大明", "李四", number=None, gender="男"), complete=True)
    [note] = [note for note in made.notes if note["code"] == "name_otherwise"]
    assert note["params"]["examples"] == [["A2", "陳大明", "陈大明"]]
    assert set(Person.objects.values_list("name", flat=True)) == {"陈大明", "李四"}
    assert Membership.objects.filter(valid_to=None).count() == 2


@pytest.mark.django_db
def test_what_contradicts_makes_two_people(apply: Door, preview: Door) -> None:
    apply(roster("陈大明", gender="女"))
    made = preview(roster("陳大明", gender="男"))
    assert made.counts["add"]["person"] == 1
    assert "name_otherwise" not in codes(made)


@pytest.mark.django_db
def test_nobody_takes_the_place_of_whom_the_file_names(apply: Door, preview: Door) -> None:
    apply(roster("陈大明"))
    made = preview(roster("陳大明", "陈大明"), complete=True)
    assert (made.errors, made.counts["add"]["person"], made.counts["end"]) == ([], 1, {})
    [note] = [note for note in made.notes if note["code"] == "rows_near"]
    assert note["params"]["examples"] == [["A2", "陳大明", "A3 陈大明"]]


def test_a_number_that_the_register_lacks_comes_to_who_is_written_otherwise() -> None:
    file = {"党员": [member("陳大明", "A1", 300), member("陈大明", "A1")]}
    made = plan(file, tree(person(1, "陈大明", "A1")))
    assert [change.object_id for change in made.changes if change.before is None] == [0]


def test_of_two_who_can_be_meant_each_is_asked_about() -> None:
    now = tree(person(1, "陈大明", "A1"), person(2, "陈·大明", "A1"))
    made = plan({"党员": [member("陳大明", "A1")]}, now, complete=True)
    assert [note.code for note in made.notes].count("name_near") == 2
    assert [change.model for change in made.changes if change.model != "organization"] == ["person"]


@pytest.mark.parametrize("written", ["陳一", "陈 一", "陈·一"])
def test_holders_and_those_in_charge_are_found(written: str) -> None:
    now = tree(person(1, "陈一", "A1"), posts=[holds(7, 1, "A")])
    file = {
        "职务": [post_row(written, "A"), post_row(written, "A1", title="委员")],
        "分工": [[written, None, "A2", None, None]],
    }
    made = plan(file, now)
    assert made.errors == []
    assert {change.person or change.object_id for change in made.changes} == {1}
    assert {change.model for change in made.changes} == {"post", "charge"}


@pytest.mark.django_db
def test_within_one_file_a_post_finds_the_member_who_is_written_otherwise(preview: Door) -> None:
    made = preview(roster("陈大明", post="陳大明"))
    assert (made.errors, made.counts["add"]["person"]) == ([], 1)
    assert "name_otherwise" in codes(made)


@pytest.mark.django_db
@pytest.mark.parametrize(("one", "other"), [*SAME[10:12], *ASKED])
def test_two_rows_that_are_nearly_one_are_pointed_out_and_confirmed(
    preview: Door, apply: Door, one: str, other: str
) -> None:
    made = preview(roster(one, "赵六", other))
    [note] = [note for note in made.notes if note["code"] == "rows_near"]
    assert note["params"]["count"] == 1
    assert [cell for cell, *_ in note["params"]["examples"]] == ["A2"]
    with pytest.raises(Refusal) as refused:
        operations.apply_roster(roster_import=made, by=None, now=NOW)
    assert refused.value.code == "rows_near"
    operations.apply_roster(roster_import=made, by=None, now=NOW, really=True)
    # Whom the register knows is not pointed out again.
    assert "rows_near" not in codes(preview(roster(one, "赵六", other)))


@pytest.mark.django_db
def test_two_rows_with_numbers_or_of_two_branches_are_two(preview: Door) -> None:
    file = roster("张小芳", "张晓芳")
    file["党员"][0][1], file["党员"][1][1] = identity_number(300), identity_number(301)
    assert "rows_near" not in codes(preview(file))
    file = roster("张小芳", "张晓芳")
    file["党员"][1][4] = "A2"
    assert "rows_near" not in codes(preview(file))


@pytest.mark.django_db
def test_an_unanswered_question_is_confirmed_before_it_makes_a_second_person(
    apply: Door, preview: Door
) -> None:
    apply(roster("张小芳"))
    made = preview(roster("张晓芳"), complete=True, effective_on=LATER)
    with pytest.raises(Refusal) as refused:
        operations.apply_roster(roster_import=made, by=None, now=NOW)
    assert refused.value.code == "name_near"
    operations.apply_roster(roster_import=made, by=None, now=NOW, really=True)
    assert Membership.objects.filter(valid_to=None).count() == 2


def test_a_charge_finds_a_member_who_is_written_otherwise() -> None:
    now = tree(person(1, "陈大明", "A1"))
    made = plan({"分工": [["陳大明", None, "A2", None, None]]}, now)
    assert not made.errors
    assert [change.person for change in made.changes] == [1]
