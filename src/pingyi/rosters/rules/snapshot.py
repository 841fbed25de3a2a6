"""The register as an import sees it: what is open today, by code and id."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from pingyi.rosters.rules.fields import ChargeFields, OrganizationFields, PersonFields, PostFields

Held = TypeVar("Held", PostFields, ChargeFields)


@dataclass(frozen=True, slots=True)
class OrganizationNow:
    """An organization with its open formal affiliation. `ended` ones only block their code."""

    id: int
    fields: OrganizationFields
    affiliation_id: int = 0
    ended: bool = False


@dataclass(frozen=True, slots=True)
class PersonNow:
    """A person with the open membership, and what stands before it: the day since which the person
    is a member of this organization, and whether there is no other membership."""

    id: int
    fields: PersonFields
    membership_id: int = 0
    is_first: bool = True
    here_since: date | None = None
    # Keys of the names, numbers and last fours of records that were merged into this one.
    other_names: frozenset[str] = frozenset()
    other_numbers: frozenset[str] = frozenset()
    other_last4s: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class HeldNow(Generic[Held]):
    """An open post or charge."""

    id: int
    person: int
    fields: Held


@dataclass
class Snapshot:
    """The register, all organizations, and the people inside the scope or named in the file."""

    organizations: dict[str, OrganizationNow] = field(default_factory=dict)
    people: dict[int, PersonNow] = field(default_factory=dict)
    posts: list[HeldNow[PostFields]] = field(default_factory=list)
    charges: list[HeldNow[ChargeFields]] = field(default_factory=list)
    scope: str | None = None
    # Codes of the open organizations inside the scope, the scope itself included.
    inside: frozenset[str] = frozenset()
    # Records that were merged, and the people in whom they live on.
    merged: dict[int, int] = field(default_factory=dict)


def codes_below(top: str | None, organizations: Iterable[OrganizationNow]) -> frozenset[str]:
    """Codes of the open organizations at and below `top`; all of them without a top."""
    children: dict[str | None, list[str]] = defaultdict(list)
    for organization in organizations:
        if not organization.ended:
            fields = organization.fields
            children[fields.place.parent].append(fields.code)
    if top is None:
        return frozenset(code for codes in children.values() for code in codes)
    found = {top}
    waiting = [top]
    while waiting:
        for code in children.get(waiting.pop(), ()):
            if code not in found:
                found.add(code)
                waiting.append(code)
    return frozenset(found)
