"""Fields that hold one of many values: what Django's `in` finds, asked in one piece."""

import pytest
from django.db.models import Q

from pingyi.core.lookups import Among
from pingyi.organizations.models import Membership, Organization, Person
from tests.cast import Register


@pytest.mark.parametrize(
    ("field", "of"),
    [
        ("person_id", lambda one: one.person_id),
        ("person__pk", lambda one: one.person_id),
        ("organization__code", lambda one: one.organization.code),
        ("pk", lambda one: one.pk),
    ],
)
def test_among_finds_what_in_finds(register: Register, field: str, of: object) -> None:
    rows = Membership.objects.order_by("pk")
    values = [of(one) for one in rows[:2]]  # type: ignore[operator]  a function of the parameters
    found = rows.filter(Among(field, values))
    assert list(found) == list(rows.filter(**{f"{field}__in": values}))
    assert 0 < len(found) < len(rows)
    assert list(rows.filter(~Q(Among(field, values)))) == [one for one in rows if one not in found]


def test_nothing_is_among_nothing(register: Register) -> None:
    assert not Organization.objects.filter(Among("pk", ())).exists()


def test_more_values_than_a_database_takes_one_by_one(register: Register) -> None:
    people = Person.objects.filter(Among("pk", range(300_000)))
    assert people.count() == Person.objects.count() > 0


def test_texts_are_compared_as_they_are(register: Register) -> None:
    name = "甲\"'[],{}%s\\"
    Organization.objects.filter(Among("pk", [Organization.objects.first().pk])).update(name=name)  # type: ignore[union-attr]  the cast has some
    assert [one.name for one in Organization.objects.filter(Among("name", [name, ""]))] == [name]
