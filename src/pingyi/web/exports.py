"""The supervision page and the access log as lists."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils.timezone import make_naive
from django.utils.translation import gettext as _

from pingyi.campaigns.queries import pack_of
from pingyi.documents.layouts import Column, LedgerTable
from pingyi.ledger.queries import mark_of_fiction
from pingyi.web.queries.supervision import UnitState

if TYPE_CHECKING:
    from pingyi.accounts.models import Access
    from pingyi.campaigns.models import Round


def supervision_table(round_: "Round", states: Sequence[UnitState]) -> LedgerTable:
    """One row a unit, late first; the columns of what the campaign's pack asks for."""
    pack = pack_of(round_.campaign)
    columns = [
        Column(_("Unit"), 30),
        Column(_("Days late"), 10, "right"),
        *(_review_columns() if pack.review else ()),
        *(_appraisal_columns() if pack.appraisal else ()),
        *([Column(_("Signs"), 10, "right")] if pack.review else ()),
    ]
    rows = tuple(
        (
            state.name,
            state.days_late,
            *(_review_cells(state) if pack.review else ()),
            *(
                (state.appraisals.counted, state.appraisals.branches, state.appraisals.open_flags)
                if pack.appraisal
                else ()
            ),
            *((state.signs,) if pack.review else ()),
        )
        for state in states
    )
    head = ((_("Round"), round_.name),)
    return LedgerTable(
        title=_("Supervision"),
        columns=tuple(columns),
        rows=rows,
        head=head,
        mark=mark_of_fiction(),
    )


def _review_columns() -> list[Column]:
    return [
        Column(_("Reviews missing"), 10, "right"),
        Column(_("Organizations reviewed"), 14, "right"),
        Column(_("Organizations missing"), 14, "right"),
        Column(_("Members reviewed"), 14, "right"),
        Column(_("Members missing"), 14, "right"),
    ]


def _review_cells(state: UnitState) -> tuple[int, int, int, int, int]:
    units, people = state.coverage.units, state.coverage.people
    return state.reviews, units.done, units.missing, people.done, people.missing


def _appraisal_columns() -> list[Column]:
    return [
        Column(_("Appraisals counted"), 14, "right"),
        Column(_("Appraisals due"), 14, "right"),
        Column(_("Open flags"), 10, "right"),
    ]


def access_table(lines: "Iterable[Access]") -> LedgerTable:
    """One row a line of the access log."""
    columns = (
        Column(_("When"), 20),
        Column(_("What"), 22),
        Column(_("Account"), 20),
        Column(_("Name"), 14),
        Column(_("By"), 20),
        Column(_("Network address"), 18),
        Column(_("Role or file"), 40),
    )
    rows = (
        (
            make_naive(line.done_at).strftime("%Y-%m-%d %H:%M:%S"),
            line.get_kind_display(),
            line.account.username if line.account else _("name that nobody has"),
            line.account.shown_name if line.account else "",
            line.done_by.username if line.done_by else "",
            line.address or "",
            line.told_text,
        )
        for line in lines
    )
    return LedgerTable(title=_("Access log"), columns=columns, rows=rows, mark=mark_of_fiction())
