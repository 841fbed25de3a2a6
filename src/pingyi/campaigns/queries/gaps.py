"""What is missing in a round: tens of thousands in a county, so the database orders them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any, overload

from django.db.models import BigIntegerField, CharField, Count, F, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from pingyi.accounts.enums import Right
from pingyi.campaigns.doors import DUTIES, SUBJECTS, Owed, Subject
from pingyi.campaigns.models import Participant
from pingyi.campaigns.models.universe import under
from pingyi.campaigns.queries.packs import pack_of
from pingyi.campaigns.queries.rounds import is_exempt
from pingyi.campaigns.queries.scopes import scopes
from pingyi.campaigns.rules.tree import hold_all
from pingyi.core.lookups import looked_for_once
from pingyi.organizations.rules.names import shown_name

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Campaign, Round, Unit
    from pingyi.core.refusals import Sentence

COLUMNS = (
    "gap_duty", "gap_unit", "gap_person", "gap_subject", "gap_mark", "gap_place", "gap_path",
    "gap_at",
)  # fmt: skip
# A column that is there only where the gaps are ordered by whoever owes them.
BY_PERSON = "gap_owing"
IN_THE_TREE = ("gap_path", "gap_duty", "gap_person", "gap_unit")


@dataclass(frozen=True)
class Gap:
    """A unit or a person who is owed something in a round and has not got it (N4).

    `unit_id` and `participant_id` are the subject: exactly one of them is given. `unit_name` and
    `unit_path` say where, `at_id` is its key: the unit itself, or the one where it is owed to the
    person.
    """

    duty: str
    unit_id: int | None
    participant_id: int | None
    subject: str
    unit_name: str
    unit_path: str
    at_id: int


@dataclass(frozen=True)
class Part:
    """Gaps of one duty, of units or of people, and whoever owes it to the one in OuterRef("pk")."""

    duty: str
    subject: Subject
    rows: QuerySet[Any, Any]
    owed_by: QuerySet[Participant] | None = None

    def with_order_of_people(self) -> "Part":
        """With the column by which the gaps of one person stand together, people by pinyin.

        What should be somebody's and is nobody's comes first, what no one person owes last.
        """
        if self.owed_by is None:
            return replace(self, rows=self.rows.annotate(gap_owing=Value("2", CharField())))
        # One text, so that whoever owes each gap is looked up once.
        told = Concat(Value("1 "), "by_pinyin", Value(" "), Cast("pk", CharField()))
        person = Subquery(self.owed_by.order_by().values_list(told)[:1])
        owing = Coalesce(person, Value("0", CharField()))
        return replace(self, rows=self.rows.annotate(gap_owing=owing))

    def owing(self, gaps: Iterable[Gap]) -> dict[Gap, int]:
        """Keys of the people who owe these gaps, as far as they are of this part."""
        field = f"{self.subject}_id"
        mine = {getattr(gap, field): gap for gap in gaps if gap.duty == self.duty}
        mine.pop(None, None)
        if self.owed_by is None or not mine:
            return {}
        person = Subquery(self.owed_by.order_by().values("pk")[:1])
        rows = self.rows.model._default_manager.filter(pk__in=mine).order_by()
        found = rows.values_list("pk", person)
        return {mine[key]: person_id for key, person_id in found if person_id is not None}


class Gaps(Sequence[Gap]):
    """Gaps in the order of the tree, read as far as they are looked at."""

    def __init__(
        self,
        parts: list[Part],
        order: Sequence[str] = (),
        lengths: Mapping[str, Callable[[], int]] | None = None,
    ) -> None:
        self._parts = parts
        self._order = [*order, *IN_THE_TREE]
        self._lengths = lengths or {}

    def only(self, duty: str = "", who: str = "") -> "Gaps":
        """Those of one duty, and of units or of people; of all where nothing is said."""
        parts = [p for p in self._parts if duty in {"", p.duty} and who in {"", p.subject}]
        if len(parts) == len(self._parts):
            return self
        return Gaps(parts or [replace(p, rows=p.rows.none()) for p in self._parts[:1]])

    def asked_for(self, q: str, order: Sequence[tuple[str, bool]]) -> "Gaps":
        """Those with a text in a name, ordered by columns (`gap_…`, descending)."""
        named = Q(gap_subject__icontains=q) | Q(gap_place__icontains=q)
        fields = [f"-{name}" if down else name for name, down in order]
        parts = self._parts
        if any(name == BY_PERSON for name, _down in order):
            parts = [part.with_order_of_people() for part in parts]
        if not q:
            # As many as there are here: the database counts them once for both.
            return Gaps(parts, fields, {duty: partial(self._of, duty) for duty in self._duties})
        found = [replace(part, rows=looked_for_once(part.rows.filter(named))) for part in parts]
        return Gaps(found, fields)

    def owed_by(self, gaps: Collection[Gap]) -> dict[Gap, Participant]:
        """Who owes each of these, where that is known; the people with their units."""
        owing: dict[Gap, int] = {}
        for part in self._parts:
            owing |= part.owing(gaps)
        people = Participant.objects.select_related("unit")
        found = people.in_bulk(set(owing.values()))
        return {gap: found[key] for gap, key in owing.items()}

    def of_units_themselves(self, gaps: Iterable[Gap]) -> list[Gap]:
        """Those that no one person owes, but whoever answers for the unit."""
        duties = {part.duty for part in self._parts if part.owed_by is None}
        return [gap for gap in gaps if gap.duty in duties]

    def by_person(self, above: Collection[str]) -> list[tuple[int | None, str, int, str, int]]:
        """(key of whoever owes it, duty, key of the unit where nobody knows who, name of the unit
        of which it is missing, how many), without what is missing at the units `above` themselves.
        A query for each duty and subject.
        """
        found = []
        for part in self._parts:
            unit: Any = F("gap_at")
            person: Any = Value(None, BigIntegerField())
            if part.owed_by is not None:
                person = Subquery(part.owed_by.order_by().values("pk")[:1])
                unit = Value(0, BigIntegerField())
            rows = part.rows.exclude(gap_path__in=above).annotate(by=person, at=unit)
            counted = rows.values_list("by", "at", "gap_place").annotate(number=Count("pk"))
            found += [
                (by, part.duty, at, place, number)
                for by, at, place, number in counted.order_by("gap_path", "by")
            ]
        return found

    def by_duty(self) -> list[tuple[str, int, int]]:
        """(duty, how many organizations, how many people), without duties of which none is missing.

        A query for each duty that has both; what was counted before is not counted again.
        """
        found = []
        for duty in self._duties:
            theirs = [part for part in self._parts if part.duty == duty]
            of_all = self._of(duty)
            units = sum(part.rows.count() for part in theirs if part.subject == "unit")
            found.append((duty, units, of_all - units))
        return [each for each in found if each[1] or each[2]]

    @property
    def _duties(self) -> list[str]:
        return list(dict.fromkeys(part.duty for part in self._parts))

    def _of(self, duty: str) -> int:
        """How many of a duty; read once."""
        if duty not in self._counted:
            length = self._lengths.get(duty)
            rows = [part.rows for part in self._parts if part.duty == duty]
            self._counted[duty] = length() if length else sum(each.count() for each in rows)
        return self._counted[duty]

    @cached_property
    def _counted(self) -> dict[str, int]:
        return {}

    @cached_property
    def _length(self) -> int:
        return sum(self._of(duty) for duty in self._duties)

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
        order = list(dict.fromkeys(self._order))
        is_by_person = BY_PERSON in {name.removeprefix("-") for name in order}
        columns = [*COLUMNS, *([BY_PERSON] if is_by_person else [])]
        first, *others = [part.rows.values_list(*columns) for part in self._parts]
        rows = first.union(*others, all=True) if others else first
        return rows.order_by(*order)


def is_anything_missing(round_: "Round") -> bool:
    """Whether there is a gap at all: the first that is found ends the looking, none is counted."""
    for code, duty in DUTIES.items():
        owed = duty.owed(round_)
        found: dict[Subject, QuerySet[Any] | None] = {
            "unit": owed.units,
            "participant": owed.people,
        }
        for subject, rows in found.items():
            missing = None if rows is None else rows.exclude(is_exempt(subject, round_, code))
            if missing is not None and missing.order_by().exists():
                return True
    return False


def gaps_of(round_: "Round", paths: Sequence[str] | None = None) -> Gaps:
    """What is missing and not exempt, of every duty; of some subtrees."""
    return gaps_in(round_, {code: duty.owed(round_) for code, duty in DUTIES.items()}, paths)


def gaps_in(round_: "Round", owed: Mapping[str, Owed], paths: Sequence[str] | None = None) -> Gaps:
    """Those of what is owed, by duty, that are not exempt; of some subtrees."""
    parts: list[Part] = []
    lengths: dict[str, Callable[[], int]] = {}
    members = cache(round_.campaign.participants.active().members().count)
    for duty, each in owed.items():
        found: list[Part] = []
        owed_by: dict[Subject, QuerySet[Participant] | None] = {
            subject: each.owed_by(subject) if each.owed_by is not None else None
            for subject in SUBJECTS
        }
        if each.units is not None:
            units = each.units.exclude(is_exempt("unit", round_, duty))
            units = units if paths is None else units.filter(under(paths))
            found.append(Part(duty, "unit", _units(units, duty), owed_by["unit"]))
        if each.people is not None:
            people = each.people.exclude(is_exempt("participant", round_, duty))
            if paths is not None:
                people = people.filter(under(paths, f"{each.at}path"))
            rows = _people(people, duty, each.at)
            found.append(Part(duty, "participant", rows, owed_by["participant"]))
        if each.missing is not None and paths is None:
            lengths[duty] = partial(each.missing, members)
        parts += found
    nothing = Part("", "unit", _units(round_.campaign.units.none(), ""))
    return Gaps(parts or [nothing], lengths=lengths)


def gaps_visible_to(actor: "User", round_: "Round", unit: "Unit | None" = None) -> Gaps:
    """The gaps of the person's part of the tree, or of what lies there below a unit; the role of a
    member has none.
    """
    found = scopes(actor, round_.campaign)
    paths = [scope.path for scope in found if scope.role in Right.READ_PEOPLE.roles]
    if unit is not None:
        inside = [path for path in paths if path.startswith(unit.path)]
        paths = [unit.path] if unit.path.startswith(tuple(paths)) else inside
    return gaps_of(round_, None if hold_all(paths) else paths)


def duty_label(code: str, campaign: "Campaign") -> "Sentence":
    """What a campaign calls a duty; its code where the room that offered it is not installed."""
    duty = DUTIES.get(code)
    return code if duty is None else duty.called(pack_of(campaign)) or duty.label


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
        gap_at=F("id"),
    )


def _people(people: "QuerySet[Participant]", duty: str, at: str) -> QuerySet[Any, Any]:
    return people.order_by().annotate(
        gap_duty=Value(duty, CharField()),
        gap_unit=Value(0, BigIntegerField()),
        gap_person=F("id"),
        gap_subject=F("name"),
        gap_mark=F("told_apart"),
        gap_place=F(f"{at}name"),
        gap_path=F(f"{at}path"),
        gap_at=F(f"{at}id"),
    )


def _gap(row: tuple[Any, ...]) -> Gap:
    duty, unit_id, participant_id, name, mark, place, path, at, *_owing = row
    subject = shown_name(name, mark)
    return Gap(duty, unit_id or None, participant_id or None, subject, place, path, at)
