"""Puts the code of an organization into each row that names one otherwise, and asks where nobody
can say which is meant. What was understood is said, name by name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pingyi.organizations.rules.codes import is_code
from pingyi.rosters.rules.founding import founded, kind_of, place_for
from pingyi.rosters.rules.issues import Issue, Remarks
from pingyi.rosters.rules.places import Place, Places, key_of
from pingyi.rosters.rules.rows import MemberRow, OrganizationRow, Roster, SheetRow
from pingyi.rosters.rules.snapshot import Snapshot
from pingyi.rosters.rules.values import Param

Row = TypeVar("Row", bound=SheetRow)
QUESTIONS = frozenset({"place_ambiguous", "place_unknown", "place_missing"})
"""Errors that a choice mends."""
FOR_ALL = ""
"""The key under which it is kept what a list without a column of organizations belongs to."""


def settle_places(roster: Roster, now: Snapshot) -> None:
    """Organizations of rows by their codes; errors and remarks are added to the roster."""
    settling = _Settling(roster, now, Places(list(_places(roster, now)), roster.chosen))
    roster.organizations = [settling.own_code(row) for row in roster.organizations]
    settling.places = Places(list(_places(roster, now)), roster.chosen)
    roster.organizations += founded(roster, settling.places, now)
    settling.places = Places(list(_places(roster, now)), roster.chosen)
    settling.place_all()
    roster.organizations = settling.rows(roster.organizations, "parent")
    roster.members = settling.rows(roster.members, "organization")
    for name in ("posts", "charges"):
        for key in ("organization", "member_of"):
            setattr(roster, name, settling.rows(getattr(roster, name), key))
    roster.errors += settling.questions()
    roster.notes += settling.remarks.issues()


def _places(roster: Roster, now: Snapshot) -> Iterator[Place]:
    """What a row can mean: organizations of the file, else of the scope."""
    listed = {row.code: row for row in roster.organizations if row.code}
    for row in listed.values():
        yield Place(row.code, row.name, row.parent or now.scope, row.kind)
    for code in sorted(now.inside - listed.keys()):
        said = now.organizations[code].fields
        yield Place(code, said.name, said.place.parent, said.kind)


@dataclass
class _Asked:
    """A name that nobody can tell: where it stands first, and how many rows name it."""

    row: SheetRow
    key: str
    found: list[Place]
    rows: int = 0


@dataclass
class _Settling:
    """Goes through the rows once."""

    roster: Roster
    now: Snapshot
    places: Places
    remarks: Remarks = field(default_factory=Remarks)
    asked: dict[str, _Asked] = field(default_factory=dict)
    known: dict[str, list[Place]] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)

    def own_code(self, row: OrganizationRow) -> OrganizationRow:
        """An organization of the register under its code as it is written there."""
        if not row.code or row.code in self.now.organizations:
            return row
        same = [code for code in self.now.inside if code.casefold() == row.code.casefold()]
        if len(same) != 1:
            return row
        self._say(row, "code", row.code, self.now.organizations[same[0]].fields.name, same[0])
        return replace(row, code=same[0])

    def rows(self, rows: Iterable[Row], key: str) -> list[Row]:
        """The rows with codes in that column."""
        return [self._settled(row, key, getattr(row, key)) for row in rows]

    def _settled(self, row: Row, key: str, text: str | None) -> Row:
        if not text or text in self.places.by_code or text in self.now.organizations:
            return row
        if text not in self.known:
            self.known[text] = self.places.meant(text)
        found = self.known[text]
        if len(found) == 1:
            self._say(row, key, text, found[0].name, found[0].code)
            return _with(row, key, found[0].code)
        if not found and is_code(text):
            # An unknown code is an error of its row.
            return row
        self.asked.setdefault(text, _Asked(row, key, found)).rows += 1
        return _with(row, key, "")

    def _say(self, row: SheetRow, key: str, text: str, name: str, code: str) -> None:
        """Note how a name was understood, once."""
        if text not in self.said:
            self.said.add(text)
            table = self.roster.tables[row.sheet]
            self.remarks.add(table, (row.row, key), "place_by_name", text, f"{name} ({code})")

    def place_all(self) -> None:
        """Members of a list without a column of organizations: by a choice, by where it is
        imported, by its title."""
        table = self.roster.tables.get(MemberRow.sheet)
        rows = self.roster.members
        if table is None or "organization" in table.keys or not rows:
            return
        if chosen := self.roster.chosen.get(FOR_ALL):
            found, code = [p for p in self.places.places if p.code == chosen], "place_chosen"
        elif len(self.places.leaves) == 1:
            found, code = self.places.leaves, "place_of_scope"
        else:
            found, code = self.places.named_in(self.roster.titles), "place_of_title"
        if len(found) == 1:
            self.roster.members = [replace(row, organization=found[0].code) for row in rows]
            self.roster.posts = [
                replace(row, organization=found[0].code) if row.sheet == MemberRow.sheet else row
                for row in self.roster.posts
            ]
            said: dict[str, Param] = {"name": f"{found[0].name} ({found[0].code})"}
            self.roster.notes.append(Issue(code, table.title, params=said))
            return
        choices = found or self.places.leaves or self.places.places
        params = {**self._choices(FOR_ALL, choices), "rows": len(rows)}
        self.roster.errors.append(Issue("place_missing", table.title, params=params))

    def questions(self) -> Iterator[Issue]:
        """An error for each name that has to be chosen."""
        for text, asked in self.asked.items():
            code = "place_ambiguous" if asked.found else "place_unknown"
            choices = asked.found or self.places.likely(text)
            params = {**self._choices(key_of(text), choices), "rows": asked.rows}
            if not asked.found and isinstance(asked.row, MemberRow):
                above = place_for(text, self.places, self.now)
                params |= {"kind": kind_of(text), "above": above.name} if above else {}
            yield self.roster.at(asked.row, asked.key, code, text, **params)

    def _choices(self, key: str, places: Iterable[Place]) -> dict[str, Any]:
        """Which organizations can be chosen: code, name, what is above."""
        choices = [(each.code, each.name, self.places.parent_name(each)) for each in places]
        return {"asked": key, "choices": choices}


def _with(row: Row, key: str, code: str) -> Row:
    """The row with that code in a column."""
    said: dict[str, Any] = {key: code}
    return replace(row, **said)
