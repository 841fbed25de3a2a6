"""Which organization a row means: by its code, in whatever case, or by its name as offices vary it.

中共示范镇柳湾村支部委员会, 柳湾村党支部, 柳湾支部 are one name where only one organization has it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property

from pingyi.organizations.rules.names import name_key

SIGNS = re.compile(r"[\s()（）\[\]【】〔〕<>《》“”\"'’‘,，、.。·/\\|:：;；_-]+")
BEFORE = re.compile("^(?:中国共产党|中共)")
ENDINGS = (
    ("总支", re.compile("党?总支部?(?:委员会)?$")),
    ("支部", re.compile("党?支部(?:委员会)?$")),
    ("工委", re.compile("(?:党?工委|党?工作委员会)$")),
    ("党组", re.compile("党组$")),
    ("委", re.compile("(?:党委|委员会|委)$")),
)
# 柳湾 is said for 柳湾村, 城东 for 城东社区.
OF_A_PLACE = re.compile("(?:村委会|居委会|社区居委会|村|社区|乡|镇|街道|街道办事处)$")
SAME_PLACE = {"村委会": "村", "居委会": "社区", "社区居委会": "社区", "街道办事处": "街道"}
SHORTEST, SHOWN = 2, 12


@dataclass(frozen=True, slots=True)
class Place:
    """An organization that a row can mean."""

    code: str
    name: str
    parent: str | None = None
    kind: str = ""


@dataclass(frozen=True)
class PlaceName:
    """A name taken apart: 柳湾村 + 支部."""

    bare: str
    ending: str

    @property
    def whole(self) -> str:
        """To be compared with another one."""
        return f"{self.bare}{self.ending}"

    @cached_property
    def short(self) -> str:
        """柳湾 for 柳湾村."""
        short = OF_A_PLACE.sub("", self.bare)
        return short if len(short) >= SHORTEST else self.bare

    @property
    def kind(self) -> str:
        """What kind of place it says that it is, in one word; empty where it says none."""
        kind = self.bare.removeprefix(self.short)
        return SAME_PLACE.get(kind, kind)

    @property
    def loose(self) -> str:
        """Without what kind of place it is."""
        return f"{self.short}{self.ending}"

    def is_of_another_kind(self, other: "PlaceName") -> bool:
        """Whether both say what kind of place they are, and not the same: 城东村, 城东社区."""
        return bool(self.kind and other.kind) and self.kind != other.kind

    def can_be_short_for(self, other: "PlaceName") -> bool:
        """Whether it says the same as the other name, or less: 柳湾支部 for 青石镇柳湾村支部."""
        return other.loose.endswith(self.loose) and not self.is_of_another_kind(other)


def taken_apart(name: str) -> PlaceName:
    """A name without what offices vary: blanks, brackets, width, 中共, the form of the ending."""
    text = BEFORE.sub("", SIGNS.sub("", name_key(name)))
    for ending, pattern in ENDINGS:
        bare, found = pattern.subn("", text)
        if found and bare:
            return PlaceName(bare, ending)
    return PlaceName(text, "")


@dataclass
class Places:
    """The organizations that rows of a file can mean: those of the file and of the scope."""

    places: Sequence[Place]
    # What a person chose for a name, by its key.
    chosen: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_code(self) -> dict[str, Place]:
        """Each by its code."""
        return {place.code: place for place in self.places}

    @cached_property
    def _by_case(self) -> dict[str, list[Place]]:
        return _grouped((place.code.casefold(), place) for place in self.places)

    @cached_property
    def _names(self) -> dict[str, PlaceName]:
        return {place.code: taken_apart(place.name) for place in self.places}

    @cached_property
    def _by_name(self) -> dict[str, list[Place]]:
        return _grouped((self._names[place.code].whole, place) for place in self.places)

    @cached_property
    def _by_bare(self) -> dict[str, list[Place]]:
        return _grouped((self._names[place.code].bare, place) for place in self.places)

    @cached_property
    def _by_loose(self) -> dict[str, list[Place]]:
        return _grouped((self._names[place.code].loose, place) for place in self.places)

    def meant(self, text: str) -> list[Place]:
        """Whom a code or a name can mean; more than one where nobody can say."""
        if text in self.by_code:
            return [self.by_code[text]]
        choice = self.by_code.get(self.chosen.get(key_of(text), ""))
        if choice is not None:
            return [choice]
        found = self._by_case.get(text.casefold()) or self._named(taken_apart(text))
        return found if len(found) == 1 else self._below_what_is_named(text, found)

    def meant_below(self, text: str, above: str | None) -> list[Place]:
        """The same, of those below what is said to stand above; of all where that says nothing."""
        choice = self.by_code.get(self.chosen.get(key_of(f"{above or ''}{text}"), ""))
        found = [choice] if choice else self.meant(text)
        tops = {top.code for top in self.meant(above)} if above and not choice else set()
        if not tops:
            return found
        return [each for each in found if tops & {each.code, *self.codes_above(each)}]

    def _named(self, said: PlaceName) -> list[Place]:
        """By the whole name; without its ending; without what kind of place it is; with the name of
        what is above before it, or without that."""
        if found := self._by_name.get(said.whole):
            return found
        if not said.ending and (found := self._by_bare.get(said.bare)):
            return found
        if len(said.bare) < SHORTEST:
            return []
        if found := self._by_loose.get(said.loose):
            return found
        for loosely in (False, True):
            found = [each for each in self.places if self._is_longer(said, each, loosely=loosely)]
            if found:
                return found
        return []

    def _is_longer(self, said: PlaceName, place: Place, *, loosely: bool) -> bool:
        """Whether one of the two names only says also what is above: 青石镇柳湾村支部; loosely,
        also where one of them does not say its kind of place: 柳湾支部."""
        known = self._names[place.code]
        if said.ending and said.ending != known.ending:
            return False
        bares = (said.short, known.short) if loosely else (said.bare, known.bare)
        short, long = sorted(bares, key=len)
        rest = long.removesuffix(short)
        if len(short) < SHORTEST or rest == long or not rest:
            return False
        if loosely and said.is_of_another_kind(known):
            return False
        return any(name in rest for name in self._above(place))

    def _below_what_is_named(self, text: str, found: list[Place]) -> list[Place]:
        """Of several those above which stands what the name begins with: 青石镇柳湾村党支部."""
        plain = SIGNS.sub("", name_key(text))
        below = [place for place in found if any(name in plain for name in self._above(place))]
        return below if len(below) == 1 else found

    def _above(self, place: Place) -> Iterator[str]:
        """The names of what stands above it, short and long."""
        for code in self.codes_above(place):
            name = self._names[code].bare
            yield from (name, OF_A_PLACE.sub("", name) or name)

    def codes_above(self, place: Place) -> Iterator[str]:
        """The codes of what stands above it, from the nearest on."""
        seen = {place.code}
        while place.parent and place.parent in self.by_code and place.parent not in seen:
            seen.add(place.parent)
            place = self.by_code[place.parent]
            yield place.code

    def beginning(self, text: str, *, without: str) -> Place | None:
        """The one place of another kind whose name, long or short, the text begins with."""
        plain = BEFORE.sub("", SIGNS.sub("", name_key(text)))
        found: dict[int, list[Place]] = {}
        for place in self.places:
            bare = self._names[place.code].bare
            names = (bare, OF_A_PLACE.sub("", bare))
            length = max(
                (len(name) for name in names if len(name) >= SHORTEST and plain.startswith(name)),
                default=0,
            )
            if length and place.kind != without:
                found.setdefault(length, []).append(place)
        longest = found[max(found)] if found else []
        return longest[0] if len(longest) == 1 else None

    def parent_name(self, place: Place) -> str:
        """What stands above it, for whoever has to choose."""
        above = self.by_code.get(place.parent or "")
        return above.name if above else ""

    def likely(self, text: str) -> list[Place]:
        """The organizations whose names are most like it, or all where they are few."""
        if len(self.places) <= SHOWN:
            return list(self.places)
        said = taken_apart(text).bare

        def likeness(place: Place) -> float:
            return SequenceMatcher(None, said, self._names[place.code].bare).ratio()

        return sorted(self.places, key=lambda place: (-likeness(place), place.code))[:SHOWN]

    @cached_property
    def leaves(self) -> list[Place]:
        """Those below which there is none: whose members a list can be."""
        parents = {place.parent for place in self.places}
        return [place for place in self.places if place.code not in parents]

    def named_in(self, titles: Iterable[str]) -> list[Place]:
        """Whose members a list is, by its title: 青石镇柳湾村党支部党员花名册."""
        for title in titles:
            plain = SIGNS.sub("", name_key(title))
            found = [place for place in self.leaves if self._is_in(place, plain)]
            longest = max((len(self._names[place.code].bare) for place in found), default=0)
            found = [each for each in found if len(self._names[each.code].bare) == longest]
            if found:
                return self._below_what_is_named(title, found)
        return []

    def _is_in(self, place: Place, title: str) -> bool:
        bare = self._names[place.code].bare
        return len(bare) >= SHORTEST and bare in title


def key_of(text: str) -> str:
    """Under which a choice for a name is kept."""
    return SIGNS.sub("", name_key(text))


def _grouped(pairs: Iterable[tuple[str, Place]]) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for key, place in pairs:
        found.setdefault(key, []).append(place)
    return found
