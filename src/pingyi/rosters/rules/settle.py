"""Puts the code of an organization into each row that names one otherwise, and asks where nobody
can say which is meant. What was understood is said, name by name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pingyi.organizations.rules.codes import is_code
from pingyi.rosters.rules.founding import BRANCH, BRANCHES
from pingyi.rosters.rules.issues import Issue, Remarks
from pingyi.rosters.rules.places import Place, Places
from pingyi.rosters.rules.proposals import (
    NEW,
    Proposal,
    Proposals,
    founded,
    name_in_file,
    proposals,
)
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
    roster.organizations = list(settling.known_ones(roster.organizations))
    settling.proposed = proposals(roster, settling.places, now)
    new = list(founded(settling.proposed, roster, settling.places, now))
    roster.organizations = [*(row for row in roster.organizations if row.code), *new]
    chosen = {**roster.chosen, **settling.proposed.codes(new)}
    settling.places = Places(list(_places(roster, now)), chosen)
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
    proposed: Proposals = field(default_factory=Proposals)
    remarks: Remarks = field(default_factory=Remarks)
    # By the name and what is said to stand above.
    asked: dict[tuple[str, str], _Asked] = field(default_factory=dict)
    known: dict[tuple[str, str], list[Place]] = field(default_factory=dict)
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

    def known_ones(self, rows: Iterable[OrganizationRow]) -> Iterator[OrganizationRow]:
        """The rows of a list of organizations with the codes of those that are known; what such a
        row does not say stays as it is."""
        for row in rows:
            if row.code or not row.name:
                yield row
                continue
            found = self.places.meant_below(row.name, row.parent)
            known = self.now.organizations.get(found[0].code) if len(found) == 1 else None
            if known is None:
                # One that the same file has with a code is not asked about.
                if len(found) != 1:
                    yield row
                continue
            said = known.fields
            self._say(row, "name", row.name, said.name, said.code)
            yield replace(
                row,
                code=said.code,
                name=said.name,
                kind=row.kind or said.kind,
                level=row.level or said.level,
                parent=None if said.code == self.now.scope else row.parent,
            )

    def rows(self, rows: Iterable[Row], key: str) -> list[Row]:
        """The rows with codes in that column."""
        return [self._settled(row, key, getattr(row, key)) for row in rows]

    def _settled(self, row: Row, key: str, text: str | None) -> Row:
        if not text or text in self.places.by_code or text in self.now.organizations:
            return row
        above = getattr(row, "above", "") if key == "organization" else ""
        if (text, above) not in self.known:
            self.known[text, above] = self.places.meant_below(text, above)
        found = self.known[text, above]
        if len(found) == 1:
            self._say(row, key, text, found[0].name, found[0].code)
            return _with(row, key, found[0].code)
        if not found and is_code(text):
            # An unknown code is an error of its row.
            return row
        self.asked.setdefault((text, above), _Asked(row, key, found)).rows += 1
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
        """An error for each organization that can be founded and is not, with the first of them
        what can stand above; and for each name that has to be chosen."""
        done = {one.key for one in self.proposed.of(self.roster)}
        open_ones = [one for one in self.proposed.found if one.key not in done]
        more: dict[str, Param] = {"superiors": self._superiors(open_ones)}
        for one in open_ones:
            yield self._proposed(one, **more)
            more = {}
        for (text, above), asked in self.asked.items():
            key = name_in_file(text, above)
            # Another spelling of those that are asked about.
            if open_ones and key in self.proposed.covered:
                continue
            code = "place_ambiguous" if asked.found else "place_unknown"
            choices = asked.found or self.places.likely(text)
            params = {**self._choices(key, choices), "rows": asked.rows}
            yield self.roster.at(asked.row, asked.key, code, text, **params)

    def _superiors(self, open_ones: Iterable[Proposal]) -> list[tuple[str, str]]:
        """What a new organization can stand below: codes, or keys of other new ones, and names."""
        known = [(each.code, each.name) for each in self.places.places if each.kind != BRANCH]
        new = [(NEW + one.key, one.named.name) for one in open_ones if one.kind != BRANCH]
        return [*known, *new]

    def _proposed(self, one: Proposal, **more: Param) -> Issue:
        """The question whether one is new, with what it would be."""
        named = one.named
        if one.above.startswith(NEW):
            # Below what is new there is nothing yet; above all the same name may be known.
            choices = self.places.meant(named.name)
        else:
            choices = self.places.likely(named.name)
        if one.kind not in BRANCHES.values():
            choices = [each for each in choices if each.kind != BRANCH]
        above = self.places.by_code.get(one.above)
        return self.roster.at(
            named.row,
            named.column,
            "place_unknown",
            named.name,
            **self._choices(one.key, choices),
            rows=named.rows,
            kind=one.kind,
            level=one.level,
            sector=one.sector or "",
            above=above.name if above else self._name_of(one.above),
            above_code=one.above,
            since=one.since.isoformat() if one.since else "",
            **more,
        )

    def _name_of(self, above: str) -> str:
        """The name of what is new as well."""
        key = above.removeprefix(NEW)
        return next((one.named.name for one in self.proposed.found if one.key == key), "")

    def _choices(self, key: str, places: Iterable[Place]) -> dict[str, Any]:
        """Which organizations can be chosen: code, name, what is above."""
        choices = [(each.code, each.name, self.places.parent_name(each)) for each in places]
        return {"asked": key, "choices": choices}


def _with(row: Row, key: str, code: str) -> Row:
    """The row with that code in a column."""
    said: dict[str, Any] = {key: code}
    return replace(row, **said)
