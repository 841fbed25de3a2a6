"""The child process that opens a workbook: `python -m pingyi.documents.workbook_child`.

Reads its order as JSON from stdin, limits itself, writes JSON lines to stdout. No Django here.
"""

import json
import resource
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from heapq import merge
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from pingyi.documents.workbook_formats import Problem, Table, tables_of
from pingyi.documents.workbook_headings import find_columns, heading_row, plain
from pingyi.documents.workbook_marks import Cell

HEADINGS_WITHIN = 10
"""A title and some remarks may stand above the headings."""


OUT_OF_MEMORY = 3


def main() -> int:
    """Carry out the order; 0 with a whole answer, OUT_OF_MEMORY without one."""
    order = json.load(sys.stdin)
    limits = order["limits"]
    limit_myself(limits)
    try:
        for line in answer(Path(order["path"]), order["sheets"], limits):
            sys.stdout.write(line + "\n")
        sys.stdout.write('{"end": true}\n')
        sys.stdout.flush()
    except Problem as problem:
        sys.stdout.write(json.dumps({"problems": problem.problems}) + "\n")
    except (MemoryError, ImportError):
        # A library that finds no room is not imported.
        return OUT_OF_MEMORY
    return 0


def limit_myself(limits: dict[str, int]) -> None:
    """Memory, processor time and the size of the answer; no core files."""
    for what, limit in (
        (resource.RLIMIT_AS, limits["memory_bytes"]),
        (resource.RLIMIT_CPU, limits["cpu_seconds"]),
        (resource.RLIMIT_FSIZE, limits["output_bytes"]),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (limit, limit))


def answer(path: Path, wanted: list[dict[str, Any]], limits: dict[str, int]) -> Iterator[str]:
    """The lines of the answer."""
    tables = tables_of(path, limits)
    chosen = chosen_tables(tables, wanted) if wanted else [first_with_rows(tables)]
    problems: list[tuple[str, dict[str, Any]]] = []
    for table, spec in chosen:
        rows = table.rows()
        head, first_rows = top_of(rows)
        number, headings = heading_row(first_rows, spec)
        found = find_columns(headings, spec, table.title)
        problems += found.problems
        if problems:
            continue
        yield json.dumps(
            {
                "key": spec["key"] if spec else "",
                "title": table.title,
                "keys": found.keys,
                "headings": found.headings,
                "positions": found.positions,
                "ignored": found.ignored,
            },
            ensure_ascii=False,
        )
        indexes = [position - 1 for position in found.positions]
        below = chain((row for row in head if row[0] > number), rows)
        yield from lines_of(below, indexes, number, table.marks().faults)
    if problems:
        raise Problem(problems)


def top_of(rows: Iterator[tuple[int, list[Any]]]) -> tuple[list[Any], list[Any]]:
    """The first rows, taken off the iterator, where the headings must be."""
    head: list[tuple[int, list[Any]]] = []
    for row in rows:
        head.append(row)
        if len(head) == HEADINGS_WITHIN:
            break
    return head, [(number, [text_of(value) for value in values]) for number, values in head]


def chosen_tables(
    tables: Sequence[Table], wanted: list[dict[str, Any]]
) -> list[tuple[Table, dict[str, Any] | None]]:
    """Table and order, for every sheet asked for; all missing ones are named together."""
    by_title = {plain(table.title): table for table in reversed(tables)}
    chosen: list[tuple[Table, dict[str, Any] | None]] = []
    missing = []
    for spec in wanted:
        named = (by_title.get(plain(title)) for title in spec["titles"])
        table = next((table for table in named if table is not None), None)
        if table is None:
            missing.append(spec["titles"][0])
        else:
            chosen.append((table, spec))
    if missing:
        found = [table.title for table in tables if table.title]
        raise Problem([("sheets_missing", {"missing": missing, "found": found})])
    return chosen


def first_with_rows(tables: Sequence[Table]) -> tuple[Table, None]:
    """The first sheet that holds anything."""
    for table in tables:
        if next(table.rows(), None) is not None:
            return table, None
    raise Problem([("nothing_in_it", {})])


def lines_of(
    rows: Iterator[tuple[int, list[Any]]],
    indexes: Sequence[int],
    above: int,
    faults: Mapping[Cell, str],
) -> Iterator[str]:
    """A line for every row below the headings that has a value, or shows an error, in one of the
    columns."""
    shown: dict[int, dict[int, Any]] = defaultdict(dict)
    for (number, column), text in faults.items():
        shown[number][column - 1] = {"shows": text}
    blank: Iterator[tuple[int, list[Any]]] = (
        (number, []) for number in sorted(shown) if number > above
    )
    by_number = groupby(merge(rows, blank, key=itemgetter(0)), key=itemgetter(0))
    for number, (_, values), *_ in ((number, *group) for number, group in by_number):
        here = shown.get(number, {})
        picked = [
            here.get(index) or (handed(values[index]) if index < len(values) else None)
            for index in indexes
        ]
        if any(value is not None for value in picked):
            yield json.dumps([number, *picked], ensure_ascii=False)


def handed(value: Any) -> Any:
    """A value as JSON carries it: whole numbers as such, days as a list with one ISO date."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, datetime):
        return [value.date().isoformat()]
    if isinstance(value, date):
        return [value.isoformat()]
    if value is None or isinstance(value, int | float):
        return value
    return str(value)


def text_of(value: Any) -> str:
    """What a heading says."""
    return "" if value is None else str(value)


if __name__ == "__main__":
    sys.exit(main())
