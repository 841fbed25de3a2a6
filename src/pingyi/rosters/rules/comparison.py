"""What the comparisons of the single sheets share."""

from dataclasses import dataclass, field
from datetime import date

from pingyi.rosters.rules.changes import Change, fitted
from pingyi.rosters.rules.endings import Kept
from pingyi.rosters.rules.fields import Fields, OrganizationFields, PersonRef
from pingyi.rosters.rules.people import People
from pingyi.rosters.rules.rows import OrganizationRow, Roster, SheetRow
from pingyi.rosters.rules.snapshot import Snapshot
from pingyi.rosters.rules.subjects import Subject


@dataclass
class Comparison:
    """The file beside the register."""

    roster: Roster
    now: Snapshot
    effective_on: date
    by_code: dict[str, OrganizationRow]
    people: People
    kept: Kept = field(default_factory=Kept)

    def said_of(self, organization: str) -> OrganizationRow | OrganizationFields | None:
        """What the file says of an organization, else the register."""
        known = self.now.organizations.get(organization)
        return self.by_code.get(organization) or (known.fields if known else None)

    def begun(self, organization: str) -> date | None:
        """When an organization of the file or of the register begins; None for an unknown one."""
        row = self.by_code.get(organization)
        known = self.now.organizations.get(organization)
        if row is not None and (row.since or known is None):
            return row.since or self.effective_on
        return known.fields.valid_from if known is not None else None

    def begin(self, since: date | None, organization: str) -> date:
        """When a row begins: the day it states, else the effective one, but not before the
        organization it belongs to."""
        return max(since or self.effective_on, self.begun(organization) or self.effective_on)

    def line(
        self,
        row: SheetRow,
        label: str,
        after: Fields,
        before: Fields | None = None,
        object_id: int = 0,
        person: PersonRef | None = None,
    ) -> Change:
        """A change that a row of the file makes."""
        sheet = self.roster.tables[row.sheet].title
        return Change(fitted(label), before, after, sheet, row.row, object_id, person)

    def line_of(
        self,
        subject: Subject,
        row: SheetRow,
        after: Fields,
        before: Fields | None = None,
        object_id: int = 0,
    ) -> Change:
        """A change of a row that belongs to a person."""
        return self.line(row, subject.label, after, before, object_id, subject.ref)
