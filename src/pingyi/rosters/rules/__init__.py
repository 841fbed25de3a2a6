"""The import of a roster: cells to rows, rows to a plan. Pure: nothing is read or written here."""

from pingyi.rosters.rules.changes import Change, counted
from pingyi.rosters.rules.issues import Issue, as_json
from pingyi.rosters.rules.lists import (
    guess_mapping,
    mapping_fault,
    missing_headings,
    read_levels,
    renamed,
)
from pingyi.rosters.rules.plan import Plan, plan_import
from pingyi.rosters.rules.rows import Names, Roster, read_roster
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

__all__ = [
    "Change",
    "ChargeNow",
    "Issue",
    "MembershipNow",
    "Names",
    "OrganizationNow",
    "PersonNow",
    "Plan",
    "PostNow",
    "Roster",
    "Snapshot",
    "as_json",
    "codes_below",
    "counted",
    "guess_mapping",
    "later_changes",
    "mapping_fault",
    "missing_headings",
    "plan_import",
    "read_levels",
    "read_roster",
    "renamed",
    "stale_changes",
]
