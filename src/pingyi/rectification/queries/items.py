"""Items in sight, in the words of their list."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.campaigns.queries import hold_all, scopes
from pingyi.rectification.enums import ItemState
from pingyi.rectification.models import Item
from pingyi.rectification.models.item import ItemQuerySet
from pingyi.rectification.rules.workflow import OWED

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Campaign

LATE = "late"
# What the list can be narrowed to, by the word in the address.
FILTERS = (*ItemState.values, LATE)


def paths_of(actor: "User", campaign: "Campaign", right: Right) -> list[str]:
    """The subtrees in which the actor has a right."""
    return [scope.path for scope in scopes(actor, campaign) if scope.role in right.roles]


def items_visible_to(actor: "User", campaign: "Campaign") -> ItemQuerySet:
    """Items of the units whose appraisals the actor reads."""
    paths = paths_of(actor, campaign, Right.READ_APPRAISALS)
    found = items_below(campaign, paths)
    return found.select_related("unit__parent", "unit__campaign")


def items_below(campaign: "Campaign", paths: list[str]) -> ItemQuerySet:
    """Items of these subtrees: their units are found first, then each one's items."""
    items = Item.objects.filter(campaign=campaign)
    if hold_all(paths):
        return items
    return items.filter(unit__in=campaign.units.in_subtree(paths).order_by())


def narrowed(word: str, today: date) -> Q:
    """The condition of a filter: a state, or what its owner owes since before today."""
    if word == LATE:
        return Q(state__in=OWED, due_on__lt=today)
    return Q(state=word) if word in ItemState.values else Q()


def next_number(campaign: "Campaign") -> int:
    """The number after the highest one; two at once are told apart by the table."""
    highest = Item.objects.filter(campaign=campaign).aggregate(found=Max("number"))["found"]
    return (highest or 0) + 1


def records(campaign: "Campaign") -> list[str]:
    """Whether anything was registered in a campaign."""
    return [_("rectification items")] if Item.objects.filter(campaign=campaign).exists() else []
