"""党员: new people with their membership, changed people, memberships added, moved, changed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from pingyi.organizations.enums import Standing
from pingyi.organizations.rules.names import name_key
from pingyi.rosters.rules.changes import Change
from pingyi.rosters.rules.comparison import Comparison
from pingyi.rosters.rules.fields import MembershipFields, PersonFields
from pingyi.rosters.rules.near_members import members_below
from pingyi.rosters.rules.rows import MemberRow, PersonCells
from pingyi.rosters.rules.snapshot import PersonNow
from pingyi.rosters.rules.subjects import Subject, label_of
from pingyi.rosters.rules.values import agree, said_of

FULL = Standing.FULL.value


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
        before = subject.now.fields
        after = _of_one(subject.now, _stated(subject, before))
        if subject.now.id in comparison.people.keep_names:
            after = replace(after, name=before.name)
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
        name=_name_of(cells, known),
        identity_hash=cells.identity_hash or known.identity_hash,
        identity_last4=cells.last4 or known.identity_last4,
        gender=(row.gender if row else "") or known.gender,
        born_on=said_of(row.born_on if row else None, known.born_on),
        membership=known.membership,
        joined_on=said_of(row.joined_on if row else None, known.joined_on),
    )


def _of_one(now: PersonNow, stated: PersonFields) -> PersonFields:
    """Not the name or number of a record that was merged into this one: nobody corrected it."""
    if name_key(stated.name) in now.other_names:
        stated = replace(stated, name=now.fields.name)
    is_other = stated.identity_last4 in now.other_last4s and stated.identity_hash in (
        None, now.fields.identity_hash
    )  # fmt: skip
    if is_other or stated.identity_hash in now.other_numbers:
        known = now.fields
        stated = replace(
            stated, identity_hash=known.identity_hash, identity_last4=known.identity_last4
        )
    return stated


def _name_of(cells: PersonCells, known: PersonFields) -> str:
    """The name in the file; of a person of an exported list as it is, if it is the same name."""
    is_same = cells.person is not None and cells.name_key == name_key(known.name)
    is_same |= bool(cells.written) and name_key(cells.written) == name_key(known.name)
    return known.name if is_same else cells.name


def _new_membership(comparison: Comparison, row: MemberRow) -> MembershipFields:
    """The membership a row states; without a day of its own it began with the joining."""
    begin = comparison.begin(row.since or row.joined_on, row.organization)
    return MembershipFields(row.organization, row.standing or FULL, begin)


def _note_namesakes(
    comparison: Comparison, subject: Subject, named: Mapping[str, list[Subject]]
) -> None:
    """A leader who is nobody's member here may be a member elsewhere under the same name."""
    cells = subject.cells
    if subject.member or cells.identity_hash:
        return
    # About members whom the same file adds, and about those below the post, there is a question.
    perhaps = [one for row, one in comparison.people.perhaps if row is cells]
    same = {one.label for one in named[cells.name_key] if one is not subject and one not in perhaps}
    asked = members_below(comparison, subject)
    known = comparison.people.now_by_name.get(cells.name_key, ())
    same |= {label_of(person.fields) for person in known if person not in asked}
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
    is_another_place = row.organization != known.organization
    standing = row.standing or known.standing
    if not is_another_place and standing == known.standing:
        after = replace(known, valid_from=_begun(comparison, person, known, row))
    else:
        # On its own first day it is corrected; else another one follows.
        said = row.since if is_another_place and _is_after(row.since, known.valid_from) else None
        begin = max(known.valid_from, comparison.begin(said, row.organization))
        after = MembershipFields(row.organization, standing, begin)
    if after != known:
        yield comparison.line_of(subject, row, after, known, person.membership_id)
    since = person.here_since or known.valid_from
    is_heard = row.since is None or any(
        agree(row.since, day) or comparison.begin(row.since, row.organization) == day
        for day in (since, after.valid_from)
    )
    if row.since and not is_heard:
        issue = comparison.roster.at(row, "since", "since_kept", row.since, since=since.isoformat())
        comparison.roster.notes.append(issue)


def _begun(
    comparison: Comparison, person: PersonNow, known: MembershipFields, row: MemberRow
) -> date:
    """When a membership that goes on has begun: as the row says where there is no other one, or
    with a corrected joining date if it began with the former."""
    former = person.fields.joined_on
    began_so = former and known.valid_from == comparison.begin(former, known.organization)
    said = row.since or (said_of(row.joined_on, former) if began_so else None)
    if said is None or not person.is_first or agree(said, known.valid_from):
        return known.valid_from
    return comparison.begin(said, known.organization)


def _is_after(day: date | None, other: date) -> bool:
    """Whether a day is given and comes later."""
    return day is not None and day > other
