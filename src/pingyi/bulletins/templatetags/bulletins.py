"""How the state of a bulletin looks, and a key as it stands in a text."""

from typing import TYPE_CHECKING

from django import template

from pingyi.bulletins.enums import BulletinState

if TYPE_CHECKING:
    from pingyi.bulletins.models import Bulletin

register = template.Library()
BADGES = {BulletinState.PUBLISHED: "done", BulletinState.APPROVED: "soon"}


@register.filter
def badge(bulletin: "Bulletin") -> str:
    """The kind of badge of a state."""
    return BADGES.get(BulletinState(bulletin.state), "todo")


@register.filter
def braced(key: str) -> str:
    """The key as it is typed."""
    return f"{{{key}}}"
