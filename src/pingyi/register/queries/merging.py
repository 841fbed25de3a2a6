"""Two records of the register side by side."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pingyi.core.seen import Content, Said
from pingyi.organizations import queries as ground
from pingyi.organizations.doors import TRACES
from pingyi.organizations.models import Membership, Person
from pingyi.organizations.rules.spans import Span

NOTHING = "—"


@dataclass(frozen=True)
class Compared:
    """What both records say of one thing; `is_asked` where somebody has to choose."""

    name: str
    label: str
    kept: str
    other: str
    is_asked: bool


def compared(kept: Person, other: Person) -> list[Compared]:
    """What both say of themselves; asked is where they differ and neither is silent."""
    rows = [
        _compared(name, label, shown(kept), shown(other))
        for name, label, shown in (
            ("name", _("Name"), lambda one: one.name),
            ("gender", _("Gender"), lambda one: one.get_gender_display()),
            ("born_on", _("Born on"), lambda one: _day(one.born_on)),
            ("joined_on", _("Joined the Party on"), lambda one: _day(one.joined_on)),
        )
    ]
    numbers = [one.identity_hash or "" for one in (kept, other)]
    told = [_("…{last4}").format(last4=one.identity_last4) for one in (kept, other)]
    # Two numbers may end with the same four.
    number = _compared("identity", _("Identity number"), *numbers)
    shown = [words if hashed else NOTHING for words, hashed in zip(told, numbers, strict=True)]
    rows.insert(1, replace(number, kept=shown[0], other=shown[1]))
    mine, theirs = _memberships(kept), _memberships(other)
    meet = any(_span(one).overlaps(_span(two)) for one in mine for two in theirs)
    words = [_lines(_membership(row) for row in rows) for rows in (mine, theirs)]
    return [*rows, Compared("membership", _("Memberships"), words[0], words[1], is_asked=meet)]


def resting(kept: Person, other: Person) -> list[tuple[str, str, str]]:
    """What else stands under each of them, in all rooms: label, of the one, of the other."""
    return [
        (label, one or NOTHING, two or NOTHING)
        for (label, one), (_label, two) in zip(_resting(kept), _resting(other), strict=True)
    ]


def _resting(person: Person) -> list[tuple[str, str]]:
    history = ground.history_of_person(person)
    found = [
        (_("Posts"), _lines(f"{row.organization} {row.title}" for row in history.posts)),
        (_("In charge of"), _lines(str(row.organization) for row in history.charges)),
    ]
    for traces in TRACES.values():
        found += [(str(label), said) for label, said in traces(person.pk)]
    return found


def both_seen(pk: int, other_pk: int) -> Content:
    """What the page of a merge shows, as it is by now."""
    kept, other = Person.objects.get(pk=pk), Person.objects.get(pk=other_pk)
    rows = {row.name: Said(row.label, [row.kept, row.other]) for row in compared(kept, other)}
    more = resting(kept, other)
    return rows | {f"more{n}": Said(row[0], list(row[1:])) for n, row in enumerate(more)}


def _compared(name: str, label: str, kept: str, other: str) -> Compared:
    both = NOTHING not in (kept or NOTHING, other or NOTHING)
    return Compared(name, label, kept or NOTHING, other or NOTHING, both and kept != other)


def _day(day: date | None) -> str:
    return date_format(day) if day else ""


def _memberships(person: Person) -> list[Membership]:
    return list(person.memberships.select_related("organization").order_by("valid_from"))


def _span(row: Membership) -> Span:
    return Span(row.valid_from, row.valid_to)


def _membership(row: Membership) -> str:
    until = date_format(row.valid_to) if row.valid_to else ""
    return _("{organization} ({standing}), {begin} to {end}").format(
        organization=row.organization.name,
        standing=row.get_standing_display(),
        begin=date_format(row.valid_from),
        end=until or pgettext("of a span", "now"),
    )


def _lines(words: Iterable[str]) -> str:
    return pgettext("list", "; ").join(words) or NOTHING
