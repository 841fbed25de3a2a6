"""People of a file and of the register, as the rows of a file mean them."""

from dataclasses import dataclass, replace

from pingyi.organizations.rules.near import Known
from pingyi.rosters.rules.fields import NewPerson, PersonFields, PersonRef
from pingyi.rosters.rules.rows import MemberRow, PersonCells
from pingyi.rosters.rules.snapshot import PersonNow

SPLIT = "|"
Place = tuple[str, str]
"""Key of a name and code of an organization."""


@dataclass(slots=True, eq=False)
class Subject:
    """A person of the file, by the row that names them first; in the register (`now`), or new."""

    cells: PersonCells
    sheet: str
    now: PersonNow | None = None
    member: MemberRow | None = None

    @property
    def ref(self) -> PersonRef:
        """How the changes name the person."""
        return self.now.id if self.now else NewPerson(self.sheet, self.cells.row)

    @property
    def label(self) -> str:
        """What people read: 张三 (…1234)."""
        return labelled(self.cells.name, self.cells.last4)


Candidate = Subject | PersonNow
"""Who can be meant by a row."""


def labelled(name: str, last4: str) -> str:
    """A name with the last four of the identity number, if there is one."""
    return f"{name} (…{last4})" if last4 else name


def label_of(person: PersonFields) -> str:
    """A person of the register."""
    return labelled(person.name, person.identity_last4)


def known_of(person: PersonNow) -> Known:
    """What the register knows of somebody, to be compared."""
    said = person.fields
    return Known(
        person.id, said.name, said.identity_hash, said.identity_last4, said.gender, said.born_on
    )


def known_of_row(row: PersonCells) -> Known:
    """What a row says of somebody, to be compared."""
    said = Known(0, row.name, row.identity_hash, row.last4)
    return (
        replace(said, gender=row.gender, born_on=row.born_on)
        if isinstance(row, MemberRow)
        else said
    )


def number_in_file(member: Subject) -> int:
    """The number of a new member in a question, where the register has none: the row below zero."""
    return -(member.member or member.cells).row


def question_of(row: PersonCells, person: int) -> str:
    """Under which an answer about a near name is kept: names and codes have no such sign."""
    return SPLIT.join((row.name_key, row.organization, str(person)))
