"""A return as JSON: its version, or the living figures, in the shape of `pingyi tables --json`."""

from typing import TYPE_CHECKING, Any

from pingyi.returns.exports.figures import figures_json
from pingyi.returns.queries.tables import UnitTables
from pingyi.returns.rules.cells import Cells
from pingyi.returns.rules.figures import Figures

if TYPE_CHECKING:
    from pingyi.campaigns.models import Unit
    from pingyi.campaigns.rules.pack import Table
    from pingyi.returns.models import Return, Version


def figures_of(table: "Table", cells: Cells) -> Figures:
    """What a unit says, as a filled-in table; blank where it says a word, or nothing yet."""
    found: dict[tuple[str, str], int | None] = {}
    for row in table.rows:
        for block in table.blocks:
            for column in block.columns:
                cell = cells.get(f"{table.code}.{row.code}.{column.code}")
                is_number = cell is not None and isinstance(cell.said, int)
                found[row.code, column.code] = cell.number if cell and is_number else None
    return Figures(table.code, found)


def returns_json(
    unit: "Unit",
    round_code: str,
    answers: "list[tuple[Table, Return, Version | None, Cells]]",
) -> dict[str, Any]:
    """Each table with the state of its return, its version where there is one, and all cells;
    under `tables` the figures in the shape of `pingyi tables --json`. The schema stands in
    docs/reference/returns.schema.json.
    """
    tables = tuple(table for table, *_rest in answers)
    figures = {table.code: figures_of(table, cells) for table, _row, _version, cells in answers}
    source = f"{unit.code} {unit.name}"
    return {
        "unit": unit.code,
        "round": round_code,
        "returns": {
            table.code: {
                "state": row.state,
                "version": version.number if version else None,
                "sealed_at": version.sealed_at.isoformat() if version else None,
                "digest": version.digest if version else None,
                "signature": version.signature if version else None,
                "public_key": version.public_key if version else None,
                "heads": version.content["heads"] if version else None,
                "children": _children(version),
                "content": version.content if version else None,
                "cells": {
                    code: {"counted": cell.counted, "said": cell.said, "reason": cell.reason}
                    for code, cell in cells.items()
                },
            }
            for table, row, version, cells in answers
        },
        "tables": figures_json(UnitTables(tables, figures), source=source, round_code=round_code),
    }


def _children(version: "Version | None") -> list[dict[str, Any]]:
    """The versions that it was added up from at last; none where it was counted."""
    added = version.content.get("added", []) if version else []
    return list(added[-1]["children"]) if added else []
