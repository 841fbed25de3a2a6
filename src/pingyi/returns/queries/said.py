"""What stands in one cell of a return, without counting the others."""

from dataclasses import dataclass
from datetime import datetime

from pingyi.returns.models import Return, Version
from pingyi.returns.queries.draft import open_cells_of
from pingyi.returns.rules.cells import Cell, from_json

# No column of the numbers of versions holds more.
MOST = 32_767


@dataclass(frozen=True)
class SaidIn:
    """What a unit says in a cell; no cell where that is what is counted now.

    `at` is the moment as of which it was counted, None where that is now. `is_open`: it may be said
    otherwise.
    """

    cell: Cell | None = None
    at: datetime | None = None
    version: Version | None = None
    is_open: bool = False


def table_of(cell: str) -> str:
    """The table of a cell, by its code."""
    return cell.partition(".")[0]


def said_in(row: Return, cell: str, number: str) -> SaidIn | None:
    """What stands in a cell in the version of that number, for anything else what would be sealed
    now. None where there is no such version.
    """
    if number.isdecimal():
        wanted = row.versions.filter(number=int(number)) if row.pk and int(number) <= MOST else None
        version = wanted.first() if wanted is not None else None
        return _sealed(version, cell, shown=version) if version else None
    open_cells = open_cells_of(row)
    if row.latest is not None and open_cells is not None and cell not in open_cells:
        return _sealed(row.latest, cell)
    said = row.corrections.filter(cell=cell).first() if row.pk else None
    return SaidIn(Cell(said.counted, said.said, said.reason) if said else None, is_open=True)


def _sealed(version: Version, cell: str, *, shown: Version | None = None) -> SaidIn:
    kept = version.content["cells"].get(cell)
    if kept is None:
        return SaidIn(version=shown)
    said = from_json({cell: kept})[cell]
    return SaidIn(said, datetime.fromisoformat(kept["as_of"]), shown)
