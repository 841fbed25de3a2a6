"""The ledger of reviews as a document (N10)."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pingyi.core.clock import day_of
from pingyi.documents.layouts import Column, LedgerTable
from pingyi.ledger.queries import mark_of_fiction, root
from pingyi.reviews.queries.entries import LedgerEntry
from pingyi.reviews.queries.texts import review_name

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign


def headings() -> list[str]:
    """The usual columns of the ledger."""
    return [
        _("No."),
        _("Date"),
        _("Place"),
        _("Reviewer"),
        _("Post"),
        _("Of whom"),
        _("Organization"),
        _("Form"),
        _("Achievements"),
        _("Shortcomings"),
        _("Direction of efforts"),
        _("Follow-up"),
        _("Published (scope/way)"),
    ]


WIDTHS = (7, 16, 12, 10, 12, 12, 16, 10, 29, 25, 25, 18, 15)


def ledger_title(campaign: "Campaign") -> str:
    """领导点评台账: the ledger, under the campaign's own word."""
    return _("Ledger: %(name)s") % {"name": review_name(campaign)}


def ledger_table(campaign: "Campaign", lines: Iterable[LedgerEntry], now: datetime) -> LedgerTable:
    """The lines under the usual columns, numbered from one."""
    rows = (
        (
            number,
            line.held_on.isoformat(),
            line.place,
            line.reviewer,
            line.post,
            line.subject,
            line.unit,
            line.form,
            line.achievements,
            line.problems,
            line.direction,
            line.follow_up,
            line.published,
        )
        for number, line in enumerate(lines, start=1)
    )
    columns = tuple(Column(label, width) for label, width in zip(headings(), WIDTHS, strict=True))
    return LedgerTable(
        title=ledger_title(campaign),
        columns=columns,
        rows=rows,
        head=((_("Campaign"), campaign.name), (_("As of"), date_format(day_of(now)))),
        mark=mark_of_fiction(),
        noted=root(),
    )
