"""Which tables somebody has to fill in, by the deadline of their tier."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.campaigns.enums import RoundState
from pingyi.campaigns.queries import deadlines_of, pack_of, scopes
from pingyi.core.clock import due_state
from pingyi.ui.doors import Item, Worklist

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round


def worklist(actor: "User", round_: "Round | None", today: date) -> Worklist:
    """Owed: the tables of the units whose clerk or office one is, from the beginning of the round;
    after its end until their day has passed.
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
    due = {each.tier: each for each in deadlines_of(round_.campaign) if each.round_id == round_.pk}
    found = []
    for unit in kept:
        deadline = due.get("unit" if unit.is_reporting else "county")
        is_closed = round_.state == RoundState.CLOSED
        if deadline is not None and not (is_closed and today > deadline.due_on):
            item = Item(
                _("Statistical tables: %(tier)s") % {"tier": deadline.name},
                unit.name,
                deadline.due_on,
                due_state(deadline.due_on, today),
                reverse("returns:unit", args=[round_.campaign.code, round_.code, unit.code]),
                _("Look at the tables"),
            )
            found.append(item)
    return Worklist(owed=found)
