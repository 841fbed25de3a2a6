"""What a unit would seal now: the cells of a table, and what is to be said of them (N12)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingyi.campaigns.queries import pack_of
from pingyi.returns.enums import ReturnState
from pingyi.returns.models import Return
from pingyi.returns.queries.content import BASES, counted_now
from pingyi.returns.queries.moments import Moment
from pingyi.returns.queries.returns import (
    accepted_before,
    corrections_of,
    sent_back_cells,
    sent_back_version,
)
from pingyi.returns.queries.rolled import Gaps, gaps_in
from pingyi.returns.rules.cells import Cell, cells_of, from_json, resumed, told
from pingyi.returns.rules.checks import Finding, findings
from pingyi.returns.rules.differences import unchanged

if TYPE_CHECKING:
    from pingyi.campaigns.models import Unit
    from pingyi.campaigns.rules.pack import Table


@dataclass(frozen=True)
class Draft:
    """The cells of a table as they would be sealed.

    `others` are those of the unit's other tables, as they were sealed last or are counted. `kept`
    says since when those that are not open are as they are. `open_cells` are those that may be
    said otherwise: None where all may.
    """

    row: Return
    plan: "Table"
    cells: Mapping[str, Cell]
    others: Mapping[str, Cell]
    kept: Mapping[str, str]
    open_cells: set[str] | None

    def findings(self) -> list[Finding]:
        """What is to be said of the table before it is sealed, errors first; last that units are
        missing from one that is added up.
        """
        gaps = gaps_in(self.row.round, self.row.unit, self.plan.code)
        params = {"missing": gaps.missing, "of": gaps.owing}
        gap = Finding("warning", "incomplete", (self.plan.code,), params)
        found = findings(
            pack_of(self.row.round.campaign),
            self.plan,
            self.cells,
            bases=BASES,
            begun=frozenset(Moment(self.row.round).rounds_begun()),
            others=self.others,
            accepted=accepted_before(self.row.round, self.row.unit, self.plan),
            unknown=self._unknown(gaps),
        )
        found += self._as_sent_back()
        return [*found, gap] if gaps.missing else found

    def _as_sent_back(self) -> list[Finding]:
        """What came back with a reason and says the same again; of a whole table, by its code."""
        back = sent_back_version(self.row) if self.row.latest else None
        if back is None:
            return []
        before = {code: cell.said for code, cell in from_json(back.content["cells"]).items()}
        after = {code: cell.said for code, cell in self.cells.items()}
        remarked = back.remarks.values_list("cell", flat=True)
        return [
            Finding("warning", "as_sent_back", (cell,), {"said": told(before[cell])})
            if cell
            else Finding("warning", "as_sent_back", (self.plan.code,))
            for cell in unchanged(remarked, before, after)
        ]

    def _unknown(self, gaps: Gaps) -> dict[str, int]:
        """How many units do not know a cell: now, and of one that is kept when it was added up."""
        found = {code: n for code, n in gaps.unknown.items() if code not in self.kept}
        before = self.row.latest.content.get("added", ()) if self.row.latest else ()
        for added in before:
            found |= {
                code: len(units)
                for code, units in added.get("unknown", {}).items()
                if self.kept.get(code) == added["as_of"]
            }
        return found


def said_now(moment: Moment, unit: "Unit") -> dict[str, Cell]:
    """All cells of a unit as they are counted as of a moment, or as the unit says."""
    return cells_of(counted_now(moment, unit), corrections_of(moment.round, unit))


def draft_of(row: Return, plan: "Table", said: Mapping[str, Cell]) -> Draft:
    """The table with what the unit says now; after a sending back only the columns of the cells
    that were named, the others as they were in that version.
    """
    mine = {code: cell for code, cell in said.items() if code.startswith(f"{plan.code}.")}
    others = {code: cell for code, cell in said.items() if code not in mine}
    for other in Return.objects.filter(round=row.round, unit=row.unit).select_related("latest"):
        if other.table != plan.code and other.latest is not None:
            others |= from_json(other.latest.content["cells"])
    open_cells = open_cells_of(row)
    if row.latest is None or open_cells is None:
        return Draft(row, plan, mine, others, {}, None)
    before = row.latest.content["cells"]
    kept = {code: cell["as_of"] for code, cell in before.items() if code not in open_cells}
    cells = resumed(from_json(before), mine, open_cells)
    return Draft(row, plan, cells, others, kept, open_cells)


def open_cells_of(row: Return) -> set[str] | None:
    """The cells that may be said otherwise now; None where all may."""
    if row.latest is None or row.state == ReturnState.ACCEPTED:
        return None
    return sent_back_cells(row)
