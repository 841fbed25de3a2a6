"""Which tables somebody has to fill in, by the deadline of their tier."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.campaigns.enums import RoundState
from pingyi.campaigns.queries import pack_of, scopes
from pingyi.returns.queries.returns import Owed, owed_by
from pingyi.ui.doors import Item, Worklist

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round


def worklist(actor: "User", round_: "Round | None", today: date) -> Worklist:
    """Owed: the tables of the units whose clerk or office one is, from the beginning of the round
    until they are sent; after its end until their day has passed.
    """
    if round_ is None or round_.state == RoundState.PLANNED or not pack_of(round_.campaign).tables:
        return Worklist()
    kept = [
        scope.unit
        for scope in scopes(actor, round_.campaign)
        if scope.role in Right.FILL_IN_TABLES.roles
    ]
    if not kept:
        return Worklist()
    is_closed = round_.state == RoundState.CLOSED
    found: dict[int, Owed] = {}
    for owed in owed_by(round_, kept):
        is_over = owed.due_on is None or (is_closed and today > owed.due_on)
        if owed.is_to_be_sent and not is_over:
            found.setdefault(owed.unit.pk, owed)
    return Worklist(owed=[_item(round_, owed, today) for owed in found.values()])


def _item(round_: "Round", owed: Owed, today: date) -> Item:
    """A line for each unit, by the first of its tables that is still to be sent."""
    return Item(
        _("Statistical tables: %(tier)s") % {"tier": owed.tier},
        owed.unit.name,
        owed.due_on,
        owed.lateness(today),
        reverse("returns:unit", args=[round_.campaign.code, round_.code, owed.unit.code]),
        _("Look at the tables"),
    )
