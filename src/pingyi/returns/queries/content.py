"""What is sealed: the figures of a table as of a moment, and the heads behind them (N11, N12)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from pingyi.campaigns.rules.pack import Table
from pingyi.returns.queries.measures import MEASURES, Own, below
from pingyi.returns.queries.moments import Moment
from pingyi.returns.queries.rolled import RolledUp, adds_up, own_of, rolled_up
from pingyi.returns.queries.tables import UnitTables, tables_of
from pingyi.returns.rules.rollup import first_columns
from pingyi.returns.rules.signing import canonical

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
    """The same of a unit as of a moment; added up where others below it report (ADR 0032)."""
    return counted_or_added(moment, unit)[0]


def counted_or_added(
    moment: Moment, unit: "Unit"
) -> tuple[dict[str, int | None], dict[str, RolledUp]]:
    """The same, and from what each table was added up; nothing where it is counted."""
    if not adds_up(unit):
        return counted_cells(tables_of(moment, unit)), {}
    rolled = rolled_up(moment, unit)
    cells = [cell for table in rolled.values() for cell in table.cells.items()]
    return {code: cell.number for code, cell in cells}, rolled


def heads_of(
    moment: Moment, unit: "Unit", table: Table, own: Own | None = None
) -> dict[str, list[int]]:
    """Keys of the organizations or people in each cell of a table that has any, in their order;
    of all below the unit, or of those that are its own.
    """
    path, rounds = moment.paths([unit])[unit.pk], moment.rounds_begun()
    top = own or path
    found: dict[str, list[int]] = {}
    for row in table.rows:
        if row.round is not None and row.round not in rounds:
            continue
        measure = MEASURES[row.measure]
        round_ = rounds[row.round] if row.round else None
        if measure.kind == "leader":
            columns = first_columns(MEASURES[measure.base].posts(moment, None, top)).get(path, {})
            doers = {person for person, *_ in measure.posts(moment, round_, top)}
            pairs = [(columns[person], person) for person in sorted(doers)]
        else:
            rows = below(top, measure.heads(moment, round_))
            pairs = list(rows.order_by("pk").values_list("column", "pk"))
        for column, key in pairs:
            found.setdefault(f"{table.code}.{row.code}.{column}", []).append(key)
    return found


def heads_in(
    round_: "Round",
    unit: "Unit",
    table: Table,
    cells: Mapping[str, Mapping[str, Any]],
    added: Sequence[Mapping[str, Any]] = (),
) -> dict[str, list[int]]:
    """The heads behind the cells of a version, each as of the moment that the cell names.

    Of one that was added up from others, `added` in its content, only its own heads.
    """
    found: dict[str, list[int]] = {}
    of_others = {each["as_of"]: each for each in added}
    for text in sorted({cell["as_of"] for cell in cells.values()}):
        moment = Moment(round_, datetime.fromisoformat(text))
        own = own_of(moment, unit, _named(round_, of_others[text])) if added else None
        heads = heads_of(moment, unit, table, own)
        found |= {code: keys for code, keys in heads.items() if cells[code]["as_of"] == text}
    return found


def _named(round_: "Round", added: Mapping[str, Any]) -> "list[Unit]":
    """The units that were added up, or would have been."""
    codes = [*(each["unit"] for each in added["children"]), *added["missing"], *added["waived"]]
    return list(round_.campaign.units.filter(code__in=codes))


def heads_digest(round_: "Round", unit: "Unit", table: Table, content: Mapping[str, Any]) -> str:
    """The digest of the heads behind a version: of one that was added up over its own heads and
    what it was added up from, which names the versions of others by their digests.
    """
    added = content.get("added", ())
    digest = digest_of_heads(heads_in(round_, unit, table, content["cells"], added))
    if not added:
        return digest
    return sha256(canonical({"own": digest, "added": added})).hexdigest()


def added_json(rolled: RolledUp, as_of: str) -> dict[str, Any]:
    """What a table was added up from, as a version keeps it; nobody is named in it."""
    return {
        "as_of": as_of,
        "children": [
            {
                "unit": unit.code,
                "name": unit.name,
                "version": version.number,
                "digest": version.digest,
            }
            for unit, version in rolled.children
        ],
        "missing": [unit.code for unit in rolled.missing],
        "waived": [unit.code for unit in rolled.waived],
        "overlaps": [
            {
                "head": each.head,
                "cell": f"{rolled.table.code}.{each.row}.{each.column}",
                "stands": [
                    {"unit": part, "cell": f"{rolled.table.code}.{each.row}.{column}"}
                    for part, column in each.stands
                ],
            }
            for each in rolled.overlaps
        ],
        "unchecked": {
            code: list(cell.unchecked) for code, cell in rolled.cells.items() if cell.unchecked
        },
        "unknown": {
            code: list(cell.wordless) for code, cell in rolled.cells.items() if cell.wordless
        },
    }


def digest_of_heads(heads: Mapping[str, list[int]]) -> str:
    """One SHA-256 for all heads of a table: names nobody, and changes with anybody."""
    lines = (f"{cell} {','.join(map(str, keys))}\n" for cell, keys in sorted(heads.items()))
    return sha256("".join(lines).encode()).hexdigest()
