"""Names of people: when two are one name, and what tells namesakes apart (ADR 0022)."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pingyi.organizations.rules.characters import real
from pingyi.organizations.rules.variants import variants

STEMS = "甲乙丙丁戊己庚辛壬癸"
# Nearly all names of a register.
PLAIN = re.compile("[\u4e00-\u9fff]+")
# The dot within a name (阿依古丽·买买提), as keyboards and old files have it.
DOTS = str.maketrans(dict.fromkeys("•‧∙⋅・･᛫⸱⸳﹒．.˙◦", "·"))
TWICE = re.compile("·{2,}")
# What is typed for it between two parts of a name.
HYPHEN = re.compile(
    "(?<=[\u4e00-\u9fff]{2})[ \u3000]*[-‐‑‒–—―−－﹣_＿]+[ \u3000]*(?=[\u4e00-\u9fff]{2})"
)
# Blanks, fillers and variation selectors; formats and controls are told by their category.
UNSEEN = re.compile(
    "[\\s\u034f\u115f\u1160\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)


def name_key(name: str) -> str:
    """What two spellings of one name have in common: to be compared, never to be shown.

    Without blanks and signs that nobody sees, of one width, the characters that are meant, one dot.
    """
    if PLAIN.fullmatch(name):
        return name
    plain = TWICE.sub("·", real(UNSEEN.sub("", name).translate(DOTS)))
    seen = (sign for sign in plain if unicodedata.category(sign) not in ("Cf", "Cc"))
    return "".join(seen).casefold()


def written_key(name: str) -> str:
    """What two ways of writing one name have in common, 陳 and 陈, with or without the dot: as
    `name_key`, of usual characters alone. Not for papers: 於 and 于 may well be two people."""
    key = name_key(name).translate(variants())
    return key if PLAIN.fullmatch(key) else "".join(filter(str.isalnum, key)) or key


def shown_name(name: str, mark: str) -> str:
    """A name as it is written everywhere: with what tells the person apart where need be."""
    return f"{name}（{mark}）" if mark else name


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody with a place among whose people the name is to be told apart.

    `key` stays with the person for ever; a `mark` that was given before is kept.
    """

    key: int
    name: str
    place: int | None
    mark: str = ""


def namesakes(people: Iterable[Named]) -> list[list[Named]]:
    """Those who share a name with somebody of their place, name by name, in the order given."""
    found: defaultdict[tuple[int | None, str], list[Named]] = defaultdict(list)
    for person in people:
        found[person.place, name_key(person.name)].append(person)
    return [group for group in found.values() if len(group) > 1]


def marks_of(group: Sequence[Named], years: Mapping[int, int]) -> dict[int, str]:
    """A mark for each of some namesakes, by their keys: no two are the same.

    The year of birth where it tells somebody apart from all the others, else 甲, 乙, 丙 in the
    order given. Marks given before are kept; of two that are the same the first one is.
    """
    marks: dict[int, str] = {}
    for person in group:
        if person.mark and person.mark not in marks.values():
            marks[person.key] = person.mark
    born: Counter[int | None] = Counter(years[one.key] for one in group if one.key in years)
    taken = set(marks.values())
    letters = (letter for letter in _letters(len(group) + len(taken)) if letter not in taken)
    for person in group:
        if person.key in marks:
            continue
        year = years.get(person.key)
        is_alone = born[year] == 1 and str(year) not in taken
        marks[person.key] = str(year) if is_alone else next(letters)
    return marks


def with_places(people: Sequence[tuple[str, str]]) -> list[str]:
    """Names (name and place) for a list that does not say where people belong, in their order.

    The place stands behind a name that occurs in two of them: only people of one place are told
    apart for good.
    """
    times = Counter(key for key, _place in {(name_key(name), place) for name, place in people})
    return [
        f"{name} · {place}" if place and times[name_key(name)] > 1 else name
        for name, place in people
    ]


def _letters(number: int) -> list[str]:
    """甲 to 癸, then 11, 12 …"""
    return [STEMS[n] if n < len(STEMS) else str(n + 1) for n in range(number)]
