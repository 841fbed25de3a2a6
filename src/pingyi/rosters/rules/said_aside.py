"""What the column 备注 of a list says that is more than a remark: that somebody is a probationary
member is understood, that somebody holds a post is pointed out. The rest is not read."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from pingyi.rosters.rules.columns import WORDS, written
from pingyi.rosters.rules.issues import Remarks, Table
from pingyi.rosters.rules.rows import MemberRow, Roster
from pingyi.rosters.rules.values import Raw, bare

ASIDE = ("备注", "备考", "说明", "附注", "备注说明")
POST = re.compile(r"[^,，。;；]{0,16}(?:书记|支书|委员|主任|组长|部长|会长|主席)")


@dataclass(frozen=True)
class Aside:
    """A column of remarks: its heading, and the cells by row."""

    heading: str
    cells: dict[int, tuple[str, Raw]]


def asides_of(table: Table, ignored: Collection[str]) -> Iterator[Aside]:
    """The columns of remarks among those that nobody asked for."""
    for place, key in enumerate(table.keys):
        if key in ignored and bare(key) in ASIDE:
            cells = {row: (table.cell(row, key), said[place]) for row, said in table.rows}
            yield Aside(key, cells)


def understand_aside(roster: Roster, title: str, aside: Aside) -> bool:
    """Take what stands aside into the rows of members, and note it; whether anything was taken."""
    remarks = Remarks()
    before = roster.members
    roster.members = [_understood(row, title, aside, remarks) for row in before]
    roster.notes += remarks.issues()
    return roster.members != before


def _understood(row: MemberRow, title: str, aside: Aside, remarks: Remarks) -> MemberRow:
    """One row with the standing that is said aside where its own column says none."""
    cell, value = aside.cells[row.row]
    text = bare(value) if isinstance(value, str) else ""
    standing = WORDS["standing"].get(text.casefold())
    place = (title, aside.heading, cell)
    if standing is None:
        if POST.fullmatch(text):
            remarks.add_at(place, "post_aside", f"{row.name} {text}", f"{row.name} {text}")
        return row
    if not row.standing:
        remarks.add_at(place, "standing_aside", row.name, written("standing", standing))
        return replace(row, standing=standing)
    if standing != row.standing:
        read = written("standing", row.standing)
        remarks.add_at(place, "standing_aside_other", f"{row.name} {text}", read)
    return row
