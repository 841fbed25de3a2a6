"""The child process that opens a workbook: `python -m pingyi.documents.workbook_child`.

Reads its order as JSON from stdin, limits itself, writes JSON lines to stdout. No Django here.
"""

import json
import re
import resource
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from pingyi.documents.workbook_formats import Problem, Table, said_of_file, tables_of
from pingyi.documents.workbook_headings import find_columns, heading_row, plain, top_of_list
from pingyi.documents.workbook_rows import Below, Noticed, handed, text_of

HEADINGS_WITHIN = 10
"""A title and some remarks may stand above the headings."""


OUT_OF_MEMORY = 3


def main() -> int:
    """Carry out the order; 0 with a whole answer, OUT_OF_MEMORY without one."""
    order = json.load(sys.stdin)
    limit_myself(order["limits"])
    try:
        for line in answer(order):
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


def answer(order: dict[str, Any]) -> Iterator[str]:
    """The lines of the answer. The first sheet also names those that were not read."""
    tables = tables_of(Path(order["path"]), order["limits"])
    if order.get("cells"):
        yield json.dumps(said_of_file(Path(order["path"])), ensure_ascii=False)
        yield from every_cell(tables)
        return
    wanted = order["sheets"]
    if order["whole"]:
        yield from whole(tables)
        return
    words = order["words"]
    chosen = chosen_tables(tables, wanted) if wanted else [list_among(tables, words)]
    if order.get("beside"):
        chosen += lists_beside(tables, chosen[0][0], words, order["beside"])
    problems: list[tuple[str, dict[str, Any]]] = []
    noticed = unread(tables, [table for table, _ in chosen])
    for table, spec in chosen:
        rows = table.rows()
        head, first_rows = top_of(rows)
        marks = table.marks()
        if spec is None and words:
            number, headings = top_of_list(first_rows, words, marks.merged)
        else:
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
                "above": titles(first_rows, number),
            },
            ensure_ascii=False,
        )
        below = Below(
            number,
            found,
            [*(texts for row, texts in first_rows if row <= number), headings],
            marks,
            aside=re.compile(order["aside"]) if order["aside"] else None,
            needed=spec["needed"] if spec else (),
            shown_only=order["shown_only"],
            noticed=noticed,
        )
        noticed = []
        yield from below.lines(chain((row for row in head if row[0] > number), rows))
        yield json.dumps({"noticed": below.noticed}, ensure_ascii=False)
    if problems:
        raise Problem(problems)


def whole(tables: Sequence[Table]) -> Iterator[str]:
    """Every sheet that people see: what is marked on it, then all of its rows."""
    for table in tables:
        if not table.is_shown:
            continue
        marks = table.marks()
        marked = {
            "title": table.title,
            "merged": marks.merged,
            "hidden": sorted(marks.hidden_rows),
            "struck": sorted(marks.struck),
            "padded": [[*cell, width] for cell, width in marks.padded.items()],
            "faults": [[*cell, text] for cell, text in marks.faults.items()],
        }
        yield json.dumps(marked, ensure_ascii=False)
        for number, values in table.rows():
            yield json.dumps([number, *map(handed, values)], ensure_ascii=False)


def every_cell(tables: Sequence[Table]) -> Iterator[str]:
    """Of each sheet, hidden or not, what its cells show and how they are reckoned; its rows."""
    for table in tables:
        marks = table.marks()
        marked = {
            "title": table.title,
            "faults": [[*cell, text] for cell, text in marks.faults.items()],
            "formulas": [[*cell, text] for cell, text in marks.formulas.items()],
        }
        yield json.dumps(marked, ensure_ascii=False)
        for number, values in table.rows():
            yield json.dumps([number, *map(handed, values)], ensure_ascii=False)


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
    """Table and order, for every sheet asked for, of those that people see; all missing ones are
    named together."""
    shown = [table for table in tables if table.is_shown]
    by_title = {plain(table.title): table for table in reversed(shown)}
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
        found = [table.title for table in shown if table.title]
        problems: list[tuple[str, dict[str, Any]]] = []
        problems.append(("sheets_missing", {"missing": missing, "found": found}))
        hidden = [table.title for table in tables if not table.is_shown]
        if hidden:
            problems.append(("sheets_hidden", {"hidden": hidden}))
        raise Problem(problems)
    return chosen


def list_among(tables: Sequence[Table], words: Sequence[str]) -> tuple[Table, None]:
    """The sheet in whose first rows most of the words stand; else the first that holds anything."""
    filled = [table for table in tables if table.is_shown and next(table.rows(), None) is not None]
    if not filled:
        raise Problem([("nothing_in_it", {})])
    known = {plain(word) for word in words}

    def hits(table: Table) -> int:
        texts = {plain(text) for _, row in top_of(table.rows())[1] for text in row}
        return len(texts & known)

    return max(filled, key=hits), None


def lists_beside(
    tables: Sequence[Table], read: Table, words: Sequence[str], specs: Sequence[dict[str, Any]]
) -> list[tuple[Table, None]]:
    """The other sheets that people see and that have every needed column of one that is sought."""
    found: list[tuple[Table, None]] = []
    for table in tables:
        if table is read or not table.is_shown or next(table.rows(), None) is None:
            continue
        _number, headings = top_of_list(top_of(table.rows())[1], words, table.marks().merged)
        if find_columns(headings, None, table.title).problems:
            continue
        if any(not find_columns(headings, spec, table.title).problems for spec in specs):
            found.append((table, None))
    return found


def titles(rows: Sequence[tuple[int, list[str]]], number: int) -> list[str]:
    """What stands above the headings."""
    return [text.strip() for row, texts in rows if row < number for text in texts if text.strip()]


def unread(tables: Sequence[Table], read: Sequence[Table]) -> list[Noticed]:
    """The sheets that hold something and were not asked for, the hidden ones told apart."""
    return [
        ("sheet_not_read" if table.is_shown else "sheet_hidden", "", "", table.title)
        for table in tables
        if table not in read and next(table.rows(), None) is not None
    ]


if __name__ == "__main__":
    sys.exit(main())
