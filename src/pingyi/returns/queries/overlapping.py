"""Who stands in several parts of a roll-up, by name (N11, ADR 0032)."""

from collections.abc import Iterable
from dataclasses import dataclass

from pingyi.campaigns.queries import names_together
from pingyi.returns.queries.measures import MEASURES
from pingyi.returns.queries.rolled import RolledUp
from pingyi.returns.rules.rollup import Overlap


@dataclass(frozen=True)
class Stands:
    """Where a head stands: in the cell of a unit's table."""

    unit: str
    name: str
    cell: str


@dataclass(frozen=True)
class NamedOverlap:
    """An organization or a person in several cells of a row, and the one that counts them."""

    head: int
    kind: str  # "unit" | "member" | "leader"
    name: str
    cell: str
    stands: tuple[Stands, ...]


def named_overlaps(rolled: RolledUp, some: Iterable[Overlap] | None = None) -> list[NamedOverlap]:
    """All overlaps of a table, or some of them, in its order. At most three queries."""
    table = rolled.table
    kinds = {row.code: MEASURES[row.measure].kind for row in table.rows}
    found = rolled.overlaps if some is None else list(some)
    units = {each.head for each in found if kinds[each.row] == "unit"}
    people = {each.head for each in found if kinds[each.row] != "unit"}
    campaign = rolled.unit.campaign
    names: dict[tuple[bool, int], str] = {}
    if units:
        named = campaign.units.filter(pk__in=units).values_list("pk", "name")
        names |= {(True, pk): name for pk, name in named}
    if people:
        persons = campaign.participants.filter(pk__in=people).select_related("unit")
        names |= {(False, pk): name for pk, name in names_together(persons).items()}
    return [
        NamedOverlap(
            each.head,
            kinds[each.row],
            names[kinds[each.row] == "unit", each.head],
            f"{table.code}.{each.row}.{each.column}",
            tuple(
                Stands(part, rolled.units[part].name, f"{table.code}.{each.row}.{column}")
                for part, column in each.stands
            ),
        )
        for each in found
    ]


def column_label(rolled: RolledUp, cell: str) -> str:
    """The column of a cell, in the words of the paper."""
    code = cell.rpartition(".")[2]
    columns = [column for block in rolled.table.blocks for column in block.columns]
    return next(column.label for column in columns if column.code == code)
