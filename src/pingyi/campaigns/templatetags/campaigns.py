"""What a pack says, in the words of the register."""

from typing import TYPE_CHECKING

from django import template

from pingyi.campaigns.queries.foreseen import judged_words

if TYPE_CHECKING:
    from pingyi.campaigns.rules.pack import BallotForm

register = template.Library()


@register.filter
def judged(form: "BallotForm") -> list[str]:
    """Whom a ballot is about, mark by mark."""
    return judged_words(form)
