"""A roll-up as JSON: figures, versions, what is missing, overlaps, unchecked, unknown (N12)."""

from typing import TYPE_CHECKING, Any

from pingyi.returns.exports.figures import figures_json
from pingyi.returns.queries.overlapping import NamedOverlap, named_overlaps
from pingyi.returns.queries.rolled import RolledUp
from pingyi.returns.queries.tables import UnitTables
from pingyi.returns.rules.figures import Figures

if TYPE_CHECKING:
    from pingyi.campaigns.models import Unit


def added_figures(rolled: RolledUp) -> Figures:
    """What was added up, as a filled-in table."""
    found: dict[tuple[str, str], int | None] = {}
    for code, cell in rolled.cells.items():
        _table, row, column = code.split(".")
        found[row, column] = cell.number
    return Figures(rolled.table.code, found)


def rollup_json(unit: "Unit", round_code: str, rolled: dict[str, RolledUp]) -> dict[str, Any]:
    """Tables by code with all cells; under `tables` the figures in the shape of
    `pingyi tables --json`. The schema stands in docs/reference/returns.schema.json.
    """
    tables = tuple(each.table for each in rolled.values())
    figures = {code: added_figures(each) for code, each in rolled.items()}
    source = f"{unit.code} {unit.name}"
    return {
        "unit": unit.code,
        "round": round_code,
        "rollups": {code: _table(each) for code, each in rolled.items()},
        "tables": figures_json(UnitTables(tables, figures), source=source, round_code=round_code),
    }


def _table(rolled: RolledUp) -> dict[str, Any]:
    accepted, owing = rolled.complete
    return {
        "complete": {"accepted": accepted, "of": owing},
        "children": [
            {
                "unit": unit.code,
                "name": unit.name,
                "version": version.number,
                "digest": version.digest,
            }
            for unit, version in rolled.children
        ],
        "missing": [_named(unit) for unit in rolled.missing],
        "waived": [_named(unit) for unit in rolled.waived],
        "cells": {
            code: {
                "number": cell.number,
                "said": dict(cell.said),
                "unchecked": list(cell.unchecked),
                "unknown": list(cell.wordless),
            }
            for code, cell in rolled.cells.items()
        },
        "overlaps": [_overlap(each) for each in named_overlaps(rolled)],
    }


def _named(unit: "Unit") -> dict[str, str]:
    return {"unit": unit.code, "name": unit.name}


def _overlap(found: NamedOverlap) -> dict[str, Any]:
    return {
        "head": found.head,
        "kind": found.kind,
        "name": found.name,
        "cell": found.cell,
        "stands": [{"unit": each.unit, "cell": each.cell} for each in found.stands],
    }
