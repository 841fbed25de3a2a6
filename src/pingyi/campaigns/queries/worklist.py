"""What waits for the campaign office: a round whose last day has passed."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.campaigns.enums import RoundState
from pingyi.campaigns.queries.scopes import scopes
from pingyi.ui.doors import Item, Worklist

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round


def worklist(actor: "User", round_: "Round | None", today: date) -> Worklist:
    """Waiting: the open round, to be closed after its last day."""
    if round_ is None or round_.state != RoundState.OPEN or today <= round_.closes_on:
        return Worklist()
    if all(scope.role not in Right.RUN_CAMPAIGNS.roles for scope in scopes(actor, round_.campaign)):
        return Worklist()
    item = Item(
        _("Close the round: its last day has passed"),
        round_.name,
        round_.closes_on,
        "late",
        reverse("campaigns:gaps", args=[round_.campaign.code, round_.code]),
        _("Look at the gaps"),
    )
    return Worklist(waiting=[item])
