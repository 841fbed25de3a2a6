"""The way of a return: who owns it in each state, what each side calls that, what may be done.

One table, from which permissions, pages, messages and the picture in the documentation are made
(N12).
"""

from dataclasses import dataclass
from enum import Enum

from pingyi.returns.enums import LedgerKind, Notice, ReturnDeed, ReturnState


class Side(Enum):
    """Of the two that a return stands between: the unit that owes it, the one it goes to."""

    SENDER = "sender"
    RECEIVER = "receiver"


@dataclass(frozen=True)
class Step:
    """A deed: whose it is, from which states, to which (None: it stays), its line, and what the
    other side is told (None: nothing).
    """

    side: Side
    begins: frozenset[ReturnState]
    ends: ReturnState | None
    kind: LedgerKind
    told: Notice | None = None


OWNERS: dict[ReturnState, Side | None] = {
    ReturnState.OPEN: Side.SENDER,
    ReturnState.SEALED: Side.SENDER,
    ReturnState.SUBMITTED: Side.RECEIVER,
    ReturnState.ACCEPTED: None,
    ReturnState.SENT_BACK: Side.SENDER,
    ReturnState.WAIVED: None,
}
_NOT_SENT = frozenset({ReturnState.OPEN, ReturnState.SEALED, ReturnState.SENT_BACK})

STEPS: dict[ReturnDeed, Step] = {
    # Once more before it is sent, and after it was accepted: an amendment, with its cause.
    ReturnDeed.SEAL: Step(
        Side.SENDER, _NOT_SENT | {ReturnState.ACCEPTED}, ReturnState.SEALED, LedgerKind.SEALED
    ),
    ReturnDeed.SUBMIT: Step(
        Side.SENDER,
        frozenset({ReturnState.SEALED}),
        ReturnState.SUBMITTED,
        LedgerKind.SUBMITTED,
        Notice.SUBMITTED,
    ),
    ReturnDeed.WITHDRAW: Step(
        Side.SENDER, frozenset({ReturnState.SUBMITTED}), ReturnState.SEALED, LedgerKind.WITHDRAWN
    ),
    ReturnDeed.ACCEPT: Step(
        Side.RECEIVER,
        frozenset({ReturnState.SUBMITTED}),
        ReturnState.ACCEPTED,
        LedgerKind.ACCEPTED,
        Notice.ACCEPTED,
    ),
    ReturnDeed.SEND_BACK: Step(
        Side.RECEIVER,
        frozenset({ReturnState.SUBMITTED}),
        ReturnState.SENT_BACK,
        LedgerKind.SENT_BACK,
        Notice.SENT_BACK,
    ),
    ReturnDeed.EXTEND: Step(
        Side.RECEIVER,
        _NOT_SENT,
        None,
        LedgerKind.EXTENDED,
        Notice.EXTENDED,
    ),
    ReturnDeed.WAIVE: Step(
        Side.RECEIVER,
        _NOT_SENT,
        ReturnState.WAIVED,
        LedgerKind.WAIVED,
        Notice.WAIVED,
    ),
    ReturnDeed.CLAIM: Step(
        Side.RECEIVER,
        frozenset({ReturnState.WAIVED}),
        ReturnState.OPEN,
        LedgerKind.CLAIMED,
        Notice.CLAIMED,
    ),
    # Only an amendment: what was accepted before stands again.
    ReturnDeed.DROP: Step(
        Side.SENDER,
        frozenset({ReturnState.SEALED, ReturnState.SENT_BACK}),
        ReturnState.ACCEPTED,
        LedgerKind.DROPPED,
    ),
}


def diagram() -> str:
    """The table as a Mermaid state diagram, for the documentation."""
    lines = ["stateDiagram-v2", f"    [*] --> {ReturnState.OPEN.value}"]
    for deed, step in STEPS.items():
        for begin in ReturnState:
            if begin in step.begins:
                end = step.ends or begin
                lines.append(f"    {begin.value} --> {end.value}: {deed.value} ({step.side.value})")
    return "\n".join(lines) + "\n"
