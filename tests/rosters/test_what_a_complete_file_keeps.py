"""What a complete file confirms stays: what it lists, what its rows need, what is above them."""

from dataclasses import replace
from typing import Any

import pytest

from pingyi.rosters.rules.columns import BY_KEY, ORGANIZATIONS
from pingyi.rosters.rules.endings import Kept, endings
from pingyi.rosters.rules.fields import AffiliationFields, ChargeFields
from pingyi.rosters.rules.people import People
from pingyi.rosters.rules.rows import Roster
from pingyi.rosters.rules.snapshot import HeldNow, Snapshot, codes_below
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

WANG = person(1, "王一", "A11")


def deep(*people: Any, scope: str | None = None, **held: Any) -> Snapshot:
    """A above A1 above A11 above A111, and A2 above A21; B beside them."""
    now = register(*people, scope=scope, **held)
    for id_, code, parent in ((6, "A11", "A1"), (7, "A111", "A11"), (8, "A21", "A2")):
        now.organizations[code] = organization(id_, code, parent)
    return replace(now, inside=codes_below(scope, now.organizations.values()))


def row(code: str, parent: str | None) -> list[Any]:
    return [code, f"{code}支部", "党支部", "基层", "农村", parent, None]


def ends(file: Sheets, now: Snapshot, model: str = "organization") -> list[Any]:
    made = plan(file, now, complete=True)
    assert made.errors == []
    endings = [change for change in made.changes if change.after is None and change.model == model]
    return [getattr(change.before, "code", change.object_id) for change in endings]


ALL = ["A1", "A11", "A111", "A2", "A21"]
CHARGE = ["王一", None, "A21", None, None]


@pytest.mark.parametrize(
    ("file", "ended"),
    [
        ({}, ALL),
        ({"党组织": [row("A11", None)]}, ["A111", "A2", "A21"]),
        ({"党组织": [row("A11", "A1")]}, ["A111", "A2", "A21"]),
        ({"党组织": [row("A11", "A21")]}, ["A1", "A111"]),
        ({"党组织": [row("A111", "A")]}, ["A1", "A11", "A2", "A21"]),
        ({"党组织": [row("N", "A21")]}, ["A1", "A11", "A111"]),
        ({"党组织": [row("N", None)]}, ALL),
        ({"党员": [member("王一", "A11")]}, ["A111", "A2", "A21"]),
        ({"党员": [member("王一", "A11")], "分工": [CHARGE]}, ["A111"]),
        ({"职务": [post_row("孙五", "A111")]}, ["A2", "A21"]),
        ({"职务": [post_row("孙五", "A2")]}, ["A1", "A11", "A111", "A21"]),
        (
            {"党员": [member("王一", "A11")], "职务": [post_row("王一", "A", home="A11")]},
            ["A111", "A2", "A21"],
        ),
    ],
)
def test_what_is_listed_or_needed_stays_with_everything_above_it(
    file: Sheets, ended: list[str]
) -> None:
    assert ends(file, deep(WANG, scope="A")) == ended


def test_without_a_scope_the_whole_register_is_left_out() -> None:
    now = deep()
    assert ends({}, now) == ["A", *ALL, "B"]
    assert ends({"党组织": [row("A1", "A")]}, now) == ["A11", "A111", "A2", "A21", "B"]


HELD = {
    "posts": [holds(21, 1, "A11"), holds(22, 1, "A11", "委员"), holds(23, 1, "B")],
    "charges": [
        HeldNow(number, 1, ChargeFields(code, BEGUN))
        for number, code in ((31, "A11"), (32, "A21"), (33, "B"))
    ],
}


def test_posts_and_charges_end_unless_they_are_named_or_lie_outside() -> None:
    now = deep(WANG, scope="A", **HELD)
    file = {
        "党员": [member("王一", "A11")],
        "职务": [post_row("王一", "A11", "委员")],
        "分工": [["王一", None, "A21", None, None]],
    }
    assert ends(file, now, "post") == [21]
    assert ends(file, now, "charge") == [31]
    assert ends({}, now, "post") == [21, 22]
    assert ends({}, now, "charge") == [31, 32]


def test_memberships_end_unless_they_are_named_or_lie_outside() -> None:
    people = [
        person(5, "赵四", None), person(6, "钱二", "B"), WANG,
        person(2, "李二", "A2"), person(3, "张三", "A21"),
    ]  # fmt: skip
    now = deep(*people, scope="A")
    assert ends({}, now, "membership") == [10, 20, 30]
    assert ends({"党员": [member("王一", "A11")]}, now, "membership") == [20, 30]
    assert ends({"党员": [member("李二", "A2"), member("张三", "A21")]}, now, "membership") == [10]


def test_an_organization_at_the_top_ends_like_any_other() -> None:
    now = register()
    assert now.organizations["B"].fields.place == AffiliationFields()
    assert ends({"党组织": [row("A1", "A"), row("A2", "A")]}, now) == ["B"]


def test_a_file_without_members_ends_no_membership() -> None:
    now = deep(WANG, scope="A")
    kept = Kept(organizations={"A1", "A11", "A2", "A21", "A111"})
    found = endings(now, kept, People(Roster(), now), EFFECTIVE, [ORGANIZATIONS])
    assert found.changes == []


def test_a_circle_in_a_damaged_register_is_walked_once() -> None:
    now = deep(scope="A")
    now.organizations["A1"] = organization(2, "A1", "A11")
    found = endings(now, Kept(organizations={"A111"}), People(Roster(), now), EFFECTIVE, BY_KEY)
    assert [change.before.code for change in found.changes] == ["A2", "A21"]
