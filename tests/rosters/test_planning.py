"""What a file would do to a register: pure, without a database."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pingyi.documents.workbooks import SheetData
from pingyi.organizations.rules.identity import identity_hash
from pingyi.rosters.rules.changes import Change
from pingyi.rosters.rules.columns import SHEETS
from pingyi.rosters.rules.fields import (
    AffiliationFields,
    ChargeFields,
    MembershipFields,
    NewPerson,
    OrganizationFields,
    PersonFields,
    PostFields,
)
from pingyi.rosters.rules.lists import guess_mapping
from pingyi.rosters.rules.plan import plan_import
from pingyi.rosters.rules.rows import Names, Roster, read_roster
from pingyi.rosters.rules.snapshot import (
    HeldNow,
    OrganizationNow,
    PersonNow,
    Snapshot,
    codes_below,
)
from pingyi.rosters.rules.tree import circles
from tests.cast import identity_number
from tests.rosters.workbook import Sheets, small_roster

NAMES = Names(
    {"农村": "rural"},
    {
        "其它基层党组织书记": "grassroots_secretary",
        "乡镇、街道党工委书记": "township_secretary",
        "乡镇、街道党工委领导班子成员": "township_leader",
    },
    {("grassroots", "branch"): "grassroots_secretary"},
    {("township", "committee"): "township_leader"},
)
EFFECTIVE = date(2011, 6, 1)
BEGUN = date(2010, 1, 1)
KEY = "key"


def hash_of(serial: int) -> str:
    return identity_hash(identity_number(serial), key=KEY)


def read(file: Sheets) -> Roster:
    tables = {}
    for sheet in SHEETS:
        width = len(sheet.columns)
        rows = [
            (number, [*row, *[None] * (width - len(row))])
            for number, row in enumerate(file.get(sheet.title, []), start=2)
        ]
        tables[sheet.key] = SheetData(
            sheet.key,
            sheet.title,
            tuple(column.key for column in sheet.columns),
            tuple(column.heading for column in sheet.columns),
            tuple(range(1, width + 1)),
            rows=rows,
        )
    return read_roster(tables, names=NAMES, identity_key=KEY)


def organization(
    id_: int, code: str, parent: str | None = None, *, ended: bool = False
) -> OrganizationNow:
    place = AffiliationFields(parent, BEGUN) if parent else AffiliationFields()
    name = f"{code}支部"
    said = OrganizationFields(code, name, "branch", "grassroots", "rural", place, BEGUN)
    return OrganizationNow(id_, said, id_ if parent else 0, ended)


def person(id_: int, name: str, place: str | None, serial: int | None = None) -> PersonNow:
    membership = MembershipFields(place, "full", BEGUN) if place else None
    number = identity_number(serial) if serial else ""
    hashed = hash_of(serial) if serial else None
    return PersonNow(
        id_, PersonFields(name, hashed, number[-4:], "", None, membership), id_ * 10 if place else 0
    )


def holds(id_: int, person: int, place: str, title: str = "书记") -> HeldNow:
    return HeldNow(id_, person, PostFields(place, title, None, BEGUN))


def becomes(change: Change) -> dict[str, Any]:
    """What a change makes of the fields that it concerns."""
    return {name: getattr(change.after, name) for name in change.concerned}


def register(
    *people: PersonNow, scope: str | None = None, posts: Any = (), charges: Any = ()
) -> Snapshot:
    organizations = [
        organization(1, "A"),
        organization(2, "A1", "A"),
        organization(3, "A2", "A"),
        organization(4, "B"),
        organization(5, "C", ended=True),
    ]
    return Snapshot(
        {row.fields.code: row for row in organizations},
        {row.id: row for row in people},
        list(posts),
        list(charges),
        scope,
        codes_below(scope, organizations),
    )


def plan(file: Sheets, now: Snapshot, *, complete: bool = False, on: date = EFFECTIVE):
    return plan_import(read(file), now, effective_on=on, complete=complete)


def errors(file: Sheets, now: Snapshot, **options: Any) -> list[tuple[str, str]]:
    return [(issue.cell, issue.code) for issue in plan(file, now, **options).errors]


def member(
    name: str, place: str, serial: int | None = None, standing: str = "正式党员"
) -> list[Any]:
    return [name, identity_number(serial) if serial else None, None, None, place, standing, None]


def test_a_member_with_a_number_is_found_wherever_he_was() -> None:
    now = register(person(1, "王一", "A1", 101))
    made = plan({"党员": [member("王一", "A2", 101)]}, now)
    assert [(c.kind, c.model, c.object_id) for c in made.changes] == [("change", "membership", 10)]


LATER = date(2010, 3, 1)
HOLDS_FROM = pytest.mark.parametrize(
    ("on", "day"), [(EFFECTIVE, EFFECTIVE), (LATER, LATER), (date(2010, 2, 1), LATER)]
)


@HOLDS_FROM
def test_a_new_standing_holds_from_the_effective_day_but_not_before_the_old_one(
    on: date, day: date
) -> None:
    known = person(1, "王一", "A1", 101)
    membership = MembershipFields("A1", "full", LATER)
    now = register(replace(known, fields=replace(known.fields, membership=membership)))
    made = plan({"党员": [member("王一", "A1", 101, "预备党员")]}, now, on=on)
    assert made.changes[0].after == MembershipFields("A1", "probationary", day)


@HOLDS_FROM
@pytest.mark.parametrize(
    "later",
    [{"place": AffiliationFields("A", LATER)}, {"valid_from": LATER}],
    ids=["placed", "top"],
)
def test_a_new_place_holds_from_the_effective_day_but_not_before_the_old_one(
    later: dict[str, Any], on: date, day: date
) -> None:
    now = register()
    known = organization(6, "D")
    now.organizations["D"] = replace(known, fields=replace(known.fields, **later))
    now.inside |= {"D"}
    file = {"党组织": [["D", "D支部", "党支部", "基层", "农村", "B", None]]}
    assert plan(file, now, on=on).changes[0].after == AffiliationFields("B", day)


def test_a_new_organization_stands_in_the_tree_when_what_is_above_it_has_begun() -> None:
    file = {"党组织": [["N", "新支部", "党支部", "基层", None, "A", "2000-01-01"]]}
    made = plan(file, register()).changes[0].after
    assert (made.valid_from, made.place.since) == (date(2000, 1, 1), BEGUN)


def test_a_new_name_with_the_same_number_is_the_same_person() -> None:
    made = plan({"党员": [member("王乙", "A1", 101)]}, register(person(1, "王一", "A1", 101)))
    assert becomes(made.changes[0]) == {"name": "王乙"}


def test_a_member_without_a_number_gets_one() -> None:
    made = plan({"党员": [member("王一", "A1", 101)]}, register(person(1, "王一", "A1")))
    assert becomes(made.changes[0]) == {
        "identity_hash": hash_of(101),
        "identity_last4": identity_number(101)[-4:],
    }


def test_a_namesake_with_another_number_is_another_person() -> None:
    made = plan({"党员": [member("王一", "A1", 102)]}, register(person(1, "王一", "A1", 101)))
    assert made.counts["add"] == {"person": 1}


def test_a_row_without_number_that_fits_two_people_names_both() -> None:
    now = register(person(1, "王一", "A1", 101), person(2, "王一", "A1", 102))
    made = plan({"党员": [member("王一", "A1")]}, now)
    assert [issue.code for issue in made.errors] == ["ambiguous"]
    assert len(made.errors[0].params["people"]) == 2


def test_somebody_who_was_a_member_nowhere_is_admitted() -> None:
    now = register(person(1, "王一", None, 101))
    made = plan({"党员": [member("王一", "A1", 101)]}, now)
    assert [(c.kind, c.model) for c in made.changes] == [("add", "membership")]


def test_a_member_of_another_part_of_the_tree_is_not_taken_away() -> None:
    now = register(person(1, "王一", "B", 101), scope="A")
    assert errors({"党员": [member("王一", "A1", 101)]}, now) == [("E2", "member_elsewhere")]


def test_nothing_outside_the_scope_is_touched() -> None:
    now = register(scope="A")
    listed = {
        "党组织": [
            ["B", "乙支部", "党支部", "基层", None, None, None],
            ["C", "丁支部", "党支部", "基层", None, None, None],
        ]
    }
    assert errors(listed, now) == [("A2", "code_outside"), ("A3", "code_of_ended")]
    named = {
        "党组织": [["A3", "丙支部", "党支部", "基层", None, "B", None]],
        "党员": [member("王一", "B"), member("李二", "C"), member("张三", "D")],
    }
    assert errors(named, now) == [
        ("F2", "code_outside"),
        ("E2", "code_outside"),
        ("E3", "code_of_ended"),
        ("E4", "organization_unknown"),
    ]


def test_the_scope_itself_stays_where_it_is() -> None:
    now = register(scope="A1")
    file = {"党组织": [["A1", "A1支部", "党支部", "基层", "农村", None, None]]}
    assert plan(file, now).changes == []


def test_an_empty_parent_is_the_scope_or_the_top() -> None:
    row = ["A9", "新支部", "党支部", "基层", None, None, None]
    assert plan({"党组织": [row]}, register(scope="A")).changes[0].after.place.parent == "A"
    assert plan({"党组织": [row]}, register()).changes[0].after.place.parent is None


def test_without_a_parent_code_a_known_organization_stays_where_it_is() -> None:
    file = {"党组织": [["A1", "A1支部", "党支部", "基层", "农村", None, None]]}
    assert plan(file, register()).changes == []


def test_a_corrected_founding_day_is_a_change() -> None:
    file = {"党组织": [["A1", "A1支部", "党支部", "基层", "农村", "A", "2009-01-01"]]}
    assert becomes(plan(file, register()).changes[0]) == {"valid_from": date(2009, 1, 1)}


def test_parents_come_before_children_wherever_they_stand() -> None:
    file = {
        "党组织": [
            ["N2", "二支部", "党支部", "基层", None, "N1", None],
            ["N1", "一总支", "党总支", "基层", None, "A", None],
        ]
    }
    assert [c.after.code for c in plan(file, register()).changes] == ["N1", "N2"]


def test_a_complete_file_ends_what_it_leaves_out() -> None:
    people = [person(1, "王一", "A1"), person(2, "李二", "A2")]
    post = holds(7, 2, "A2")
    charge = HeldNow(8, 2, ChargeFields("A2", BEGUN))
    now = register(*people, posts=[post], charges=[charge], scope="A")
    made = plan({"党员": [member("王一", "A1")]}, now, complete=True)
    assert [(c.kind, c.model, c.object_id) for c in made.changes] == [
        ("end", "charge", 8),
        ("end", "post", 7),
        ("end", "membership", 20),
        ("end", "organization", 3),
    ]


def test_nothing_ends_on_the_day_it_began() -> None:
    now = register(person(1, "王一", "A1"), scope="A1")
    made = plan({"党组织": []}, now, complete=True, on=BEGUN)
    assert [issue.code for issue in made.errors] == ["begins_later"]
    assert made.changes == []


def test_a_namesake_who_begins_elsewhere_is_pointed_out() -> None:
    now = register(person(1, "王一", "A1"), scope="A")
    made = plan({"党员": [member("王一", "A2")]}, now, complete=True)
    assert "ends_and_namesake_begins" in [issue.code for issue in made.notes]


def post_row(
    name: str, place: str, title: Any = "书记", serial: int | None = None, home: Any = None
):
    number = identity_number(serial) if serial else None
    return [name, number, place, title, None, None, home]


@pytest.mark.parametrize(
    ("row", "whose"),
    [
        (post_row("王一", "A", serial=101), 1),
        (post_row("王一", "A1"), 1),
        (post_row("王一", "A", home="A1"), 1),
        (post_row("新人", "A"), NewPerson("职务", 2)),
        (post_row("新人", "A", serial=109), NewPerson("职务", 2)),
    ],
)
def test_a_post_finds_its_person(row: list[Any], whose: int | NewPerson) -> None:
    made = plan({"职务": [row]}, register(person(1, "王一", "A1", 101)))
    assert made.errors == []
    assert made.changes[-1].person == whose


def test_a_post_holder_without_membership_is_found_again() -> None:
    post = holds(7, 1, "A")
    now = register(person(1, "赵四", None), posts=[post])
    file = {"职务": [post_row("赵四", "A"), post_row("赵四", "A", "主任")]}
    made = plan(file, now)
    assert [(c.kind, c.model, c.person) for c in made.changes] == [("add", "post", 1)]


def test_two_post_holders_of_one_name_are_both_named() -> None:
    posts = [
        holds(7, 1, "A"),
        holds(8, 2, "A", "主任"),
    ]
    now = register(person(1, "赵四", None), person(2, "赵四", None), posts=posts)
    assert errors({"职务": [post_row("赵四", "A", "委员")]}, now) == [("A2", "ambiguous")]
    assert errors({"分工": [["赵四", None, "A1", None, None]]}, now) == [("A2", "ambiguous")]


def test_posts_are_corrected_and_not_stated_twice() -> None:
    post = holds(7, 1, "A1")
    now = register(person(1, "王一", "A1"), posts=[post])
    row = ["王一", None, "A1", "书记", "其它基层党组织书记", "2010-02-01", None]
    made = plan({"职务": [row]}, now)
    assert becomes(made.changes[0]) == {
        "category": "grassroots_secretary",
        "valid_from": date(2010, 2, 1),
    }
    assert errors({"职务": [row, row]}, now) == [("D3", "line_twice")]


def test_a_post_needs_its_title_and_a_home_that_fits() -> None:
    now = register(person(1, "王一", "A1"))
    assert errors({"职务": [post_row("王一", "A1", None)]}, now) == [("D2", "required")]
    assert errors({"职务": [post_row("王一", "A", home="A2")]}, now) == [("G2", "person_not_there")]


def test_namesakes_of_the_file_are_told_apart_by_number_only() -> None:
    file = {
        "党员": [member("王一", "A1", 101), member("王一", "A1", 102)],
        "职务": [post_row("王一", "A1"), post_row("王一", "A", home="A1", serial=102)],
    }
    assert errors(file, register()) == [("A2", "ambiguous")]


def test_namesakes_of_the_register_are_told_apart_by_number_only() -> None:
    now = register(person(1, "王一", "A1", 101), person(2, "王一", "A1", 102))
    assert errors({"职务": [post_row("王一", "A1")]}, now) == [("A2", "ambiguous")]
    assert errors({"分工": [["王一", None, "A2", None, "A1"]]}, now) == [("A2", "ambiguous")]


def test_a_number_in_one_sheet_only_still_is_one_person() -> None:
    file = {"党员": [member("王一", "A1")], "职务": [post_row("王一", "A1", serial=101)]}
    made = plan(file, register())
    assert made.counts["add"] == {"person": 1, "post": 1}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["无人", None, "A1", None, None], "person_unknown"),
        (["无人", identity_number(109), "A1", None, None], "person_unknown"),
        (["王一", None, "A1", None, "A2"], "person_not_there"),
    ],
)
def test_nobody_is_put_in_charge_without_being_known(row: list[Any], code: str) -> None:
    assert [c for _, c in errors({"分工": [row]}, register(person(1, "王一", "A1")))] == [code]


def test_charges_find_members_by_name_number_and_home() -> None:
    now = register(person(1, "王一", "A1", 101), person(2, "李二", "A2"))
    file = {
        "党员": [member("孙五", "A1")],
        "分工": [
            ["王一", identity_number(101), "A2", None, None],
            ["李二", None, "A1", None, None],
            ["孙五", None, "A2", None, None],
            ["李二", None, "A", None, "A2"],
        ],
    }
    made = plan(file, now)
    assert [c.person for c in made.changes if c.model == "charge"] == [
        1,
        2,
        NewPerson("党员", 2),
        2,
    ]


def test_two_members_of_one_name_cannot_both_be_in_charge() -> None:
    now = register(person(1, "王一", "A1"), person(2, "王一", "A2"))
    assert errors({"分工": [["王一", None, "A", None, None]]}, now) == [("A2", "ambiguous")]


def test_charges_are_corrected_and_not_stated_twice() -> None:
    charge = HeldNow(8, 1, ChargeFields("A2", BEGUN))
    now = register(person(1, "王一", "A1"), charges=[charge])
    row = ["王一", None, "A2", "2010-03-01", None]
    assert becomes(plan({"分工": [row]}, now).changes[0]) == {"valid_from": date(2010, 3, 1)}
    assert plan({"分工": [["王一", None, "A2", None, None]]}, now).changes == []
    assert errors({"分工": [row, row]}, now) == [("C3", "line_twice")]


def test_a_leader_with_namesakes_in_file_and_register_is_asked_about() -> None:
    file = {"党员": [member("王一", "A1")], "职务": [post_row("王一", "A")]}
    made = plan(file, register(person(1, "王一", "A2")))
    codes = [issue.code for issue in made.notes]
    assert (codes.count("name_near"), "namesake_without_number" in codes) == (2, False)


def test_a_doubtful_number_and_other_spellings_are_remarked_upon() -> None:
    row = ["王 一", "43092319700101000１", "男", "1970.6.30", "Ａ１", "正式", None]
    made = plan({"党员": [row]}, register())
    assert made.errors == []
    codes = {(issue.code, issue.label) for issue in made.notes}
    assert ("identity_doubtful", "身份证号") in codes
    assert ("normalized", "党组织编码") in codes
    shown = next(issue for issue in made.notes if issue.label == "身份证号")
    assert "4309231970" not in str(shown)


def test_circles_are_found_once_each() -> None:
    parents = {"a": "b", "b": "c", "c": "a", "d": "a", "e": "e", "f": "g"}
    assert circles(parents) == [["a", "b", "c"], ["e"]]


def test_an_empty_register_takes_the_whole_roster() -> None:
    made = plan(small_roster(), Snapshot())
    assert made.counts["add"] == {"organization": 3, "person": 4, "post": 2, "charge": 2}


@pytest.mark.parametrize(
    ("headings", "levels"),
    [
        (["township_code", "township", "village_code", "village"], 2),
        (["乡镇编码", "乡镇", "村编码", "村名称"], 2),
        (["a", "b"], 0),
        (["x_code", "x", "more"], 0),
    ],
)
def test_pairs_of_columns_are_guessed_as_levels(headings: list[str], levels: int) -> None:
    guess = guess_mapping(headings)
    assert (len(guess["levels"]) if guess else 0) == levels
