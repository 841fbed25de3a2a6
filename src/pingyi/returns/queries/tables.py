"""All tables of a campaign, filled in from the ledger in one pass."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingyi.campaigns.enums import RoundState
from pingyi.campaigns.queries import pack_of
from pingyi.campaigns.rules.pack import Pack, Row, Table
from pingyi.returns.queries.measures import MEASURES
from pingyi.returns.rules.figures import Figures, Started, blank_or_figure
from pingyi.returns.rules.rollup import first_columns, roll_up

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit

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

    pack: Pack
    heads: dict[tuple[str, str | None], ByPath]
    rounds_begun: frozenset[str]
    begun: dict[str, set[str]]


def all_tables(round_: "Round", units: "list[Unit]") -> dict[str, UnitTables]:
    """The tables of the given units of a campaign as of a round, by path of the unit.

    Rows of later rounds stay blank (N11, note ② of annex 1). The queries do not depend on how
    many units are asked for.
    """
    done = _one_pass(round_)
    return {unit.path: _fill(done, unit.path) for unit in units}


def tables_of(round_: "Round", unit: "Unit") -> UnitTables:
    """The tables of one unit as of a round; only its subtree is looked at."""
    return _fill(_one_pass(round_, unit), unit.path)


def _one_pass(round_: "Round", top: "Unit | None" = None) -> _Pass:
    pack = pack_of(round_.campaign)
    rounds = {
        other.code: other
        for other in round_.campaign.rounds.all()
        if other.position <= round_.position and other.state != RoundState.PLANNED
    }
    wanted = {
        (measure, row.round if measure == row.measure else None)
        for table in pack.tables
        for row in table.rows
        if row.round is None or row.round in rounds
        for measure in (row.measure, MEASURES[row.measure].base)
    } | {(MEASURES[row.measure].base, None) for table in pack.tables for row in table.rows}
    heads = {
        (name, code): _heads(name, round_, rounds[code] if code else None, top)
        for name, code in wanted
    }
    begun = {
        name: measure.begun(round_)
        for name, measure in MEASURES.items()
        if measure.begun is not None and (name, None) in wanted
    }
    return _Pass(pack, heads, frozenset(rounds), begun)


def _heads(name: str, as_of: "Round", round_: "Round | None", top: "Unit | None") -> ByPath:
    measure = MEASURES[name]
    if measure.kind != "leader":
        return roll_up(measure.grouped(as_of, round_, top))
    # A leader's column is settled over all posts, then those who did the deed are counted in it.
    columns = first_columns(MEASURES[measure.base].posts(as_of, None, top))
    doers = {person for person, *_ in measure.posts(as_of, round_, top)}
    return {
        path: Counter(column for person, column in people.items() if person in doers)
        for path, people in columns.items()
    }


def _fill(done: _Pass, path: str) -> UnitTables:
    return UnitTables(
        tables=tuple(done.pack.tables),
        figures={table.code: _fill_table(done, table, path) for table in done.pack.tables},
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
