from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from pingyi.campaigns.models import Participant, Unit
from pingyi.commitments.enums import CommitmentState
from pingyi.commitments.models import Commitment
from pingyi.commitments.operations import steps
from pingyi.commitments.operations.propose import Promise, propose
from tests.appraisals.conftest import yearly

__all__ = ["yearly"]

DUE = date(2011, 12, 31)
TEXT = "年底前帮扶两户困难家庭各养一头母猪"
DONE = {"progress": "两头母猪已送到户", "evidence": "领养协议两份"}


@pytest.fixture
def village(units: dict[str, Unit]) -> Unit:
    return units["T1-1"]


@pytest.fixture
def member(participants: dict[str, Participant]) -> Participant:
    return participants["village_member"]


@pytest.fixture
def promised(village: Unit, member: Participant, now: datetime) -> Callable[..., Commitment]:
    """A commitment of the village's member, or of whom is told, brought into a state."""

    def made(
        state: str = "proposed", unit: Unit = village, participant: Participant | None = member,
        text: str = TEXT,
    ) -> Commitment:  # fmt: skip
        who: dict[str, Any] = {"by": None, "now": now}
        promise = Promise("deed", text, DUE, participant)
        found = propose(unit=unit, promise=promise, **who)
        if state == CommitmentState.PROPOSED:
            return found
        if state == CommitmentState.SENT_BACK:
            return steps.send_back(commitment=found, reason="写明帮扶哪两户", **who)
        ways: list[tuple[str, Any, dict[str, Any]]] = [
            ("examined", steps.examine, {}),
            ("published", steps.publish, {}),
            ("kept", steps.keep, DONE),
            ("checked", steps.check, {"fulfilment": "whole", "verdict": "入户查看"}),
            ("appraised", steps.appraise, {"words": "群众满意"}),
        ]
        for name, step, given in ways:
            found = step(commitment=found, **given, **who)
            if name == state:
                break
        return found

    return made
