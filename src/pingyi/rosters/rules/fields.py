"""What rows of the register say: typed, and as the JSON that an import keeps of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import partial
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


def to_json(said: Fields | None) -> dict[str, Any] | None:
    """The fields as an import keeps them."""
    if said is None:
        return None
    kept = {}
    for name in names_of(said):
        value = getattr(said, name)
        if isinstance(value, date):
            value = value.isoformat()
        elif name in WITHIN:
            value = to_json(value)
        kept[name] = value
    return kept


def from_json(model: str, kept: Mapping[str, Any] | None) -> Fields | None:
    """The fields of a row of that kind."""
    if kept is None:
        return None
    said = dict(kept)
    for name in READ.keys() & said.keys():
        if said[name] is not None:
            said[name] = READ[name](said[name])
    return BY_MODEL[model](**said)


WITHIN = {"place": "affiliation", "membership": "membership"}
READ: Mapping[str, Callable[[Any], Fields | date | None]] = {
    **dict.fromkeys(("since", "valid_from", "born_on"), date.fromisoformat),
    **{name: partial(from_json, model) for name, model in WITHIN.items()},
}


def person_to_json(person: PersonRef | None) -> int | list[str | int] | None:
    """Whose row it is, as an import keeps it."""
    return [person.sheet, person.row] if isinstance(person, NewPerson) else person


def person_from_json(kept: Any) -> PersonRef | None:
    """Whose row it is."""
    return NewPerson(*kept) if isinstance(kept, list) else kept
