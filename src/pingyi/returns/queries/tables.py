"""All tables of a campaign, filled in from the ledger in one pass."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingyi.campaigns.queries import pack_of
from pingyi.campaigns.rules.pack import Row, Table
from pingyi.returns.queries.measures import MEASURES, Own
from pingyi.returns.queries.moments import Moment
from pingyi.returns.rules.figures import Figures, Started, blank_or_figure
from pingyi.returns.rules.rollup import first_columns, roll_up

if TYPE_CHECKING:
    from pingyi.campaigns.models import Unit

# Path of a unit -> heads by column.
ByPath = dict[str, Counter[str]]
NOTHING: Counter[str] = Counter()


@dataclass(frozen=True)
class UnitTables:
    """The filled-in tables of one unit, in the order of the pack."""

    tables: tuple[Table, ...]
    figures: dict[str, Figures]

    def pairs(self) -> list[tuple[Table, Figures]]:
        """Each table with its figures."""
        return [(table, self.figures[table.code]) for table in self.tables]


@dataclass(frozen=True)
class _Pass:
    """What one pass over the campaign found: heads by measure and round, and what has begun."""

    tables: tuple[Table, ...]
    heads: dict[tuple[str, str | None], ByPath]
    rounds_begun: frozenset[str]
    begun: dict[str, set[str]]


def all_tables(moment: Moment, units: "list[Unit]") -> dict[str, UnitTables]:
    """The tables of the given units of a campaign as of a moment, by path of the unit.

    Rows of later rounds stay blank (N11, note ② of annex 1). The queries do not depend on how
    many units are asked for.
    """
    done = _one_pass(moment)
    paths = moment.paths(units)
    return {unit.path: _fill(done, paths[unit.pk]) for unit in units}


def tables_of(moment: Moment, unit: "Unit") -> UnitTables:
    """The tables of one unit as of a moment; only its subtree is looked at."""
    path = moment.paths([unit])[unit.pk]
    return _fill(_one_pass(moment, path), path)


def own_tables(moment: Moment, own: Own, tables: Sequence[Table]) -> UnitTables:
    """What a unit counts of itself alone, where others below it report, in some of the tables; as
    of a moment.
    """
    return _fill(_one_pass(moment, own, tables), own.path)


def _one_pass(
    moment: Moment, top: str | Own | None = None, tables: Sequence[Table] | None = None
) -> _Pass:
    tables = tuple(pack_of(moment.round.campaign).tables if tables is None else tables)
    rounds = moment.rounds_begun()
    wanted = {
        (measure, row.round if measure == row.measure else None)
        for table in tables
        for row in table.rows
        if row.round is None or row.round in rounds
        for measure in (row.measure, MEASURES[row.measure].base)
    } | {(MEASURES[row.measure].base, None) for table in tables for row in table.rows}
    # A leader's column is settled over all posts, once for all rows.
    columns = {
        base: first_columns(MEASURES[base].posts(moment, None, top))
        for base in {MEASURES[name].base for name, _code in wanted}
        if MEASURES[base].kind == "leader"
    }
    heads = {}
    for name, code in wanted:
        measure, round_ = MEASURES[name], rounds[code] if code else None
        if measure.kind == "leader":
            doers = {person for person, *_ in measure.posts(moment, round_, top)}
            heads[name, code] = _counted(columns[measure.base], doers)
        else:
            heads[name, code] = roll_up(measure.grouped(moment, round_, top))
    begun = {
        name: measure.begun(moment, top)
        for name, measure in MEASURES.items()
        if measure.begun is not None and (name, None) in wanted
    }
    return _Pass(tables, heads, frozenset(rounds), begun)


def _counted(columns: dict[str, dict[int, str]], doers: set[int]) -> ByPath:
    """Those who did the deed, each in the one column of a subtree."""
    return {
        path: Counter(column for person, column in people.items() if person in doers)
        for path, people in columns.items()
    }


def _fill(done: _Pass, path: str) -> UnitTables:
    return UnitTables(
        tables=done.tables,
        figures={table.code: _fill_table(done, table, path) for table in done.tables},
    )


def _fill_table(done: _Pass, table: Table, path: str) -> Figures:
    cells: dict[tuple[str, str], int | None] = {}
    for row in table.rows:
        base = done.heads[MEASURES[row.measure].base, None].get(path, NOTHING)
        heads = done.heads.get((row.measure, row.round), {}).get(path, NOTHING)
        started = _started(done, row, path)
        for block in table.blocks:
            for column in block.columns:
                cells[row.code, column.code] = blank_or_figure(
                    base=base[column.code], heads=heads[column.code], started=started
                )
    return Figures(table.code, cells)


def _started(done: _Pass, row: Row, path: str) -> Started:
    if row.round is not None:
        return Started.BEGUN if row.round in done.rounds_begun else Started.NOT_BEGUN
    if row.measure in done.begun:
        return Started.BEGUN if path in done.begun[row.measure] else Started.NOT_BEGUN
    return Started.ALWAYS
