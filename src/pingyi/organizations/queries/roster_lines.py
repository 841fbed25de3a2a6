"""Changes of an import as a page shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pingyi.organizations.enums import Gender, Level, OrganizationKind, Standing
from pingyi.organizations.models import PostCategory, RosterChange, Sector
from pingyi.organizations.queries.roster_messages import FIELD_NAMES, model_name

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


def change_lines(changes: Iterable[RosterChange]) -> list[ChangeLine]:
    """Changes in words. Two queries, however many lines."""
    names = {f"sector:{code}": name for code, name in Sector.objects.values_list("code", "name")}
    names |= {
        f"category:{code}": name for code, name in PostCategory.objects.values_list("code", "name")
    }
    return [_line(change, names) for change in changes]


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
    said = dict(fields)
    said |= said.pop("membership", None) or {}
    parts = [
        _("{field}: {value}").format(field=FIELD_NAMES[key], value=_value(key, value, names))
        for key, value in said.items()
        if key in FIELD_NAMES and value not in (None, "")
    ]
    return pgettext("list", ", ").join(parts)


def _value(key: str, value: Any, names: Mapping[str, str]) -> str:
    """A value by its name."""
    if key in CHOICES:
        return str(CHOICES[key](value).label)
    return names.get(f"{key}:{value}", str(value))
