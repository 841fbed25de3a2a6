"""From the cells of the four sheets to typed rows, with every error and every normalization."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from pingyi.organizations.rules.identity import fault_of, identity_hash
from pingyi.rosters.rules import columns as sheet_columns
from pingyi.rosters.rules.columns import BY_KEY, Column, Sheet
from pingyi.rosters.rules.doubts import note_doubts
from pingyi.rosters.rules.issues import Issue, Remarks, Table, at, place_of
from pingyi.rosters.rules.values import (
    Param,
    Raw,
    Unreadable,
    read_code,
    read_date,
    read_identity,
    read_named,
    read_person_name,
    read_text,
    read_word,
)

Read = str | date
Reader = Callable[[Raw], Read]
Cells = tuple[int, str, str | None, str, str]


@dataclass(frozen=True, slots=True)
class Names:
    """Names of the register's classification -> codes."""

    sectors: Mapping[str, str]
    categories: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of one of the sheets. Empty where a cell could not be read (then there is an error)."""

    sheet: ClassVar[str]
    row: int


@dataclass(frozen=True, slots=True)
class OrganizationRow(SheetRow):
    """A row of 党组织."""

    sheet = sheet_columns.ORGANIZATIONS
    code: str
    name: str
    kind: str
    level: str
    sector: str | None
    parent: str | None
    since: date | None


@dataclass(frozen=True, slots=True)
class PersonCells(SheetRow):
    """How a row names a person."""

    name: str
    identity_hash: str | None
    last4: str
    organization: str


@dataclass(frozen=True, slots=True)
class MemberRow(PersonCells):
    """A row of 党员."""

    sheet = sheet_columns.MEMBERS
    gender: str
    born_on: date | None
    standing: str
    since: date | None


@dataclass(frozen=True, slots=True)
class PostRow(PersonCells):
    """A row of 职务."""

    sheet = sheet_columns.POSTS
    title: str
    category: str | None
    since: date | None
    member_of: str | None


@dataclass(frozen=True, slots=True)
class ChargeRow(PersonCells):
    """A row of 分工; `organization` is the one the person is in charge of."""

    sheet = sheet_columns.CHARGES
    since: date | None
    member_of: str | None


@dataclass
class Roster:
    """Everything the workbook says."""

    tables: dict[str, Table] = field(default_factory=dict)
    organizations: list[OrganizationRow] = field(default_factory=list)
    members: list[MemberRow] = field(default_factory=list)
    posts: list[PostRow] = field(default_factory=list)
    charges: list[ChargeRow] = field(default_factory=list)
    errors: list[Issue] = field(default_factory=list)
    notes: list[Issue] = field(default_factory=list)

    @property
    def row_count(self) -> int:
        """Rows of all sheets."""
        return sum(len(table.rows) for table in self.tables.values())

    def at(self, row: SheetRow, key: str, code: str, value: Raw, **params: Param) -> Issue:
        """An issue of one cell of a row."""
        return at(self.tables[row.sheet], row.row, key, code, value, **params)

    def cell(self, row: SheetRow, key: str) -> str:
        """Sheet and cell."""
        return "!".join(place_of(self.tables[row.sheet], row.row, key))


def read_roster(tables: Mapping[str, Table], *, names: Names, identity_key: str) -> Roster:
    """Read every cell of the given sheets; nothing stops at the first error."""
    roster = Roster(tables=dict(tables))
    remarks = Remarks()
    for key, table in tables.items():
        cells = CellReader(table, BY_KEY[key], names, roster.errors, remarks)
        people = PersonReader(cells, identity_key)
        for row, values in table.rows:
            read = cells.read(row, values)
            match key:
                case sheet_columns.ORGANIZATIONS:
                    roster.organizations.append(_organization(row, read))
                case sheet_columns.MEMBERS:
                    roster.members.append(_member(people, row, read))
                case sheet_columns.POSTS:
                    roster.posts.append(_post(people, row, read))
                case _:
                    roster.charges.append(_charge(people, row, read))
    roster.notes += remarks.issues()
    return roster


class CellReader:
    """Reads the rows of one sheet. What was read once is not read again."""

    def __init__(
        self, table: Table, sheet: Sheet, names: Names, errors: list[Issue], remarks: Remarks
    ) -> None:
        self.table = table
        self.errors = errors
        self.remarks = remarks
        self.columns = [
            (index, sheet.column(key), _reader(sheet.column(key), names))
            for index, key in enumerate(table.keys)
        ]
        self._known: dict[tuple[str, type, Raw], Read] = {}

    def read(self, row: int, values: Sequence[Raw]) -> dict[str, Read]:
        """The cells of a row that have a value and can be read."""
        read: dict[str, Read] = {}
        for index, column, reader in self.columns:
            value = values[index]
            if value is None:
                if column.needed:
                    self.errors.append(at(self.table, row, column.key, "required", ""))
                continue
            asked = (column.kind, type(value), value)
            known = self._known.get(asked)
            if known is None:
                try:
                    known = reader(value)
                except Unreadable as wrong:
                    self._wrong(row, column, value, wrong)
                    continue
                self._known[asked] = known
            if known != value:
                self._remark(row, column, value, known)
            read[column.key] = known
        return read

    def _wrong(self, row: int, column: Column, value: Raw, wrong: Unreadable) -> None:
        """An error of one cell."""
        self.errors.append(at(self.table, row, column.key, wrong.code, value, **wrong.params))

    def _remark(self, row: int, column: Column, value: Raw, read: Read) -> None:
        """A value that was not taken as it stands. Fixed words and ISO days are no news."""
        if column.kind in sheet_columns.WORDS or column.kind in ("sector", "category"):
            return
        if str(value) != str(read):
            self.remarks.add(self.table, (row, column.key), "normalized", value, read)


class PersonReader:
    """The cells that name a person; identity numbers leave here only as keyed hashes."""

    def __init__(self, cells: CellReader, identity_key: str) -> None:
        self.cells = cells
        self.identity_key = identity_key

    def read(self, row: int, read: Mapping[str, Read]) -> tuple[Cells, str]:
        """The fields of PersonCells; and the number, where it is sound."""
        number = _text(read, "identity")
        hashed = identity_hash(number, key=self.identity_key) if number else None
        fields = row, _text(read, "name"), hashed, number[-4:], _text(read, "organization")
        if number and fault_of(number) is not None:
            place = (row, "identity")
            self.cells.remarks.add(self.cells.table, place, "identity_doubtful", number, number)
            number = ""
        return fields, number


def _organization(row: int, read: Mapping[str, Read]) -> OrganizationRow:
    return OrganizationRow(
        row=row,
        code=_text(read, "code"),
        name=_text(read, "name"),
        kind=_text(read, "kind"),
        level=_text(read, "level"),
        sector=_text(read, "sector") or None,
        parent=_text(read, "parent") or None,
        since=_day(read, "since"),
    )


def _member(people: PersonReader, row: int, read: Mapping[str, Read]) -> MemberRow:
    person, number = people.read(row, read)
    member = MemberRow(
        *person,
        gender=_text(read, "gender"),
        born_on=_day(read, "born_on"),
        standing=_text(read, "standing"),
        since=_day(read, "since"),
    )
    note_doubts(
        people.cells.table,
        people.cells.remarks,
        row,
        number=number,
        gender=member.gender,
        born_on=member.born_on,
        since=member.since,
    )
    return member


def _post(people: PersonReader, row: int, read: Mapping[str, Read]) -> PostRow:
    return PostRow(
        *people.read(row, read)[0],
        title=_text(read, "title"),
        category=_text(read, "category") or None,
        since=_day(read, "since"),
        member_of=_text(read, "member_of") or None,
    )


def _charge(people: PersonReader, row: int, read: Mapping[str, Read]) -> ChargeRow:
    return ChargeRow(
        *people.read(row, read)[0],
        since=_day(read, "since"),
        member_of=_text(read, "member_of") or None,
    )


def _text(read: Mapping[str, Read], key: str) -> str:
    """The text of a cell, empty where there is none."""
    return str(read.get(key, ""))


def _day(read: Mapping[str, Read], key: str) -> date | None:
    """The day of a cell."""
    value = read.get(key)
    return value if isinstance(value, date) else None


def _reader(column: Column, names: Names) -> Reader:
    """How the values of a column are read."""
    match column.kind:
        case "code":
            return read_code
        case "person_name":
            return read_person_name
        case "identity":
            return read_identity
        case "date":
            return read_date
        case "sector":
            return lambda value: read_named(value, names.sectors)
        case "category":
            return lambda value: read_named(value, names.categories)
        case "text":
            return read_text
        case kind:
            return lambda value: read_word(kind, value)
