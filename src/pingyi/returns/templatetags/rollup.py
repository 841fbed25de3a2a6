"""What a table that was added up needs to be drawn."""

from dataclasses import dataclass

from django import template

from pingyi.campaigns.rules.pack import Column, Pack, Row
from pingyi.returns.queries.rolled import RolledUp
from pingyi.returns.queries.sentences import cell_label

register = template.Library()


@dataclass(frozen=True)
class Drawn:
    """A cell with its stable code, and whether something is to be looked at behind it."""

    code: str
    number: int | None
    is_unchecked: bool
    overlaps: int
    # So many units do not know theirs.
    unknown: int


@register.simple_tag
def rolled_cell(rolled: RolledUp, row: Row, column: Column) -> Drawn:
    """The cell at a row and column."""
    code = f"{rolled.table.code}.{row.code}.{column.code}"
    cell = rolled.cells[code]
    return Drawn(code, cell.number, bool(cell.unchecked), len(cell.overlaps), len(cell.wordless))


@register.simple_tag
def column_of(pack: Pack, code: str) -> str:
    """The column of a cell, in the words of the paper."""
    return cell_label(pack, code).rpartition(" · ")[2]
