"""From the cells of the four sheets to typed rows, with every error and every normalization."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, ClassVar

from pingyi.organizations.rules.identity import birthday_of, fault_of, identity_hash
from pingyi.organizations.rules.names import name_key
from pingyi.rosters.rules import columns as sheet_columns
from pingyi.rosters.rules.columns import BY_KEY, WORDS, Column, Sheet
from pingyi.rosters.rules.doubts import note_doubts
from pingyi.rosters.rules.issues import Issue, Remarks, Table, at, place_of
from pingyi.rosters.rules.numbers import last_four_of, person_of
from pingyi.rosters.rules.signs import unwrapped
from pingyi.rosters.rules.suffixes import Suffixes
from pingyi.rosters.rules.values import (
    Month,
    Param,
    Raw,
    Unreadable,
    agree,
    bare,
    is_nothing,
    read_code,
    read_date,
    read_identity,
    read_named,
    read_person_name,
    read_person_number,
    read_place,
    read_text,
    read_word,
    refuse_error,
)

Read = str | date
Reader = Callable[[Raw], Read]
READERS: Mapping[str, Reader] = {
    "code": read_code,
    "date": read_date,
    "identity": read_identity,
    "person_name": read_person_name,
    "person": read_person_number,
    "place": read_place,
    "text": read_text,
}
# Columns of fixed words: another spelling of them is no news.
OLD_LENGTH = 15
FIXED = frozenset({*WORDS, "sector", "category"})
Said = dict[str, Any]
"""What the cells of a row say, by column; of the type that the kind of the column has."""


@dataclass(frozen=True, slots=True)
class Names:
    """Names of the register's classification -> codes; and level and kind of an organization -> the
    code of the category of its secretary, and of the other members of its leading group."""

    sectors: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    secretaries: Mapping[tuple[str, str], str] = field(default_factory=dict)
    leaders: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of one of the sheets. Empty where a cell is, or could not be read (then there is an
    error)."""

    sheet: ClassVar[str]
    row: int


@dataclass(frozen=True, slots=True)
class OrganizationRow(SheetRow):
    """A row of 党组织. Without a code it stands for the organization of its name."""

    sheet = sheet_columns.ORGANIZATIONS
    code: str = ""
    name: str = ""
    kind: str = ""
    level: str = ""
    sector: str | None = None
    parent: str | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class PersonCells(SheetRow):
    """How a row names a person."""

    name: str = ""
    identity_hash: str | None = None
    last4: str = ""
    organization: str = ""
    # What stands above that organization, where a list says so.
    above: str = ""
    # Who is meant, where the list was exported from this register.
    person: int | None = None
    # The name with what stands behind it in brackets, where that is no part of it.
    written: str = ""

    @property
    def name_key(self) -> str:
        """What all spellings of the name have in common."""
        return name_key(self.name)

    @property
    def is_told_by_name_alone(self) -> bool:
        """Whether nothing else than the name says who is meant."""
        return self.identity_hash is None and self.person is None


@dataclass(frozen=True, slots=True)
class MemberRow(PersonCells):
    """A row of 党员."""

    sheet = sheet_columns.MEMBERS
    gender: str = ""
    born_on: date | None = None
    standing: str = ""
    joined_on: date | None = None
    # When the membership in this organization began, where that is another day.
    since: date | None = None


@dataclass(frozen=True, slots=True)
class PostRow(PersonCells):
    """A row of 职务."""

    sheet = sheet_columns.POSTS
    title: str = ""
    category: str | None = None
    since: date | None = None
    member_of: str | None = None


@dataclass(frozen=True, slots=True)
class ChargeRow(PersonCells):
    """A row of 分工; `organization` is the one the person is in charge of."""

    sheet = sheet_columns.CHARGES
    since: date | None = None
    member_of: str | None = None


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
    # What stands above the table of a list and what it is called, and what a person chose for the
    # names of organizations, by their keys (rules.places).
    titles: Sequence[str] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)
    # What a person answered about near names, by the keys of the questions (rules.near_members).
    answers: Mapping[str, str] = field(default_factory=dict)
    # Names that are to be founded, by their keys, each with its sector or none (rules.founding).
    founded: Mapping[str, str] = field(default_factory=dict)
    # The day (ISO 8601) on which they were founded, by the same keys, where somebody has said it.
    founded_on: Mapping[str, str] = field(default_factory=dict)
    # Below what (a code, or the key of another one behind NEW), and of which level, by the same
    # keys, where somebody has said another one than is proposed.
    founded_under: Mapping[str, str] = field(default_factory=dict)
    founded_level: Mapping[str, str] = field(default_factory=dict)
    # Names and codes of the register's classification.
    names: Names = field(default_factory=Names)

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

    def asks(self, row: SheetRow, key: str) -> bool:
        """Whether the sheet has that column, so that an empty cell of it says something."""
        return key in self.tables[row.sheet].keys


def read_roster(tables: Mapping[str, Table], *, names: Names, identity_key: str) -> Roster:
    """Read every cell of the given sheets; nothing stops at the first error.

    Identity numbers leave here only as keyed hashes.
    """
    roster = Roster(tables=dict(tables), names=names)
    remarks = Remarks()
    suffixes = Suffixes(roster.errors, remarks)
    for key, table in tables.items():
        remarks.add_noticed(table)
        sheet = SheetReader(table, BY_KEY[key], names, roster.errors, remarks)
        read = [(row, sheet.read(row, values)) for row, values in table.rows]
        cells = dict(table.rows)
        if key != sheet_columns.ORGANIZATIONS:
            suffixes.take_apart(table, read, members=key == sheet_columns.MEMBERS)
        for row, said in read:
            if key == sheet_columns.ORGANIZATIONS:
                roster.organizations.append(OrganizationRow(row, **said))
                continue
            number = sheet.number(row, said, identity_key)
            sheet.day_of_birth(row, cells[row], said, number)
            if key == sheet_columns.MEMBERS:
                roster.members.append(MemberRow(row, **said))
                note_doubts(table, remarks, row, number, said)
            elif key == sheet_columns.POSTS:
                roster.posts.append(PostRow(row, **said))
            else:
                roster.charges.append(ChargeRow(row, **said))
    roster.notes += remarks.issues()
    return roster


