"""What campaigns ask of the rooms above; each answers in its AppConfig.ready()."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, Protocol

from pingyi.accounts.queries import Actor
from pingyi.core.doors import Door, misfit
from pingyi.core.refusals import Sentence
from pingyi.documents.layouts import Paper

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from pingyi.campaigns.models import Campaign, Participant, Round, Unit
    from pingyi.campaigns.rules.pack import Pack


# Who is owed something.
Subject = Literal["unit", "participant"]
SUBJECTS: tuple[Subject, ...] = ("unit", "participant")


@dataclass(frozen=True)
class Owed:
    """Units and people who have not got what they are owed; exemptions not looked at.

    `missing` says how many of all of them are not exempt, where that can be told from what was
    done: quicker than asking everybody. It is given how many members there are, who are counted
    once for all duties. `owed_by` finds the one person who owes it to the unit or
    the person in `OuterRef("pk")`, where that is known. `at` is how the fields of people begin that
    say where it is owed to them: key, name and path of a unit, by default of their own.
    """

    units: "QuerySet[Unit] | None" = None
    people: "QuerySet[Participant] | None" = None
    missing: Callable[[Callable[[], int]], int] | None = None
    owed_by: "Callable[[Subject], QuerySet[Participant]] | None" = None
    at: str = "unit__"


class Owing(Protocol):
    """Finds who is owed something in a round and has not got it."""

    def __call__(self, round_: "Round", /) -> Owed: ...


@dataclass(frozen=True)
class Duty:
    """What units and people of the universe are owed in a round, and who has not got it (N4)."""

    label: Sentence
    owed: Owing
    # What a pack calls it; nothing where the label says it.
    called: "Callable[[Pack], str]" = lambda _pack: ""


class Opener(Protocol):
    """Prepares the work of a room in a round that opens, in the same transaction."""

    def __call__(self, *, round_: "Round", by: Actor, now: datetime) -> object: ...


class LooseEnds(Protocol):
    """What was begun in a round and is not finished, each in words: "2 counts are not signed"."""

    def __call__(self, round_: "Round", /) -> Sequence[str]: ...


class Records(Protocol):
    """What a room has recorded in a campaign, in a word: "reviews"; nothing where it has not."""

    def __call__(self, campaign: "Campaign", /) -> Sequence[str]: ...


class AllSent(Protocol):
    """The deadlines of a campaign by which everything was sent, as (key of the round, tier)."""

    def __call__(self, campaign: "Campaign", /) -> set[tuple[int, str]]: ...


class Papers(Protocol):
    """The papers that a pack leads to, empty as they are printed: ballots, tables."""

    def __call__(self, pack: "Pack", /) -> Sequence[Paper]: ...


def _flaw(_code: str, duty: Duty) -> str:
    return misfit(duty.owed, Owing)


# By code, as exemptions keep it. No round closes over what is owed and not exempt.
DUTIES: Door[Duty] = Door("duties of a round", Duty, _flaw)
# By room. Called in the order of INSTALLED_APPS.
OPENERS: Door[Opener] = Door("openers of a round", Opener)
# By room. A round may be closed over them, but not without a word.
LOOSE_ENDS: Door[LooseEnds] = Door("loose ends of a round", LooseEnds)
# By room. A campaign in which something was recorded is not cancelled.
RECORDS: Door[Records] = Door("records of a campaign", Records)
# What a row of a table in a pack can count: by name, whether the row must name its round.
TABLE_MEASURES: Door[bool] = Door("measures of tables", bool)
# By room.
PAPERS: Door[Papers] = Door("papers of a pack", Papers)
# By room: a deadline is kept where each of them has all that was due.
ALL_SENT: Door[AllSent] = Door("deadlines by which all was sent", AllSent)
