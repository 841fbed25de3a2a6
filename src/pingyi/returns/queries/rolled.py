"""A unit's tables added up: what it counts of itself, the accepted versions of the units that
report below it, and no head twice (N11, N12, ADR 0032).

Nothing of it is kept: figures stand in the versions, and the few who stand in several are found.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from pingyi.campaigns.queries import pack_of, reporting_units, under, units_at
from pingyi.campaigns.rules.pack import Table
from pingyi.returns.enums import ReturnState, Word
from pingyi.returns.models import Return
from pingyi.returns.queries.crossing import Crossing, Part
from pingyi.returns.queries.measures import MEASURES, Own
from pingyi.returns.queries.moments import Moment
from pingyi.returns.queries.tables import own_tables
from pingyi.returns.rules.cells import Cell, from_json
from pingyi.returns.rules.figures import Figures
from pingyi.returns.rules.rollup import Overlap, RolledCell, added_up, overlaps

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit
    from pingyi.returns.models import Version


@dataclass(frozen=True)
class RolledUp:
    """A table of a unit, added up: cells by code, and of which parts."""

    unit: "Unit"
    table: Table
    cells: Mapping[str, RolledCell]
    parts: tuple[Part, ...]
    missing: "tuple[Unit, ...]"
    waived: "tuple[Unit, ...]"

    @property
    def children(self) -> "list[tuple[Unit, Version]]":
        """The units whose versions were added, with those versions."""
        return [(part.unit, part.version) for part in self.parts if part.version is not None]

    @property
    def complete(self) -> tuple[int, int]:
        """How many units were added, of how many that owe the table."""
        added = len(self.children)
        return added, added + len(self.missing)

    @property
    def is_complete(self) -> bool:
        """Whether nobody is missing; who was waived is not."""
        return not self.missing

    @property
    def overlaps(self) -> list[Overlap]:
        """All heads that stand in several cells of a row, each once a row."""
        found = [each for cell in self.cells.values() for each in cell.overlaps]
        return list(dict.fromkeys(found))

    @property
    def units(self) -> "dict[str, Unit]":
        """The units that were added, itself too, by code."""
        return {part.unit.code: part.unit for part in self.parts}


def adds_up(unit: "Unit") -> bool:
    """Whether a unit's tables are added up from those of others, or counted. Whoever reports has
    nobody below who does.
    """
    return not unit.is_reporting and bool(children_of(unit))


def children_of(unit: "Unit") -> "list[Unit]":
    """The units whose returns a unit adds up: those that report below it, in the tree's order."""
    below = reporting_units(unit.campaign).in_subtree([unit.path]).exclude(pk=unit.pk)
    return list(below.order_by("path"))


def own_of(moment: Moment, unit: "Unit", children: "list[Unit]") -> Own:
    """The places that a unit counts itself: those below it, and below none of the children."""
    paths = moment.paths([unit, *children])
    places = units_at(moment.round.campaign, moment.at).filter(under([paths[unit.pk]], "place"))
    below = [paths[each.pk] for each in children]
    found = places.exclude(under(below, "place")).order_by("place").values_list("place", flat=True)
    return Own(paths[unit.pk], tuple(found))


def rolled_up(
    moment: Moment, unit: "Unit", tables: Sequence[Table] | None = None
) -> dict[str, RolledUp]:
    """The tables of a unit, or some of them, added up as things stand, by their code. The queries
    do not depend on how many units report below it.
    """
    tables = pack_of(unit.campaign).tables if tables is None else tables
    children = children_of(unit)
    own = own_of(moment, unit, children)
    filled = own_tables(moment, own, tables)
    answers = _answers(moment.round, children, [table.code for table in tables])
    parts = {
        table.code: [
            _own_part(unit, filled.figures[table.code]),
            *(
                _part(child, table, row.accepted)
                for child in children
                if (row := answers.get((child.pk, table.code))) and row.accepted
            ),
        ]
        for table in filled.tables
    }
    crossing = Crossing.since(moment, own, [part for some in parts.values() for part in some])
    return {
        table.code: _rolled(unit, table, parts[table.code], children, answers, crossing)
        for table in filled.tables
    }


