"""What an import would do to the register: compares the file with what is open there.

The same file twice gives an empty plan. What the file leaves out ends only where the file is said
to be complete. Rows keep the day on which they began; changes and endings hold from the
effective day on.
"""

from dataclasses import dataclass, field
from datetime import date

from pingyi.rosters.rules.cautions import (
    check_days,
    doubtful_names,
    ends_most,
    first_days,
    here_before_founding,
    members_without_sector,
    standing_assumed,
)
from pingyi.rosters.rules.changes import Change, counted
from pingyi.rosters.rules.compare_organizations import organization_changes
from pingyi.rosters.rules.compare_people import people_changes
from pingyi.rosters.rules.compare_posts import charge_changes, post_changes
from pingyi.rosters.rules.comparison import Comparison
from pingyi.rosters.rules.endings import endings
from pingyi.rosters.rules.issues import Issue
from pingyi.rosters.rules.near_members import near_members, near_rows, questions
from pingyi.rosters.rules.people import People
from pingyi.rosters.rules.rows import ChargeRow, PersonCells, PostRow, Roster
from pingyi.rosters.rules.settle import settle_places
from pingyi.rosters.rules.snapshot import Snapshot
from pingyi.rosters.rules.tree import check_organizations


@dataclass
class Plan:
    """What would happen, or why nothing can."""

    changes: list[Change] = field(default_factory=list)
    errors: list[Issue] = field(default_factory=list)
    notes: list[Issue] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """Changes by kind and model."""
        return counted(self.changes)


def plan_import(
    roster: Roster,
    now: Snapshot,
    *,
    effective_on: date,
    complete: bool,
    made_on: date | None = None,
) -> Plan:
    """The plan of an import made on a day: all changes, or all errors."""
    settle_places(roster, now)
    by_code = check_organizations(roster, now)
    comparison = Comparison(roster, now, effective_on, by_code, People(roster, now))
    _check_places(comparison)
    check_days(comparison, max(effective_on, made_on or effective_on))
    comparison.people.find_all()
    changes = [
        *organization_changes(comparison),
        *people_changes(comparison),
        *post_changes(comparison),
        *charge_changes(comparison),
    ]
    asked = near_members(comparison)
    if complete:
        # Who is asked about does not end before somebody has answered.
        comparison.kept.memberships |= {person.membership_id for _, person in asked}
        said = frozenset(roster.tables)
        ending = endings(now, comparison.kept, comparison.people, effective_on, said)
        changes += ending.changes
        roster.notes += ending.notes
        roster.errors += ending.errors
        roster.notes += ends_most(comparison, ending.changes)
    roster.notes += questions(comparison, asked)
    roster.notes += near_rows(comparison)
    roster.notes += doubtful_names(comparison)
    roster.notes += here_before_founding(comparison)
    roster.notes += standing_assumed(comparison)
    roster.notes += members_without_sector(comparison)
    roster.notes += first_days(comparison)
    return Plan([] if roster.errors else changes, roster.errors, roster.notes)


def _check_places(comparison: Comparison) -> None:
    """Every organization that a person's row names is in the file or in the register."""
    roster = comparison.roster
    for row in (*roster.members, *roster.posts, *roster.charges):
        _check_place(comparison, row, "organization", row.organization)
    leaders: list[PostRow | ChargeRow] = [*roster.posts, *roster.charges]
    for leader in leaders:
        _check_place(comparison, leader, "member_of", leader.member_of)


def _check_place(comparison: Comparison, row: PersonCells, key: str, code: str | None) -> None:
    """One reference to an organization."""
    if not code or code in comparison.by_code:
        return
    if code in comparison.now.inside:
        comparison.kept.organizations.add(code)
        return
    known = comparison.now.organizations.get(code)
    wrong, name = "organization_unknown", ""
    if known is not None:
        wrong, name = ("code_of_ended" if known.ended else "code_outside"), known.fields.name
    comparison.roster.errors.append(comparison.roster.at(row, key, wrong, code, name=name))
