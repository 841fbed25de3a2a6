"""The ledger of appraisals as a document, in the columns people use (N10)."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pingyi.appraisals.queries.ledger import LedgerLine
from pingyi.documents.layouts import Column, Layout, LedgerTable
from pingyi.documents.pdf import pdf
from pingyi.documents.xlsx import xlsx
from pingyi.ledger.queries import mark_of_fiction, root

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round

RENDERERS: dict[str, Callable[[Layout], bytes]] = {"pdf": pdf, "xlsx": xlsx}


def ledger_document(round_: "Round", lines: Sequence[LedgerLine], *, kind: str) -> bytes:
    """One row a signed count, as pdf or xlsx."""
    return RENDERERS[kind](ledger_table(round_, lines))


def ledger_table(round_: "Round", lines: Sequence[LedgerLine]) -> LedgerTable:
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
    rows = tuple(
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
