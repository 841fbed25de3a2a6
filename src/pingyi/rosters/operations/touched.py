"""Which rows of the register an import or its undoing wrote: its ledger line vouches for them."""

from collections.abc import Iterable, Mapping

from pingyi.ledger.operations import Rows
from pingyi.organizations.models import Affiliation, Charge, Membership, Organization, Person, Post
from pingyi.rosters.rules.changes import Change
from pingyi.rosters.rules.fields import (
    AffiliationFields,
    OrganizationFields,
    PersonFields,
    PersonRef,
)

OWNED = (Membership, Post, Charge)


def touched(
    changes: Iterable[Change],
    made: Mapping[int, int] | None = None,
    people: Mapping[PersonRef | None, int] | None = None,
) -> list[Rows]:
    """The people and organizations that changes are about, with all rows of theirs.

    `made` gives the new row by the place of a change, `people` those new people to whom other rows
    belong; rows of changes that were applied before are known by themselves.
    """
    owners: set[int] = set()
    places: set[int] = set()
    for place, change in enumerate(changes):
        key = (made or {}).get(place, change.object_id)
        match change.fields:
            case OrganizationFields() | AffiliationFields():
                places.add(key)
            case PersonFields():
                owners.add(key)
            case _ if isinstance(change.person, int):
                owners.add(change.person)
            case _ if people is not None:
                owners.add(people[change.person])
    return [
        Rows(Person, owners),
        Rows(Organization, places),
        *(Rows(model, owners, by="person_id") for model in OWNED),
        Rows(Affiliation, places, by="organization_id"),
        Rows(Affiliation, places, by="parent_id"),
    ]
