"""The way of a bulletin: what may be done in each state, by which side (N6, N18).

One table, from which permissions, pages and the picture in the documentation are made.
"""

from dataclasses import dataclass
from enum import Enum

from pingyi.bulletins.enums import BulletinDeed, BulletinState, LedgerKind


class Side(Enum):
    """Whoever writes for the organization, or answers for everybody whom the bulletin reaches."""

    WRITER = "writer"
    APPROVER = "approver"
    EITHER = "either"


@dataclass(frozen=True)
class Move:
    """A deed: whose it is, from which states, to which, and its line in the ledger."""

    side: Side
    begins: frozenset[BulletinState]
    ends: BulletinState
    kind: LedgerKind


_OPEN = frozenset({BulletinState.DRAFT, BulletinState.APPROVED})
MOVES: dict[BulletinDeed, Move] = {
    # What was approved and is changed has to be approved anew.
    BulletinDeed.REVISE: Move(Side.WRITER, _OPEN, BulletinState.DRAFT, LedgerKind.REVISED),
    BulletinDeed.APPROVE: Move(
        Side.APPROVER,
        frozenset({BulletinState.DRAFT}),
        BulletinState.APPROVED,
        LedgerKind.APPROVED,
    ),
    BulletinDeed.PUBLISH: Move(
        Side.WRITER,
        frozenset({BulletinState.APPROVED}),
        BulletinState.PUBLISHED,
        LedgerKind.PUBLISHED,
    ),
    BulletinDeed.WITHDRAW: Move(
        Side.EITHER,
        _OPEN | {BulletinState.PUBLISHED},
        BulletinState.WITHDRAWN,
        LedgerKind.WITHDRAWN,
    ),
}


def diagram() -> str:
    """The table as a Mermaid state diagram, for the documentation."""
    lines = ["stateDiagram-v2", f"    [*] --> {BulletinState.DRAFT.value}: write (writer)"]
    for deed, move in MOVES.items():
        for begin in BulletinState:
            if begin in move.begins:
                way = f"{deed.value} ({move.side.value})"
                lines.append(f"    {begin.value} --> {move.ends.value}: {way}")
    return "\n".join(lines) + "\n"
