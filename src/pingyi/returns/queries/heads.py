"""What stands behind a figure: the organizations or people counted in a cell (N11)."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Q

from pingyi.campaigns.queries import leaders, pack_of, under
from pingyi.campaigns.rules.pack import Column, Row, Table
from pingyi.returns.queries.measures import MEASURES, Heads, Measure
from pingyi.returns.queries.moments import Moment
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


def heads_behind(moment: Moment, unit: "Unit", cell: str) -> CellHeads | None:
    """The heads behind a cell of a unit's tables (`annex2.total.rural`), or None without such one.

    `counted` has exactly as many entries as the figure; `missing` are the others of its base.
    """
    found = _cell(moment.round, cell)
    if found is None:
        return None
    table, row, column = found
    measure = MEASURES[row.measure]
    base = MEASURES[measure.base]
    rounds = moment.rounds_begun()
    row_round = rounds.get(row.round) if row.round else None
    if row.round and row_round is None:
        measure = _nobody(base)
    path = moment.paths([unit])[unit.pk]
    if measure.kind == "leader":
        everybody, doers = _leaders(base, measure, moment, row_round, path, column.code)
        people = leaders(moment.round.campaign, moment.at)
        counted = people.filter(pk__in=doers)
        missing = people.filter(pk__in=everybody - doers)
    else:
        here = under([path], "place") & Q(column=column.code)
        counted = measure.heads(moment, row_round).filter(here)
        missing = base.heads(moment, None).filter(here).exclude(pk__in=counted.values("pk"))
    if measure.kind != "unit":
        # A page says beside each person where they belong.
        counted, missing = counted.select_related("unit"), missing.select_related("unit")
    return CellHeads(table, row, column, measure.kind, counted, missing)


def _nobody(base: Measure) -> Measure:
    """A measure before its round has begun: none of the heads of its base."""
    return replace(base, heads=lambda moment, round_: base.heads(moment, round_).none())


def _cell(round_: "Round", cell: str) -> tuple[Table, Row, Column] | None:
    cells = {
        f"{table.code}.{row.code}.{column.code}": (table, row, column)
        for table in pack_of(round_.campaign).tables
        for row in table.rows
        for block in table.blocks
        for column in block.columns
    }
    return cells.get(cell)


def _leaders(
    base: Measure,
    measure: Measure,
    moment: Moment,
    row_round: "Round | None",
    path: str,
    column: str,
) -> tuple[set[int], set[int]]:
    """All people of a leader column in the unit's subtree, and those of them who are counted."""
    columns = first_columns(base.posts(moment, None, path)).get(path, {})
    everybody = {person for person, first in columns.items() if first == column}
    doers = {person for person, *_ in measure.posts(moment, row_round, path)}
    return everybody, everybody & doers
