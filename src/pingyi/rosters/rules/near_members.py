"""New members whose names are near to that of a member of the same organization whom the file does
not name: perhaps the same person. Asked, never refused; unanswered they are two."""

from collections import defaultdict
from collections.abc import Iterator

from pingyi.organizations.rules.near import Known, Near
from pingyi.rosters.enums import Answer
from pingyi.rosters.rules.comparison import Comparison
from pingyi.rosters.rules.issues import Issue
from pingyi.rosters.rules.people import Subject, label_of, question_of
from pingyi.rosters.rules.rows import MemberRow
from pingyi.rosters.rules.snapshot import PersonNow

NEAR = "name_near"


def near_members(comparison: Comparison) -> Iterator[Issue]:
    """A question about each of them that nobody has answered yet."""
    people = comparison.people
    new = [(one, one.member) for one in people.subjects if one.now is None and one.member]
    places = {row.organization for _, row in new}
    left: defaultdict[str, list[Known]] = defaultdict(list)
    for person in people.now.people.values():
        membership = person.fields.membership
        subject = people.by_person.get(person.id)
        is_named = subject is not None and subject.member is not None
        if membership and membership.organization in places and not is_named:
            left[membership.organization].append(_of_register(person))
    near = {place: Near(known) for place, known in left.items()}
    for subject, row in new:
        found = near[row.organization].to(_of_file(row)) if row.organization in near else []
        for other in found:
            key = question_of(row, other.key)
            if comparison.roster.answers.get(key) != Answer.OTHER:
                yield _question(comparison, subject, row, people.now.people[other.key], key)


def _question(
    comparison: Comparison, subject: Subject, row: MemberRow, person: PersonNow, key: str
) -> Issue:
    place = comparison.said_of(row.organization)
    return comparison.roster.at(
        row, "name", NEAR, row.name, asked=key, label=subject.label, name=person.fields.name,
        person=label_of(person.fields), place=place.name if place else row.organization,
    )  # fmt: skip


def _of_register(person: PersonNow) -> Known:
    said = person.fields
    return Known(
        person.id, said.name, said.identity_hash, said.identity_last4, said.gender, said.born_on
    )


def _of_file(row: MemberRow) -> Known:
    return Known(0, row.name, row.identity_hash, row.last4, row.gender or "", row.born_on)
