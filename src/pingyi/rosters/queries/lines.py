"""Changes of an import as a page shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pingyi.organizations.enums import Gender, Level, OrganizationKind, Standing
from pingyi.organizations.models import PostCategory, Sector
from pingyi.rosters.models import RosterChange
from pingyi.rosters.queries.imports import change_of
from pingyi.rosters.queries.messages import FIELD_NAMES, field_name, model_name
from pingyi.rosters.rules.changes import Change
from pingyi.rosters.rules.fields import (
    AffiliationFields,
    Fields,
    MembershipFields,
    OrganizationFields,
    names_of,
)

CHOICES = (
    ("kind", OrganizationKind),
    ("level", Level),
    ("standing", Standing),
    ("gender", Gender),
)
UNTOLD = frozenset({"identity_hash", "membership", "since"})


@dataclass(frozen=True)
class ChangeLine:
    """One line of the preview."""

    what: str
    label: str
    place: str
    before: str
    after: str

    def __str__(self) -> str:
        told = " → ".join(fields for fields in (self.before, self.after) if fields)
        return _("{what} {label}: {told}").format(what=self.what, label=self.label, told=told)


def change_lines(rows: Iterable[RosterChange]) -> list[ChangeLine]:
    """Changes in words. Two queries, however many lines."""
    names = {
        "sector": dict(Sector.objects.values_list("code", "name")),
        "category": dict(PostCategory.objects.values_list("code", "name")),
        **{key: {code: str(word) for code, word in choices.choices} for key, choices in CHOICES},
    }
    return [_line(change_of(row), names) for row in rows]


def change_data(row: RosterChange) -> dict[str, Any]:
    """A change as data: what is changed, where that stands, and the fields from and to."""
    change = change_of(row)
    return {
        "model": row.model,
        "label": row.label,
        "sheet": row.sheet,
        "row": row.row,
        "from": _told(change, change.before),
        "to": _told(change, change.after),
    }


def _line(change: Change, names: Mapping[str, Mapping[str, str]]) -> ChangeLine:
    """One change in words."""
    place = f"{change.sheet} {change.row}" if change.row else ""
    before, after = (
        pgettext("list", ", ").join(
            _("{field}: {value}").format(
                field=field_name(change.model, key), value=names.get(key, {}).get(value, value)
            )
            for key, value in (_told(change, said) or {}).items()
            if value and key in FIELD_NAMES
        )
        for said in (change.before, change.after)
    )
    return ChangeLine(model_name(change.model), change.label, place, before, after)


def _told(change: Change, said: Fields | None) -> dict[str, str | None] | None:
    """The fields that say something to people; those of a new membership or place among them."""
    if said is None:
        return None
    names = change.concerned
    if change.after is None and isinstance(said, OrganizationFields):
        # Its label tells the rest.
        names = ("code", "valid_from")
    return _flat(said, names)


def _flat(said: Fields, names: Iterable[str]) -> dict[str, str | None]:
    told: dict[str, str | None] = {}
    for name in names:
        value = getattr(said, name)
        if isinstance(value, AffiliationFields | MembershipFields):
            told |= _flat(value, names_of(value))
        elif name not in UNTOLD:
            told[name] = value.isoformat() if isinstance(value, date) else value
    return told
