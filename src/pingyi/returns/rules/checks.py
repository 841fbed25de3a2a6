"""What is asked of a filled-in table before it is sealed: errors block, warnings want a word.

One source for the screen, for Excel and for the server (N12). The rows say themselves what none of
them may exceed; what else a notice asks of its figures stands in the pack (`[[checks]]`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import eq, le
from typing import Literal

from pingyi.campaigns.rules.pack import Pack, Row, Table
from pingyi.returns.enums import Word
from pingyi.returns.rules.cells import Cells, explains, told, total

Level = Literal["error", "warning"]
RELATIONS: dict[str, Callable[[int, int], bool]] = {"equal": eq, "at_most": le}


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be: how heavy, what, in which cells, with its numbers."""

    level: Level
    code: str
    cells: tuple[str, ...]
    params: Mapping[str, int | str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Names the finding in a form and in a version."""
        return f"{self.code}:{self.cells[0]}"


def findings(
    pack: Pack,
    table: Table,
    cells: Cells,
    *,
    bases: Mapping[str, str],
    begun: frozenset[str],
    others: Cells,
    accepted: Cells,
    unknown: Mapping[str, int],
) -> list[Finding]:
    """Everything that is to be said of the cells of a table, errors first.

    `bases` names, by measure, the one it can never exceed; `begun` are the rounds that have begun.
    `others` are the cells of the unit's other tables, for checks across tables; `accepted` the rows
    of earlier rounds as they were accepted then. `unknown` says of cells that were added up how
    many units below do not know theirs: no figure can be held against such a sum.
    """
    columns = [column.code for block in table.blocks for column in block.columns]
    found: list[Finding] = []
    for row in table.rows:
        of_base = _row_of(table, bases[row.measure])
        for column in columns:
            found += _of_cell(table, row, of_base, column, cells, begun, unknown)
    found += [
        Finding("warning", "not_as_accepted", (code,), {"accepted": told(cell.said)})
        for code, cell in accepted.items()
        if cells[code].said != cell.said
    ]
    found += _asked_by_pack(pack, table, {**others, **cells}, unknown)
    return sorted(found, key=lambda each: each.level != "error")


def _row_of(table: Table, measure: str) -> Row | None:
    """The row that counts all heads of a measure."""
    return next((row for row in table.rows if row.measure == measure), None)


def _of_cell(
    table: Table,
    row: Row,
    base: Row | None,
    column: str,
    cells: Cells,
    begun: frozenset[str],
    unknown: Mapping[str, int],
) -> Iterator[Finding]:
    code = f"{table.code}.{row.code}.{column}"
    cell = cells[code]
    if cell.differs and not explains(cell.reason):
        yield Finding("error", "reason_missing", (code,))
    if row.round is not None and row.round not in begun and cell.said is not None:
        yield Finding("error", "before_the_round", (code,))
    elif cell.said is None and cell.counted is not None:
        yield Finding("error", "left_blank", (code,), {"counted": cell.counted})
    if cell.said == Word.UNKNOWN:
        yield Finding("warning", "unknown", (code,))
    elif code in unknown:
        yield Finding("warning", "unknown_below", (code,), {"n": unknown[code]})
    if not isinstance(cell.said, int):
        return
    if base is row and cell.said > (cell.counted or 0) and code not in unknown:
        # Nobody joins a universe after it was frozen.
        yield Finding("error", "above_the_universe", (code,), {"universe": cell.counted or 0})
    elif base is not None and base is not row:
        whole = f"{table.code}.{base.code}.{column}"
        of_whole = cells[whole]
        # Left blank it is no 0, and said already; blank where nothing is counted there is none.
        is_blank = of_whole.said is None and of_whole.counted is None
        is_known = is_blank or isinstance(of_whole.said, int) or of_whole.said == Word.NIL
        if is_known and whole not in unknown and cell.said > of_whole.number:
            yield Finding("error", "above_the_whole", (code, whole), {"whole": of_whole.number})


def _asked_by_pack(
    pack: Pack, table: Table, cells: Cells, unknown: Mapping[str, int]
) -> Iterator[Finding]:
    for check in pack.checks:
        left, right = named(pack, check.left), named(pack, check.right)
        mine = [code for code in (*left, *right) if code.startswith(f"{table.code}.")]
        if not mine or not (_is_filled_in(left, cells) and _is_filled_in(right, cells)):
            continue
        if not unknown.keys().isdisjoint((*left, *right)):
            continue
        sums = total(cells, left), total(cells, right)
        if not RELATIONS[check.relation](*sums):
            yield Finding(check.level, check.code, tuple(mine), {
                "label": check.label, "left": sums[0], "right": sums[1],
            })  # fmt: skip


def _is_filled_in(codes: Sequence[str], cells: Cells) -> bool:
    """Whether a sum can be told: something is said, and nothing of it is unknown. Blank is where
    there is nothing to count, or not yet.
    """
    said = [cells[code].said for code in codes if code in cells]
    none = {Word.UNKNOWN.value, Word.NOT_APPLICABLE.value}
    return any(each is not None for each in said) and none.isdisjoint(map(str, said))


def named(pack: Pack, names: Sequence[str]) -> list[str]:
    """Cells of a check by their codes; `annex2.total` names all cells of a row."""
    found: list[str] = []
    for name in names:
        table_code, row_code, *column = name.split(".")
        table = next(each for each in pack.tables if each.code == table_code)
        columns = column or [each.code for block in table.blocks for each in block.columns]
        found += [f"{table_code}.{row_code}.{each}" for each in columns]
    return found
