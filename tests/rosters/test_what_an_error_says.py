"""Every error and remark names its place, what stands there and what it collides with."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pingyi.rosters.rules.fields import ChargeFields, PostFields
from pingyi.rosters.rules.issues import Issue
from pingyi.rosters.rules.snapshot import HeldNow, Snapshot
from tests.cast import identity_number
from tests.rosters.test_planning import (
    BEGUN,
    EFFECTIVE,
    holds,
    member,
    organization,
    person,
    plan,
    post_row,
    register,
)
from tests.rosters.workbook import Sheets

WANG, LI = person(1, "王一", "A1", 101), person(2, "李二", "A2")
LAST = {serial: identity_number(serial)[-4:] for serial in (101, 102, 109)}


def branch(code: Any, parent: str | None = "A", name: str = "新支部") -> list[Any]:
    return [code, name, "党支部", "基层", "农村", parent, "2010-01-01"]


def charge(name: str, place: str, home: str | None = None, serial: int | None = None) -> list[Any]:
    return [name, identity_number(serial) if serial else None, place, None, home]


def with_closed(code: str, below: str) -> Snapshot:
    now = register()
    now.organizations[code] = organization(6, code, below, ended=True)
    return now


ERRORS: dict[str, tuple[Sheets, Snapshot, Issue]] = {
    "a code that stands in the sheet already": (
        {"党组织": [branch("N"), branch("M"), branch("N")]},
        register(),
        Issue("code_twice", "党组织", "A4", "编码", "N", {"cell": "A2"}),
    ),
    "the code of a closed organization": (
        {"党组织": [branch("C")]},
        register(),
        Issue("code_of_ended", "党组织", "A2", "编码", "C", {"name": "C支部"}),
    ),
    "a code from outside": (
        {"党组织": [branch("B", None)]},
        register(scope="A"),
        Issue("code_outside", "党组织", "A2", "编码", "B"),
    ),
    "a parent that nobody knows": (
        {"党组织": [branch("N", "Q")]},
        register(),
        Issue("parent_unknown", "党组织", "F2", "上级编码", "Q"),
    ),
    "a parent from outside": (
        {"党组织": [branch("N", "B")]},
        register(scope="A"),
        Issue("code_outside", "党组织", "F2", "上级编码", "B"),
    ),
    "something above what is imported into": (
        {"党组织": [branch("N", None), ["A1", "A1支部", "党支部", "基层", "农村", "N", None]]},
        register(scope="A1"),
        Issue("above_the_scope", "党组织", "F3", "上级编码", "N"),
    ),
    "a circle": (
        {"党组织": [branch("N", "M"), branch("K"), branch("M", "N")]},
        register(),
        Issue("circle", "党组织", "F4", "上级编码", "N", {"way": "M → N → M"}),
    ),
    "a circle with what the register says": (
        {"党组织": [["A", "A支部", "党支部", "基层", "农村", "A1", None]]},
        register(),
        Issue("circle", "党组织", "F2", "上级编码", "A1", {"way": "A → A1 → A"}),
    ),
    "a branch of nowhere": (
        {"党员": [member("王一", "Q")]},
        register(),
        Issue("organization_unknown", "党员", "E2", "党组织编码", "Q", {"name": ""}),
    ),
    "a branch outside": (
        {"党员": [member("王一", "B")]},
        register(scope="A"),
        Issue("code_outside", "党员", "E2", "党组织编码", "B", {"name": "B支部"}),
    ),
    "a closed branch": (
        {"职务": [post_row("王一", "C", serial=101)]},
        register(WANG),
        Issue("code_of_ended", "职务", "C2", "党组织编码", "C", {"name": "C支部"}),
    ),
    "a home of nowhere": (
        {"职务": [post_row("王一", "A", serial=101, home="Q")]},
        register(WANG),
        Issue("organization_unknown", "职务", "G2", "所在党组织编码", "Q", {"name": ""}),
    ),
    "a home of nowhere for somebody in charge": (
        {"分工": [charge("王一", "A", "Q", 101)]},
        register(WANG),
        Issue("organization_unknown", "分工", "E2", "所在党组织编码", "Q", {"name": ""}),
    ),
    "namesakes in one branch": (
        {"党员": [member("王一", "A1", 101), member("王一", "A1")]},
        register(),
        Issue("namesakes", "党员", "A3", "姓名", "王一", {"cell": "党员!A2"}),
    ),
    "a number twice": (
        {"党员": [member("王一", "A1", 101), member("王乙", "A2", 101)]},
        register(),
        Issue(
            "identity_twice", "党员", "B3", "身份证号", f"…{LAST[101]}",
            {"cell": "党员!B2", "name": "王一"},
        ),
    ),
    "somebody who is no member there": (
        {"职务": [post_row("王一", "A", home="A2")]},
        register(WANG),
        Issue("person_not_there", "职务", "G2", "所在党组织编码", "A2"),
    ),
    "somebody in charge who is no member there": (
        {"分工": [charge("王一", "A", "A2")]},
        register(WANG),
        Issue("person_not_there", "分工", "E2", "所在党组织编码", "A2"),
    ),
    "somebody in charge whom nobody knows": (
        {"分工": [charge("无人", "A")]},
        register(WANG),
        Issue("person_unknown", "分工", "A2", "姓名", "无人"),
    ),
    "somebody in charge with a number that nobody has": (
        {"分工": [charge("王一", "A", serial=109)]},
        register(WANG),
        Issue("person_unknown", "分工", "B2", "身份证号", f"…{LAST[109]}"),
    ),
    "a member of somewhere else": (
        {"党员": [member("王一", "A1", 101)]},
        register(person(1, "王一", "B", 101), scope="A"),
        Issue("member_elsewhere", "党员", "E2", "党组织编码", "A1"),
    ),
    "a post twice": (
        {"职务": [post_row("王一", "A1"), post_row("王一", "A"), post_row("王一", "A1")]},
        register(WANG),
        Issue("line_twice", "职务", "D4", "职务", "书记", {"cell": "职务!D2"}),
    ),
    "a charge twice": (
        {"分工": [charge("王一", "A"), charge("王一", "A2"), charge("王一", "A")]},
        register(WANG),
        Issue("line_twice", "分工", "C4", "分管党组织编码", "A", {"cell": "分工!C2"}),
    ),
    "a word that is not offered": (
        {"党员": [["王一", None, "其他", None, "A1", "正式党员", None]]},
        register(WANG),
        Issue("not_offered", "党员", "C2", "性别", "其他", {"offered": ["男", "女"]}),
    ),
    "a closed organization above": (
        {"党组织": [["A1", "A1支部", "党支部", "基层", "农村", "D", None]]},
        with_closed("D", below="A1"),
        Issue("code_outside", "党组织", "F2", "上级编码", "D"),
    ),
    "a day that has not come": (
        {"党员": [["王一", None, None, "2011-06-02", "A1", "正式党员", None]]},
        register(WANG),
        Issue("in_the_future", "党员", "D2", "出生日期", "2011-06-02", {"latest": "2011-06-01"}),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("file", "now", "issue"), ERRORS.values(), ids=ERRORS.keys())
def test_an_error_names(file: Sheets, now: Snapshot, issue: Issue) -> None:
    made = plan(file, now)
    assert made.errors == [issue]
    assert made.changes == []


@pytest.mark.parametrize("home", [None, "A1"])
def test_everybody_who_can_be_meant_is_named_with_number_and_place(home: str | None) -> None:
    now = register(WANG, person(2, "王一", "A1", 102), person(3, "王一", "A2"))
    people = [f"王一 (…{LAST[101]}) A1", f"王一 (…{LAST[102]}) A1"]
    if home is None:
        people.append("王一 A2")
    [error] = plan({"分工": [charge("王一", "A", home)]}, now).errors
    assert error == Issue("ambiguous", "分工", "A2", "姓名", "王一", {"people": people})


def test_people_of_the_file_are_named_by_their_cell_and_those_of_nowhere_by_their_name() -> None:
    now = register(person(1, "王一", None, 101))
    file = {"党员": [member("王一", "A1"), member("王一", "A2")], "分工": [charge("王一", "A")]}
    [error] = plan(file, now).errors
    assert error.params == {"people": ["王一 党员!A2", "王一 党员!A3", f"王一 (…{LAST[101]})"]}


BEGINNING = {
    "charges": HeldNow(8, 1, ChargeFields("A2", EFFECTIVE)),
    "posts": HeldNow(7, 1, PostFields("A2", "书记", None, EFFECTIVE)),
}


@pytest.mark.parametrize("rows", BEGINNING)
def test_what_begins_on_the_effective_day_cannot_end_on_it(rows: str) -> None:
    now = register(WANG, LI, scope="A", **{rows: [BEGINNING[rows]]})
    file = {"党员": [member("王一", "A1"), member("李二", "A2")]}
    days = {"begun": "2011-06-01", "effective": "2011-06-01"}
    label = f"王一 (…{LAST[101]})"
    errors = plan(file, now, complete=True).errors
    assert errors == [Issue("begins_later", value=label, params=days)]


def test_an_organization_cannot_end_before_it_came_to_its_place() -> None:
    now = register(scope="A")
    known = now.organizations["A1"]
    place = replace(known.fields.place, since=date(2012, 1, 1))
    now.organizations["A1"] = replace(known, fields=replace(known.fields, place=place))
    days = {"begun": "2012-01-01", "effective": "2011-06-01"}
    errors = plan({}, now, complete=True).errors
    assert errors == [Issue("begins_later", value="A1支部 (A1)", params=days)]


def test_an_ending_names_the_person_or_the_organization() -> None:
    now = register(
        WANG, LI, scope="A", posts=[holds(7, 1, "A1")],
        charges=[HeldNow(8, 2, ChargeFields("A2", BEGUN))],
    )  # fmt: skip
    made = plan({}, now, complete=True)
    assert [(c.label, c.model, c.object_id, c.person) for c in made.changes] == [
        ("李二", "charge", 8, 2),
        (f"王一 (…{LAST[101]})", "post", 7, 1),
        (f"王一 (…{LAST[101]})", "membership", 10, 1),
        ("李二", "membership", 20, 2),
        ("A1支部 (A1)", "organization", 2, None),
        ("A2支部 (A2)", "organization", 3, None),
    ]


def test_a_namesake_who_ends_and_begins_is_named() -> None:
    made = plan({"党员": [member("王一", "A2", 102)]}, register(WANG, scope="A"), complete=True)
    [note] = [note for note in made.notes if note.code == "ends_and_namesake_begins"]
    assert (note.value, note.params) == (f"王一 (…{LAST[101]})", {"name": "王一"})


def test_a_member_or_somebody_with_a_number_is_told_no_namesake() -> None:
    file = {"党员": [member("王一", "A2")], "职务": [post_row("李二", "A", serial=109)]}
    made = plan(file, register(WANG, LI))
    assert "namesake_without_number" not in [note.code for note in made.notes]


def test_a_leader_is_told_every_namesake_once() -> None:
    file = {
        "党员": [member("王一", "A1", 102), member("李二", "A2")],
        "职务": [post_row("王一", "A"), post_row("赵四", "A", "主任")],
    }
    made = plan(file, register(person(1, "王一", "A2", 101), person(3, "王一", None)))
    [note] = [note for note in made.notes if note.code == "namesake_without_number"]
    # Both who are members below the post are asked about instead.
    asked = [note.params["person"] for note in made.notes if note.code == "name_near"]
    assert [person.split(" 党员")[0] for person in asked] == [
        f"王一 (…{LAST[101]})",
        f"王一 (…{LAST[102]})",
    ]
    people = ["王一"]
    assert note == Issue(
        "namesake_without_number", "职务", "A2", "姓名", "王一", {"people": people}
    )


def test_a_cell_that_must_be_filled_in_is_named() -> None:
    file = {"党组织": [[None, "新支部", "党支部", "基层", None, "A", None], branch("N")]}
    assert plan(file, register()).errors == [Issue("required", "党组织", "A2", "编码")]


def test_every_wrong_cell_of_a_row_is_named() -> None:
    row = ["王一", "4309", "其他", "明天", "甲", "群众", "昨天"]
    found = [(issue.cell, issue.code) for issue in plan({"党员": [row]}, register()).errors]
    assert found == [
        ("B2", "not_an_identity"),
        ("C2", "not_offered"),
        ("D2", "not_a_date"),
        ("F2", "not_offered"),
        ("G2", "not_a_date"),
        ("E2", "place_unknown"),
    ]


def test_the_row_of_the_scope_may_say_where_it_stands() -> None:
    said = ["A1", "A1支部", "党支部", "基层", "农村", "A", None]
    made = plan({"党组织": [said]}, register(scope="A1"))
    assert (made.errors, made.changes) == ([], [])
