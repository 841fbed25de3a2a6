"""What a pack says, in the words of the register."""

from typing import TYPE_CHECKING

from django import template

from pingyi.campaigns.queries.foreseen import judged_words
from pingyi.campaigns.queries.packs import label_of

if TYPE_CHECKING:
    from pingyi.campaigns.rules.pack import BallotForm, Flag, Stage

register = template.Library()


@register.filter
def called(piece: "Stage | Flag") -> str:
    """What a stage or a flag is called, in the reader's language."""
    return label_of(piece)


@register.filter
def judged(form: "BallotForm") -> list[str]:
    """Whom a ballot is about, mark by mark."""
    return judged_words(form)
