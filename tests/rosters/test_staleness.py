"""What no longer fits when a preview is applied, or an import undone, later."""

from datetime import date
from typing import Any

import pytest

from pingyi.documents.workbooks import SheetData
from pingyi.rosters.rules.changes import ADD, CHANGE, END, Change
from pingyi.rosters.rules.issues import Remarks
from pingyi.rosters.rules.snapshot import (
    ChargeNow,
    MembershipNow,
    OrganizationNow,
    PersonNow,
    PostNow,
    Snapshot,
    codes_below,
)
from pingyi.rosters.rules.stale import later_changes, stale_changes

BEGUN = date(2010, 1, 1)


def organization(id_: int, code: str, parent: str | None, *, ended: bool = False) -> Any:
    return OrganizationNow(
        id_, code, code, "branch", "grassroots", "rural", BEGUN, ended, parent, id_, BEGUN
    )


@pytest.fixture
def now() -> Snapshot:
    """甲镇 with two branches; 王一 (1) is a member of A1, 赵四 (2) of nothing; A9 is closed."""
    organizations = [
        organization(1, "A", None),
        organization(2, "A1", "A"),
        organization(3, "A2", "A"),
        organization(9, "A9", "A", ended=True),
    ]
    people = [
        PersonNow(1, "王一", "hash1", "0001", "", None, MembershipNow(11, "A1", "full", BEGUN)),
        PersonNow(2, "赵四", None, "", "", None, None),
    ]
    return Snapshot(
        organizations={each.code: each for each in organizations},
        people={each.id: each for each in people},
        posts=[PostNow(21, 1, "A1", "支部书记", "grassroots_secretary", BEGUN)],
        charges=[ChargeNow(31, 2, "A1", BEGUN)],
    )


def added(model: str, **after: Any) -> Change:
    return Change(ADD, model, "标签", after=after)


MEMBER = {"organization": "A1", "standing": "full", "valid_from": "2010-01-01"}
FITTING = [
    added("organization", code="A3", parent="A"),
    added("organization", code="B", parent=None),
    added("membership", person="p2", organization="A2"),
    added("membership", person="new:7", organization="A2"),
    added("post", person="p1", organization="A1", title="组织委员"),
    added("charge", person="p2", organization="A2"),
    added("person", key="k", name="李二", identity_hash="hash2", membership=MEMBER),
    added("person", key="k", name="王一", identity_hash=None, membership=None),
]
MISFITTING = {
    "its code is taken": added("organization", code="A1", parent="A"),
    "what is above it has closed": added("organization", code="A3", parent="A9"),
    "its organization has closed": added("membership", person="p2", organization="A9"),
    "its organization is not there": added("post", person="p1", organization="A7", title="书记"),
    "the person is gone": added("charge", person="p5", organization="A2"),
    "the person is a member by now": added("membership", person="p1", organization="A2"),
    "the post is held by now": added("post", person="p1", organization="A1", title="支部书记"),
    "the charge is there by now": added("charge", person="p2", organization="A1"),
    "the number is taken": added("person", name="李二", identity_hash="hash1", membership=None),
    "the branch of the person has closed": added(
        "person", name="李二", identity_hash="hash2", membership={**MEMBER, "organization": "A9"}
    ),
    "a namesake is there by now": added(
        "person", name="王一", identity_hash=None, membership=MEMBER
    ),
    "the organization has closed": Change(CHANGE, "organization", "A9", object_id=9, before={}),
    "the organization has another name": Change(
        CHANGE, "organization", "A1", object_id=2, before={"name": "旧名"}
    ),
    "the person to be changed is gone": Change(CHANGE, "person", "孙", object_id=5, before={}),
    "the membership has ended": Change(END, "membership", "孙", object_id=15, before={}),
    "the post has ended": Change(END, "post", "孙", object_id=25, before={}),
    "the charge has ended": Change(END, "charge", "孙", object_id=35, before={}),
}


@pytest.mark.parametrize("change", FITTING)
def test_what_still_fits_is_not_stale(now: Snapshot, change: Change) -> None:
    assert stale_changes([change], now) == []


@pytest.mark.parametrize("change", MISFITTING.values(), ids=MISFITTING.keys())
def test_a_change_is_stale_when(now: Snapshot, change: Change) -> None:
    assert stale_changes([change], now) == [change]


def test_rows_that_say_what_the_preview_saw_fit(now: Snapshot) -> None:
    changes = [
        Change(END, "post", "王一", object_id=21, before={"title": "支部书记"}),
        Change(END, "charge", "赵四", object_id=31, before={"organization": "A1"}),
        Change(CHANGE, "membership", "王一", object_id=11, before={"standing": "full"}),
        Change(CHANGE, "person", "王一", object_id=1, before={"name": "王一"}),
        Change(CHANGE, "affiliation", "A1", object_id=2, before={"parent": "A"}),
    ]
    assert stale_changes(changes, now) == []


def test_an_organization_of_the_same_file_counts_as_there(now: Snapshot) -> None:
    changes = [
        added("organization", code="A3", parent="A"),
        added("organization", code="A31", parent="A3"),
        added(
            "person", name="李二", identity_hash=None, membership={**MEMBER, "organization": "A3"}
        ),
    ]
    assert stale_changes(changes, now) == []


def test_what_was_written_and_is_as_written_can_be_undone(now: Snapshot) -> None:
    changes = [
        Change(ADD, "post", "王一", object_id=21, after={"person": "p1", "title": "支部书记"}),
        Change(ADD, "person", "王一", object_id=1, after={"name": "王一", "membership": MEMBER}),
        Change(
            CHANGE,
            "membership",
            "王一",
            object_id=11,
            before={"person": "1"},
            after={"organization": "A1"},
        ),
        Change(END, "membership", "赵四", object_id=12, before={"person": "2"}),
        Change(END, "membership", "孙", object_id=15, before={"person": "5"}),
        Change(END, "post", "孙", object_id=25, before={"person": "5"}),
    ]
    assert later_changes(changes, now) == []


def test_what_says_something_else_by_now_is_not_undone(now: Snapshot) -> None:
    changes = [
        Change(ADD, "post", "孙", object_id=25, after={"title": "支部书记"}),
        Change(ADD, "charge", "赵四", object_id=31, after={"organization": "A2"}),
        Change(ADD, "person", "赵四", object_id=2, after={"name": "赵四", "membership": MEMBER}),
        Change(
            CHANGE, "membership", "孙", object_id=15, before={"person": "5"}, after=dict(MEMBER)
        ),
        Change(
            CHANGE, "membership", "赵四", object_id=12, before={"person": "2"}, after=dict(MEMBER)
        ),
        Change(END, "membership", "王一", object_id=12, before={"person": "1"}),
    ]
    assert later_changes(changes, now) == changes


def test_a_circle_in_the_tree_is_walked_once() -> None:
    circle = [organization(1, "A", "B"), organization(2, "B", "A")]
    assert codes_below("A", circle) == {"A", "B"}


def test_remarks_keep_a_few_examples_and_count_all() -> None:
    table = SheetData("members", "党员", ("name",), ("姓名",), (1,), rows=[])
    remarks = Remarks()
    for row in range(2, 12):
        remarks.add(table, (row, "name"), "read_as", " 王一", "王一")
    [issue] = remarks.issues()
    assert issue.params["count"] == 10
    assert 0 < len(issue.params["examples"]) < 10
