"""Which tables somebody has to fill in by the deadline of their tier, and which to examine."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.campaigns.enums import RoundState
from pingyi.campaigns.queries import pack_of, scopes
from pingyi.returns.queries.board import waiting_below
from pingyi.returns.queries.intakes import batches_of
from pingyi.returns.queries.returns import Owed, owed_by
from pingyi.ui.doors import LINES_SHOWN, Item, Turn, Worklist

# So long forms that were handed in together are remembered.
LATELY = timedelta(days=7)

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round


def worklist(actor: "User", round_: "Round | None", today: date) -> Worklist:
    """Owed: the tables of the units whose clerk or office one is, from the beginning of the round
    until they are sent; after its end until their day has passed. Waiting: what units below have
    sent, until it is answered.
    """
    if round_ is None or round_.state == RoundState.PLANNED or not pack_of(round_.campaign).tables:
        return Worklist()
    kept = [
        scope
        for scope in scopes(actor, round_.campaign)
        if scope.role in Right.FILL_IN_TABLES.roles
    ]
    if not kept:
        return Worklist()
    is_closed = round_.state == RoundState.CLOSED
    found: dict[int, Owed] = {}
    for owed in owed_by(round_, [scope.unit for scope in kept]):
        is_over = owed.due_on is None or (is_closed and today > owed.due_on)
        if owed.is_to_be_sent and not is_over:
            found.setdefault(owed.unit.pk, owed)
    waiting, more = _to_examine(round_, [scope.path for scope in kept])
    return Worklist(
        owed=[_item(round_, owed, today) for owed in found.values()],
        waiting=[*_handed_in(actor, round_, today), *waiting],
        also_waiting=more,
        all_waiting=reverse("returns:accept-many", args=[round_.campaign.code, round_.code]),
    )


def _to_examine(round_: "Round", paths: list[str]) -> tuple[list[Item], int]:
    """What was sent and nobody has answered, the earliest first; and how much more there is."""
    rows = waiting_below(round_, paths)
    annexes = {table.code: table.annex for table in pack_of(round_.campaign).tables}
    found = [
        Item(
            _("Examine: %(table)s") % {"table": annexes[row.table]},
            row.unit.name,
            None,
            "todo",
            reverse("returns:unit", args=[round_.campaign.code, round_.code, row.unit.code])
            + f"?table={row.table}",
            _("Examine"),
        )
        for row in rows[: LINES_SHOWN + 1]
    ]
    more = rows.count() - LINES_SHOWN if len(found) > LINES_SHOWN else 0
    return found[:LINES_SHOWN], more


def _handed_in(actor: "User", round_: "Round", today: date) -> list[Item]:
    """Forms that one handed in together lately and that are not all taken over."""
    lately = batches_of(actor, round_).filter(sent_at__date__gt=today - LATELY)
    return [
        Item(
            _("Forms handed in together"),
            _("%(wrong)d of %(total)d to be mended")
            % {"wrong": each.total - each.taken_over, "total": each.total},
            None,
            "todo",
            reverse("returns:batch", args=[round_.campaign.code, round_.code, each.pk]),
            _("Look"),
        )
        for each in lately.exclude(total=F("taken_over"))[:LINES_SHOWN]
    ]


def _item(round_: "Round", owed: Owed, today: date) -> Item:
    """A line for each unit, by the first of its tables that is still to be sent."""
    is_after = owed.due_on is not None and owed.due_on > round_.closes_on
    turn = Turn.AFTERWARDS if is_after else Turn.TABLES
    return Item(
        _("Statistical tables: %(tier)s") % {"tier": owed.tier},
        owed.unit.name,
        owed.due_on,
        owed.urgency(today),
        reverse("returns:unit", args=[round_.campaign.code, round_.code, owed.unit.code]),
        _("Look at the tables"),
        turn=turn,
    )
