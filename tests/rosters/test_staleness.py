"""What no longer fits when a preview is applied, or an import undone, later."""

from dataclasses import replace
from datetime import date

import pytest

from pingyi.rosters.rules.changes import Change
from pingyi.rosters.rules.fields import (
    AffiliationFields,
    ChargeFields,
    Fields,
    MembershipFields,
    NewPerson,
    OrganizationFields,
    PersonFields,
    PersonRef,
    PostFields,
)
from pingyi.rosters.rules.snapshot import (
    HeldNow,
    OrganizationNow,
    PersonNow,
    Snapshot,
    codes_below,
)
from pingyi.rosters.rules.stale import later_changes, stale_changes

BEGUN = date(2010, 1, 1)
LATER = date(2011, 1, 1)


def founded(code: str, parent: str | None) -> OrganizationFields:
    place = AffiliationFields(parent, BEGUN) if parent else AffiliationFields()
    return OrganizationFields(code, code, "branch", "grassroots", "rural", place, BEGUN)


def organization(
    id_: int, code: str, parent: str | None, *, ended: bool = False
) -> OrganizationNow:
    return OrganizationNow(id_, founded(code, parent), id_, ended)


def member(code: str) -> MembershipFields:
    return MembershipFields(code, "full", BEGUN)


def post(code: str, title: str) -> PostFields:
    return PostFields(code, title, "grassroots_secretary", BEGUN)


def charge(code: str) -> ChargeFields:
    return ChargeFields(code, BEGUN)


A1 = founded("A1", "A")
WANG = PersonFields("王一", "hash1", "0001", membership=member("A1"))
ZHAO = PersonFields("赵四")


@pytest.fixture
def now() -> Snapshot:
    """甲镇 with two branches; 王一 (1) is a member of A1, 赵四 (2) of nothing; A9 is closed."""
    organizations = [
        organization(1, "A", None),
        organization(2, "A1", "A"),
        organization(3, "A2", "A"),
        organization(9, "A9", "A", ended=True),
    ]
    return Snapshot(
        organizations={each.fields.code: each for each in organizations},
        people={1: PersonNow(1, WANG, 11), 2: PersonNow(2, ZHAO)},
        posts=[HeldNow(21, 1, post("A1", "支部书记"))],
        charges=[HeldNow(31, 2, charge("A1"))],
    )


def added(after: Fields, person: PersonRef | None = None, object_id: int = 0) -> Change:
    return Change("标签", after=after, person=person, object_id=object_id)


def changed(object_id: int, before: Fields, after: Fields, person: int | None = None) -> Change:
    return Change("标签", before, after, object_id=object_id, person=person)


def ended(object_id: int, before: Fields, person: int | None = None) -> Change:
    return Change("标签", before, object_id=object_id, person=person)


LI = PersonFields("李二", "hash2")
FITTING = [
    added(founded("A3", "A")),
    added(founded("B", None)),
    added(member("A2"), 2),
    added(member("A2"), NewPerson("members", 7)),
    added(post("A1", "组织委员"), 1),
    added(charge("A2"), 2),
    added(replace(LI, membership=member("A1"))),
    added(PersonFields("王一")),
    added(PersonFields("王一", "hash9", membership=member("A1"))),
]
MISFITTING = {
    "its code is taken": added(founded("A1", "A")),
    "what is above it has closed": added(founded("A3", "A9")),
    "its organization has closed": added(member("A9"), 2),
    "its organization is not there": added(post("A7", "书记"), 1),
    "the person is gone": added(charge("A2"), 5),
    "the person is a member by now": added(member("A2"), 1),
    "the post is held by now": added(post("A1", "支部书记"), 1),
    "the charge is there by now": added(charge("A1"), 2),
    "the number is taken": added(PersonFields("李二", "hash1")),
    "the branch of the person has closed": added(replace(LI, membership=member("A9"))),
    "a namesake is there by now": added(PersonFields("王一", membership=member("A1"))),
    "it is a place without an organization": added(AffiliationFields("A")),
    "the organization has closed": changed(9, founded("A9", "A"), replace(A1, code="A9")),
    "the organization has another name": changed(2, replace(A1, name="旧名"), A1),
    "the organization stands elsewhere": changed(
        2, AffiliationFields("A2", BEGUN), AffiliationFields("A", LATER)
    ),
    "the person to be changed is gone": changed(5, LI, replace(LI, name="孙")),
    "the member has moved": changed(11, member("A2"), replace(member("A2"), standing="x"), 1),
    "the membership has ended": ended(15, member("A1"), 1),
    "the post has ended": ended(25, post("A1", "支部书记"), 1),
    "the charge has ended": ended(35, charge("A1"), 2),
}


