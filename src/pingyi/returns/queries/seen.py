"""What a page of a return shows of what it edits, as it is by now (ui.edits)."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pingyi.campaigns.queries import pack_of
from pingyi.core.seen import Content, Said
from pingyi.returns.enums import ReturnState
from pingyi.returns.models import Return
from pingyi.returns.queries.draft import Draft, draft_of, said_now
from pingyi.returns.queries.moments import Moment
from pingyi.returns.queries.returns import returns_of
from pingyi.returns.queries.sentences import cell_label, said_in_words
from pingyi.returns.rules.cells import Cell, Correction

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit

BLANK = "blank"


def return_seen(round_: "Round", unit: "Unit", table: str) -> Content:
    """Where a return stands, in which version, and until when it may be sent."""
    return _stands(_row(round_, unit, table))


def _stands(row: Return) -> Content:
    state = str(ReturnState(row.state).label)
    number = row.latest.number if row.latest else 0
    words = _("%(state)s, version %(number)s") % {"state": state, "number": number or "—"}
    return {
        "state": Said(_("State"), [row.state, number], words),
        "until": row.extended_to,
    }


def draft_seen(round_: "Round", unit: "Unit", table: str) -> Content:
    """The same, and every figure that would be sealed."""
    pack = pack_of(round_.campaign)
    plan = next(each for each in pack.tables if each.code == table)
    row = _row(round_, unit, table)
    return seen_in_draft(draft_of(row, plan, said_now(Moment(round_), unit)))


def seen_in_draft(draft: Draft) -> Content:
    """The same, where the draft has been counted already."""
    pack = pack_of(draft.row.round.campaign)
    figures = {
        code: Said(cell_label(pack, code), [cell.counted, cell.said], said_in_words(cell.said))
        for code, cell in draft.cells.items()
    }
    return {**_stands(draft.row), **figures}


def correction_seen(round_: "Round", unit: "Unit", cell: str) -> Content:
    """What is said in a cell, in the fields of the form, and what is counted there."""
    row = _row(round_, unit, cell.partition(".")[0])
    return seen_in_cell(row, said_now(Moment(round_), unit)[cell])


def seen_in_cell(row: Return, said: Cell) -> Content:
    """The same, where it has been counted already."""
    return {
        **_stands(row),
        "counted": Said(_("Counted by the ledger"), said.counted, said_in_words(said.counted)),
        **fields_of(Correction(said.said, said.reason)),
    }


def fields_of(said: Correction) -> dict[str, Any]:
    """What is said in a cell as the fields of a form have it."""
    is_number = isinstance(said.said, int)
    return {
        "word": "" if is_number else said.said or BLANK,
        "number": said.said if is_number else None,
        "reason": said.reason,
    }


def _row(round_: "Round", unit: "Unit", table: str) -> Return:
    return next(row for plan, row in returns_of(round_, unit) if plan.code == table)
