"""What is sealed: the figures of a table as of a moment, and the heads behind them (N11, N12)."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from pingyi.campaigns.queries import under
from pingyi.campaigns.rules.pack import Table
from pingyi.returns.queries.measures import MEASURES
from pingyi.returns.queries.moments import Moment
from pingyi.returns.queries.tables import UnitTables, tables_of
from pingyi.returns.rules.rollup import first_columns

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit

BASES: Mapping[str, str] = {name: measure.base for name, measure in MEASURES.items()}


def counted_cells(filled: UnitTables) -> dict[str, int | None]:
    """Every cell of a unit's tables, as it is counted, by its code."""
    return {
        figures.code(row, column): number
        for figures in filled.figures.values()
        for (row, column), number in figures.cells.items()
    }


def counted_now(moment: Moment, unit: "Unit") -> dict[str, int | None]:
    """The same of a unit as of a moment."""
    return counted_cells(tables_of(moment, unit))


def heads_of(moment: Moment, unit: "Unit", table: Table) -> dict[str, list[int]]:
    """Keys of the organizations or people in each cell of a table that has any, in their order."""
    path, rounds = moment.paths([unit])[unit.pk], moment.rounds_begun()
    found: dict[str, list[int]] = {}
    for row in table.rows:
        if row.round is not None and row.round not in rounds:
            continue
        measure = MEASURES[row.measure]
        round_ = rounds[row.round] if row.round else None
        if measure.kind == "leader":
            columns = first_columns(MEASURES[measure.base].posts(moment, None, path)).get(path, {})
            doers = {person for person, *_ in measure.posts(moment, round_, path)}
            pairs = [(columns[person], person) for person in sorted(doers)]
        else:
            rows = measure.heads(moment, round_).filter(under([path], "place"))
            pairs = list(rows.order_by("pk").values_list("column", "pk"))
        for column, key in pairs:
            found.setdefault(f"{table.code}.{row.code}.{column}", []).append(key)
    return found


def heads_in(
    round_: "Round", unit: "Unit", table: Table, cells: Mapping[str, Mapping[str, Any]]
) -> dict[str, list[int]]:
    """The heads behind the cells of a version, each as of the moment that the cell names."""
    found: dict[str, list[int]] = {}
    for moment in sorted({cell["as_of"] for cell in cells.values()}):
        heads = heads_of(Moment(round_, datetime.fromisoformat(moment)), unit, table)
        found |= {code: keys for code, keys in heads.items() if cells[code]["as_of"] == moment}
    return found


def digest_of_heads(heads: Mapping[str, list[int]]) -> str:
    """One SHA-256 for all heads of a table: names nobody, and changes with anybody."""
    lines = (f"{cell} {','.join(map(str, keys))}\n" for cell, keys in sorted(heads.items()))
    return sha256("".join(lines).encode()).hexdigest()
