"""王芳（女）, 李四（预备党员）: what stands behind a name is no part of it, and is said."""

from typing import Any

import pytest

from pingyi.organizations.enums import Gender, Standing
from pingyi.rosters.models import RosterImport
from pingyi.rosters.rules.suffixes import taken_apart
from tests.cast import identity_number
from tests.rosters.conftest import Door
from tests.rosters.test_planning import LATER, member, person, plan, post_row, read, register
from tests.rosters.workbook import Sheets, small_roster

# What a list says does not depend on the database.
pytestmark = pytest.mark.any_database

FEMALE, MALE = Gender.FEMALE.value, Gender.MALE.value
PROBATIONARY, FULL = Standing.PROBATIONARY.value, Standing.FULL.value


@pytest.mark.parametrize(
    ("name", "bare", "said"),
    [
        ("王芳（女）", "王芳", {"gender": FEMALE}), ("王芳(女)", "王芳", {"gender": FEMALE}),
        ("王刚［男］", "王刚［男］", {}), ("王刚【男】", "王刚", {"gender": MALE}),
        ("王刚[男]", "王刚", {"gender": MALE}), ("王刚〔男〕", "王刚", {"gender": MALE}),
        ("李四（预备）", "李四", {"standing": PROBATIONARY}),
        ("张三(预备党员)", "张三", {"standing": PROBATIONARY}),
        ("张三（正式党员）", "张三", {"standing": FULL}),
        ("张三（中共党员）", "张三", {"standing": FULL}),
        ("王芳（女，预备）", "王芳", {"gender": FEMALE, "standing": PROBATIONARY}),
        ("王芳（预备）（女）", "王芳", {"gender": FEMALE, "standing": PROBATIONARY}),
        ("王芳（女、正式）", "王芳", {"gender": FEMALE, "standing": FULL}),
        ("王芳（小）", "王芳（小）", {}), ("王芳（1）", "王芳（1）", {}),
        ("王芳（女）（小）", "王芳（女）（小）", {}), ("王芳（女，男）", "王芳（女，男）", {}),
        ("李四（书记）", "李四（书记）", {}),
        ("（女）", "（女）", {}), ("王芳", "王芳", {}), ("", "", {}),
    ],
)  # fmt: skip
def test_sex_and_standing_are_taken_apart(name: str, bare: str, said: dict[str, str]) -> None:
    assert taken_apart(name) == (bare, said)


def rows(*said: tuple[str, Any, Any]) -> list[list[Any]]:
    return [[name, None, sex, None, "A1", standing, None] for name, sex, standing in said]


def test_they_are_the_cells_that_are_empty_and_said() -> None:
    roster = read({"党员": rows(("王芳（女）", None, None), ("李四(预备)", "男", None))})
    said = [(row.name, row.gender, row.standing) for row in roster.members]
    assert said == [("王芳", FEMALE, ""), ("李四", MALE, PROBATIONARY)]
    [note] = [note for note in roster.notes if note.code == "name_apart"]
    assert note.params["examples"] == [
        ("A2", "王芳(女)", "王芳 女"),
        ("A3", "李四(预备)", "李四 预备党员"),
    ]
    assert roster.errors == []


def test_what_contradicts_a_column_is_an_error_of_its_cell() -> None:
    file = {
        "党员": rows(
            ("王芳（女）", "男", None),
            ("李四（预备）", None, "正式党员"),
            ("赵六（男）", "男", None),
        )
    }
    errors = read(file).errors
    assert [(each.code, each.cell) for each in errors] == [
        ("suffix_contradicts", "A2"), ("suffix_contradicts", "A3"),
    ]  # fmt: skip
    assert errors[0].params == {"own": "女", "place": "C2", "other": "男"}


@pytest.mark.parametrize("name", ["王芳（小）", "王芳（1）", "王芳（大）", "王芳（原东村）"])
def test_other_brackets_stay_and_are_asked_about(name: str) -> None:
    made = plan({"党员": [member(name, "A1"), member("王芳", "A1")]}, register())
    assert made.errors == []
    assert [note.code for note in made.notes].count("name_doubtful") == 1
    assert [change.model for change in made.changes] == ["person", "person"]


def test_a_number_alone_is_no_name() -> None:
    for name in ("王2", "(1)", "王芳（123）", "王芳（1"):
        [error] = read({"党员": [member(name, "A1")]}).errors
        assert error.code == "not_a_name"


def test_namesakes_whom_it_tells_apart_keep_it() -> None:
    file = {
        "党员": rows(
            ("王芳（女）", None, None), ("王芳（男）", None, None), ("李四（男）", None, None)
        ),
        "职务": [post_row("王芳（女）", "A1"), post_row("李四（男）", "A1", title="委员")],
    }
    roster = read(file)
    assert [row.name for row in roster.members] == ["王芳(女)", "王芳(男)", "李四"]
    assert [row.name for row in roster.posts] == ["王芳(女)", "李四"]
    made = plan(file, register(person(1, "王芳(女)", "A1"), person(2, "王芳(男)", "A1")))
    assert made.errors == []
    assert [change.model for change in made.changes] == ["person", "post", "post"]
    # One of the two has left: the other one is still the same.
    now = register(person(1, "王芳（女）", "A1"), person(2, "王芳", "A1"))
    made = plan({"党员": rows(("王芳（女）", None, None))}, now, complete=True)
    assert [change.object_id for change in made.changes if change.model == "membership"] == [20]
    # With numbers it is not needed.
    numbers = [
        ["王芳（女）", identity_number(302), None, None, "A1"],
        ["王芳", None, None, None, "A2"],
    ]
    assert [row.name for row in read({"党员": numbers}).members] == ["王芳", "王芳"]


def listed(*names: str) -> Sheets:
    file = small_roster()
    file["党员"] = [[name, None, None, None, "A1", None, None] for name in names]
    file["职务"] = file["分工"] = []
    return file


def counts(made: RosterImport) -> tuple[Any, ...]:
    return made.errors, made.counts["add"], made.counts["end"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "again"),
    [
        ("王芳（女）", "王芳"),
        ("王芳", "王芳（女）"),
        ("王芳（女）", "王芳（女）"),
        ("陈芳", "陳芳（女）"),
    ],
)
def test_imported_again_with_or_without_it_is_the_same_person(
    apply: Door, preview: Door, first: str, again: str
) -> None:
    apply(listed(first))
    assert counts(preview(listed(again), complete=True, effective_on=LATER)) == ([], {}, {})


def test_who_was_registered_with_brackets_is_the_same_person() -> None:
    now = register(person(1, "王芳（女）", "A1"))
    made = plan({"党员": [member("王芳", "A1")]}, now)
    assert (made.errors, made.changes) == ([], [])
