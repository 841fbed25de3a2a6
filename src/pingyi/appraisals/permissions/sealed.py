"""Who prepares, opens, closes, counts or voids a vote in a sealed box, and when it cannot be."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor
from pingyi.appraisals.enums import CountState
from pingyi.appraisals.permissions.counts import why_not_count, why_not_start_count
from pingyi.appraisals.queries.boxes import Box
from pingyi.appraisals.queries.counts import count_of
from pingyi.appraisals.queries.sealed import sealed_form, sealed_vote
from pingyi.appraisals.queries.stages import appraisal_of
from pingyi.core.refusals import Refusal

if TYPE_CHECKING:
    from pingyi.appraisals.models import SealedVote
    from pingyi.campaigns.models import Round, Unit

K = 10
"""Results of fewer ballots are not shown (ballots.md, small groups)."""
MOST_SLIPS = 300


def why_not_prepare(
    actor: Actor, round_: "Round", unit: "Unit", box: Box, slips: int | None = None
) -> Refusal | None:
    """A box is prepared where a count could begin, while no other vote on the form stands."""
    refusal = why_not_start_count(actor, round_, unit, *box.key)
    if refusal is not None:
        return refusal
    appraisal = appraisal_of(round_, unit)
    standing = sealed_vote(appraisal, box)
    if standing is not None and standing.voided_at is None:
        return Refusal(_("A sealed box for this ballot stands already."), code="box_stands")
    begun = count_of(appraisal, *box.key) if appraisal is not None else None
    if begun is not None and begun.state == CountState.DRAFT:
        return Refusal(
            _("A count of this ballot was begun by hand. Finish it, or vote by slips next time."),
            code="counted_by_hand",
        )
    if not sealed_form(box, unit).subjects:
        return Refusal(_("There is nobody to be judged on this ballot."), code="nobody_judged")
    if slips is not None and not K <= slips <= MOST_SLIPS:
        sentence = _(
            "Between %(least)d and %(most)d slips: the results of fewer than %(least)d ballots "
            "are not shown. For a smaller meeting count by hand."
        )
        return Refusal(sentence % {"least": K, "most": MOST_SLIPS}, code="number_of_slips")
    return None


def why_not_move(actor: Actor, vote: "SealedVote") -> Refusal | None:
    """Whoever may count at the unit moves its box on, until the vote is counted or void."""
    refusal = why_not_count(actor, vote.appraisal.round, vote.appraisal.unit)
    if refusal is not None:
        return refusal
    if vote.voided_at is not None:
        return Refusal(_("This vote was declared void."), code="vote_void")
    if vote.counted_at is not None:
        return Refusal(_("This vote has been counted."), code="vote_counted")
    return None


def why_not_open(actor: Actor, vote: "SealedVote") -> Refusal | None:
    """A box opens once."""
    if vote.opened_at is not None and vote.voided_at is None and vote.counted_at is None:
        return Refusal(_("The box is open already."), code="box_open")
    return why_not_move(actor, vote)


def why_not_close(
    actor: Actor, vote: "SealedVote", slips: tuple[int, int, int] | None = None
) -> Refusal | None:
    """An open box closes, and every slip that was printed is accounted for: handed out, left over
    or spoiled.
    """
    refusal = why_not_move(actor, vote)
    if refusal is not None:
        return refusal
    if vote.opened_at is None or vote.closed_at is not None:
        return Refusal(_("Only an open box is closed."), code="box_not_open")
    if slips is not None and sum(slips) != vote.printed:
        sentence = _(
            "Handed out, left over and spoiled are %(sum)d together, but %(printed)d slips were "
            "printed. Count the slips again."
        )
        return Refusal(sentence % {"sum": sum(slips), "printed": vote.printed}, code="slips")
    return None


def why_not_count_box(actor: Actor, vote: "SealedVote") -> Refusal | None:
    """A box is counted once it is closed."""
    refusal = why_not_move(actor, vote)
    if refusal is None and vote.closed_at is None:
        return Refusal(_("Close the box before it is counted."), code="box_not_closed")
    return refusal