@pytest.mark.parametrize("change", FITTING)
def test_what_still_fits_is_not_stale(now: Snapshot, change: Change) -> None:
    assert stale_changes([change], now) == []


@pytest.mark.parametrize("change", MISFITTING.values(), ids=MISFITTING.keys())
def test_a_change_is_stale_when(now: Snapshot, change: Change) -> None:
    assert stale_changes([change], now) == [change]


def test_rows_that_say_what_the_preview_saw_fit(now: Snapshot) -> None:
    changes = [
        ended(21, post("A1", "支部书记"), 1),
        ended(31, charge("A1"), 2),
        changed(11, member("A1"), replace(member("A1"), standing="probationary"), 1),
        changed(2, AffiliationFields("A", BEGUN), AffiliationFields("A2", LATER)),
    ]
    assert stale_changes(changes, now) == []


def test_only_the_fields_that_a_change_is_about_must_be_as_they_were(now: Snapshot) -> None:
    """Somebody corrected the name meanwhile; the file is about the gender."""
    other = replace(WANG, name="王乙")
    assert stale_changes([changed(1, other, replace(other, gender="male"))], now) == []


def test_an_organization_of_the_same_file_counts_as_there(now: Snapshot) -> None:
    changes = [
        added(founded("A3", "A")),
        added(founded("A31", "A3")),
        added(PersonFields("李二", membership=member("A3"))),
    ]
    assert stale_changes(changes, now) == []


def test_what_was_written_and_is_as_written_can_be_undone(now: Snapshot) -> None:
    changes = [
        added(post("A1", "支部书记"), 1, object_id=21),
        added(WANG, object_id=1),
        added(A1, object_id=2),
        # Another row has followed: the person is asked, not the old row.
        changed(10, replace(member("A2"), valid_from=date(2005, 1, 1)), member("A1"), 1),
        changed(2, AffiliationFields("A2", date(2005, 1, 1)), AffiliationFields("A", BEGUN)),
        ended(12, member("A1"), 2),
        ended(25, post("A1", "书记"), 2),
        ended(25, post("A1", "书记"), 1),
    ]
    assert later_changes(changes, now) == []


def test_what_says_something_else_by_now_is_not_undone(now: Snapshot) -> None:
    changes = [
        added(post("A1", "支部书记"), 5, object_id=25),
        added(charge("A2"), 2, object_id=31),
        added(replace(ZHAO, membership=member("A1")), object_id=2),
        added(founded("A1", "A2"), object_id=2),
        changed(15, member("A2"), member("A1"), 5),
        changed(12, member("A2"), member("A1"), 2),
        changed(1, WANG, replace(WANG, gender="male")),
        ended(12, member("A2"), 1),
        # The record 5 was merged into another since.
        ended(15, member("A1"), 5),
        ended(25, post("A1", "书记"), 5),
        # The same place again, but in a row of its own.
        added(member("A1"), 1, object_id=10),
    ]
    assert later_changes(changes, now) == changes


def test_a_circle_in_the_tree_is_walked_once() -> None:
    circle = [organization(1, "A", "B"), organization(2, "B", "A")]
    assert codes_below("A", circle) == {"A", "B"}
