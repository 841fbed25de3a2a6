"""The ledger of rectifications in the usual columns (rulebook §5)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pingyi.documents.layouts import Column, LedgerTable
from pingyi.ledger.queries import mark_of_fiction, root

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign
    from pingyi.rectification.models import Item


def ledger_title() -> str:
    """整改台账."""
    return _("Ledger of rectifications")


def _evidence(item: "Item") -> str:
    """The words, and how many files there are."""
    if not item.files:
        return item.evidence
    files = ngettext("%(n)d file", "%(n)d files", item.files) % {"n": item.files}
    return "\n".join(filter(None, (item.evidence, files)))


def ledger_table(campaign: "Campaign", items: "Iterable[Item]") -> LedgerTable:
    """The items, one line each, under the usual columns."""
    columns = (
        Column(_("No."), 6, "right"),
        Column(_("Organization"), 18),
        Column(_("Problem"), 30),
        Column(_("Registered on"), 12),
        Column(_("Person responsible"), 10),
        Column(_("Measure"), 24),
        Column(_("To be done by"), 12),
        Column(_("State"), 8),
        Column(_("What was done"), 24),
        Column(_("Evidence"), 18),
        Column(_("Satisfied of those asked again"), 10),
        Column(_("Closed off on"), 12),
        Column(_("Times reopened"), 8, "right"),
    )
    rows = (
        (
            item.number,
            item.unit.name,
            item.problem,
            item.registered_on.isoformat(),
            item.responsible,
            item.measure,
            item.due_on.isoformat() if item.due_on else "",
            item.get_state_display(),
            item.outcome,
            _evidence(item),
            "" if item.asked_again is None else f"{item.pleased}/{item.asked_again}",
            item.closed_on.isoformat() if item.closed_on else "",
            item.times_reopened,
        )
        for item in items
    )
    return LedgerTable(
        title=ledger_title(),
        columns=columns,
        rows=rows,
        head=((_("Campaign"), campaign.name),),
        mark=mark_of_fiction(),
        noted=root(),
    )
