"""What the comparisons of the single sheets share."""

from dataclasses import dataclass, field
from datetime import date

from pingyi.rosters.rules.changes import Change, Fields, fitted
from pingyi.rosters.rules.endings import Kept
from pingyi.rosters.rules.people import People, Subject
from pingyi.rosters.rules.rows import OrganizationRow, Roster
from pingyi.rosters.rules.snapshot import Snapshot


@dataclass
class Comparison:
    """The file beside the register."""

    roster: Roster
    now: Snapshot
    effective_on: date
    by_code: dict[str, OrganizationRow]
    people: People
    kept: Kept = field(default_factory=Kept)

    def begun(self, organization: str) -> date | None:
        """When an organization of the file or of the register begins; None for an unknown one."""
        row = self.by_code.get(organization)
        known = self.now.organizations.get(organization)
        if row is not None and (row.since or known is None):
            return row.since or self.effective_on
        return known.valid_from if known is not None else None

    def begin(self, since: date | None, organization: str) -> date:
        """When a row begins: the day it states, else the effective one, but not before the
        organization it belongs to."""
        day = since or self.effective_on
        row = self.by_code.get(organization)
        known = self.now.organizations.get(organization)
        if row is not None and row.since:
            return max(day, row.since)
        if known is not None:
            return max(day, known.valid_from)
        return max(day, self.effective_on)


@dataclass(frozen=True, slots=True)
class Line:
    """Where a change comes from, and whom it concerns."""

    subject: Subject
    sheet: str
    row: int

    def change(
        self,
        kind: str,
        model: str,
        *,
        after: Fields,
        object_id: int | None = None,
        before: Fields | None = None,
    ) -> Change:
        """A change of this person, or of a row that belongs to the person."""
        return Change(
            kind, model, fitted(self.subject.label), self.sheet, self.row, object_id, before, after
        )