@dataclass
class SheetReader:
    """Reads the rows of one sheet. What was read once is not read again."""

    table: Table
    sheet: Sheet
    names: Names
    errors: list[Issue]
    remarks: Remarks

    def __post_init__(self) -> None:
        columns = [self.sheet.column(key) for key in self.table.keys]
        self._columns = [(column, _reader(column, self.names)) for column in columns]
        # A list of organizations without codes says what it likes of each of them.
        is_free = self.sheet.key == sheet_columns.ORGANIZATIONS and "code" not in self.table.keys
        wanted = self.sheet.needed_of_list if is_free else self.sheet.needed
        self._needed = frozenset(wanted)
        self._known: dict[tuple[str, type, Raw], Read] = {}
        # What a cell says without what tells a spreadsheet to take it as a text; None for nothing.
        self._meant: dict[Raw, Raw] = {}

    def read(self, row: int, values: Sequence[Raw]) -> Said:
        """The cells of a row that have a value and can be read."""
        read: Said = {}
        for (column, reader), said in zip(self._columns, values, strict=True):
            value = self._value(said) if isinstance(said, str) else said
            if value is None:
                if said is not None and column.key not in self._needed:
                    self.remarks.add(self.table, (row, column.key), "said_nothing", said, said)
                    continue
                shown = self.table.faults.get((row, column.key))
                if shown is not None:
                    code = "no_result" if shown.startswith("=") else "shows_error"
                    self.errors.append(at(self.table, row, column.key, code, shown))
                elif column.key in self._needed:
                    self.errors.append(at(self.table, row, column.key, "required", said))
                continue
            asked = (column.kind, type(value), value)
            known = self._known.get(asked)
            if known is None:
                try:
                    refuse_error(value)
                    known = self._known[asked] = reader(value)
                except Unreadable as wrong:
                    issue = at(self.table, row, column.key, wrong.code, value, **wrong.params)
                    self.errors.append(issue)
                    continue
            if isinstance(known, date) and known.day == 1 and self._says_months(column.key):
                known = Month(known.year, known.month, 1)
            read[column.key] = known
            code = _how_it_was_read(column, said, known)
            if code:
                self.remarks.add(self.table, (row, column.key), code, said, known)
        return read

    def day_of_birth(self, row: int, values: Sequence[Raw], said: Said, number: str) -> None:
        """The day where only the month is said and the number says it; else it is noted."""
        born = said.get("born_on")
        if not isinstance(born, Month):
            return
        birthday = birthday_of(number) if number else None
        if birthday and agree(born, birthday):
            said["born_on"] = birthday
            return
        value = values[self.table.keys.index("born_on")]
        self.remarks.add(self.table, (row, "born_on"), "month_only", value, born)

    def _says_months(self, key: str) -> bool:
        """Whether the heading asks for year and month, as 出生年月."""
        heading = self.table.headings[self.table.keys.index(key)]
        return "年月" in heading and "日" not in heading

    def _value(self, said: str) -> Raw:
        """What a text says; None where it only says that there is nothing."""
        if said not in self._meant:
            text = unwrapped(said)
            self._meant[said] = None if is_nothing(text) else text
        return self._meant[said]

    def number(self, row: int, said: Said, key: str) -> str:
        """Puts a hash and the last four in the place of an identity number, of a masked one the
        last four, and the key of a person in the place of theirs; gives a sound number."""
        if named := said.pop("person", None):
            said["person"] = person_of(named, key=key)
            if said["person"] is None:
                issue = at(self.table, row, "person", "person_number_wrong", named)
                self.errors.append(issue)
        number: str | None = said.pop("identity", None)
        if not number:
            return ""
        if last4 := last_four_of(number):
            said["last4"] = last4
            if not named:
                self.remarks.add(self.table, (row, "identity"), "identity_masked", number, number)
            return ""
        said["identity_hash"], said["last4"] = identity_hash(number, key=key), number[-4:]
        if fault_of(number) is None:
            return number
        self.remarks.add(self.table, (row, "identity"), "identity_doubtful", number, number)
        return ""


def _how_it_was_read(column: Column, value: Raw, read: Read) -> str:
    """The remark on a value that was not taken as it stands; an ISO day is no news."""
    if isinstance(read, Month):
        # Of a month of birth the identity number may say the day (`day_of_birth`).
        return "" if column.key == "born_on" else "month_only"
    if column.kind in FIXED or str(read) == str(value):
        return ""
    if column.kind != "identity":
        return "normalized"
    return "identity_of_15" if len(bare(str(value))) == OLD_LENGTH else "identity_cleaned"


def _reader(column: Column, names: Names) -> Reader:
    """How the values of a column are read."""
    match column.kind:
        case "sector":
            return partial(read_named, names.sectors)
        case "category":
            return partial(read_named, names.categories)
        case kind if kind in WORDS:
            return partial(read_word, kind)
        case kind:
            return READERS[kind]
