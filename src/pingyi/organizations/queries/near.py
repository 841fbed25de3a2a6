"""Members of an organization whose names are near to somebody's (rules.near)."""

from datetime import date

from pingyi.organizations.models import Organization, Person
from pingyi.organizations.queries.keys import identity_key
from pingyi.organizations.queries.people import members_of
from pingyi.organizations.rules.identity import identity_of
from pingyi.organizations.rules.near import Known, Near


def near_members(organization: Organization, on: date, person: Known) -> list[Person]:
    """Who of the members of that day is perhaps the same person; not the person itself.

    One query, which reads the members of this one organization.
    """
    members = members_of(organization, on).exclude(person=person.key)
    people = {row.person_id: row.person for row in members}
    near = Near([known_of(one) for one in people.values()])
    return [people[found.key] for found in near.to(person)]


def known_of(person: Person) -> Known:
    """What the register knows of somebody."""
    return Known(
        person.pk, person.name, person.identity_hash, person.identity_last4, person.gender,
        person.born_on,
    )  # fmt: skip


def known_as_typed(*, name: str, identity: str, gender: str, born_on: date | None) -> Known:
    """What somebody typed of a person who is perhaps a new one."""
    if not identity.strip():
        return Known(0, name, gender=gender, born_on=born_on)
    kept = identity_of(identity, key=identity_key())
    return Known(0, name, kept.hash, kept.last4, gender, born_on)
