"""Which person a row means: by number, by name and place, by a post; and rows that mean nobody."""

from typing import Any

import pytest

from pingyi.rosters.rules.changes import Change
from pingyi.rosters.rules.fields import NewPerson, PersonRef
from pingyi.rosters.rules.snapshot import Snapshot
from tests.cast import identity_number
from tests.rosters.test_planning import errors, holds, member, person, plan, post_row, register
from tests.rosters.workbook import Sheets

WANG = person(1, "王一", "A1", 101)


def made(file: Sheets, now: Snapshot, model: str) -> list[Change]:
    found = plan(file, now)
    assert found.errors == []
    return [change for change in found.changes if change.model == model]


def whose(file: Sheets, now: Snapshot, model: str) -> list[PersonRef | None]:
    return [change.person for change in made(file, now, model)]


def charge(name: Any, place: str | None, home: str | None = None) -> list[Any]:
    return [name, None, place, None, home]


@pytest.mark.parametrize(
    ("sheet", "row", "cell"),
    [
        ("党员", member("", "A1"), "A2"),
        ("党员", ["孙五", None, None, None, None, "正式党员", None], "E2"),
        ("职务", [None, None, "A", "书记", None, None, "A2"], "A2"),
        ("职务", ["王一", None, None, "书记", None, None, "A2"], "C2"),
        ("分工", charge(None, "A"), "A2"),
        ("分工", charge("无人", None), "C2"),
    ],
)
def test_a_row_without_name_or_place_is_wrong_once_and_means_nobody(
    sheet: str, row: list[Any], cell: str
) -> None:
    row = [value or None for value in row]
    assert errors({sheet: [row]}, register(WANG)) == [(cell, "required")]


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ([None, None, None, None, "A1", "正式党员", None], ["A2", "A3"]),
        (["孙五", None, None, None, None, "正式党员", None], ["E2", "E3"]),
    ],
)
def test_rows_without_name_or_place_are_no_namesakes(row: list[Any], cells: list[str]) -> None:
    assert errors({"党员": [row, row]}, register()) == [(cell, "required") for cell in cells]


def test_a_namesake_without_number_does_not_take_the_place_of_one_with_it() -> None:
    file = {"党员": [member("王一", "A1"), member("王一", "A2", 101)]}
    [added] = made(file, register(WANG), "person")
    assert added.after.membership.organization == "A1"
    [moved] = made(file, register(WANG), "membership")
    assert (moved.person, moved.after.organization) == (1, "A2")


def test_a_new_leader_with_two_posts_in_one_place_is_one_person() -> None:
    file = {"职务": [post_row("赵四", "A"), post_row("赵四", "A", "主任"), post_row("赵四", "A1")]}
    assert len(made(file, register(), "person")) == 2
    assert whose(file, register(), "post") == [
        NewPerson("职务", 2),
        NewPerson("职务", 2),
        NewPerson("职务", 4),
    ]


@pytest.mark.parametrize("known", [False, True])
def test_a_leader_in_charge_is_sought_among_those_with_posts_first(known: bool) -> None:
    namesake = person(2, "赵四", "A2")
    if known:
        now = register(person(1, "赵四", None), namesake, posts=[holds(7, 1, "A")])
        assert whose({"分工": [charge("赵四", "A1")]}, now, "charge") == [1]
    else:
        file = {"职务": [post_row("赵四", "A")], "分工": [charge("赵四", "A1")]}
        assert whose(file, register(namesake), "charge") == [NewPerson("职务", 2)]


def test_holders_of_the_register_and_of_the_file_can_both_be_meant() -> None:
    now = register(person(1, "赵四", None, 101), posts=[holds(7, 1, "A")])
    file = {"职务": [post_row("赵四", "B")], "分工": [charge("赵四", "A1")]}
    assert errors(file, now) == [("A2", "ambiguous")]


def test_a_holder_of_the_register_whom_the_file_names_is_named_by_the_cell() -> None:
    people = [person(1, "赵四", "A1", 101), person(2, "赵四", None)]
    now = register(*people, posts=[holds(7, 1, "A"), holds(8, 2, "B")])
    file = {"党员": [member("赵四", "A1", 101)], "分工": [charge("赵四", "A1")]}
    [error] = plan(file, now).errors
    last = identity_number(101)[-4:]
    assert error.params["people"] == [f"赵四 (…{last}) 党员!A2", "赵四"]


def test_a_number_in_the_sheet_of_posts_finds_the_member_at_the_home_that_is_named() -> None:
    file = {"党员": [member("王一", "A1")], "职务": [post_row("王一", "A", serial=101, home="A1")]}
    assert whose(file, register(), "post") == [NewPerson("党员", 2)]


def test_a_member_with_another_number_is_not_taken_for_the_one_of_a_post() -> None:
    file = {
        "党员": [member("王一", "A1", 102)],
        "职务": [post_row("王一", "A1", serial=101)],
    }
    assert whose(file, register(), "post") == [NewPerson("职务", 2)]


def test_a_member_whom_the_file_moves_away_is_not_found_at_the_old_place() -> None:
    file = {"党员": [member("王一", "A2", 101)], "职务": [post_row("王一", "A1")]}
    assert whose(file, register(WANG), "post") == [NewPerson("职务", 2)]


def test_a_member_whom_the_file_names_by_a_post_only_is_still_found_at_home() -> None:
    file = {"职务": [post_row("王一", "A", serial=101), post_row("王一", "A1", "委员")]}
    assert whose(file, register(WANG), "post") == [1, 1]
