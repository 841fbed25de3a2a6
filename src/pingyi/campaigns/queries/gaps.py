"""What is missing in a round: tens of thousands in a county, so the database orders them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

from django.db.models import BigIntegerField, CharField, F, Q, QuerySet, Value

from pingyi.campaigns.doors import DUTIES, Owed
from pingyi.campaigns.models.universe import under
from pingyi.campaigns.queries.rounds import is_exempt
from pingyi.core.lookups import looked_for_once
from pingyi.organizations.rules.names import shown_name

if TYPE_CHECKING:
    from pingyi.campaigns.models import Participant, Round, Unit
    from pingyi.core.refusals import Sentence

COLUMNS = (
    "gap_duty", "gap_unit", "gap_person", "gap_subject", "gap_mark", "gap_place", "gap_path",
)  # fmt: skip
IN_THE_TREE = ("gap_path", "gap_duty", "gap_person", "gap_unit")


@dataclass(frozen=True)
class Gap:
    """A unit or a person who is owed something in a round and has not got it (N4).

    `unit_id` and `participant_id` are the subject: exactly one of them is given. `unit_name` and
    `unit_path` say where: the unit itself, or the one the person belongs to.
    """

    duty: str
    unit_id: int | None
    participant_id: int | None
    subject: str
    unit_name: str
    unit_path: str


class Gaps(Sequence[Gap]):
    """Gaps in the order of the tree, read as far as they are looked at."""

    def __init__(
        self,
        parts: list[QuerySet[Any, Any]],
        order: Sequence[str] = (),
        lengths: Sequence[Callable[[], int]] = (),
    ) -> None:
        self._parts = parts
        self._order = [*order, *IN_THE_TREE]
        self._lengths = lengths or [part.count for part in parts]

    def asked_for(self, q: str, order: Sequence[tuple[str, bool]]) -> "Gaps":
        """Those with a text in a name, ordered by columns (`gap_…`, descending)."""
        named = Q(gap_subject__icontains=q) | Q(gap_place__icontains=q)
        fields = [f"-{name}" if down else name for name, down in order]
        if not q:
            # As many as there are here: the database counts them once for both.
            return Gaps(self._parts, fields, [self.__len__])
        return Gaps([looked_for_once(part.filter(named)) for part in self._parts], fields)

    @cached_property
    def _length(self) -> int:
        return sum(length() for length in self._lengths)

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, at: int) -> Gap: ...
    @overload
    def __getitem__(self, at: slice) -> list[Gap]: ...
    def __getitem__(self, at: int | slice) -> Gap | list[Gap]:
        if isinstance(at, slice):
            return [_gap(row) for row in self._rows()[at]]
        return _gap(self._rows()[at])

    def __iter__(self) -> Iterator[Gap]:
        return map(_gap, self._rows())

    def _rows(self) -> QuerySet[Any, Any]:
        first, *others = [part.values_list(*COLUMNS) for part in self._parts]
        rows = first.union(*others, all=True) if others else first
        return rows.order_by(*dict.fromkeys(self._order))


def gaps_of(round_: "Round", paths: Sequence[str] | None = None) -> Gaps:
    """What is missing and not exempt, of every duty; of some subtrees."""
    return gaps_in(round_, {code: duty.owed(round_) for code, duty in DUTIES.items()}, paths)


def gaps_in(round_: "Round", owed: Mapping[str, Owed], paths: Sequence[str] | None = None) -> Gaps:
    """Those of what is owed, by duty, that are not exempt; of some subtrees."""
    parts: list[QuerySet[Any, Any]] = []
    lengths: list[Callable[[], int]] = []
    for duty, each in owed.items():
        found = []
        if each.units is not None:
            units = each.units.exclude(is_exempt("unit", round_, duty))
            found.append(_units(units if paths is None else units.filter(under(paths)), duty))
        if each.people is not None:
            people = each.people.exclude(is_exempt("participant", round_, duty))
            if paths is not None:
                people = people.filter(under(paths, "unit__path"))
            found.append(_people(people, duty))
        known = each.missing if paths is None else None
        lengths += [known] if known is not None else [part.count for part in found]
        parts += found
    return Gaps(parts or [_units(round_.campaign.units.none(), "")], lengths=lengths)


def duty_label(code: str) -> "Sentence":
    """What people call a duty; its code where the room that offered it is no longer installed."""
    duty = DUTIES.get(code)
    return code if duty is None else duty.label


def _units(units: "QuerySet[Unit]", duty: str) -> QuerySet[Any, Any]:
    # Nobody has the key 0; unlike a null it has its place in every database's order.
    return units.order_by().annotate(
        gap_duty=Value(duty, CharField()),
        gap_unit=F("id"),
        gap_person=Value(0, BigIntegerField()),
        gap_subject=F("name"),
        gap_mark=Value("", CharField()),
        gap_place=F("name"),
        gap_path=F("path"),
    )


def _people(people: "QuerySet[Participant]", duty: str) -> QuerySet[Any, Any]:
    return people.order_by().annotate(
        gap_duty=Value(duty, CharField()),
        gap_unit=Value(0, BigIntegerField()),
        gap_person=F("id"),
        gap_subject=F("name"),
        gap_mark=F("told_apart"),
        gap_place=F("unit__name"),
        gap_path=F("unit__path"),
    )


def _gap(row: tuple[Any, ...]) -> Gap:
    duty, unit_id, participant_id, name, mark, *where = row
    return Gap(duty, unit_id or None, participant_id or None, shown_name(name, mark), *where)
