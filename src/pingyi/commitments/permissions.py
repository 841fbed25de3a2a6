"""Who makes a commitment, who examines and checks it (N15)."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import Actor
from pingyi.campaigns.permissions import holds
from pingyi.campaigns.queries import is_self
from pingyi.commitments.enums import CommitmentDeed
from pingyi.commitments.rules.workflow import MOVES, Side
from pingyi.core.refusals import Refusal

if TYPE_CHECKING:
    from pingyi.campaigns.models import Participant, Unit
    from pingyi.commitments.models import Commitment


def why_not_propose(
    actor: Actor, unit: "Unit", participant: "Participant | None"
) -> Refusal | None:
    """A member for the own person; whoever keeps the records for the organization and everybody."""
    is_own = participant is not None and is_self(actor, participant)
    if is_own or holds(actor, unit, Right.RECORD_APPRAISALS):
        return None
    return Refusal(
        _("Only the member, or whoever keeps the records of %(unit)s, makes this commitment.")
        % {"unit": unit.name},
        code="not_a_maker",
    )


def why_not_import(actor: Actor, unit: "Unit") -> Refusal | None:
    """Many at once are written down by whoever keeps the records."""
    return why_not_propose(actor, unit, None)


def why_not_do(actor: Actor, commitment: "Commitment", deed: CommitmentDeed) -> Refusal | None:
    """Whether the deed is this side's and can follow; nobody examines their own commitment."""
    move = MOVES[deed]
    if move.side is Side.MAKER:
        refusal = why_not_propose(actor, commitment.unit, commitment.participant)
        if refusal is not None:
            return refusal
    elif not _examines(actor, commitment):
        return Refusal(
            _("Only whoever answers for who made it examines, publishes and checks it."),
            code="not_an_examiner",
        )
    if commitment.state not in move.begins:
        return Refusal(
            _("This commitment is “%(state)s”: that cannot follow now.")
            % {"state": commitment.get_state_display()},
            code="not_now",
        )
    return None


def _examines(actor: Actor, commitment: "Commitment") -> bool:
    """A branch examines those of its members, the organization above those of the branch."""
    participant = commitment.participant
    if participant is None:
        return holds(actor, commitment.unit.parent or commitment.unit, Right.DECIDE)
    if actor is not None and is_self(actor, participant):
        return False
    return holds(actor, commitment.unit, Right.RECORD_APPRAISALS)
