"""党员: new people with their membership, changed people, memberships added, moved, changed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from pingyi.rosters.rules.changes import Change
from pingyi.rosters.rules.comparison import Comparison
from pingyi.rosters.rules.fields import MembershipFields, PersonFields
from pingyi.rosters.rules.people import Subject, label_of
from pingyi.rosters.rules.rows import MemberRow
from pingyi.rosters.rules.snapshot import PersonNow


def people_changes(comparison: Comparison) -> Iterator[Change]:
    """Changes of everybody whom the file names, in the order of the file."""
    named: dict[str, list[Subject]] = defaultdict(list)
    for subject in comparison.people.subjects:
        named[subject.cells.name_key].append(subject)
    for subject in sorted(comparison.people.subjects, key=_place):
        if subject.now is None:
            _note_namesakes(comparison, subject, named)
            row = subject.member
            membership = _new_membership(comparison, row) if row else None
            added = _stated(subject, PersonFields(subject.cells.name, membership=membership))
            yield comparison.line(subject.cells, subject.label, added)
            continue
        before, after = subject.now.fields, _stated(subject, subject.now.fields)
        if after != before:
            yield comparison.line(subject.cells, subject.label, after, before, subject.now.id)
        if subject.member:
            yield from _membership(comparison, subject, subject.now, subject.member)


def _place(subject: Subject) -> tuple[str, int]:
    """Where the file names a person first."""
    return subject.cells.sheet, subject.cells.row


def _stated(subject: Subject, known: PersonFields) -> PersonFields:
    """A person as the file states; what it leaves out stays as it is."""
    cells, row = subject.cells, subject.member
    return PersonFields(
        name=cells.name,
        identity_hash=cells.identity_hash or known.identity_hash,
        identity_last4=cells.last4 or known.identity_last4,
        gender=(row.gender if row else "") or known.gender,
        born_on=(row.born_on if row else None) or known.born_on,
        membership=known.membership,
    )


def _new_membership(comparison: Comparison, row: MemberRow) -> MembershipFields:
    """The membership a row states; it began with the day of joining, if that is given."""
    begin = comparison.begin(row.since, row.organization)
    return MembershipFields(row.organization, row.standing, begin)


def _note_namesakes(
    comparison: Comparison, subject: Subject, named: Mapping[str, list[Subject]]
) -> None:
    """A leader who is nobody's member here may be a member elsewhere under the same name."""
    cells = subject.cells
    if subject.member or cells.identity_hash:
        return
    same = {known.label for known in named[cells.name_key] if known is not subject}
    same |= {
        label_of(person.fields) for person in comparison.people.now_by_name.get(cells.name_key, ())
    }
    if same:
        issue = comparison.roster.at(
            cells, "name", "namesake_without_number", cells.name, people=sorted(same)
        )
        comparison.roster.notes.append(issue)


def _membership(
    comparison: Comparison, subject: Subject, person: PersonNow, row: MemberRow
) -> Iterator[Change]:
    """The membership of a person of the register."""
    known = person.fields.membership
    if known is None:
        yield comparison.line_of(subject, row, _new_membership(comparison, row))
        return
    comparison.kept.memberships.add(person.membership_id)
    if known.organization not in comparison.now.inside:
        issue = comparison.roster.at(row, "organization", "member_elsewhere", row.organization)
        comparison.roster.errors.append(issue)
        return
    begun = known.valid_from
    if row.since and person.is_first:
        begun = comparison.begin(row.since, known.organization)
    if (row.organization, row.standing) == (known.organization, known.standing):
        after = replace(known, valid_from=begun)
    else:
        # On its own first day it is corrected; else another one follows.
        begin = max(known.valid_from, comparison.begin(None, row.organization))
        after = MembershipFields(row.organization, row.standing, begin)
        if begun != known.valid_from:
            since = known.valid_from.isoformat()
            issue = comparison.roster.at(row, "since", "joining_date_kept", row.since, since=since)
            comparison.roster.notes.append(issue)
    if after != known:
        yield comparison.line_of(subject, row, after, known, person.membership_id)
