"""Where the answer of a unit to each of its tables stands, and what can be said in it now (N12)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingyi.campaigns.queries import pack_of
from pingyi.campaigns.rules.pack import Table
from pingyi.core.refusals import Refusal
from pingyi.returns.enums import ReturnState
from pingyi.returns.models import Return
from pingyi.returns.queries.draft import draft_of
from pingyi.returns.queries.returns import returns_of
from pingyi.returns.queries.sentences import no_such_table
from pingyi.returns.rules.cells import Cell, Cells, from_json

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit

DONE = (ReturnState.SUBMITTED, ReturnState.ACCEPTED)


@dataclass(frozen=True)
class Standing:
    """One table of a unit: its return, and its cells.

    `cells` is what stands: of what was sent or accepted its version; of what was sent back its
    version, but for the cells that are open again; else what is counted and entered now.
    """

    table: Table
    row: Return
    cells: Cells
    # The cells that are not to be changed.
    closed: frozenset[str]

    @property
    def state(self) -> ReturnState:
        """Where the return stands."""
        return ReturnState(self.row.state)

    @property
    def is_done(self) -> bool:
        """Whether it is with the receiver, or accepted."""
        return self.state in DONE


def standing_of(
    round_: "Round", unit: "Unit", tables: Sequence[Table], said: Mapping[str, Cell]
) -> list[Standing]:
    """Each of the tables, where `said` is what is counted and entered now (draft.said_now)."""
    rows = {table.code: row for table, row in returns_of(round_, unit)}
    return [_standing(table, rows[table.code], said) for table in tables]


def _standing(table: Table, row: Return, said: Mapping[str, Cell]) -> Standing:
    if row.state in DONE and row.latest is not None:
        return Standing(table, row, from_json(row.latest.content["cells"]), frozenset())
    draft = draft_of(row, table, said)
    open_cells = set(draft.cells) if draft.open_cells is None else draft.open_cells
    return Standing(table, row, draft.cells, frozenset(draft.cells) - open_cells)


def tables_asked(round_: "Round", code: str = "") -> list[Table]:
    """All tables of the pack, or the one with this code. Refuses no_such_table."""
    tables = pack_of(round_.campaign).tables
    found = [table for table in tables if code in {"", table.code}]
    if not found:
        raise Refusal(no_such_table(code), code="no_such_table")
    return found
