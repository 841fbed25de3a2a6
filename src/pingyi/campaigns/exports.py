"""Lists of a campaign as workbooks."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pingyi.campaigns.queries.debtors import answering_for
from pingyi.campaigns.queries.gaps import Gaps, duty_label
from pingyi.core.clock import day_of
from pingyi.core.pieces import PIECE, in_parts, in_pieces
from pingyi.documents.layouts import Column, LedgerTable
from pingyi.ledger.queries import mark_of_fiction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from pingyi.campaigns.models import Amendment, Campaign, Exemption, Round


def exemptions_table(campaign: "Campaign", rows: "QuerySet[Exemption]") -> LedgerTable:
    """Exemptions, one line each."""
    columns = (
        Column(_("Round"), 10),
        Column(_("Exempt person or organization"), 24),
        Column(_("Organization"), 28),
        Column(_("From what"), 12),
        Column(_("Reason"), 40),
        Column(_("Granted by"), 12),
        Column(_("Granted on"), 12),
        Column(_("Revoked on"), 12),
    )
    lines = (
        (
            row.round.name,
            str(row.participant or row.unit),
            _organization(row),
            str(duty_label(row.duty, campaign)),
            row.reason,
            str(row.exempted_by or ""),
            day_of(row.exempted_at).isoformat(),
            day_of(row.revoked_at).isoformat() if row.revoked_at else None,
        )
        for piece in in_pieces(rows)
        for row in piece
    )
    return LedgerTable(_("Exemptions"), columns, lines, mark=mark_of_fiction())


def amendments_table(rows: "QuerySet[Amendment]") -> LedgerTable:
    """Amendments of the universe, one line each."""
    columns = (
        Column(_("On"), 12),
        Column(_("What was changed"), 20),
        Column(_("Person"), 12),
        Column(_("Organization"), 28),
        Column(_("Reason"), 40),
        Column(_("By"), 12),
    )
    lines = (
        (
            day_of(row.amended_at).isoformat(),
            row.get_kind_display(),
            str(row.participant or ""),
            str(row.unit or ""),
            row.reason,
            str(row.amended_by or ""),
        )
        for piece in in_pieces(rows)
        for row in piece
    )
    return LedgerTable(_("Amendments"), columns, lines, mark=mark_of_fiction())


def gaps_table(round_: "Round", found: Gaps) -> LedgerTable:
    """What is missing, one line each, with whoever owes it."""
    columns = (
        Column(_("Owed by"), 14),
        Column(_("Organization of that person"), 28),
        Column(_("Who"), 24),
        Column(_("Organization"), 28),
        Column(_("What is missing"), 14),
    )
    head = ((_("Round"), round_.name),)
    return LedgerTable(
        _("What is missing"),
        columns,
        _gap_lines(found, round_.campaign),
        head=head,
        mark=mark_of_fiction(),
    )


def _gap_lines(found: Gaps, campaign: "Campaign") -> "Iterator[tuple[str, ...]]":
    # Read to the end first: between two parts no statement is open.
    for part in in_parts(list(found), PIECE):
        owed_by = found.owed_by(part)
        answering = answering_for(found, part)
        for gap in part:
            person = owed_by.get(gap)
            yield (
                person.shown_name if person else answering.get(gap, ""),
                str(person.unit or "") if person else "",
                gap.subject,
                gap.unit_name,
                str(duty_label(gap.duty, campaign)),
            )


def _organization(row: "Exemption") -> str:
    if row.participant is not None:
        return str(row.participant.unit or "")
    return str(row.unit)
