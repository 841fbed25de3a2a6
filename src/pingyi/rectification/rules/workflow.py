"""The way of a rectification item: what may be done in each state, by which side (N14).

One table, from which permissions, pages and the picture in the documentation are made.
"""

from dataclasses import dataclass
from enum import Enum

from pingyi.rectification.enums import ItemDeed, ItemState, LedgerKind


class Side(Enum):
    """The organization that puts it right, or whoever answers for it to the level above."""

    OWNER = "owner"
    SUPERIOR = "superior"


@dataclass(frozen=True)
class Move:
    """A deed: whose it is, from which states, to which, and its line in the ledger."""

    side: Side
    begins: frozenset[ItemState]
    ends: ItemState
    kind: LedgerKind


MOVES: dict[ItemDeed, Move] = {
    # Once more while nothing was reported: somebody else, another measure, another day.
    ItemDeed.ASSIGN: Move(
        Side.SUPERIOR,
        frozenset({ItemState.REGISTERED, ItemState.ASSIGNED, ItemState.REOPENED}),
        ItemState.ASSIGNED,
        LedgerKind.ASSIGNED,
    ),
    ItemDeed.REPORT: Move(
        Side.OWNER,
        frozenset({ItemState.ASSIGNED, ItemState.REOPENED}),
        ItemState.REPORTED,
        LedgerKind.REPORTED,
    ),
    ItemDeed.CLOSE: Move(
        Side.SUPERIOR, frozenset({ItemState.REPORTED}), ItemState.CLOSED, LedgerKind.CLOSED
    ),
    ItemDeed.REOPEN: Move(
        Side.SUPERIOR,
        frozenset({ItemState.REPORTED, ItemState.CLOSED}),
        ItemState.REOPENED,
        LedgerKind.REOPENED,
    ),
}
# Whose turn it is; closed, it is nobody's.
OWNERS: dict[ItemState, Side | None] = {
    ItemState.REGISTERED: Side.SUPERIOR,
    ItemState.ASSIGNED: Side.OWNER,
    ItemState.REPORTED: Side.SUPERIOR,
    ItemState.CLOSED: None,
    ItemState.REOPENED: Side.OWNER,
}
# The organization has to act by the day it was given.
OWED = tuple(state for state, side in OWNERS.items() if side is Side.OWNER)


def diagram() -> str:
    """The table as a Mermaid state diagram, for the documentation."""
    lines = ["stateDiagram-v2", f"    [*] --> {ItemState.REGISTERED.value}: register"]
    for deed, move in MOVES.items():
        for begin in ItemState:
            if begin in move.begins:
                way = f"{deed.value} ({move.side.value})"
                lines.append(f"    {begin.value} --> {move.ends.value}: {way}")
    return "\n".join(lines) + "\n"
