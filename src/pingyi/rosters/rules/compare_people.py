"""党员: new people with their membership, changed people, memberships added, moved, changed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from pingyi.rosters.rules import columns as sheet_columns
from pingyi.rosters.rules.changes import ADD, CHANGE, Change, Fields, differing, iso
from pingyi.rosters.rules.comparison import Comparison, Line
from pingyi.rosters.rules.issues import at
from pingyi.rosters.rules.people import Subject, label_of
from pingyi.rosters.rules.rows import MemberRow
from pingyi.rosters.rules.snapshot import PersonNow


def people_changes(comparison: Comparison) -> Iterator[Change]:
    """Changes of everybody whom the file names, in the order of the file."""
    named: dict[str, list[Subject]] = defaultdict(list)
    for subject in comparison.people.subjects:
        named[subject.name].append(subject)
    for subject in sorted(comparison.people.subjects, key=lambda known: (known.sheet, known.row)):
        line = Line(subject, comparison.roster.tables[subject.sheet].title, subject.row)
        if subject.now is None:
            _note_namesakes(comparison, subject, named)
            yield line.change(ADD, "person", after=_new_person(comparison, subject))
            continue
        before, after = differing(_fields_now(subject.now), _fields(subject))
        if after:
            yield line.change(
                CHANGE, "person", object_id=subject.now.id, before=before, after=after
            )
        if subject.member:
            yield from _membership(comparison, line, subject.now, subject.member)


def _new_person(comparison: Comparison, subject: Subject) -> Fields:
    """The fields of a new person."""
    row = subject.member
    return {
        "key": subject.key,
        "name": subject.name,
        "identity_hash": subject.identity_hash,
        "identity_last4": subject.last4,
        "gender": row.gender if row else "",
        "born_on": iso(row.born_on) if row else None,
        "membership": _new_membership(comparison, row) if row else None,
    }


def _new_membership(comparison: Comparison, row: MemberRow) -> dict[str, object]:
    """The membership a row states; it began with the day of joining, if that is given."""
    return {
        "organization": row.organization,
        "standing": row.standing,
        "valid_from": iso(comparison.begin(row.since, row.organization)),
    }


def _note_namesakes(
    comparison: Comparison, subject: Subject, named: Mapping[str, list[Subject]]
) -> None:
    """A leader who is nobody's member here may be a member elsewhere under the same name."""
    if subject.member or subject.identity_hash:
        return
    same = {known.label for known in named[subject.name] if known is not subject}
    same |= {
        label_of(person.name, person.last4)
        for person in comparison.people.now_by_name.get(subject.name, ())
    }
    if same:
        table = comparison.roster.tables[subject.sheet]
        issue = at(
            table, subject.row, "name", "namesake_without_number", subject.name, people=sorted(same)
        )
        comparison.roster.notes.append(issue)


def _fields(subject: Subject) -> Fields:
    """What the file states of a person; what it leaves out stays as it is."""
    fields: dict[str, object] = {"name": subject.name}
    if subject.identity_hash:
        fields |= {"identity_hash": subject.identity_hash, "identity_last4": subject.last4}
    if subject.member and subject.member.gender:
        fields["gender"] = subject.member.gender
    if subject.member and subject.member.born_on:
        fields["born_on"] = iso(subject.member.born_on)
    return fields


def _fields_now(person: PersonNow) -> Fields:
    """What the register states of a person."""
    return {
        "name": person.name,
        "identity_hash": person.identity_hash,
        "identity_last4": person.last4,
        "gender": person.gender,
        "born_on": iso(person.born_on),
    }


def _membership(
    comparison: Comparison, line: Line, person: PersonNow, row: MemberRow
) -> Iterator[Change]:
    """The membership of a person of the register."""
    known = person.membership
    if known is None:
        after = {"person": line.subject.key, **_new_membership(comparison, row)}
        yield line.change(ADD, "membership", after=after)
        return
    comparison.kept.memberships.add(known.id)
    if known.organization not in comparison.now.inside:
        table = comparison.roster.tables[sheet_columns.MEMBERS]
        issue = at(table, row.row, "organization", "member_elsewhere", row.organization)
        comparison.roster.errors.append(issue)
        return
    stated = {"organization": row.organization, "standing": row.standing}
    _, after = differing(
        {"organization": known.organization, "standing": known.standing}, dict(stated)
    )
    begun = known.valid_from
    if row.since and known.is_first:
        begun = comparison.begin(row.since, known.organization)
    if after or begun != known.valid_from:
        # All fields, for the row that follows needs them.
        before = {
            "person": person.id,
            "organization": known.organization,
            "standing": known.standing,
            "valid_from": iso(known.valid_from),
        }
        if not after:
            stated["valid_from"] = begun.isoformat()
        elif begun != known.valid_from:
            table = comparison.roster.tables[sheet_columns.MEMBERS]
            params = {"since": iso(known.valid_from)}
            comparison.roster.notes.append(
                at(table, row.row, "since", "joining_date_kept", row.since, **params)
            )
        yield line.change(CHANGE, "membership", object_id=known.id, before=before, after=stated)
