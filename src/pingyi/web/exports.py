"""The supervision page as a workbook."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from pingyi.documents.layouts import Column, LedgerTable
from pingyi.documents.xlsx import xlsx
from pingyi.web.queries import UnitState


def supervision_xlsx(round_name: str, states: Sequence[UnitState]) -> bytes:
    """One row a unit, worst first."""
    columns = (
        Column(_("Unit"), 30),
        Column(_("Organizations reviewed"), 14, "right"),
        Column(_("Organizations missing"), 14, "right"),
        Column(_("Members reviewed"), 14, "right"),
        Column(_("Members missing"), 14, "right"),
        Column(_("Appraisals counted"), 14, "right"),
        Column(_("of"), 8, "right"),
        Column(_("Open flags"), 10, "right"),
        Column(_("Signs"), 10, "right"),
    )
    rows = tuple(
        (
            state.name,
            state.coverage.units.done,
            state.coverage.units.missing,
            state.coverage.people.done,
            state.coverage.people.missing,
            state.counted,
            state.branches,
            state.open_flags,
            state.signs,
        )
        for state in states
    )
    return xlsx(
        LedgerTable(
            title=_("Supervision"), columns=columns, rows=rows, head=((_("Round"), round_name),)
        )
    )
