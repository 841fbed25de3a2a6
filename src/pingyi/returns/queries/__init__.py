"""Reads of the statistical tables."""

from pingyi.returns.queries.heads import CellHeads, heads_behind
from pingyi.returns.queries.measures import MEASURES, Measure
from pingyi.returns.queries.moments import Moment
from pingyi.returns.queries.tables import UnitTables, all_tables, tables_of

__all__ = [
    "MEASURES",
    "CellHeads",
    "Measure",
    "Moment",
    "UnitTables",
    "all_tables",
    "heads_behind",
    "tables_of",
]
