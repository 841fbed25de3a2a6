"""The same name with other signs is the same person, and said."""

from typing import Any

import pytest

from pingyi.organizations.models import Membership, Person
from tests.rosters.conftest import Door
from tests.rosters.test_planning import holds, member, person, plan, post_row, register
from tests.rosters.workbook import Sheets, small_roster

NAMES = ["张三", "买买提·吐尔逊", "方小玉", "刘䶮", "马龙", "LI"]
SPELLED = ["张三\u200b", "买买提•吐尔逊", "⽅⼩⽟", "刘\ue863", "⻢⻰", "Ｌi"]


def roster(names: list[str]) -> Sheets:
    file = small_roster()
    file["党员"] = [[name, None, None, None, "A1", "正式党员", None] for name in names]
    file["职务"] = [["赵四", None, "A", "党委书记", None, None, None]]
    return file


@pytest.mark.django_db
def test_who_is_spelled_otherwise_is_no_second_person(apply: Door, preview: Door) -> None:
    apply(roster(NAMES))
    assert Membership.objects.filter(valid_to=None).count() == len(NAMES)
    file = roster(SPELLED)
    file["职务"][0][0] = "赵\u3000四\ufe0f"
    made = preview(file, complete=True)
    assert (made.errors, made.counts["add"], made.counts["end"]) == ([], {}, {})
    # LI is written Li by now: the same person under the name of the file.
    assert made.counts["change"] == {"person": 1}
    examples = next(note for note in made.notes if note["label"] == "姓名")["params"]["examples"]
    assert ["A4", "⽅⼩⽟", "方小玉"] in examples


@pytest.mark.django_db
def test_what_the_register_has_from_before_is_the_same_person_too(
    apply: Door, preview: Door
) -> None:
    apply(roster(NAMES))
    Person.objects.filter(name="张三").update(name="张三\u200b")
    made = preview(roster(NAMES), complete=True)
    assert (made.counts["add"], made.counts["end"]) == ({}, {})
    [change] = made.changes.all()
    assert (change.model, change.said["before"]["name"]) == ("person", "张三\u200b")


def test_two_spellings_of_one_name_in_one_branch_need_numbers() -> None:
    [error] = plan({"党员": [member("张三", "A1"), member("张三\u200b", "A1")]}, register()).errors
    assert (error.code, error.cell) == ("namesakes", "A3")


@pytest.mark.parametrize("name", ["王\u200b一", "王 一", "王一"])
def test_holders_and_those_in_charge_are_found_however_they_are_spelled(name: str) -> None:
    now: Any = register(person(1, "王\ufeff一", "A1"), posts=[holds(7, 1, "A")])
    file = {"职务": [post_row(name, "A")], "分工": [[name, None, "A2", None, None]]}
    made = plan(file, now)
    assert made.errors == []
    assert {change.person or change.object_id for change in made.changes} == {1}
