"""Whoever a list calls secretary or leader of a committee counts as one, also where it does not say
the leader category.
"""

from dataclasses import replace
from typing import Any

import pytest

from pingyi.rosters.rules.fields import PostFields
from pingyi.rosters.rules.plan import Plan
from pingyi.rosters.rules.snapshot import Snapshot
from tests.rosters.test_planning import EFFECTIVE, holds, person, plan, register

OTHERS = "其它基层党组织书记"


def register_with(*posts: Any) -> Snapshot:
    return register(person(1, "王一", "A1", 101), posts=posts)


def planned(title: str, category: str | None, *posts: Any, where: str = "A1") -> Plan:
    row = ["王一", None, where, title, category, None, "A1"]
    return plan({"职务": [row]}, register_with(*posts))


def notes(made: Plan) -> list[tuple[str, Any]]:
    return [
        (note.code, note.params["examples"])
        for note in made.notes
        if note.code in ("category_by_title", "secretary_without_category", "leader_by_title")
    ]


@pytest.mark.parametrize("title", ["支部书记", "书记", "村支书"])
def test_a_new_secretary_counts_by_the_level_of_the_organization(title: str) -> None:
    made = planned(title, None)
    (change,) = made.changes
    assert change.after == PostFields("A1", title, "grassroots_secretary", EFFECTIVE)
    assert notes(made) == [("category_by_title", [("D2", title, OTHERS)])]


def test_what_the_list_says_goes_before() -> None:
    made = planned("支部书记", "乡镇、街道党工委书记")
    assert made.changes[0].after.category == "township_secretary"
    assert notes(made) == []


def test_a_deputy_does_not_count_as_secretary() -> None:
    made = planned("副书记", None)
    assert made.changes[0].after.category is None
    assert notes(made) == []


def test_where_nothing_fits_the_level_it_is_said_that_the_post_does_not_count() -> None:
    now = register_with()
    above = now.organizations["A"]
    now.organizations["A"] = replace(above, fields=replace(above.fields, level="province"))
    made = plan({"职务": [["王一", None, "A", "书记", None, None, "A1"]]}, now)
    assert made.changes[0].after.category is None
    assert notes(made) == [("secretary_without_category", [("D2", "书记", "书记")])]


def test_a_known_secretary_without_category_stays_so_and_is_said() -> None:
    made = planned("书记", None, holds(7, 1, "A1"))
    assert made.changes == []
    assert notes(made) == [("secretary_without_category", [("D2", "书记", "书记")])]


def test_a_known_secretary_keeps_the_category_where_the_cell_is_empty() -> None:
    known = holds(7, 1, "A1")
    known = replace(known, fields=replace(known.fields, category="grassroots_secretary"))
    made = planned("书记", None, known)
    assert (made.changes, notes(made)) == ([], [])


def test_a_post_in_an_organization_that_nobody_knows_is_an_error_only() -> None:
    made = planned("书记", None, where="Z9")
    assert [error.code for error in made.errors] == ["organization_unknown"]


def test_a_branch_of_the_same_file_is_known_by_its_row() -> None:
    file = {
        "党组织": [["A3", "南村党支部", "党支部", "基层", "农村", "A", "2001-01-01"]],
        "职务": [["王一", None, "A3", "支部书记", None, None, "A1"]],
    }
    made = plan(file, register_with())
    assert made.errors == []
    assert made.changes[-1].after.category == "grassroots_secretary"


def township() -> Snapshot:
    now = register_with()
    above = now.organizations["A"]
    fields = replace(above.fields, level="township", kind="committee")
    now.organizations["A"] = replace(above, fields=fields)
    return now


@pytest.mark.parametrize("title", ["副书记", "党委委员、副镇长", "组织委员"])
def test_a_member_of_the_committee_counts_in_the_leaders_table(title: str) -> None:
    """Seen by a clerk: the lower half of annex 1 was blank, and every check was content."""
    made = plan({"职务": [["王一", None, "A", title, None, None, "A1"]]}, township())
    assert made.changes[0].after.category == "township_leader"
    assert notes(made) == [("leader_by_title", [("D2", title, "乡镇、街道党工委领导班子成员")])]


def test_a_member_of_a_branch_committee_counts_nowhere_and_nothing_is_said() -> None:
    made = planned("组织委员", None)
    assert made.changes[0].after.category is None
    assert notes(made) == []


def test_the_same_list_again_leaves_a_leader_as_it_is() -> None:
    now = township()
    known = holds(7, 1, "A", "副书记")
    now.posts.append(replace(known, fields=replace(known.fields, category="township_leader")))
    made = plan({"职务": [["王一", None, "A", "副书记", None, None, "A1"]]}, now)
    assert (made.changes, notes(made)) == ([], [])
