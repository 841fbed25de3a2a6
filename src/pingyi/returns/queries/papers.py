"""A table as a page or a document shows it: as it would be sealed now, or as it was sealed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from pingyi.returns.enums import ReturnState, Word
from pingyi.returns.models import Return, Version
from pingyi.returns.queries.draft import Draft, draft_of, said_now
from pingyi.returns.queries.imprint import imprint_of
from pingyi.returns.queries.moments import Moment
from pingyi.returns.queries.returns import returns_of
from pingyi.returns.rules.cells import Cell, Cells, from_json

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit
    from pingyi.campaigns.rules.pack import Table

BLANK = Cell(None, None)


@dataclass(frozen=True)
class Paper:
    """A table with its cells, its head and its foot. Without a version it is a draft: as it is
    counted now, with what the unit says otherwise.
    """

    plan: "Table"
    row: Return
    cells: Cells
    filled_on: date
    foot: Mapping[str, str]
    version: Version | None = None
    draft: Draft | None = None
    # Why a cell came back, as long as that stands.
    remarks: Mapping[str, str] = field(default_factory=dict)

    def at(self, row: str, column: str) -> Cell:
        """What stands at a row and column, with what was counted and why it differs."""
        return self.cells.get(f"{self.plan.code}.{row}.{column}", BLANK)

    def cell(self, row: str, column: str) -> int | str | None:
        """What is read there: a number, the word why there is none, or nothing."""
        said = self.at(row, column).said
        return str(Word(said).label) if isinstance(said, str) else said

    @property
    def version_text(self) -> str:
        """The number of the version, for an address."""
        return str(self.version.number) if self.version else ""

    @property
    def foot_lines(self) -> list[tuple[str, str]]:
        """Each label at the foot with what was entered."""
        return [(label, self.foot.get(label, "")) for label in self.plan.foot_labels]


def papers_of(round_: "Round", unit: "Unit", today: date) -> list[Paper]:
    """Every table of the unit as it would be sealed now."""
    said = said_now(Moment(round_), unit)
    kept = imprint_of(round_, unit)
    filled_on, foot = (kept.filled_on, kept.foot) if kept else (today, {})
    papers = []
    for plan, row in returns_of(round_, unit):
        draft = draft_of(row, plan, said)
        remarks = remarks_on(row.latest) if row.state == ReturnState.SENT_BACK else {}
        drawn = Paper(plan, row, draft.cells, filled_on, foot, draft=draft, remarks=remarks)
        papers.append(drawn)
    return papers


def remarks_on(version: Version | None) -> dict[str, str]:
    """Why cells of a version came back; of the whole table by the cell ""."""
    return {each.cell: each.reason for each in version.remarks.all()} if version else {}


def sealed_paper(plan: "Table", row: Return, version: Version) -> Paper:
    """A table as it was sealed in a version, with what was remarked on it."""
    content = version.content
    return Paper(
        plan,
        row,
        from_json(content["cells"]),
        date.fromisoformat(content["filled_on"]),
        content["foot"],
        version=version,
        remarks=remarks_on(version),
    )
