"""What rooms above tell this one, and what it asks of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from pingyi.core.doors import Door


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody is to be told: to which account, and a page of the program where it is done.

    `key` says what it is about: with the same one nobody is told twice.
    """

    to: int
    key: str
    subject: str
    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A day in somebody's calendar; `key` stays the same while it is the same matter."""

    key: str
    on: date
    summary: str
    text: str = ""
    link: str = ""


class EventsOf(Protocol):
    """The days that matter to somebody, as they would see them on their pages."""

    def __call__(self, actor: Any, today: date, /) -> Sequence[Event]: ...


# By room.
EVENTS: Door[EventsOf] = Door("events of a calendar", EventsOf)
