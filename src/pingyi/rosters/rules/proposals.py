"""Organizations that a file names and nobody knows: each once, with what it would be and below
what; founded where somebody has said so.

They are named by rows of members and of leaders, by what such a row says to stand above, and by a
list of organizations without codes.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from pingyi.organizations.enums import OrganizationKind
from pingyi.organizations.rules.codes import LONGEST_CODE, is_code
from pingyi.rosters.rules import columns as sheet_columns
from pingyi.rosters.rules.founding import BRANCH, BRANCHES, kind_of, level_of
from pingyi.rosters.rules.places import Place, PlaceName, Places, key_of, taken_apart
from pingyi.rosters.rules.rows import OrganizationRow, Roster, SheetRow
from pingyi.rosters.rules.snapshot import Snapshot
from pingyi.rosters.rules.values import tidy

NEW = "+"
"""Stands before the key of one that is new, where else a code stands: no code begins with it."""
DIGITS = 3


@dataclass(frozen=True, slots=True)
class FoundedRow(OrganizationRow):
    """An organization that a row of 党员 names, as that row stands for it; the key of its name."""

    sheet = sheet_columns.MEMBERS
    key: str = ""


@dataclass(frozen=True, slots=True)
class FoundedByPost(FoundedRow):
    """One that a row of 职务 names."""

    sheet = sheet_columns.POSTS


@dataclass(frozen=True, slots=True)
class FoundedByList(FoundedRow):
    """One that a list of organizations names without a code."""

    sheet = sheet_columns.ORGANIZATIONS


FOUNDED: Mapping[str, type[FoundedRow]] = {
    kind.sheet: kind for kind in (FoundedRow, FoundedByPost, FoundedByList)
}


@dataclass
class Named:
    """A name that nothing known has: the first row and column, how many rows, what stands above."""

    row: SheetRow
    column: str
    name: str
    above: str = ""
    is_above: bool = False
    number: int = 0
    rows: int = 0

    @property
    def key(self) -> str:
        """Under which it is answered."""
        return name_in_file(self.name, self.above)

    @property
    def listed(self) -> OrganizationRow | None:
        """The row of a list of organizations that is about it."""
        return self.row if isinstance(self.row, OrganizationRow) and not self.is_above else None

    @cached_property
    def kind(self) -> str:
        """What it would be; empty where nothing of that name is founded."""
        said = self.listed.kind if self.listed else ""
        # What stands above others is a committee, whatever it is called: 青石镇.
        return said or kind_of(self.name) or (self.is_above and COMMITTEE) or ""


COMMITTEE = OrganizationKind.COMMITTEE.value


@dataclass(frozen=True)
class Proposal:
    """An organization that can be founded."""

    named: Named
    key: str
    kind: str
    level: str
    # A code, or the key of another one behind NEW.
    above: str
    sector: str | None = None
    since: date | None = None


@dataclass
class Proposals:
    """All of them in their order; and of each name that means one of them by its key, which: the
    key of that one, or none where it can be several."""

    found: list[Proposal] = field(default_factory=list)
    covered: dict[str, str] = field(default_factory=dict)

    def codes(self, rows: Iterable[FoundedRow]) -> dict[str, str]:
        """The codes of those that are founded, by the keys of all names that mean them."""
        code_of = {row.key: row.code for row in rows}
        return {key: code_of[main] for key, main in self.covered.items() if main in code_of}

    def of(self, roster: Roster) -> list[Proposal]:
        """Those that somebody wants founded, and what they would stand below as well."""
        wanted = {one.key: one for one in self.found if one.key in roster.founded}
        while lacking := [one for one in wanted.values() if _lacks(one, wanted)]:
            for one in lacking:
                del wanted[one.key]
        return list(wanted.values())


def name_in_file(name: str, above: str | None) -> str:
    """The key of a name: 第一党支部 of 青石镇 is another one than that of 红岩镇."""
    return key_of(f"{above or ''}{name}")


def proposals(roster: Roster, places: Places, now: Snapshot) -> Proposals:
    """What can be founded below what is imported into: nothing in a branch, nor at the top."""
    scope = places.by_code.get(now.scope or "")
    if scope is None or scope.kind == BRANCH:
        return Proposals()
    named = _unknown(roster, places, now)
    return _Proposing(roster, places, now, scope).propose(named)


def _unknown(roster: Roster, places: Places, now: Snapshot) -> list[Named]:
    """Every name that means nothing known and can be that of an organization, once."""
    outside = Places(
        [
            Place(code, known.fields.name, known.fields.place.parent, known.fields.kind)
            for code, known in now.organizations.items()
            if code not in now.inside and not known.ended
        ]
    )
    found: dict[tuple[str, str], Named] = {}
    known: set[tuple[str, str]] = set()
    new_above: set[str] = set()
    for one in _named(roster):
        pair = (tidy(one.name), tidy(one.above))
        if pair in known:
            continue
        if pair not in found:
            is_new = not places.meant_below(one.name, one.above) or one.above in new_above
            if places.chosen.get(one.key) in places.by_code:
                is_new = False
            elif one.is_above:
                is_new = is_new and not is_code(one.name) and not outside.meant(one.name)
            if not (is_new and one.kind):
                known.add(pair)
                continue
            if one.is_above:
                new_above.add(one.name)
            one.number = len(found)
            found[pair] = one
        found[pair].rows += 1
    return list(found.values())


def _named(roster: Roster) -> Iterator[Named]:
    """Every name in its row, behind what stands above."""
    for row in roster.organizations:
        if row.parent:
            yield Named(row, "parent", row.parent, is_above=True)
        if row.name and not row.code:
            yield Named(row, "name", row.name, row.parent or "")
    for member in roster.members:
        if member.above:
            yield Named(member, "above", member.above, is_above=True)
        if member.organization:
            yield Named(member, "organization", member.organization, member.above)
    posts = (post for post in roster.posts if post.organization)
    yield from (Named(post, "organization", post.organization, post.above) for post in posts)


@dataclass
class _Proposing:
    """Goes through the names: what stands above others first, then long names before short ones.

    柳湾支部 is no other one where 青石镇柳湾村党支部 is proposed, and is asked about where
    红岩乡柳湾村党支部 is proposed as well.
    """

    roster: Roster
    places: Places
    now: Snapshot
    scope: Place
    fresh: list[tuple[PlaceName, Place]] = field(default_factory=list)
    levels: dict[str, str] = field(default_factory=dict)

    def propose(self, named: Iterable[Named]) -> Proposals:
        """The proposals in the order of the rows."""
        known = self.now.organizations.items()
        self.levels = {code: each.fields.level for code, each in known}
        self.levels |= {row.code: row.level for row in self.roster.organizations if row.code}
        self._note_higher([place for place in self.places.places if place.kind != BRANCH])
        done = Proposals()
        found: dict[int, Proposal] = {}
        by_key: dict[str, Named] = {}
        for one in sorted(named, key=_turn):
            above = self._above(one)
            said = taken_apart(one.name)
            like = [
                place
                for longer, place in self.fresh
                if said.can_be_short_for(longer) and (not one.above or place.parent == above)
            ]
            near = {place.code: place for place in (*self.higher, *like)} if like else {}
            meant = Places(list(near.values())).meant(one.name)
            if meant:
                same = by_key.get(meant[0].code) if len(meant) == 1 else None
                done.covered[one.key] = same.key if same else ""
                if same:
                    same.rows += one.rows
                continue
            place = Place(NEW + one.key, one.name, above, one.kind)
            by_key[place.code] = one
            self.fresh.append((said, place))
            if one.kind != BRANCH:
                self._note_higher([*self.higher, place])
            found[one.number] = self._proposal(one, place)
        done.found = [found[number] for number in sorted(found)]
        done.covered |= {one.key: one.key for one in done.found}
        return done

    def _note_higher(self, higher: Sequence[Place]) -> None:
        """What can stand above another one."""
        self.higher = higher
        self.known = Places(higher)

    def _above(self, one: Named) -> str:
        """Below what it would be: what somebody says; what the row says; what the name begins with
        (青石镇柳湾村党支部); else what is imported into."""
        if chosen := self.roster.founded_under.get(one.key):
            return chosen
        if one.above and len(tops := self.known.meant(one.above)) == 1:
            return tops[0].code
        return (self.known.beginning(one.name, without=BRANCH) or self.scope).code

    def _proposal(self, one: Named, place: Place) -> Proposal:
        """What it would be, by its row, else by its name."""
        said = one.listed
        above = place.parent or self.scope.code
        level = (said.level if said else "") or level_of(
            one.name, one.kind, self.levels.get(above, "")
        )
        level = self.roster.founded_level.get(one.key) or level
        self.levels[place.code] = level
        return Proposal(
            one,
            one.key,
            one.kind,
            level,
            above,
            said.sector if said else None,
            said.since if said else None,
        )


def _turn(one: Named) -> tuple[bool, bool, bool, int]:
    """What can stand above others first; what a list says more of before what is only named."""
    is_branch, has_members = one.kind == BRANCH, one.kind in BRANCHES.values()
    return is_branch, has_members, one.listed is None, -len(taken_apart(one.name).bare)


def _lacks(one: Proposal, wanted: Mapping[str, Proposal]) -> bool:
    """Whether it stands below one that is not wanted."""
    return one.above.startswith(NEW) and one.above.removeprefix(NEW) not in wanted


def founded(
    found: Proposals, roster: Roster, places: Places, now: Snapshot
) -> Iterator[FoundedRow]:
    """A row for each that is to be founded; first come first coded, so that the same file is the
    same again."""
    codes = _codes(now.scope or "", {*now.organizations, *places.by_code})
    wanted = found.of(roster)
    code_of = {NEW + one.key: next(codes) for one in wanted}
    for one in wanted:
        since = roster.founded_on.get(one.key)
        yield FOUNDED[one.named.row.sheet](
            row=one.named.row.row,
            key=one.key,
            code=code_of[NEW + one.key],
            name=one.named.name,
            kind=one.kind,
            level=one.level,
            sector=roster.founded[one.key] or None,
            parent=code_of.get(one.above, one.above),
            since=one.since or (date.fromisoformat(since) if since else None),
        )


def _codes(scope: str, taken: Collection[str]) -> Iterator[str]:
    """Codes that nobody has, behind the one of what is imported into: A-001, A-002 …"""
    used = {code.casefold() for code in taken}
    number = 0
    while True:
        number += 1
        end = f"-{number:0{DIGITS}d}"
        code = scope[: LONGEST_CODE - len(end)] + end
        if code.casefold() not in used:
            yield code
