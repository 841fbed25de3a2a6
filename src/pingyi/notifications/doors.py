"""What rooms above tell this one, and what it asks of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
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


@dataclass(frozen=True, slots=True)
class Debtor:
    """Somebody who owes what a list of the missing names: what, where, and by which accounts they
    are told; without one, by word of mouth.
    """

    key: str
    name: str
    place: str
    what: str
    accounts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Missing:
    """A list of the missing as somebody may urge it: nothing is read before it is needed.

    `place` tells it from others of its kind, `page` is the list on the screen, `done_at` the page
    where what is missing is done.
    """

    title: str
    place: str
    page: str
    done_at: str
    due_on: date | None
    debtors: Callable[[], Sequence[Debtor]]


class MissingOf(Protocol):
    """The list at a place (`campaign_code`) as it is filtered, of what lies below this person;
    Refusal or Http404 where they answer for nobody there.
    """

    def __call__(
        self, actor: Any, place: Mapping[str, str], query: Mapping[str, str], now: datetime, /
    ) -> Missing: ...


# By room and list, as in `campaigns.gaps`.
MISSING: Door[MissingOf] = Door("lists of the missing", MissingOf)


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that goes with a letter."""

    name: str
    content: bytes
    # "application/pdf".
    kind: str


class EnclosureOf(Protocol):
    """What goes with a letter, by its key: made anew when it is sent."""

    def __call__(self, key: str, now: datetime, /) -> Sequence[Enclosed]: ...


# By room and file, as in `returns.answer`.
ENCLOSURES: Door[EnclosureOf] = Door("what goes with letters", EnclosureOf)
