"""What tells people of the register apart who share a name within their organization (ADR 0022)."""

from collections.abc import Collection, Iterable
from datetime import date

from pingyi.organizations.models import Membership, Person
from pingyi.organizations.queries.spans import as_of
from pingyi.organizations.rules.names import Named, marks_of, namesakes


def marks_on(on: date, person_ids: Collection[int]) -> dict[int, str]:
    """The marks of those of these people who have a namesake where they are members on that day.

    Those that a campaign frozen on that day would give. Two queries; the second reads the members
    of these organizations whose names begin with the same letters.
    """
    members = Membership.objects.filter(as_of(on)).order_by()
    theirs = members.filter(person__in=person_ids)
    shown = list(theirs.values_list("organization_id", "person__initials"))
    there = members.filter(
        organization__in={place for place, _ in shown},
        person__initials__in={initials for _, initials in shown},
    ).order_by("person_id")
    named: list[Named] = []
    years: dict[int, int] = {}
    for key, name, born_on, place in there.values_list(
        "person_id", "person__name", "person__born_on", "organization_id"
    ):
        named.append(Named(key, name, place))
        if born_on is not None:
            years[key] = born_on.year
    return {key: mark for group in namesakes(named) for key, mark in marks_of(group, years).items()}


def tell_apart(people: Iterable[Person], on: date) -> None:
    """Give people who are shown what tells them apart from members of their organization.

    No row is changed. Two queries.
    """
    found = list(people)
    marks = marks_on(on, [person.pk for person in found])
    for person in found:
        person.told_apart = marks.get(person.pk, "")


def tell_apart_together(people: Iterable[Person], on: date) -> None:
    """The same for people of several organizations who are shown as those of one: its leaders.

    They are told apart from each other as well. Two queries.
    """
    found = list(people)
    by_key = {person.pk: person for person in found}
    marks = marks_on(on, list(by_key))
    named = [
        Named(key, person.name, None, marks.get(key, "")) for key, person in sorted(by_key.items())
    ]
    years = {key: one.born_on.year for key, one in by_key.items() if one.born_on is not None}
    for group in namesakes(named):
        marks |= marks_of(group, years)
    for person in found:
        person.told_apart = marks.get(person.pk, "")
