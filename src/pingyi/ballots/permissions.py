"""Why something cannot be done with a box: sentences for voters and for whoever runs it."""

from django.utils.translation import gettext_lazy as _

from pingyi.ballots.enums import BoxDeed, BoxState
from pingyi.ballots.rules import checking
from pingyi.ballots.rules.states import STEPS
from pingyi.core.refusals import Refusal

NOT_OPEN = {
    BoxState.PREPARED: _("This ballot box is not open yet."),
    BoxState.PAUSED: _("Voting is paused. Keep this page open and try again later."),
    BoxState.CLOSED: _("Voting has ended: the box is closed."),
    BoxState.COUNTED: _("Voting has ended: the box is closed."),
    BoxState.PUBLISHED: _("Voting has ended: the box is closed."),
    BoxState.VOID: _("This vote was declared void. A new one is announced by the organizer."),
}
WRONG = {
    checking.OTHER_BOX: _("This ballot is for another ballot box."),
    checking.OTHER_FORM: _("This ballot does not fit the form. Load the page again."),
    checking.NO_RIGHT: _(
        "This ballot box does not know the code. Check it sign by sign; each code is for one vote."
    ),
    checking.WRONG_SIGNATURE: _("The ballot arrived damaged. Send it once more."),
}
NO_CODE = _(
    "This is no code of a slip: it has twenty signs, such as 7KM2-…. Check it sign by sign."
)
UNREADABLE = _("This is no ballot. Load the page again.")
CAST_BEFORE = _("With this code another ballot was cast before; that one counts.")


def why_not_cast(state: BoxState) -> Refusal | None:
    """The box takes ballots only while it is open."""
    if state == BoxState.OPEN:
        return None
    return Refusal(NOT_OPEN[state], code=f"box_is_{state.value}")


def why_not_say(opinion: str, most: int) -> Refusal | None:
    """An opinion beside a ballot that is longer than the form allows, or not asked for."""
    if len(opinion.strip()) <= most:
        return None
    sentence = _("The opinion is too long: at most %(most)d characters.") % {"most": most}
    return Refusal(sentence, code="opinion_too_long")


def why_not_do(deed: BoxDeed, state: BoxState) -> Refusal | None:
    """A deed that does not fit what the box is at."""
    if state in STEPS[deed].begins:
        return None
    sentence = _("This cannot be done now: the ballot box is “%(state)s”.") % {"state": state.label}
    return Refusal(sentence, code="box_in_other_state")
