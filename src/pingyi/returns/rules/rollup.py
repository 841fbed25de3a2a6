"""Adding figures up the frozen tree: heads, not occasions (N11)."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from pingyi.returns.enums import Word
from pingyi.returns.rules.cells import Cells, Said


def ancestors_and_self(path: str) -> list[str]:
    """'00001/00003/' -> ['00001/', '00001/00003/']: every subtree that a unit belongs to."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[:end]) + "/" for end in range(1, len(parts) + 1)]


def roll_up(counted: Iterable[tuple[str, str, int]]) -> dict[str, Counter[str]]:
    """(path, column, heads) of single units -> heads by column for every unit above them.

    For heads that stand in one place of the tree only (organizations, members).
    """
    own: dict[str, Counter[str]] = defaultdict(Counter)
    for path, column, heads in counted:
        own[path][column] += heads
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for path, columns in own.items():
        for above in ancestors_and_self(path):
            totals[above].update(columns)
    return dict(totals)


def first_columns(
    posts: Iterable[tuple[int, str, str, int]],
) -> dict[str, dict[int, str]]:
    """(person, path, column, position) of posts -> for every subtree, each person's one column.

    A person with several posts in a subtree counts once, in the first column that applies (N2);
    the county's table therefore is not the sum of its townships' tables.
    """
    best: dict[str, dict[int, tuple[int, str]]] = defaultdict(dict)
    for person, path, column, position in posts:
        here = (position, column)
        for above in ancestors_and_self(path):
            people = best[above]
            people[person] = min(people.get(person, here), here)
    return {
        path: {person: column for person, (_, column) in people.items()}
        for path, people in best.items()
    }


@dataclass(frozen=True, slots=True)
class Stand:
    """A head in a cell of a part (a child's version, or what a unit counts of itself).

    Of the columns in which a head stands in a table the one with the lowest rank counts it.
    """

    head: int
    row: str
    column: str
    part: str
    rank: tuple[float, str]


@dataclass(frozen=True, slots=True)
class Overlap:
    """A head that a row has in several cells or parts, and the one column where it counts."""

    head: int
    row: str
    column: str
    # (part, column), in the order of the parts.
    stands: tuple[tuple[str, str], ...]

    def change(self, column: str) -> int:
        """What it changes of the sum of a column: counted once in its own, in no other."""
        return (column == self.column) - sum(each == column for _part, each in self.stands)


def overlaps(stands: Iterable[Stand]) -> list[Overlap]:
    """The heads that a sum of parts would not count exactly once, in their one column."""
    columns: dict[int, tuple[tuple[float, str], str]] = {}
    rows: dict[tuple[str, int], list[tuple[str, str]]] = defaultdict(list)
    for each in stands:
        here = (each.rank, each.column)
        columns[each.head] = min(columns.get(each.head, here), here)
        rows[each.row, each.head].append((each.part, each.column))
    found = [
        Overlap(head, row, columns[head][1], tuple(where)) for (row, head), where in rows.items()
    ]
    return [each for each in found if [column for _, column in each.stands] != [each.column]]


@dataclass(frozen=True, slots=True)
class RolledCell:
    """A figure that was added up: what each part says, and what stands against adding it."""

    number: int | None
    said: Mapping[str, Said]
    overlaps: tuple[Overlap, ...]
    # Parts that say a sum without the heads behind it: whether they overlap cannot be told.
    unchecked: tuple[str, ...]

    @property
    def wordless(self) -> tuple[str, ...]:
        """The parts that say no number where there may be one: unknown."""
        return tuple(part for part, said in self.said.items() if said == Word.UNKNOWN)


def added_up(
    parts: Mapping[str, Cells],
    bases: Mapping[str, str | None],
    columns: Iterable[str],
    found: Iterable[Overlap],
    headless: Collection[tuple[str, str]],
) -> dict[tuple[str, str], RolledCell]:
    """The cells of a table by (row, column), of what its parts say there and the overlaps.

    `parts` has the cells of each by `row.column`; `bases` names of each row the one that counts all
    its heads, None where the table has none; `headless` names (part, `row.column`) whose sums come
    without heads. Blank and zero as everywhere: blank where there is nothing of a kind or the work
    has not begun in any part (N11).
    """
    by_row: dict[str, list[Overlap]] = defaultdict(list)
    for each in found:
        by_row[each.row].append(each)
    rolled: dict[tuple[str, str], RolledCell] = {}
    for row in sorted(bases, key=lambda row: bases[row] != row):
        begun = any(
            cell.is_number
            for cells in parts.values()
            for code, cell in cells.items()
            if code.partition(".")[0] == row
        )
        for column in columns:
            here = _cell(row, column, parts, by_row[row], headless)
            base = rolled.get((bases[row] or "", column))
            rolled[row, column] = replace(here, number=_blank_or(here, base, column, begun=begun))
    return rolled


def _cell(
    row: str,
    column: str,
    parts: Mapping[str, Cells],
    found: Iterable[Overlap],
    headless: Collection[tuple[str, str]],
) -> RolledCell:
    """The plain sum of a cell, with the overlaps taken off."""
    code = f"{row}.{column}"
    said = {part: cells[code] for part, cells in parts.items() if code in cells}
    here = tuple(each for each in found if each.change(column))
    numbers = [cell.number for cell in said.values() if cell.is_number]
    change = sum(each.change(column) for each in here)
    return RolledCell(
        number=sum(numbers) + change if numbers or change else None,
        said={part: cell.said for part, cell in said.items() if cell.said is not None},
        overlaps=here,
        unchecked=tuple(
            part for part, cell in said.items() if cell.number and (part, code) in headless
        ),
    )


def _blank_or(here: RolledCell, base: RolledCell | None, column: str, *, begun: bool) -> int | None:
    """The number, or blank: where overlaps leave nobody of a kind in a column, as where there never
    was any, and where units only say that they do not know. Zero where the work has begun in some
    part, and another has heads of the kind.
    """
    if here.number is None and here.wordless:
        return None
    whole = base or here
    left_nobody = not whole.number and any(each.change(column) for each in whole.overlaps)
    if here.number is None:
        return 0 if base is not None and begun and base.number else None
    return None if not here.number and left_nobody else here.number