@dataclass(frozen=True)
class Gaps:
    """What a unit's table would be added up without: units that are missing, of how many that owe
    it, and by cell how many say that they do not know.
    """

    missing: int = 0
    owing: int = 0
    unknown: Mapping[str, int] = field(default_factory=dict)


def gaps_in(round_: "Round", unit: "Unit", table: str) -> Gaps:
    """What is missing in a unit's table; nothing in one that is not added up."""
    children = children_of(unit) if not unit.is_reporting else []
    if not children:
        return Gaps()
    answers = _answers(round_, children, [table])
    named, waived = _told(children, answers, table)
    missing = sum(each.pk not in named | waived for each in children)
    unknown = Counter(
        code
        for row in answers.values()
        if row.accepted is not None
        for code, cell in row.accepted.content["cells"].items()
        if cell["said"] == Word.UNKNOWN
    )
    return Gaps(missing, len(named) + missing, unknown)


def _told(
    children: "list[Unit]", answers: Mapping[tuple[int, str], Return], table: str
) -> tuple[set[int], set[int]]:
    """The units with an accepted version of a table, and those that need not answer it."""
    rows = [row for child in children if (row := answers.get((child.pk, table)))]
    named = {row.unit_id for row in rows if row.accepted_id is not None}
    waived = {row.unit_id for row in rows if row.state == ReturnState.WAIVED}
    return named, waived - named


def _answers(
    round_: "Round", children: "list[Unit]", tables: list[str]
) -> dict[tuple[int, str], Return]:
    rows = Return.objects.filter(round=round_, unit__in=children, table__in=tables)
    rows = rows.select_related("accepted").defer("accepted__signature")
    return {(row.unit_id, row.table): row for row in rows}


def _own_part(unit: "Unit", figures: Figures) -> Part:
    cells = {
        f"{row}.{column}": Cell(number, number) for (row, column), number in figures.cells.items()
    }
    return Part(unit, cells, dict.fromkeys(cells))


def _part(unit: "Unit", table: Table, version: "Version") -> Part:
    """A version, with the sums that come without heads: all of one that was sealed elsewhere, and
    what the unit says otherwise than it was counted.
    """
    skip = len(table.code) + 1
    kept = {code[skip:]: cell for code, cell in version.content["cells"].items()}
    cells = from_json(kept)
    moments = {text: datetime.fromisoformat(text) for text in {c["as_of"] for c in kept.values()}}
    has_heads = bool(version.content.get("heads"))
    return Part(
        unit,
        cells,
        {code: moments[cell["as_of"]] for code, cell in kept.items()},
        frozenset(code for code, cell in cells.items() if cell.differs or not has_heads),
        version,
    )


def _rolled(
    unit: "Unit",
    table: Table,
    parts: list[Part],
    children: "list[Unit]",
    answers: Mapping[tuple[int, str], Return],
    crossing: Crossing,
) -> RolledUp:
    by_measure = {row.measure: row.code for row in table.rows}
    cells = added_up(
        {part.unit.code: part.cells for part in parts},
        {row.code: by_measure.get(MEASURES[row.measure].base) for row in table.rows},
        [column.code for block in table.blocks for column in block.columns],
        [each for stands in crossing.stands(table, parts) for each in overlaps(stands)],
        {(part.unit.code, code) for part in parts for code in part.headless},
    )
    named, waived = _told(children, answers, table.code)
    return RolledUp(
        unit,
        table,
        {f"{table.code}.{row}.{column}": cell for (row, column), cell in cells.items()},
        tuple(parts),
        missing=tuple(each for each in children if each.pk not in named | waived),
        waived=tuple(each for each in children if each.pk in waived),
    )
