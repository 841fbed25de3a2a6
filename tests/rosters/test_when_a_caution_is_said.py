"""From how many on, for whom and with which names a person is warned; and where nothing is said."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pingyi.rosters.rules.issues import Issue
from pingyi.rosters.rules.plan import plan_import
from pingyi.rosters.rules.snapshot import Snapshot
from tests.rosters.test_planning import (
    EFFECTIVE,
    errors,
    member,
    person,
    plan,
    read,
    register,
)
from tests.rosters.workbook import Sheets

PEOPLE = [person(1, "王一", "A1"), person(2, "李二", "A2"), person(3, "张三", "B")]
NOBODY = person(4, "赵四", None)


def notes(code: str, file: Sheets, now: Snapshot, **options: Any) -> list[Issue]:
    return [note for note in plan(file, now, **options).notes if note.code == code]


def branch(
    code: str, *, since: str | None = "2010-01-01", sector: str | None = "农村", parent: Any = "A"
) -> list[Any]:
    return [code, f"{code}支部", "党支部", "基层", sector, parent, since]


LISTED = {"A1": branch("A1"), "A2": branch("A2")}
NAMED = {"A1": member("王一", "A1"), "A2": member("李二", "A2")}


@pytest.mark.parametrize(
    ("branches", "members", "ends"),
    [
        (["A1", "A2"], ["A1", "A2"], None),
        (["A1", "A2"], ["A1"], None),
        (["A1"], ["A1"], None),
        (["A1", "A2"], [], (0, 2)),
        (["A1"], [], (1, 2)),
        ([], [], (2, 2)),
    ],
)
def test_more_than_half_of_the_branches_or_of_the_members_is_most(
    branches: list[str], members: list[str], ends: tuple[int, int] | None
) -> None:
    file = {
        "党组织": [LISTED[code] for code in branches],
        "党员": [NAMED[code] for code in members],
    }
    found = notes("ends_most", file, register(*PEOPLE, NOBODY, scope="A"), complete=True)
    counted = [
        Issue(
            "ends_most",
            params={
                "organizations": ends[0],
                "all_organizations": 2,
                "members": ends[1],
                "all_members": 2,
            },
        )
        for ends in [ends]
        if ends
    ]
    assert found == counted


def test_without_anything_below_the_scope_nothing_is_most() -> None:
    assert notes("ends_most", {}, register(NOBODY, scope="A1"), complete=True) == []


def test_organizations_alone_are_enough_for_a_question() -> None:
    people = [person(number, f"王{sign}", "A") for number, sign in enumerate("甲乙丙", 1)]
    file = {"党员": [member(one.fields.name, "A") for one in people]}
    [found] = notes("ends_most", file, register(*people, scope="A"), complete=True)
    assert found.params["organizations"] == 2
    assert found.params["members"] == 0


def in_no_sector(now: Snapshot, *codes: str) -> Snapshot:
    for code in codes:
        known = now.organizations[code]
        now.organizations[code] = replace(known, fields=replace(known.fields, sector=None))
    return now


def without_sector(file: Sheets, now: Snapshot) -> list[Issue]:
    return notes("members_without_sector", file, now)


def expected(*names: str) -> list[Issue]:
    params = {"count": len(names), "names": list(names)}
    return [Issue("members_without_sector", params=params)]


def test_branches_whose_new_or_known_members_no_table_counts_are_named_in_order() -> None:
    file = {
        "党组织": [branch("A2", sector=None), branch("N", sector=None), branch("M", sector=None)],
        "党员": [member("孙五", "N"), member("周六", "A1")],
    }
    now = in_no_sector(register(*PEOPLE, NOBODY), "A1", "B")
    assert without_sector(file, now) == expected("A1支部", "A2支部", "N支部")


@pytest.mark.parametrize(
    "file",
    [
        {"党员": [member("周六", "A1")]},
        {"党组织": [branch("A2")], "党员": [member("周六", "A2")]},
        {"党组织": [branch("N", sector=None)]},
        {},
    ],
    ids=["the register says it", "the file says it", "nobody is there", "it is not in the file"],
)
def test_no_branch_with_a_sector_or_without_members_is_named(file: Sheets) -> None:
    assert without_sector(file, in_no_sector(register(*PEOPLE, NOBODY), "A2", "B")) == []


def test_a_member_of_a_branch_that_is_nowhere_is_an_error_only() -> None:
    assert without_sector({"党员": [member("孙五", "Q")]}, register()) == []


CODES = [f"N{number:02}" for number in range(21)]


def test_twenty_names_are_shown_and_all_are_counted() -> None:
    file = {
        "党组织": [branch(code, sector=None, since=None) for code in CODES],
        "党员": [member("孙五", code) for code in CODES],
    }
    now = register()
    shown = [f"{code}支部" for code in CODES[:20]]
    [found] = without_sector(file, now)
    assert found.params == {"count": 21, "names": shown}
    [found] = notes("begins_with_import", file, now)
    assert found.params == {"count": 21, "day": "2011-06-01", "names": shown}
    file["党组织"] = [branch(code, since="2009-12-31") for code in CODES]
    [found] = notes("older_than_above", file, now)
    assert found.params == {"count": 21, "names": [f"{name} (2010-01-01)" for name in shown]}


@pytest.mark.parametrize(
    ("since", "on", "older"),
    [
        ("2009-12-31", EFFECTIVE, True),
        ("2010-01-01", EFFECTIVE, False),
        (None, date(2009, 12, 31), True),
        (None, date(2010, 1, 1), False),
    ],
)
def test_a_new_branch_is_older_than_what_is_above_it_from_the_day_before_on(
    since: str | None, on: date, older: bool
) -> None:
    file = {"党组织": [branch("N", since=since)]}
    issue = Issue(
        "older_than_above", sheet="党组织", params={"count": 1, "names": ["N支部 (2010-01-01)"]}
    )
    assert notes("older_than_above", file, register(), on=on) == [issue] * older


def test_a_new_branch_can_be_older_than_a_new_one_that_begins_with_the_import() -> None:
    file = {"党组织": [branch("N", since=None), branch("M", since="2011-05-31", parent="N")]}
    [found] = notes("older_than_above", file, register())
    assert found.params["names"] == ["M支部 (2011-06-01)"]


def test_known_branches_and_new_tops_are_not_compared_with_what_is_above() -> None:
    file = {
        "党组织": [branch("A1", since="2000-01-01"), branch("T", since="2000-01-01", parent=None)]
    }
    assert notes("older_than_above", file, register()) == []


def test_only_new_branches_without_a_day_begin_with_the_import() -> None:
    file = {"党组织": [branch("A1", since=None), branch("N", since=None), branch("M")]}
    params = {"count": 1, "day": "2011-06-01", "names": ["N支部"]}
    assert notes("begins_with_import", file, register()) == [
        Issue("begins_with_import", sheet="党组织", params=params)
    ]


@pytest.mark.parametrize("key", ["born_on", "since"])
@pytest.mark.parametrize(("day", "wrong"), [("2011-06-01", False), ("2011-06-02", True)])
def test_a_day_may_be_the_effective_one_and_not_the_next(key: str, day: str, wrong: bool) -> None:
    row = member("孙五", "A1")
    row[{"born_on": 3, "since": 6}[key]] = day
    cell = {"born_on": "D2", "since": "G2"}[key]
    assert errors({"党员": [row]}, register()) == [(cell, "in_the_future")] * wrong


def test_a_day_may_be_the_one_on_which_the_import_was_made() -> None:
    row = member("孙五", "A1")
    row[6] = "2012-01-01"
    for made_on, wrong in ((date(2012, 1, 1), False), (date(2011, 12, 31), True)):
        made = plan_import(
            read({"党员": [row]}), register(), effective_on=EFFECTIVE, complete=False,
            made_on=made_on,
        )  # fmt: skip
        assert bool(made.errors) is wrong
