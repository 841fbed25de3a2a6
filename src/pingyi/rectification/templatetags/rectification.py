"""How the state of an item looks."""

from datetime import date
from typing import TYPE_CHECKING

from django import template

from pingyi.rectification.enums import ItemState
from pingyi.rectification.rules.workflow import OWED

if TYPE_CHECKING:
    from pingyi.rectification.models import Item

register = template.Library()
BADGES = {ItemState.CLOSED: "done", ItemState.REPORTED: "soon"}


@register.filter
def badge(item: "Item") -> str:
    """The kind of badge of a state."""
    return BADGES.get(ItemState(item.state), "todo")


@register.filter
def is_late(item: "Item", today: date) -> bool:
    """Whether its organization should have reported by now."""
    return item.state in OWED and item.due_on is not None and item.due_on < today
