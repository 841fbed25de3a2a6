"""Organizations that a list names and nobody knows: founded where somebody has said so.

Kind and place are read off the name, and so is the sector that is proposed; whoever looks at the
preview sees each of them.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from pingyi.organizations.enums import Level, OrganizationKind
from pingyi.organizations.rules.codes import LONGEST_CODE
from pingyi.rosters.rules import columns as sheet_columns
from pingyi.rosters.rules.places import Place, PlaceName, Places, key_of, taken_apart
from pingyi.rosters.rules.rows import MemberRow, OrganizationRow, Roster
from pingyi.rosters.rules.snapshot import Snapshot
from pingyi.rosters.rules.values import tidy

BRANCH = OrganizationKind.BRANCH.value
# What is founded from a list, by how its name ends; others have a level that no name says.
KINDS = {"支部": BRANCH, "总支": OrganizationKind.GENERAL_BRANCH.value}
# Sectors that a name says; the one said last (学院路社区 is a community), of several the first.
SECTORS = (
    ("university", re.compile("大学|学院|高等专科(?:学校)?")),
    ("school", re.compile("[中小]学|学校|幼儿园|职[高中]|[一二三四五六七八九]中(?![队心])")),
    ("healthcare", re.compile("医院|卫生(?:[院所室]|服务)|疾控|妇幼")),
    ("community", re.compile("社区|居委会|居民")),
    ("rural", re.compile("村(?!镇)")),
    ("government", re.compile("局|人大|政协|法院|检察院")),
    ("private", re.compile("有限公司|非公")),
    ("social", re.compile("协会|商会|学会")),
)
# Said of what belongs to any of them: 县医院机关.
OFFICES = "机关"
DIGITS = 3


@dataclass(frozen=True, slots=True)
class FoundedRow(OrganizationRow):
    """An organization that a row of 党员 names, as that row stands for it."""

    sheet = sheet_columns.MEMBERS


def sector_of(name: str, sectors: Collection[str]) -> str:
    """The sector that a name says, one of those that there are; empty where it says none."""
    bare = taken_apart(name).bare
    ends = {
        code: max((said.end() for said in words.finditer(bare)), default=0)
        for code, words in SECTORS
    }
    found = max(ends, key=lambda code: ends[code])
    if not ends[found]:
        found = "government" if OFFICES in bare else ""
    return found if found in sectors else ""


def kind_of(name: str) -> str:
    """What kind of organization a name is of; empty where nothing of that name is founded."""
    return KINDS.get(taken_apart(name).ending, "")


def place_for(name: str, places: Places, now: Snapshot) -> Place | None:
    """Below what an organization of that name would be founded: what the name begins with
    (青石镇柳湾村党支部), else what is imported into; None where nothing can be founded there."""
    scope = places.by_code.get(now.scope or "")
    if scope is None or scope.kind == BRANCH or not kind_of(name):
        return None
    return places.beginning(name, without=BRANCH) or scope


def founded(roster: Roster, places: Places, now: Snapshot) -> Iterator[FoundedRow]:
    """A row for each name that is to be founded, stands in a row and means nothing that is known;
    first come first coded, so that the same file is the same again."""
    codes = _codes(now.scope or "", {*now.organizations, *places.by_code})
    for row, name, above in _new(roster, places, now):
        key = key_of(row.organization)
        since = roster.founded_on.get(key)
        yield FoundedRow(
            row=row.row,
            code=next(codes),
            name=name,
            kind=kind_of(name),
            level=Level.GRASSROOTS.value,
            sector=roster.founded[key] or None,
            parent=above.code,
            since=date.fromisoformat(since) if since else None,
        )


def _new(roster: Roster, places: Places, now: Snapshot) -> list[tuple[MemberRow, str, Place]]:
    """Each organization once: the first row, the name, what is above. 柳湾支部 founds nothing where
    青石镇柳湾村党支部 is founded, and is asked about where 红岩乡柳湾村党支部 is founded as well.
    """
    named: dict[str, tuple[int, MemberRow]] = {}
    for number, row in enumerate(roster.members if roster.founded else ()):
        if key_of(row.organization) in roster.founded:
            named.setdefault(tidy(row.organization), (number, row))
    found: dict[int, tuple[MemberRow, str, Place]] = {}
    fresh: list[tuple[PlaceName, Place]] = []
    # What stands above the new ones, by which long and short names are told.
    higher = [place for place in places.places if place.kind != BRANCH]
    for name in sorted(named, key=lambda name: -len(taken_apart(name).bare)):
        number, row = named[name]
        above = None if places.meant(name) else place_for(name, places, now)
        if above is None:
            continue
        said = taken_apart(name)
        like = [place for longer, place in fresh if said.can_be_short_for(longer)]
        if not like or not Places([*higher, *like]).meant(name):
            fresh.append((said, Place(name, name, above.code, kind_of(name))))
            found[number] = (row, name, above)
    return [found[number] for number in sorted(found)]


def _codes(scope: str, taken: Iterable[str]) -> Iterator[str]:
    """Codes that nobody has, behind the one of what is imported into: A-001, A-002 …"""
    used = {code.casefold() for code in taken}
    number = 0
    while True:
        number += 1
        end = f"-{number:0{DIGITS}d}"
        code = scope[: LONGEST_CODE - len(end)] + end
        if code.casefold() not in used:
            yield code
