"""Changes of an import as a page shows them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pingyi.organizations.enums import Gender, Level, OrganizationKind, Standing
from pingyi.organizations.models import PostCategory, Sector
from pingyi.rosters.models import RosterChange
from pingyi.rosters.queries.messages import FIELD_NAMES, model_name

CHOICES = {
    "kind": OrganizationKind,
    "level": Level,
    "standing": Standing,
    "gender": Gender,
}


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


def change_lines(changes: Iterable[RosterChange]) -> list[ChangeLine]:
    """Changes in words. Two queries, however many lines."""
    names = {f"sector:{code}": name for code, name in Sector.objects.values_list("code", "name")}
    names |= {
        f"category:{code}": name for code, name in PostCategory.objects.values_list("code", "name")
    }
    return [_line(change, names) for change in changes]


def change_data(change: RosterChange) -> dict[str, Any]:
    """A change as data: what is changed, where that stands, and the fields from and to."""
    return {
        "model": change.model,
        "label": change.label,
        "sheet": change.sheet,
        "row": change.row,
        "from": None if change.before is None else _own(change.before, ("code", *FIELD_NAMES)),
        "to": None if change.after is None else _own(change.after, ("code", *FIELD_NAMES)),
    }


def _own(fields: Mapping[str, Any], known: Collection[str]) -> dict[str, Any]:
    """The fields that say something to people, those of a new membership among them.

    In the order in which they are known: PostgreSQL keeps none of its own in a JSON column.
    """
    said = dict(fields)
    said |= said.pop("membership", None) or {}
    return {key: said[key] for key in known if key in said}


def _line(change: RosterChange, names: Mapping[str, str]) -> ChangeLine:
    """One change in words."""
    place = f"{change.sheet} {change.row}" if change.row else ""
    return ChangeLine(
        what=model_name(change.model),
        label=change.label,
        place=place,
        before=_fields(change.before, names),
        after=_fields(change.after, names),
    )


def _fields(fields: Mapping[str, Any] | None, names: Mapping[str, str]) -> str:
    """Fields with their values; keys of ours are left out."""
    if not fields:
        return ""
    parts = [
        _("{field}: {value}").format(field=FIELD_NAMES[key], value=_value(key, value, names))
        for key, value in _own(fields, FIELD_NAMES).items()
        if value not in (None, "")
    ]
    return pgettext("list", ", ").join(parts)


def _value(key: str, value: Any, names: Mapping[str, str]) -> str:
    """A value by its name."""
    if key in CHOICES:
        return str(CHOICES[key](value).label)
    return names.get(f"{key}:{value}", str(value))
