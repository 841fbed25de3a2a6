"""A column that a list does not have says nothing: what stands in the register stays."""

from dataclasses import replace
from datetime import date

import pytest

from pingyi.documents.workbooks import SheetData
from pingyi.rosters.rules.changes import Change
from pingyi.rosters.rules.columns import BY_KEY
from pingyi.rosters.rules.fields import ChargeFields, PostFields
from pingyi.rosters.rules.plan import plan_import
from pingyi.rosters.rules.rows import read_roster
from pingyi.rosters.rules.snapshot import HeldNow, Snapshot
from tests.rosters.test_planning import BEGUN, EFFECTIVE, KEY, NAMES, holds, person, register

PERSON = replace(
    (born := person(1, "王一", "A1", 101)),
    fields=replace(
        born.fields, gender="male", born_on=date(1970, 1, 1), joined_on=date(2005, 7, 1)
    ),
)
SECRETARY = holds(7, 1, "A1")
SECRETARY = replace(SECRETARY, fields=replace(SECRETARY.fields, category="grassroots_secretary"))
WARDEN = HeldNow(9, 1, PostFields("A1", "武装干事", "grassroots_leader", BEGUN))
CHARGE = HeldNow(8, 1, ChargeFields("A2", BEGUN))
ROWS = {
    "organizations": {"code": "A1", "name": "A1支部", "kind": "党支部", "level": "基层"},
    "members": {"name": "王一", "organization": "A1"},
    "posts": {"name": "王一", "organization": "A1", "title": "书记"},
    "charges": {"name": "王一", "organization": "A2"},
}


def known() -> Snapshot:
    return register(PERSON, posts=[SECRETARY, WARDEN], charges=[CHARGE])


def changes(sheet: str, said: dict[str, str | None]) -> list[Change]:
    """What one row does whose sheet has these columns and no other."""
    of = BY_KEY[sheet]
    keys = tuple(said)
    headings = tuple(of.column(key).heading for key in keys)
    places = tuple(range(1, len(keys) + 1))
    table = SheetData(sheet, of.title, keys, headings, places, rows=[(2, list(said.values()))])
    roster = read_roster({sheet: table}, names=NAMES, identity_key=KEY)
    found = plan_import(roster, known(), effective_on=EFFECTIVE, complete=False)
    assert found.errors == []
    return found.changes


@pytest.mark.parametrize("sheet", ROWS)
def test_the_needed_columns_alone_change_nothing_that_is_known(sheet: str) -> None:
    assert set(ROWS[sheet]) == set(BY_KEY[sheet].needed)
    assert changes(sheet, ROWS[sheet]) == []


@pytest.mark.parametrize(
    ("sheet", "key"), [(sheet.key, c.key) for sheet in BY_KEY.values() for c in sheet.columns]
)
def test_a_column_less_changes_nothing(sheet: str, key: str) -> None:
    full: dict[str, dict[str, str | None]] = {
        "organizations": {"sector": "农村", "parent": "A", "since": "2010-01-01"},
        "members": {
            "gender": "男",
            "born_on": "1970-01-01",
            "standing": "正式党员",
            "joined_on": "2005-07-01",
            "since": "2010-01-01",
        },
        "posts": {"category": "其它基层党组织书记", "since": "2010-01-01", "member_of": "A1"},
        "charges": {"since": "2010-01-01", "member_of": "A1"},
    }
    said = {**ROWS[sheet], **full[sheet]}
    if key not in ROWS[sheet]:
        said.pop(key, None)
    assert changes(sheet, said) == []


def test_an_empty_cell_of_a_column_that_is_there_says_none() -> None:
    (change,) = changes("posts", {**ROWS["posts"], "title": "武装干事", "category": None})
    assert change.after == replace(WARDEN.fields, category=None)
    (change,) = changes("organizations", {**ROWS["organizations"], "sector": None})
    assert change.concerned == ("sector",)
