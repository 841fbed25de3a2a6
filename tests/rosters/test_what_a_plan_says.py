"""A plan says of every row what it was, what it will be, where the file says so and whose it is."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pingyi.rosters.models import RosterChange
from pingyi.rosters.rules.changes import (
    Change,
    additions,
    alterations,
    ended,
    fitted,
    identity_hashes,
)
from pingyi.rosters.rules.fields import (
    AffiliationFields,
    ChargeFields,
    MembershipFields,
    OrganizationFields,
    PersonFields,
    PostFields,
)
from pingyi.rosters.rules.issues import Issue
from pingyi.rosters.rules.snapshot import HeldNow, PersonNow, Snapshot
from tests.cast import identity_number
from tests.rosters.test_planning import (
    BEGUN,
    EFFECTIVE,
    hash_of,
    holds,
    member,
    organization,
    person,
    plan,
    register,
)
from tests.rosters.workbook import Sheets

DAY, LATER = date(2011, 3, 1), date(2011, 9, 1)
LAST = identity_number(101)[-4:]
WANG = person(1, "王一", "A1", 101)
CHARGE = HeldNow(8, 1, ChargeFields("A2", BEGUN))


def changes(file: Sheets, now: Snapshot, **options: Any) -> list[Change]:
    made = plan(file, now, **options)
    assert made.errors == []
    return made.changes


def row(code: str, parent: str | None = None, since: str | None = None) -> list[Any]:
    return [code, f"{code}总支", "党总支", "县直", "农村", parent, since]


def founded(code: str, place: AffiliationFields, begun: date) -> OrganizationFields:
    return OrganizationFields(
        code, f"{code}总支", "general_branch", "county_unit", "rural", place, begun
    )


@pytest.mark.parametrize(
    ("said", "after"),
    [
        (row("N"), founded("N", AffiliationFields(), EFFECTIVE)),
        (row("N", None, "2011-03-01"), founded("N", AffiliationFields(), DAY)),
        (row("N", "A", "2011-03-01"), founded("N", AffiliationFields("A", DAY), DAY)),
        (row("N", "A"), founded("N", AffiliationFields("A", EFFECTIVE), EFFECTIVE)),
        (
            row("N", "A", "2009-01-01"),
            founded("N", AffiliationFields("A", BEGUN), date(2009, 1, 1)),
        ),
    ],
)
def test_a_new_organization_is_written_as_it_stands(
    said: list[Any], after: OrganizationFields
) -> None:
    assert changes({"党组织": [said]}, register()) == [
        Change("N总支 (N)", after=after, sheet="党组织", row=2)
    ]


def test_a_new_organization_below_a_new_one_stands_there_from_the_day_of_that() -> None:
    rows = [row("N", "A", "2011-09-01"), row("M", "N"), row("K", "L", "2011-03-01"), row("L", "A")]
    file = {"党组织": rows}
    places = {change.after.code: change.after.place for change in changes(file, register())}
    assert places == {
        "N": AffiliationFields("A", LATER),
        "M": AffiliationFields("N", LATER),
        "L": AffiliationFields("A", EFFECTIVE),
        "K": AffiliationFields("L", EFFECTIVE),
    }


@pytest.mark.parametrize(
    ("column", "value", "changed"),
    [
        (1, "东支部", {"name": "东支部"}),
        (2, "党总支", {"kind": "general_branch"}),
        (3, "乡镇", {"level": "township"}),
        (4, None, {"sector": None}),
        (6, "2009-01-01", {"valid_from": date(2009, 1, 1)}),
    ],
)
def test_a_known_organization_becomes_what_the_file_says(
    column: int, value: Any, changed: dict[str, Any]
) -> None:
    said = ["A1", "A1支部", "党支部", "基层", "农村", "A", None]
    said[column] = value
    before = register().organizations["A1"].fields
    [change] = changes({"党组织": [said]}, register())
    assert change == Change(
        f"{said[1]} (A1)", before, replace(before, **changed), "党组织", 2, object_id=2
    )


def test_a_moved_organization_stands_elsewhere_when_that_has_begun() -> None:
    file = {
        "党组织": [
            row("N", None, "2011-09-01"),
            ["A1", "A1支部", "党支部", "基层", "农村", "N", None],
        ]
    }
    moved = changes(file, register())[1]
    before, after = AffiliationFields("A", BEGUN), AffiliationFields("N", LATER)
    assert moved == Change("A1支部 (A1)", before, after, "党组织", 3, object_id=2)


def test_a_top_that_is_placed_below_another_keeps_nothing_of_before() -> None:
    file = {"党组织": [["B", "B支部", "党支部", "基层", "农村", "A", None]]}
    [change] = changes(file, register())
    assert change == Change(
        "B支部 (B)",
        AffiliationFields(),
        AffiliationFields("A", EFFECTIVE),
        "党组织",
        2,
        object_id=4,
    )


def test_an_organization_without_a_parent_code_stays_deep_in_the_tree() -> None:
    now = register(scope="A")
    now.organizations["A11"] = organization(6, "A11", "A1")
    now.inside |= {"A11"}
    file = {"党组织": [["A11", "A11支部", "党支部", "基层", "农村", None, None]]}
    assert changes(file, now) == []


def test_a_new_member_comes_with_the_membership() -> None:
    said = ["王一", identity_number(101), "男", "1970-01-01", "A1", "正式党员", "2011-03-01"]
    after = PersonFields(
        "王一", hash_of(101), LAST, "male", date(1970, 1, 1), MembershipFields("A1", "full", DAY),
        DAY,
    )  # fmt: skip
    assert changes({"党员": [said]}, register()) == [
        Change(f"王一 (…{LAST})", after=after, sheet="党员", row=2)
    ]


@pytest.mark.parametrize(
    ("begun", "since", "from_then"),
    [
        (None, None, EFFECTIVE),
        (None, "2011-03-01", EFFECTIVE),
        ("2011-09-01", "2011-03-01", LATER),
        ("2011-03-01", None, EFFECTIVE),
        ("2011-03-01", "2011-01-01", DAY),
    ],
)
def test_nobody_is_a_member_before_the_branch_has_begun(
    begun: str | None, since: str | None, from_then: date
) -> None:
    file = {"党组织": [row("N", None, begun)], "党员": [member("王一", "N")]}
    file["党员"][0][6] = since
    after = changes(file, register())[1].after
    assert after.membership == MembershipFields("N", "full", from_then)


def test_a_branch_that_is_listed_without_its_day_has_begun_when_it_did() -> None:
    file = {
        "党组织": [["A1", "A1支部", "党支部", "基层", "农村", "A", None]],
        "党员": [["孙五", None, None, None, "A1", "正式党员", "2010-05-01"]],
    }
    [change] = changes(file, register())
    assert change.after.membership == MembershipFields("A1", "full", date(2010, 5, 1))


def test_a_corrected_founding_day_holds_for_the_members_of_the_same_file() -> None:
    file = {
        "党组织": [["A1", "A1支部", "党支部", "基层", "农村", "A", "2009-01-01"]],
        "党员": [["孙五", None, None, None, "A1", "正式党员", "2009-05-01"]],
    }
    after = changes(file, register())[1].after
    assert after.membership == MembershipFields("A1", "full", date(2009, 5, 1))


def test_a_changed_person_and_a_moved_member_are_two_changes() -> None:
    said = ["王乙", identity_number(101), "男", "1970-01-01", "A2", "预备党员", None]
    before = WANG.fields
    assert changes({"党员": [said]}, register(WANG)) == [
        Change(
            f"王乙 (…{LAST})", before,
            replace(before, name="王乙", gender="male", born_on=date(1970, 1, 1)), "党员", 2, 1,
        ),
        Change(
            f"王乙 (…{LAST})", before.membership,
            MembershipFields("A2", "probationary", EFFECTIVE), "党员", 2, 10, 1,
        ),
    ]  # fmt: skip


def test_what_the_file_leaves_out_of_a_person_stays() -> None:
    known = replace(WANG, fields=replace(WANG.fields, gender="male", born_on=BEGUN))
    assert changes({"党员": [member("王一", "A1")]}, register(known)) == []


def test_a_moved_member_begins_where_the_new_branch_has_begun() -> None:
    file = {"党组织": [row("N", None, "2011-09-01")], "党员": [member("王一", "N", 101)]}
    assert changes(file, register(WANG))[1].after == MembershipFields("N", "full", LATER)


def joining(day: str | None, since: str | None = None, place: str = "A1") -> Sheets:
    return {"党员": [["王一", identity_number(101), None, None, place, "正式党员", day, since]]}


def joined(day: date | None, **more: Any) -> PersonNow:
    return replace(WANG, fields=replace(WANG.fields, joined_on=day), **more)


@pytest.mark.parametrize(
    ("known", "file", "day", "begins"),
    [
        # Where the membership began with the joining, it goes with it; nothing comes before its
        # organization.
        (joined(BEGUN), joining("2011-03-01"), DAY, DAY),
        (joined(date(1995, 7, 1)), joining("2011-03-01"), DAY, DAY),
        (joined(BEGUN), joining("1995-07-01"), date(1995, 7, 1), None),
        (joined(BEGUN), joining("2010-01-01"), None, None),
        (joined(BEGUN), joining(None), None, None),
        # Where it began on another day, or after another membership, it stays.
        (joined(None), joining("2011-03-01"), DAY, None),
        (joined(LATER), joining("2011-03-01"), DAY, None),
        (joined(BEGUN, is_first=False), joining("2011-03-01"), DAY, None),
        # The day of its own is said apart.
        (joined(BEGUN), joining("2010-01-01", "2011-03-01"), None, DAY),
        (joined(BEGUN), joining("1995-07-01", "2011-03-01"), date(1995, 7, 1), DAY),
        (joined(BEGUN), joining("2011-03-01", "2010-01-01"), DAY, None),
        (joined(BEGUN, is_first=False), joining(None, "2011-03-01"), None, None),
    ],
)
def test_joining_the_party_and_coming_to_a_branch_are_two_things(
    known: PersonNow, file: Sheets, day: date | None, begins: date | None
) -> None:
    label, before = f"王一 (…{LAST})", known.fields
    person_ = Change(label, before, replace(before, joined_on=day), "党员", 2, 1)
    after = MembershipFields("A1", "full", begins or BEGUN)
    membership = Change(label, before.membership, after, "党员", 2, 10, 1)
    assert changes(file, register(known)) == [person_] * bool(day) + [membership] * bool(begins)


@pytest.mark.parametrize(
    ("since", "begins"),
    [(None, EFFECTIVE), ("2011-03-01", DAY), ("2010-01-01", EFFECTIVE), ("2009-01-01", EFFECTIVE)],
)
def test_who_comes_from_another_branch_comes_on_the_day_that_is_said(
    since: str | None, begins: date
) -> None:
    [change] = changes(joining(None, since, "A2"), register(joined(None)))
    assert change.after == MembershipFields("A2", "full", begins)


# Somebody whose standing changed in the branch.
CONFIRMED = replace(
    WANG,
    fields=replace(WANG.fields, membership=MembershipFields("A1", "full", DAY)),
    is_first=False,
    here_since=BEGUN,
)


@pytest.mark.parametrize(
    ("known", "since", "told"),
    [
        (joined(None), "2011-03-01", ""),
        (joined(None, is_first=False), "2011-03-01", "2010-01-01"),
        (joined(None, is_first=False), "2010-01-01", ""),
        (CONFIRMED, "2010-01-01", ""),
        (CONFIRMED, "2011-03-01", ""),
        (CONFIRMED, "2010-06-01", "2010-01-01"),
    ],
)
def test_a_begin_that_follows_other_entries_is_kept_and_that_is_told(
    known: PersonNow, since: str, told: str
) -> None:
    made = plan(joining(None, since), register(known))
    kept = Issue("since_kept", "党员", "H2", "进入党支部日期", since, {"since": told})
    assert [note for note in made.notes if note.code == "since_kept"] == [kept] * bool(told)


def test_a_new_member_begins_on_the_day_of_its_own_and_never_before_the_branch() -> None:
    file = {"党员": [["孙五", None, None, None, "A1", "正式党员", "1995-07-01", "2011-03-01"]]}
    [change] = changes(file, register())
    assert change.after.joined_on == date(1995, 7, 1)
    assert change.after.membership == MembershipFields("A1", "full", DAY)
    file["党员"][0][7] = "2009-12-31"
    made = plan(file, register())
    assert made.changes[0].after.membership.valid_from == BEGUN
    [said] = [note for note in made.notes if note.code == "here_before_founding"]
    assert said.params["examples"] == [("H2", "2009-12-31", "2010-01-01")]
    file["党员"][0][6] = "2010-01-01"
    [said] = [note for note in plan(file, register()).notes if note.code == "here_before_joined"]
    assert said.params["examples"] == [("H2", "2009-12-31", "2009-12-31")]


def test_new_posts_and_charges_name_their_row_and_their_person() -> None:
    file = {
        "职务": [["王一", None, "A1", "书记", "其它基层党组织书记", "2011-03-01", None]],
        "分工": [["王一", None, "A2", "2011-03-01", None]],
    }
    post = PostFields("A1", "书记", "grassroots_secretary", DAY)
    assert changes(file, register(WANG)) == [
        Change("王一", after=post, sheet="职务", row=2, person=1),
        Change("王一", after=ChargeFields("A2", DAY), sheet="分工", row=2, person=1),
    ]


def test_corrected_posts_and_charges_name_the_row_of_the_register() -> None:
    now = register(WANG, posts=[holds(7, 1, "A1")], charges=[CHARGE])
    file = {
        "职务": [["王一", None, "A1", "书记", "其它基层党组织书记", None, None]],
        "分工": [["王一", None, "A2", "2011-03-01", None]],
    }
    post = PostFields("A1", "书记", None, BEGUN)
    assert changes(file, now) == [
        Change("王一", post, replace(post, category="grassroots_secretary"), "职务", 2, 7, 1),
        Change("王一", CHARGE.fields, ChargeFields("A2", DAY), "分工", 2, 8, 1),
    ]


def test_posts_and_charges_that_say_the_same_are_no_change() -> None:
    now = register(WANG, posts=[holds(7, 1, "A1")], charges=[CHARGE])
    for day in (None, "2010-01-01"):
        posts = [["王一", None, "A1", "书记", None, day, None]]
        charges = [["王一", None, "A2", day, None]]
        assert changes({"职务": posts, "分工": charges}, now) == []


def test_errors_of_the_file_and_of_its_endings_are_told_together() -> None:
    now = register(WANG, posts=[HeldNow(7, 1, PostFields("A1", "书记", None, EFFECTIVE))])
    made = plan({"党员": [member("李二", "Q")]}, now, complete=True)
    assert [issue.code for issue in made.errors] == ["organization_unknown", "begins_later"]


def test_remarks_on_the_file_and_on_its_endings_are_told_together() -> None:
    file = {"党员": [member("王 一", "A2", 102)]}
    made = plan(file, register(WANG, scope="A"), complete=True)
    codes = [note.code for note in made.notes]
    assert codes == ["normalized", "ends_and_namesake_begins", "ends_most"]


def test_additions_and_endings_are_one_plan() -> None:
    file = {"党员": [member("孙五", "A1")], "党组织": [row("N")]}
    made = changes(file, register(WANG), complete=True)
    assert {change.kind for change in made} == {"add", "end"}


PLACE, MEMBERSHIP = AffiliationFields("A", BEGUN), MembershipFields("A1", "full", BEGUN)
PERSON = PersonFields("李二", "hash")
MIXED = [
    Change("added", after=PERSON),
    Change("changed", PLACE, AffiliationFields("B", BEGUN)),
    Change("ended", MEMBERSHIP, object_id=11),
    Change("added later", after=MEMBERSHIP),
    Change("changed later", PersonFields("李"), PersonFields("李", "other")),
    Change("without a number", after=PersonFields("赵四")),
    Change("ended later", PERSON, object_id=12),
]


def test_additions_are_told_with_their_places_in_the_plan() -> None:
    assert additions(MIXED, PersonFields) == [
        (0, MIXED[0], PERSON), (5, MIXED[5], PersonFields("赵四")),
    ]  # fmt: skip
    assert additions(MIXED, MembershipFields) == [(3, MIXED[3], MEMBERSHIP)]


def test_alterations_are_those_that_go_on() -> None:
    assert alterations(MIXED, AffiliationFields) == [(MIXED[1], PLACE, MIXED[1].after)]
    assert alterations(MIXED, PersonFields) == [(MIXED[4], MIXED[4].before, MIXED[4].after)]
    assert alterations(MIXED, MembershipFields) == []


def test_endings_are_told_by_the_rows_of_the_register() -> None:
    assert ended(MIXED, MembershipFields) == [11]
    assert ended(MIXED, PersonFields) == [12]
    assert ended(MIXED, AffiliationFields) == []


def test_the_numbers_that_people_are_to_have_are_found() -> None:
    assert identity_hashes(MIXED) == {"hash", "other"}


def test_a_label_is_cut_where_the_column_ends() -> None:
    longest = RosterChange._meta.get_field("label").max_length
    assert fitted("长" * longest) == "长" * longest
    assert fitted("长" * (longest + 1)) == "长" * longest
