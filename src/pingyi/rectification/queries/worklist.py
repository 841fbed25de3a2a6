"""What somebody has to put right, and what waits to be assigned or checked."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pingyi.accounts.enums import Right
from pingyi.campaigns.queries import scopes
from pingyi.core.clock import due_state
from pingyi.rectification.enums import ItemState
from pingyi.rectification.models import Item
from pingyi.rectification.queries.items import LATE, items_below, narrowed
from pingyi.ui.doors import LINES_SHOWN, Worklist
from pingyi.ui.doors import Item as Line

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Campaign, Round


FIRST = 1


def worklist(actor: "User", round_: "Round | None", today: date) -> Worklist:
    """Owed: items of the units one keeps the records of. Waiting: how many to assign, to check.

    They belong to a campaign: said with its first round alone, whatever became of that.
    """
    if round_ is None or round_.position != FIRST:
        return Worklist()
    campaign = round_.campaign
    return Worklist(list(_owed(actor, campaign, today)), list(_waiting(actor, campaign, today)))


def _owed(actor: "User", campaign: "Campaign", today: date) -> Iterator[Line]:
    """Of the unit itself, not of those below it: they have somebody of their own."""
    found = scopes(actor, campaign)
    units = {each.unit.pk for each in found if each.role in Right.RECORD_APPRAISALS.roles}
    if not units:
        return
    items = Item.objects.owed().filter(campaign=campaign, unit__in=units).select_related("unit")
    for item in items.order_by("due_on", "number")[:LINES_SHOWN]:
        yield Line(
            _("Put right no. %(number)d: %(problem)s")
            % {"number": item.number, "problem": item.problem[:40]},
            item.unit.name,
            item.due_on,
            due_state(item.due_on, today) if item.due_on else "todo",
            reverse("rectification:item", args=[campaign.code, item.pk]),
            _("Report"),
        )


def _waiting(actor: "User", campaign: "Campaign", today: date) -> Iterator[Line]:
    """One line for all that is to be assigned, one for all to be checked, one for what is late."""
    found = [each for each in scopes(actor, campaign) if each.role in Right.DECIDE.roles]
    if not found:
        return
    # What stands at the top has nobody above.
    own = {each.unit.pk for each in found if each.unit.parent_id is not None}
    items = items_below(campaign, [each.path for each in found]).exclude(unit__in=own)
    words = (ItemState.REGISTERED.value, ItemState.REPORTED.value, LATE)
    counts = items.order_by().aggregate(
        **{word: Count("pk", filter=narrowed(word, today)) for word in words}
    )
    for word in words:
        if counts[word]:
            yield Line(
                _sentence(word, counts[word]),
                found[0].unit.name,
                None,
                # Late is somebody else: nothing that this reader does first.
                "todo",
                reverse("rectification:items", args=[campaign.code]) + f"?state={word}",
                _("Show"),
            )


def _sentence(word: str, n: int) -> str:
    texts = {
        ItemState.REGISTERED.value: ngettext(
            "%(n)d rectification item to assign", "%(n)d rectification items to assign", n
        ),
        ItemState.REPORTED.value: ngettext(
            "%(n)d rectification to check", "%(n)d rectifications to check", n
        ),
        LATE: ngettext("%(n)d rectification is late", "%(n)d rectifications are late", n),
    }
    return texts[word] % {"n": n}
