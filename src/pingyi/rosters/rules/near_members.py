"""New people whose names are near to that of a member of the same organization, in the register or
in the file, and new leaders who are perhaps members further below: perhaps the same person. Asked
and confirmed, never refused; unanswered they are two.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from pingyi.organizations.rules.near import Known, Near
from pingyi.rosters.enums import Answer
from pingyi.rosters.rules.comparison import Comparison
from pingyi.rosters.rules.issues import Issue, Remarks
from pingyi.rosters.rules.snapshot import PersonNow
from pingyi.rosters.rules.subjects import (
    Subject,
    known_of,
    known_of_row,
    label_of,
    number_in_file,
    question_of,
)

NEAR = "name_near"
Question = tuple[Subject, PersonNow]
"""Somebody new, and who it perhaps is."""


def near_members(comparison: Comparison) -> list[Question]:
    """Those of whom nobody has said that they are two. A new member is compared with the members
    whom the file does not name, a new leader with all of them."""
    people = comparison.people
    new = [one for one in people.subjects if one.now is None]
    places = {one.cells.organization for one in new}
    left: defaultdict[tuple[str, bool], list[Known]] = defaultdict(list)
    for person in people.now.people.values():
        membership = person.fields.membership
        if membership is None or membership.organization not in places:
            continue
        subject = people.by_person.get(person.id)
        left[membership.organization, False].append(known_of(person))
        if subject is None or subject.member is None:
            left[membership.organization, True].append(known_of(person))
    near = {place: Near(known) for place, known in left.items()}
    asked = [
        (subject, people.now.people[other.key])
        for subject in new
        if (found := near.get((subject.cells.organization, subject.member is not None)))
        for other in found.to(known_of_row(subject.member or subject.cells))
    ]
    asked += [(one, person) for one in new for person in members_below(comparison, one)]
    return [
        (subject, person)
        for subject, person in asked
        if comparison.roster.answers.get(question_of(subject.cells, person.id)) != Answer.OTHER
    ]


def members_below(comparison: Comparison, subject: Subject) -> list[PersonNow]:
    """Members of the name of a new leader in an organization below that of the post: leaders of a
    committee, which has no members itself, belong to one of its branches."""
    cells = subject.cells
    if subject.now is not None or subject.member is not None or cells.identity_hash:
        return []
    return [
        person
        for person in comparison.people.now_by_name.get(cells.name_key, ())
        if (membership := person.fields.membership) is not None
        and _is_below(comparison, membership.organization, cells.organization)
    ]


def _is_below(comparison: Comparison, code: str, top: str) -> bool:
    organizations = comparison.now.organizations
    above = organizations[code].fields.place.parent
    while above is not None and above != top:
        above = organizations[above].fields.place.parent
    return above is not None


def questions(comparison: Comparison, asked: list[Question]) -> Iterator[Issue]:
    """A question about each of them."""
    for subject, person in asked:
        row = subject.cells
        membership = person.fields.membership
        where = membership.organization if membership else row.organization
        place = comparison.said_of(where)
        yield comparison.roster.at(
            row, "name", NEAR, row.name, asked=question_of(row, person.id), label=subject.label,
            name=person.fields.name, person=label_of(person.fields),
            place=place.name if place else where,
        )  # fmt: skip
    for leader, member in comparison.people.perhaps:
        place = comparison.said_of(member.cells.organization)
        cell = comparison.roster.cell(member.cells, "name")
        yield comparison.roster.at(
            leader, "name", NEAR, leader.name,
            asked=question_of(leader, number_in_file(member)), label=leader.name,
            name=member.cells.name, person=f"{member.label} {cell}",
            place=place.name if place else member.cells.organization,
        )  # fmt: skip


def near_rows(comparison: Comparison) -> Iterator[Issue]:
    """A remark on members of one organization in the file whose names are nearly one, where the
    register does not know both."""
    places: defaultdict[str, list[Subject]] = defaultdict(list)
    for subject in comparison.people.subjects:
        if subject.member:
            places[subject.member.organization].append(subject)
    remarks = Remarks()
    for there in places.values():
        # Two numbers make two people.
        if any(one.now is None for one in there) and any(
            not one.cells.identity_hash for one in there
        ):
            _note_near(comparison, there, remarks)
    yield from remarks.issues()


def _note_near(comparison: Comparison, there: list[Subject], remarks: Remarks) -> None:
    there = sorted(there, key=lambda one: one.member.row if one.member else 0)
    rows = [one.member for one in there if one.member]
    known = [replace(known_of_row(row), key=place) for place, row in enumerate(rows)]
    near = Near(known)
    for one in known:
        for other in near.to(one):
            first, second = rows[one.key], rows[other.key]
            is_new = there[one.key].now is None or there[other.key].now is None
            if other.key > one.key and is_new and first.name_key != second.name_key:
                cell = comparison.roster.tables[second.sheet].cell(second.row, "name")
                table = comparison.roster.tables[first.sheet]
                remarks.add(
                    table, (first.row, "name"), "rows_near", first.name, f"{cell} {second.name}"
                )
