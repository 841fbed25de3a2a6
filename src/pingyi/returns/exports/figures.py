"""The figures of a unit's tables as JSON, in the shape other programs and tests read."""

from typing import Any

from pingyi.campaigns.rules.pack import Block, Table
from pingyi.returns.queries.measures import MEASURES
from pingyi.returns.queries.tables import UnitTables
from pingyi.returns.rules.figures import Figures


def figures_json(tables: UnitTables, *, source: str, round_code: str) -> dict[str, Any]:
    """Tables by code: column labels, then each row under its label, `null` where it is blank.

    Blocks with a key stand apart under it, other blocks are joined. `checks` are the sums of the
    total rows, by block key or by measure.
    """
    found: dict[str, Any] = {"source": source, "round": round_code}
    checks: dict[str, int] = {}
    for table, figures in tables.pairs():
        found[table.code] = _table(table, figures)
        checks |= _checks(table, figures)
    return found | {"checks": checks}


def _table(table: Table, figures: Figures) -> dict[str, Any]:
    apart = {block.key: _rows(table, [block], figures) for block in table.blocks if block.key}
    joined = [block for block in table.blocks if not block.key]
    return apart | (_rows(table, joined, figures) if joined else {})


def _rows(table: Table, blocks: list[Block], figures: Figures) -> dict[str, Any]:
    columns = [column for block in blocks for column in block.columns]
    rows = {
        "/".join(row.label): [figures.cell(row.code, column.code) for column in columns]
        for row in table.rows
    }
    return {"columns": [column.label for column in columns], **rows}


def _checks(table: Table, figures: Figures) -> dict[str, int]:
    sums: dict[str, int] = {}
    for row in table.rows:
        if MEASURES[row.measure].base != row.measure:
            continue
        for block in table.blocks:
            name = block.key or row.measure
            codes = [column.code for column in block.columns]
            sums[name] = sums.get(name, 0) + figures.row_total(row.code, codes)
    return sums
