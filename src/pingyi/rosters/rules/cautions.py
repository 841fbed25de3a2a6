"""What a person is asked or warned of before an import is written."""

from collections.abc import Iterator, Sequence
from datetime import date

from pingyi.rosters.rules import columns as sheet_columns
from pingyi.rosters.rules.changes import END, Change, iso
from pingyi.rosters.rules.comparison import Comparison
from pingyi.rosters.rules.issues import Issue, at
from pingyi.rosters.rules.tree import parent_of

NAMES_SHOWN = 20


def ends_most(comparison: Comparison, changes: Sequence[Change]) -> Iterator[Issue]:
    """A remark where more than half of the organizations or of the members of the scope end.

    A file without rows that is said to be complete would end everything.
    """
    now = comparison.now
    ended = [change.model for change in changes if change.kind == END]
    organizations, members = ended.count("organization"), ended.count("membership")
    all_organizations = len(now.inside - {now.scope})
    all_members = sum(
        person.membership is not None and person.membership.organization in now.inside
        for person in now.people.values()
    )
    if 2 * organizations > all_organizations or 2 * members > all_members:
        params = {
            "organizations": organizations,
            "all_organizations": all_organizations,
            "members": members,
            "all_members": all_members,
        }
        yield Issue("ends_most", params=params)


def members_without_sector(comparison: Comparison) -> Iterator[Issue]:
    """A remark on organizations of the file whose members no table by sectors counts."""
    now, by_code = comparison.now, comparison.by_code
    listed = {row.organization for row in comparison.roster.members}
    known = {person.membership.organization for person in now.people.values() if person.membership}
    names = []
    for code in sorted(listed | (known & by_code.keys())):
        place = by_code.get(code) or now.organizations.get(code)
        if place is not None and not place.sector:
            names.append(place.name)
    if names:
        params = {"count": len(names), "names": names[:NAMES_SHOWN]}
        yield Issue("members_without_sector", params=params)


def first_days(comparison: Comparison) -> Iterator[Issue]:
    """Remarks on new organizations that campaigns with an earlier cut-off date would not see:
    those older than what is above them, and those that begin with the import."""
    now, by_code = comparison.now, comparison.by_code
    title = comparison.roster.tables.get(sheet_columns.ORGANIZATIONS)
    older, undated = [], []
    for row in by_code.values():
        if row.code in now.organizations:
            continue
        if row.since is None:
            undated.append(row.name)
        begun = row.since or comparison.effective_on
        parent = parent_of(row, now)
        if parent and (above := comparison.begun(parent)) and begun < above:
            older.append(f"{row.name} ({iso(above)})")
    day = {"day": iso(comparison.effective_on)}
    for code, names, more in (
        ("older_than_above", older, {}),
        ("begins_with_import", undated, day),
    ):
        if names:
            params = {"count": len(names), **more, "names": names[:NAMES_SHOWN]}
            yield Issue(code, sheet=title.title if title else "", params=params)


def check_days(comparison: Comparison, latest: date) -> None:
    """Nobody is born or joins later than the import holds from or was made, whichever is later."""
    tables = comparison.roster.tables
    for row in comparison.roster.members:
        for key, day in (("born_on", row.born_on), ("since", row.since)):
            if day is not None and day > latest:
                table = tables[sheet_columns.MEMBERS]
                issue = at(table, row.row, key, "in_the_future", day, latest=iso(latest))
                comparison.roster.errors.append(issue)
