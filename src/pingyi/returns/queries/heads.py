"""What stands behind a figure: the organizations or people counted in a cell (N11)."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pingyi.campaigns.enums import RoundState
from pingyi.campaigns.queries import leaders, pack_of
from pingyi.campaigns.rules.pack import Column, Row, Table
from pingyi.returns.queries.measures import MEASURES, Heads, Measure
from pingyi.returns.rules.rollup import first_columns

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit


@dataclass(frozen=True)
class CellHeads:
    """A cell with the heads it counts and those it does not count yet."""

    table: Table
    row: Row
    column: Column
    kind: str  # "unit" | "member" | "leader"
    counted: Heads
    missing: Heads


def heads_behind(
    round_: "Round", unit: "Unit", *, table_code: str, row_code: str, column_code: str
) -> CellHeads | None:
    """The heads behind a cell of a unit's table, or None where there is no such cell.

    `counted` has exactly as many entries as the figure; `missing` are the others of its base.
    """
    found = _cell(round_, table_code, row_code, column_code)
    if found is None:
        return None
    table, row, column = found
    rounds = {other.code: other for other in round_.campaign.rounds.all()}
    row_round = rounds[row.round] if row.round else None
    measure = MEASURES[row.measure]
    base = MEASURES[measure.base]
    if not _has_begun(round_, row_round):
        measure = _nobody(measure)
    if measure.kind == "leader":
        everybody, doers = _leaders(base, measure, round_, row_round, unit, column.code)
        people = leaders(round_.campaign)
        counted = people.filter(pk__in=doers)
        missing = people.filter(pk__in=everybody - doers)
    else:
        here = {"path__startswith": unit.path, "column": column.code}
        counted = measure.heads(round_, row_round).filter(**here)
        missing = base.heads(round_, None).filter(**here).exclude(pk__in=counted.values("pk"))
    if measure.kind != "unit":
        # A page says beside each person where they belong.
        counted, missing = counted.select_related("unit"), missing.select_related("unit")
    return CellHeads(table, row, column, measure.kind, counted, missing)


def _has_begun(round_: "Round", row_round: "Round | None") -> bool:
    """Whether the row is filled in as of the round: later rounds stay blank."""
    if row_round is None:
        return True
    return row_round.position <= round_.position and row_round.state != RoundState.PLANNED


def _nobody(measure: Measure) -> Measure:
    """The measure before its round: the same heads, none of them counted."""
    return replace(measure, heads=lambda as_of, round_: measure.heads(as_of, round_).none())


def _cell(
    round_: "Round", table_code: str, row_code: str, column_code: str
) -> tuple[Table, Row, Column] | None:
    for table in pack_of(round_.campaign).tables:
        if table.code != table_code:
            continue
        for row in table.rows:
            for block in table.blocks:
                for column in block.columns:
                    if (row.code, column.code) == (row_code, column_code):
                        return table, row, column
    return None


def _leaders(
    base: Measure,
    measure: Measure,
    round_: "Round",
    row_round: "Round | None",
    unit: "Unit",
    column: str,
) -> tuple[set[int], set[int]]:
    """All people of a leader column in the unit's subtree, and those of them who are counted."""
    columns = first_columns(base.posts(round_, None, unit)).get(unit.path, {})
    everybody = {person for person, first in columns.items() if first == column}
    doers = {person for person, *_ in measure.posts(round_, row_round, unit)}
    return everybody, everybody & doers
