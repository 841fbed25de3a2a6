"""What `pingyi check` asks of the rooms above."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pingyi.core.doors import Door
from pingyi.core.refusals import Sentence


@dataclass(frozen=True, slots=True)
class Found:
    """What was looked at, what was found, and what is to be done; nothing where it is fine."""

    what: Sentence
    told: Sentence
    mend: Sentence = ""

    @property
    def is_fine(self) -> bool:
        """Nothing is to be done."""
        return not self.mend


class Look(Protocol):
    """One thing that must be so for this place to be sound."""

    def __call__(self, now: datetime, /) -> Found: ...


# By room.
LOOKS: Door[Look] = Door("is this place sound", Look)
