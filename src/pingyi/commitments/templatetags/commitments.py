"""How the state of a commitment looks."""

from typing import TYPE_CHECKING

from django import template

from pingyi.commitments.enums import Fulfilment

if TYPE_CHECKING:
    from pingyi.commitments.models import Commitment

register = template.Library()


@register.filter
def badge(commitment: "Commitment") -> str:
    """The kind of badge of a state."""
    if commitment.fulfilment:
        return "done" if commitment.fulfilment == Fulfilment.WHOLE else "soon"
    return "todo"
