"""What a person is asked or warned of before an import is written."""

from collections.abc import Iterator, Sequence
from datetime import date

from pingyi.rosters.rules import columns as sheet_columns
from pingyi.rosters.rules.changes import Change
from pingyi.rosters.rules.comparison import Comparison
from pingyi.rosters.rules.doubts import is_doubtful
from pingyi.rosters.rules.issues import Issue, Remarks
from pingyi.rosters.rules.subjects import Subject
from pingyi.rosters.rules.tree import parent_of
from pingyi.rosters.rules.values import Param

NAMES_SHOWN = 20


def ends_most(comparison: Comparison, changes: Sequence[Change]) -> Iterator[Issue]:
    """A remark where more than half of the organizations or of the members of the scope end.

    A file without rows that is said to be complete would end everything.
    """
    now = comparison.now
    ended = [change.model for change in changes if change.after is None]
    organizations, members = ended.count("organization"), ended.count("membership")
    all_organizations = len(now.inside - {now.scope})
    memberships = [person.fields.membership for person in now.people.values()]
    all_members = sum(m is not None and m.organization in now.inside for m in memberships)
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
    memberships = [person.fields.membership for person in now.people.values()]
    known = {membership.organization for membership in memberships if membership}
    places = [comparison.said_of(code) for code in sorted(listed | (known & by_code.keys()))]
    names = [place.name for place in places if place is not None and not place.sector]
    if names:
        params: dict[str, Param] = {"count": len(names), "names": names[:NAMES_SHOWN]}
        yield Issue("members_without_sector", params=params)


def first_days(comparison: Comparison) -> Iterator[Issue]:
    """Remarks on new organizations that campaigns with an earlier cut-off date would not see:
    those older than what is above them, and those that begin with the import."""
    now, by_code = comparison.now, comparison.by_code
    older, undated = [], []
    for row in by_code.values():
        if row.code in now.organizations:
            continue
        if row.since is None:
            undated.append(row.name)
        begun = row.since or comparison.effective_on
        parent = parent_of(row, now)
        if parent and (above := comparison.begun(parent)) and begun < above:
            older.append(f"{row.name} ({above.isoformat()})")
    day = {"day": comparison.effective_on.isoformat()}
    for code, names, more in (
        ("older_than_above", older, {}),
        ("begins_with_import", undated, day),
    ):
        if names:
            params: dict[str, Param] = {"count": len(names), **more, "names": names[:NAMES_SHOWN]}
            table = comparison.roster.tables.get(sheet_columns.ORGANIZATIONS)
            yield Issue(code, sheet=table.title if table else "", params=params)


def here_before_founding(comparison: Comparison) -> Iterator[Issue]:
    """Remarks on members who would have come before there was what they came to."""
    remarks = Remarks()
    for row in comparison.roster.members:
        begun = comparison.begun(row.organization)
        if row.since and begun and row.since < begun:
            table = comparison.roster.tables[row.sheet]
            place = (row.row, "since")
            remarks.add(table, place, "here_before_founding", row.since, begun)
    yield from remarks.issues()


def standing_assumed(comparison: Comparison) -> Iterator[Issue]:
    """A remark on new members of whom the file does not say what they are."""
    people = comparison.people.subjects
    new = [each.member for each in people if each.member and _has_no_membership(each)]
    named = [row.name for row in new if not row.standing]
    if named:
        params: dict[str, Param] = {"count": len(named), "names": named[:NAMES_SHOWN]}
        sheet = comparison.roster.tables[sheet_columns.MEMBERS].title
        yield Issue("standing_assumed", sheet=sheet, params=params)


def _has_no_membership(subject: Subject) -> bool:
    return subject.now is None or subject.now.fields.membership is None


def doubtful_names(comparison: Comparison) -> Iterator[Issue]:
    """Remarks on names that are perhaps none, or not whole, and that the register does not have."""
    remarks = Remarks()
    for subject in comparison.people.subjects:
        cells, now = subject.cells, subject.now
        if now is not None and now.id in comparison.people.keep_names:
            continue
        if is_doubtful(cells.name) and (now is None or now.fields.name != cells.name):
            table = comparison.roster.tables[cells.sheet]
            remarks.add(table, (cells.row, "name"), "name_doubtful", cells.name, cells.name)
    yield from remarks.issues()


def check_days(comparison: Comparison, latest: date) -> None:
    """Nobody is born or joins later than the import holds from or was made, whichever is later."""
    roster = comparison.roster
    for row in roster.members:
        for key in ("born_on", "joined_on", "since"):
            day = getattr(row, key)
            if day is not None and day > latest:
                issue = roster.at(row, key, "in_the_future", day, latest=latest.isoformat())
                roster.errors.append(issue)
