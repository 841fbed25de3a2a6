"""Who stands in several parts of a roll-up: leaders with posts in several of them, and whom an
amendment moved between the moments of which the parts are (ADR 0032).

Everybody else stands in one part and one column at all these moments, and is not looked at. The few
are followed through all moments at once: no more queries for many parts than for two.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from pingyi.campaigns.queries import (
    Amended,
    PersonThen,
    PostThen,
    UnitThen,
    amended_since,
    members_of,
    places_of,
    posts_of,
    then,
)
from pingyi.campaigns.rules.pack import Table
from pingyi.returns.queries.measures import MEASURES, Own, Span
from pingyi.returns.queries.moments import NOWHERE, Moment
from pingyi.returns.rules.cells import Cells
from pingyi.returns.rules.rollup import Stand, ancestors_and_self

if TYPE_CHECKING:
    from pingyi.campaigns.models import Unit
    from pingyi.returns.models import Version

At = datetime | None
# (part, moment) -> the column, and its rank among those of the same head.
Where = dict[tuple[str, At], tuple[tuple[float, str], str]]
FIRST = datetime.min.replace(tzinfo=UTC)
LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Part:
    """What a roll-up adds of one table: an accepted version of a child, or what the unit counts of
    itself, which is as of the moment of the roll-up. Cells by `row.column`.
    """

    unit: "Unit"
    cells: Cells
    as_of: Mapping[str, At]
    headless: frozenset[str] = frozenset()
    version: "Version | None" = None

    @cached_property
    def moments(self) -> set[At]:
        """As of when its cells are; more than one where only some were sent back."""
        return set(self.as_of.values())


@dataclass
class Crossing:
    """Follows those who may stand in several of the parts of a table."""

    moment: Moment
    own: Own
    amended: Amended
    # How the units stand that are asked for and no amendment has touched.
    places: dict[int, UnitThen] = field(default_factory=dict)

    @classmethod
    def since(cls, moment: Moment, own: Own, parts: Iterable[Part]) -> "Crossing":
        """For parts of all tables. Reads what was amended since the earliest of their moments."""
        moments = {at for part in parts for at in part.moments if at is not None}
        if not moments:
            return cls(moment, own, Amended())
        amended = amended_since(moment.round.campaign, min(moments))
        homes = {span.unit for spans in amended.people.values() for span in spans if span.unit}
        return cls(moment, own, amended, places_of(homes - set(amended.units)) if homes else {})

    def stands(self, table: Table, parts: Collection[Part]) -> Iterator[list[Stand]]:
        """Where they stand, in each row of a table that counts them, sums without heads left out;
        for the rows of one kind after the other.
        """
        below = _Below(self, parts)
        named = {part.unit.code: part for part in parts}
        for base in dict.fromkeys(MEASURES[row.measure].base for row in table.rows):
            heads = below.heads(MEASURES[base].kind)
            yield list(self._in_rows(table, base, heads, named))

    def _in_rows(
        self, table: Table, base: str, heads: Mapping[int, Where], parts: Mapping[str, Part]
    ) -> Iterator[Stand]:
        rounds = self.moment.rounds_begun()
        for row in table.rows if heads else ():
            measure = MEASURES[row.measure]
            if measure.base != base or (row.round is not None and row.round not in rounds):
                continue
            round_ = rounds[row.round] if row.round else None
            spans = None
            if measure.spans is not None:
                spans = _by_head(measure.spans(self.moment, round_, list(heads)))
            for head, where in heads.items():
                for (part, at), (rank, column) in where.items():
                    code = f"{row.code}.{column}"
                    is_there = parts[part].as_of.get(code, LAST) == at
                    if is_there and code not in parts[part].headless and _held(spans, head, at):
                        yield Stand(head, row.code, column, part, rank)


def _by_head(spans: Iterable[Span]) -> dict[int, list[tuple[datetime, At]]]:
    found: dict[int, list[tuple[datetime, At]]] = defaultdict(list)
    for head, since, until in spans:
        found[head].append((since, until))
    return found


def _held(spans: Mapping[int, list[tuple[datetime, At]]] | None, head: int, at: At) -> bool:
    """Whether a head was counted at a moment, or is now."""
    if spans is None:
        return True
    return any(
        until is None if at is None else since <= at and (until is None or at < until)
        for since, until in spans.get(head, ())
    )


class _Below:
    """In which parts of a table units and people stand, at each of the moments of these parts."""

    def __init__(self, crossing: Crossing, parts: Collection[Part]) -> None:
        self.amended, self.places = crossing.amended, crossing.places
        self.campaign = crossing.moment.round.campaign
        self.own = frozenset(crossing.own.places)
        self.by_path = {part.unit.path: part for part in parts if part.version is not None}
        # They themselves may have stood elsewhere.
        self.touched = [
            part for part in self.by_path.values() if part.unit.pk in self.amended.units
        ]
        self.itself = next((part for part in parts if part.version is None), None)

    def heads(self, kind: str) -> dict[int, Where]:
        """Of one kind, all that may stand in several cells of a row, with where they stand."""
        found = {"unit": self._units, "member": self._members, "leader": self._leaders}[kind]()
        return {head: where for head, where in found if _is_in_several(where)}

    def _units(self) -> Iterator[tuple[int, Where]]:
        for unit, spans in self.amended.units.items():
            yield (
                unit,
                {
                    (part, at): _latest(at, here.column)
                    for part, at, here in self._stays(spans)
                    if here.stood and here.column
                },
            )

    def _members(self) -> Iterator[tuple[int, Where]]:
        people = dict(self.amended.people)
        crossing = [unit for unit, where in self._units() if _is_in_several(where)]
        # Whoever stayed in a unit that was moved.
        for head, unit in members_of(crossing) if crossing else ():
            people.setdefault(head, [PersonThen(FIRST, None, unit, stood=True)])
        for head, spans in people.items():
            yield (
                head,
                {
                    (part, at): _latest(at, here.column)
                    for unit in {span.unit for span in spans if span.unit}
                    for part, at, here in self._stays(
                        self.amended.units.get(unit) or [self.places[unit]]
                    )
                    if here.column and _is_member(then(spans, at), unit)
                },
            )

    def _leaders(self) -> Iterator[tuple[int, Where]]:
        held: dict[int, list[PostThen]] = defaultdict(list)
        for post in posts_of(self.campaign, self.amended):
            held[post.person].append(post)
        for head, posts in held.items():
            where: Where = {}
            for post in posts:
                here = ((post.position, post.category), post.category)
                holder = self.amended.people.get(head) or [post.holder]
                for part, at, place in self._stays(
                    self.amended.units.get(post.unit) or [post.place]
                ):
                    person = then(holder, at)
                    if place.stood and person is not None and person.stood:
                        where[part, at] = min(where.get((part, at), here), here)
            yield head, where

    def _stays(self, spans: Sequence[UnitThen]) -> Iterator[tuple[str, At, UnitThen]]:
        """The parts that a unit lay in at their moments, and how it stood then."""
        near = {
            path: self.by_path[path]
            for span in spans
            for path in ancestors_and_self(span.path)
            if path in self.by_path
        }
        for part in [
            *near.values(),
            *(each for each in self.touched if each.unit.path not in near),
        ]:
            of_part = self.amended.units.get(part.unit.pk)
            for at in part.moments:
                here, top = then(spans, at), then(of_part, at) if of_part else None
                path = top.path if top else NOWHERE if of_part else part.unit.path
                if here is not None and here.path.startswith(path):
                    yield part.unit.code, at, here
        if self.itself is not None and spans[-1].path in self.own:
            yield self.itself.unit.code, None, spans[-1]


def _is_in_several(where: Where) -> bool:
    return len({(part, column) for (part, _at), (_rank, column) in where.items()}) > 1


def _latest(at: At, column: str) -> tuple[tuple[float, str], str]:
    """An organization or a member counts where they stood last."""
    return (-at.timestamp() if at is not None else float("-inf"), column), column


def _is_member(span: PersonThen | None, unit: int) -> bool:
    return span is not None and span.stood and span.unit == unit
