"""The ledger of appraisals as a document, in the columns people use (N10)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pingyi.appraisals.queries.ledger import LedgerLine
from pingyi.documents.layouts import Column, LedgerTable
from pingyi.ledger.queries import mark_of_fiction, root

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round


def ledger_table(round_: "Round", lines: Iterable[LedgerLine]) -> LedgerTable:
    """The counts under the usual columns, numbered from one."""
    columns = (
        Column(_("No."), 6, "right"),
        Column(_("Organization"), 22),
        Column(pgettext("ballot form", "Form"), 20),
        Column(_("Counted on"), 13),
        Column(_("due"), 6, "right"),
        Column(_("present"), 6, "right"),
        Column(_("issued"), 6, "right"),
        Column(_("collected"), 6, "right"),
        Column(_("valid"), 8, "right"),
        Column(_("spoilt"), 6, "right"),
        Column(_("Rates"), 28),
        Column(_("Scrutineer"), 10),
        Column(_("Teller"), 10),
        Column(_("Flags"), 16),
    )
    rows = (
        (
            number,
            line.unit_name,
            line.form_title,
            line.counted_on.isoformat(),
            *line.sums,
            line.rates,
            line.scrutineer,
            line.teller,
            line.flags,
        )
        for number, line in enumerate(lines, start=1)
    )
    return LedgerTable(
        title=_("Ledger of mass appraisals"),
        columns=columns,
        rows=rows,
        head=((_("Round"), round_.name),),
        mark=mark_of_fiction(),
        noted=root(),
    )
