"""The lists of the register as workbooks."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pingyi.core.pieces import in_pieces
from pingyi.documents.layouts import Cell, Column, LedgerTable
from pingyi.ledger.queries import mark_of_fiction
from pingyi.organizations import queries as ground
from pingyi.organizations.enums import Gender, Standing

if TYPE_CHECKING:
    from django.db.models import QuerySet


def organizations_table(rows: "QuerySet[Any]", on: date) -> LedgerTable:
    """Organizations (with parent_name) of a day, one line each."""
    columns = (
        Column(_("Code"), 12),
        Column(pgettext("of a thing", "Name"), 30),
        Column(_("Placed under"), 24),
        Column(_("Kind"), 14),
        Column(_("Level"), 14),
        Column(_("Sector"), 18),
        Column(_("Members"), 8, "right"),
    )
    return _table(_("Organizations"), columns, _organizations(rows, on), on)


def _organizations(rows: "QuerySet[Any]", on: date) -> Iterator[tuple[Cell, ...]]:
    for piece in in_pieces(rows):
        found = list(piece)
        counts = ground.member_counts([row.pk for row in found], on)
        for row in found:
            yield (
                row.code,
                row.name,
                row.parent_name or None,
                row.get_kind_display(),
                row.get_level_display(),
                row.sector.name if row.sector else None,
                counts.get(row.pk, 0),
            )


def people_table(rows: "QuerySet[Any]", on: date) -> LedgerTable:
    """People (in sight, with organization_name and standing) of a day, one line each."""
    columns = (
        Column(_("Name"), 12),
        Column(_("Told apart by"), 8),
        Column(_("Last four"), 8),
        Column(_("Organization"), 30),
        Column(_("Standing"), 14),
        Column(_("Gender"), 8),
        Column(_("Born on"), 12),
        Column(_("Joined the Party on"), 12),
    )
    return _table(_("People"), columns, _people(rows, on), on)


def _people(rows: "QuerySet[Any]", on: date) -> Iterator[tuple[Cell, ...]]:
    standings = {value: str(label) for value, label in Standing.choices}
    genders = {value: str(label) for value, label in Gender.choices}
    shown = (
        "pk", "name", "shown_last4", "organization_name", "standing", "gender", "shown_born_on",
        "shown_joined_on",
    )  # fmt: skip
    for piece in in_pieces(rows):
        # Plain values: tens of thousands of objects would take as long as the writing.
        found = list(piece.values_list(*shown))
        # Beside the name: what is corrected and imported again has the bare one.
        marks = ground.marks_on(on, [row[0] for row in found])
        for pk, name, last4, place, standing, gender, *days in found:
            yield (
                name,
                marks.get(pk),
                last4 or None,
                place or None,
                standings.get(standing),
                genders.get(gender),
                *(day.isoformat() if day else None for day in days),
            )


def _table(
    title: str, columns: tuple[Column, ...], rows: Iterator[tuple[Cell, ...]], on: date
) -> LedgerTable:
    return LedgerTable(
        title, columns, rows, head=((_("As of"), date_format(on)),), mark=mark_of_fiction()
    )
