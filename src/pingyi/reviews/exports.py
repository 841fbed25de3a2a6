"""The ledger of reviews as a document (N10)."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pingyi.core.clock import day_of
from pingyi.documents.layouts import Column, LedgerTable
from pingyi.documents.pdf import pdf
from pingyi.documents.xlsx import xlsx
from pingyi.reviews.queries import Line

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"


def headings() -> list[str]:
    """The usual columns of the ledger."""
    return [
        _("No."),
        _("Date"),
        _("Place"),
        _("Reviewer"),
        _("Post"),
        _("Reviewed"),
        _("Organization"),
        _("Form"),
        _("Achievements"),
        _("Shortcomings"),
        _("Direction of efforts"),
        _("Follow-up"),
        _("Published (scope/way)"),
    ]


WIDTHS = (5, 11, 12, 9, 12, 12, 16, 10, 30, 26, 26, 20, 16)


def ledger_table(campaign: "Campaign", lines: Iterable[Line], now: datetime) -> LedgerTable:
    """The lines under the usual columns, numbered from one."""
    rows = tuple(
        (
            number,
            line.review.held_on.isoformat(),
            line.review.place,
            line.review.reviewer.name,
            line.post,
            line.subject,
            line.unit,
            line.form,
            line.review.achievements,
            line.review.problems,
            line.review.direction,
            line.review.follow_up,
            line.published,
        )
        for number, line in enumerate(lines, start=1)
    )
    columns = tuple(Column(label, width) for label, width in zip(headings(), WIDTHS, strict=True))
    return LedgerTable(
        title=_("Ledger of leader reviews"),
        columns=columns,
        rows=rows,
        head=((_("Campaign"), campaign.name), (_("As of"), day_of(now).isoformat())),
    )


def ledger_xlsx(campaign: "Campaign", lines: Iterable[Line], now: datetime) -> bytes:
    """The ledger as a workbook."""
    return xlsx(ledger_table(campaign, lines, now), made_at=now)


def ledger_pdf(campaign: "Campaign", lines: Iterable[Line], now: datetime) -> bytes:
    """The ledger as PDF."""
    return pdf(ledger_table(campaign, lines, now), made_at=now)
