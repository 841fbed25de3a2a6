"""What stands behind a figure that was added up: whose figures, and who stands in several (N11)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingyi.campaigns.rules.pack import Column, Row
from pingyi.returns.enums import Word
from pingyi.returns.queries.rolled import RolledUp
from pingyi.returns.rules.cells import Said
from pingyi.returns.rules.rollup import RolledCell

if TYPE_CHECKING:
    from pingyi.campaigns.models import Unit


@dataclass(frozen=True)
class PartOfCell:
    """What one unit says in a cell. Without a version it is what the unit itself counts."""

    unit: "Unit"
    name: str
    said: Said
    version: int | None
    is_unchecked: bool

    @property
    def shown(self) -> str:
        """The number, or the word why there is none."""
        return str(Word(self.said).label) if isinstance(self.said, str) else str(self.said)


@dataclass(frozen=True)
class CellBehind:
    """A figure with its row and column, and its parts in the order of the tree."""

    code: str
    row: Row
    column: Column
    cell: RolledCell
    parts: list[PartOfCell]

    @property
    def total(self) -> int:
        """What the parts say, before anybody was taken off."""
        return sum(part.said for part in self.parts if isinstance(part.said, int))

    @property
    def change(self) -> int:
        """What heads that stand in several cells change of it."""
        return (self.cell.number or 0) - self.total


def behind(rolled: RolledUp, code: str) -> CellBehind | None:
    """What stands behind a cell, `annex2.total.rural`; None without such one."""
    cell = rolled.cells.get(code)
    if cell is None:
        return None
    _table, row_code, column_code = code.split(".")
    columns = [column for block in rolled.table.blocks for column in block.columns]
    parts = [
        PartOfCell(
            part.unit,
            part.unit.name,
            cell.said[part.unit.code],
            part.version.number if part.version else None,
            part.unit.code in cell.unchecked,
        )
        for part in rolled.parts
        if part.unit.code in cell.said
    ]
    return CellBehind(
        code,
        next(row for row in rolled.table.rows if row.code == row_code),
        next(column for column in columns if column.code == column_code),
        cell,
        parts,
    )
