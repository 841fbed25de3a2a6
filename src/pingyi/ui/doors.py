"""What pages ask of all rooms, which answer in AppConfig.ready(): worklists and menus.

Users and rounds are no words of this room: the rooms that answer know their types.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any, Protocol

from django.urls import get_resolver

from pingyi.core.clock import DueState
from pingyi.core.doors import Door


class Turn(IntEnum):
    """Where in the life of a round a piece of work stands; the later waits for the earlier."""

    AT_ONCE = 0
    GAPS = 1
    TABLES = 2
    CLOSING = 3
    # What is due only after the last day of its round.
    AFTERWARDS = 4
    # Nothing waits for it.
    PUBLISHING = 5


@dataclass(frozen=True)
class Item:
    """A line of a worklist: what, for whom, by when, and the page where it is done."""

    what: str
    for_whom: str
    due_on: date | None
    state: DueState
    url: str
    button: str
    # The campaign, where the reader is in several.
    where: str = ""
    # Where it may not be wanted at all: what a link says that leads to where it is put aside.
    aside: str = ""
    aside_url: str = ""
    # What comes before what, in the life of a round, while nothing is late.
    turn: Turn = Turn.AT_ONCE


# So many lines of a list are shown: a room need not read more of what may be thousands.
LINES_SHOWN = 8


@dataclass(frozen=True)
class Worklist:
    """What somebody owes in a room, and what waits there for their decision.

    `also_waiting` says how many lines wait beside those that were read, `all_waiting` on which page
    all of them are found.
    """

    owed: Sequence[Item] = ()
    waiting: Sequence[Item] = ()
    also_waiting: int = 0
    all_waiting: str = ""


class WorklistOf(Protocol):
    """The worklist of a user in a round. Asked without one too: for what belongs to no round, which
    is not said again in every round.
    """

    def __call__(self, actor: Any, round_: Any, today: date, /) -> Worklist: ...


# By room.
WORKLISTS: Door[WorklistOf] = Door("worklists", WorklistOf)


class RemarkOn(Protocol):
    """What is to be said of a text that was just typed and kept, or nothing."""

    def __call__(self, text: str, /) -> str: ...


REMARKS: Door[RemarkOn] = Door("remarks", RemarkOn)


class MenuPart(IntEnum):
    """Where in the menu an entry stands. What is about me gives way where the menu is full; what
    was made known stands last, beyond the bar of a phone.
    """

    HOME = 1
    WORK = 2
    ABOUT_ME = 3
    OVERSIGHT = 4
    KEEPING = 5
    PUBLISHED = 6


@dataclass(frozen=True)
class MenuEntry:
    """A page that somebody comes for."""

    part: MenuPart
    url: str
    icon: str
    label: str


class MenuOf(Protocol):
    """The entries for a user in a round; without one, those that need no round."""

    def __call__(self, actor: Any, round_: Any, /) -> Sequence[MenuEntry]: ...


# By room; within a part of the menu the lowest room comes first.
MENUS: Door[MenuOf] = Door("menus", MenuOf)


def _unknown(page: str, above: str) -> str:
    """Names of pages that no address has."""
    for name in (page, above):
        namespace, _colon, view = name.partition(":")
        _prefix, resolver = get_resolver().namespace_dict.get(namespace, ("", get_resolver()))
        if view not in resolver.reverse_dict:
            return f"names no page: {name}"
    return ""


# Pages of something that belongs to one round: another round is looked at on the page above.
PAGES_OF_ONE_ROUND: Door[str] = Door("pages of one round", str, _unknown)
