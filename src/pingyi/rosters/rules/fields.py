"""What rows of the register say."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from operator import attrgetter
from typing import Any, ClassVar, TypeVar, get_args


@dataclass(frozen=True, slots=True)
class AffiliationFields:
    """The formal place of an organization; at the top it has no parent."""

    model: ClassVar = "affiliation"
    parent: str | None = None
    since: date | None = None

    def follows(self, before: "AffiliationFields") -> bool:
        """Whether a row of its own follows the one before; else that one is corrected."""
        return self.since != before.since


@dataclass(frozen=True, slots=True)
class OrganizationFields:
    """An organization; what others belong to they name by its code."""

    model: ClassVar = "organization"
    code: str
    name: str
    kind: str
    level: str
    sector: str | None
    place: AffiliationFields
    valid_from: date


@dataclass(frozen=True, slots=True)
class MembershipFields:
    """A membership."""

    model: ClassVar = "membership"
    organization: str
    standing: str
    valid_from: date

    def follows(self, before: "MembershipFields") -> bool:
        """Whether a row of its own follows the one before; else that one is corrected."""
        moved = (self.organization, self.standing) != (before.organization, before.standing)
        return moved and self.valid_from > before.valid_from


@dataclass(frozen=True, slots=True)
class PersonFields:
    """A person with the open membership."""

    model: ClassVar = "person"
    name: str
    identity_hash: str | None = None
    identity_last4: str = ""
    gender: str = ""
    born_on: date | None = None
    membership: MembershipFields | None = None
    joined_on: date | None = None


@dataclass(frozen=True, slots=True)
class PostFields:
    """A post."""

    model: ClassVar = "post"
    organization: str
    title: str
    category: str | None
    valid_from: date


@dataclass(frozen=True, slots=True)
class ChargeFields:
    """A charge."""

    model: ClassVar = "charge"
    organization: str
    valid_from: date


Fields = (
    AffiliationFields
    | OrganizationFields
    | MembershipFields
    | PersonFields
    | PostFields
    | ChargeFields
)
Kind = TypeVar("Kind", bound=Fields)
BY_MODEL: Mapping[str, type[Fields]] = {kind.model: kind for kind in get_args(Fields)}
NAMES: Mapping[type[Fields], tuple[str, ...]] = {
    kind: tuple(field.name for field in fields(kind)) for kind in BY_MODEL.values()
}
VALUES = {kind: attrgetter(*names) for kind, names in NAMES.items()}


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody whom the file adds: the sheet (its title) and the row that names them first."""

    sheet: str
    row: int


PersonRef = int | NewPerson
"""A person of the register by id, or a new one."""


def names_of(said: Fields) -> tuple[str, ...]:
    """Names of its fields, in the order in which people read them."""
    return NAMES[type(said)]


def said_by(said: Fields) -> dict[str, Any]:
    """Its fields by name, in the same order."""
    return dict(zip(NAMES[type(said)], VALUES[type(said)](said), strict=True))
