"""The lists of the register as workbooks."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pingyi.documents.layouts import Column, LedgerTable
from pingyi.documents.xlsx import xlsx
from pingyi.ledger.queries import mark_of_fiction
from pingyi.organizations import queries as ground
from pingyi.organizations.enums import Gender, Standing

if TYPE_CHECKING:
    from django.db.models import QuerySet


def organizations_xlsx(rows: "QuerySet[Any]", on: date, now: datetime) -> bytes:
    """Organizations (with parent_name) of a day, one line each."""
    found = list(rows)
    counts = ground.member_counts([row.pk for row in found], on)
    columns = (
        Column(_("Code"), 12),
        Column(pgettext("of a thing", "Name"), 30),
        Column(_("Placed under"), 24),
        Column(_("Kind"), 14),
        Column(_("Level"), 14),
        Column(_("Sector"), 18),
        Column(_("Members"), 8, "right"),
    )
    lines = tuple(
        (
            row.code,
            row.name,
            row.parent_name or None,
            row.get_kind_display(),
            row.get_level_display(),
            row.sector.name if row.sector else None,
            counts.get(row.pk, 0),
        )
        for row in found
    )
    return _workbook(_("Organizations"), columns, lines, on, now)


def people_xlsx(rows: "QuerySet[Any]", on: date, now: datetime) -> bytes:
    """People (in sight, with organization_name and standing) of a day, one line each."""
    standings = {value: str(label) for value, label in Standing.choices}
    genders = {value: str(label) for value, label in Gender.choices}
    columns = (
        Column(_("Name"), 12),
        Column(_("Last four"), 8),
        Column(_("Organization"), 30),
        Column(_("Standing"), 14),
        Column(_("Gender"), 8),
        Column(_("Born on"), 12),
    )
    # Plain values: tens of thousands of objects would take as long as the writing.
    found = rows.values_list(
        "name", "shown_last4", "organization_name", "standing", "gender", "shown_born_on"
    )
    lines = tuple(
        (
            name,
            last4 or None,
            place or None,
            standings.get(standing),
            genders.get(gender),
            born_on.isoformat() if born_on else None,
        )
        for name, last4, place, standing, gender, born_on in found.iterator(chunk_size=5000)
    )
    return _workbook(_("People"), columns, lines, on, now)


def _workbook(
    title: str, columns: tuple[Column, ...], lines: tuple[Any, ...], on: date, now: datetime
) -> bytes:
    head = ((_("As of"), date_format(on)),)
    table = LedgerTable(title, columns, lines, head=head, mark=mark_of_fiction())
    return xlsx(table, made_at=now)
