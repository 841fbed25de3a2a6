"""What every page asks of all rooms: what somebody has to do. Answered in AppConfig.ready()."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from pingyi.core.doors import Door


@dataclass(frozen=True)
class Item:
    """A line of a worklist: what, for whom, by when, and the page where it is done."""

    what: str
    for_whom: str
    due_on: date | None
    state: str  # a kind of ui's state_badge
    url: str
    button: str


@dataclass(frozen=True)
class Worklist:
    """What somebody owes in a room, and what waits there for their decision."""

    owed: Sequence[Item] = ()
    waiting: Sequence[Item] = ()


class WorklistOf(Protocol):
    """The worklist of a user in a round, or in none. Users and rounds are no words of this room."""

    def __call__(self, actor: Any, round_: Any, today: date, /) -> Worklist: ...


# By room.
WORKLISTS: Door[WorklistOf] = Door("worklists", WorklistOf)
