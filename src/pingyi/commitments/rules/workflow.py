"""The way of a commitment: what may be done in each state, by which side (N15).

One table, from which permissions, pages and the picture in the documentation are made.
"""

from dataclasses import dataclass
from enum import Enum

from pingyi.commitments.enums import CommitmentDeed, CommitmentState, LedgerKind


class Side(Enum):
    """Whoever made the commitment, or whoever answers for them: a branch for its members, the
    organization above for a branch.
    """

    MAKER = "maker"
    EXAMINER = "examiner"


@dataclass(frozen=True)
class Move:
    """A deed: whose it is, from which states, to which, and its line in the ledger."""

    side: Side
    begins: frozenset[CommitmentState]
    ends: CommitmentState
    kind: LedgerKind


_NEW = frozenset({CommitmentState.PROPOSED, CommitmentState.SENT_BACK})
_OPEN = frozenset({CommitmentState.PROPOSED, CommitmentState.EXAMINED})
_GOING = frozenset({CommitmentState.PUBLISHED, CommitmentState.KEPT})


def _from(*states: CommitmentState) -> frozenset[CommitmentState]:
    return frozenset(states)


MOVES: dict[CommitmentDeed, Move] = {
    CommitmentDeed.REVISE: Move(Side.MAKER, _NEW, CommitmentState.PROPOSED, LedgerKind.REVISED),
    CommitmentDeed.EXAMINE: Move(
        Side.EXAMINER,
        _from(CommitmentState.PROPOSED),
        CommitmentState.EXAMINED,
        LedgerKind.EXAMINED,
    ),
    CommitmentDeed.SEND_BACK: Move(
        Side.EXAMINER, _OPEN, CommitmentState.SENT_BACK, LedgerKind.SENT_BACK
    ),
    CommitmentDeed.PUBLISH: Move(
        Side.EXAMINER,
        _from(CommitmentState.EXAMINED),
        CommitmentState.PUBLISHED,
        LedgerKind.PUBLISHED,
    ),
    # More than once, as things go on.
    CommitmentDeed.KEEP: Move(Side.MAKER, _GOING, CommitmentState.KEPT, LedgerKind.KEPT),
    CommitmentDeed.CHECK: Move(Side.EXAMINER, _GOING, CommitmentState.CHECKED, LedgerKind.CHECKED),
    CommitmentDeed.APPRAISE: Move(
        Side.EXAMINER,
        _from(CommitmentState.CHECKED),
        CommitmentState.APPRAISED,
        LedgerKind.APPRAISED,
    ),
}
# What hangs on the wall.
PUBLIC = (
    CommitmentState.PUBLISHED,
    CommitmentState.KEPT,
    CommitmentState.CHECKED,
    CommitmentState.APPRAISED,
)


def diagram() -> str:
    """The table as a Mermaid state diagram, for the documentation."""
    first = CommitmentState.PROPOSED.value
    lines = ["stateDiagram-v2", f"    [*] --> {first}: propose (maker)"]
    for deed, move in MOVES.items():
        for begin in CommitmentState:
            if begin in move.begins:
                way = f"{deed.value} ({move.side.value})"
                lines.append(f"    {begin.value} --> {move.ends.value}: {way}")
    return "\n".join(lines) + "\n"
