"""Names that are perhaps one: asked about, never decided.

Lists are typed by ear and by hand: 小 for 晓, a character left out or misread. Two people of one
branch are asked about where their names are one written otherwise (陳 for 陈, 闫 for 阎), or differ
in one character of the given name that sounds alike; or where they differ in one of three, the
surnames sound alike, and the month of birth or the last four of the identity number agree. Not
where two numbers, months or sexes contradict: relatives and neighbours bear like names. So a list
with numbers or days of birth is hardly ever asked about; of 40,000 made-up members in 1,400
branches, with names and sexes alone, 50 pairs are.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from pingyi.organizations.rules.names import written_key
from pingyi.organizations.rules.readings import sound_of

# Two of three characters in common are no accident as one of two is.
LONG = 3
# Surnames that were simplified for some years, and are written both ways since.
SURNAMES = str.maketrans("肖闫付代丘", "萧阎傅戴邱")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of somebody by whoever compares; what is not known contradicts nothing."""

    key: int
    name: str
    identity_hash: str | None = None
    last4: str = ""
    gender: str = ""
    born_on: date | None = None

    @property
    def month(self) -> tuple[int, int] | None:
        """Year and month of birth: of many the day is not known."""
        return (self.born_on.year, self.born_on.month) if self.born_on else None


def are_near(one: Known, other: Known) -> bool:
    """Whether both are perhaps one person under two spellings, or under one."""
    if contradict(one, other):
        return False
    mine, theirs = _compared(one.name), _compared(other.name)
    if mine == theirs:
        return True
    if not _differ_in_one(mine, theirs):
        return False
    sounds, others = sound_of(mine), sound_of(theirs)
    if mine[0] == theirs[0] and sounds == others:
        return True
    agree = one.month is not None and one.month == other.month
    agree = agree or (bool(one.last4) and one.last4 == other.last4)
    return agree and sounds[0] == others[0] and max(len(mine), len(theirs)) >= LONG


def contradict(one: Known, other: Known) -> bool:
    """Whether both say something of which one person has only one."""
    pairs = (
        (one.identity_hash, other.identity_hash), (one.last4, other.last4),
        (one.gender, other.gender), (one.month, other.month),
    )  # fmt: skip
    return any(mine and theirs and mine != theirs for mine, theirs in pairs)


def _compared(name: str) -> str:
    key = written_key(name)
    return key[:1].translate(SURNAMES) + key[1:]


def _differ_in_one(one: str, other: str) -> bool:
    """One character is another one, or is missing."""
    short, long = sorted((one, other), key=len)
    begin = 0
    while begin < len(short) and short[begin] == long[begin]:
        begin += 1
    rest = short[begin + 1 :] if len(short) == len(long) else short[begin:]
    return len(long) - len(short) <= 1 < len(short) and rest == long[begin + 1 :]


@dataclass
class Near:
    """The people of a branch, found by what a near name has in common with theirs."""

    people: Iterable[Known]
    _by: Mapping[Hashable, list[Known]] = field(init=False)

    def __post_init__(self) -> None:
        found: defaultdict[Hashable, list[Known]] = defaultdict(list)
        for person in self.people:
            for trait in _traits(person):
                found[trait].append(person)
        self._by = found

    def to(self, person: Known) -> list[Known]:
        """Who is perhaps the same person, in the order of their keys."""
        found = {
            other.key: other
            for trait in _traits(person)
            for other in self._by.get(trait, ())
            if are_near(person, other)
        }
        return [found[key] for key in sorted(found)]


def _traits(person: Known) -> Iterator[Hashable]:
    """What two people who are near have in common: so not everybody is compared with everybody."""
    yield sound_of(_compared(person.name))
    if person.month:
        yield person.month
    if person.last4:
        yield person.last4
