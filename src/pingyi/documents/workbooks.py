"""Reads tables out of workbooks that other people made, in a child process with limits.

What comes in is not trusted: the kind of file is told by its content, the child may use only so
much memory, time and disk, and only the columns that were asked for are handed back.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Any

import pingyi
from pingyi.core.refusals import Refusal
from pingyi.documents.workbook_child import OUT_OF_MEMORY
from pingyi.documents.workbook_headings import column_letters
from pingyi.documents.workbook_refusals import sentence_of

Value = str | int | float | bool | date | None
Noticed = tuple[str, str, str, str]
"""A code, the cell or cells, the heading above them, what stands there."""
Row = tuple[int, list[Value]]
"""Row number as the sheet shows it, and the values in the order of `SheetData.keys`."""

CHILD = "pingyi.documents.workbook_child"
OUT_OF_TIME = -signal.SIGALRM
"""As if the child had been woken by its own clock; it is killed from outside."""
MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What a reading may cost; more than that is refused."""

    file_bytes: int = 30 * MIB
    unpacked_bytes: int = 256 * MIB
    # Whoever packs better than this packs zeros.
    ratio: int = 200
    memory_bytes: int = 1024 * MIB
    cpu_seconds: int = 40
    wall_seconds: int = 300
    output_bytes: int = 256 * MIB
    rows: int = 300_000
    columns: int = 100
    # A table ends before so many empty rows; a value after them is a stray one.
    empty_rows: int = 1_000


@dataclass(frozen=True)
class SheetSpec:
    """A sheet that is wanted: the names and headings under which it is known."""

    key: str
    titles: tuple[str, ...]
    # Our name of a column -> headings under which people write it.
    columns: Mapping[str, tuple[str, ...]]
    needed: tuple[str, ...]
    # Headings that are the column where no other one is.
    alone: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class SheetData:
    """The rows of a sheet, only with the columns that were asked for."""

    key: str
    title: str
    keys: tuple[str, ...]
    headings: tuple[str, ...]
    # 1-based column numbers, so that a cell can be named.
    positions: tuple[int, ...]
    # Headings that nobody asked for.
    ignored: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    # Row and key of cells without a value -> what they show: #N/A, or the formula (=…) whose
    # result the file does not hold.
    faults: dict[tuple[int, str], str] = field(default_factory=dict)
    # What was not taken as it stands, or not at all.
    noticed: list[Noticed] = field(default_factory=list)
    # What stands above the headings.
    above: tuple[str, ...] = ()

    def cell(self, row: int, key: str) -> str:
        """Name of a cell such as C15."""
        return f"{column_letters(self.positions[self.keys.index(key)])}{row}"


class UnreadableWorkbook(Refusal):
    """The file cannot be read as what was asked for; `problems` are codes with parameters."""

    def __init__(self, problems: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
        sentences = [sentence_of(code, params) for code, params in problems]
        super().__init__(sentences[0], code=problems[0][0], details=sentences[1:])
        self.problems = list(problems)


def read_tables(
    path: Path,
    *,
    sheets: Sequence[SheetSpec],
    limits: Limits | None = None,
    shown_only: bool = False,
    aside: str = "",
) -> list[SheetData]:
    """The sheets asked for, in that order. Raises UnreadableWorkbook, naming everything wrong.

    `shown_only` leaves out rows that are hidden or struck out. Lines that begin as the pattern
    `aside` says, and lack what a row needs, are none of the table.
    """
    how = {"shown_only": shown_only, "aside": aside, "words": [], "whole": False}
    return _read(path, sheets, limits or Limits(), how)


def read_list(
    path: Path,
    *,
    limits: Limits | None = None,
    shown_only: bool = False,
    aside: str = "",
    words: Collection[str] = (),
) -> SheetData:
    """The first sheet that holds anything, every column under its own heading.

    With `words` that headings may be: the sheet with most of them, below the rows (or row) in which
    they stand.
    """
    how = {"shown_only": shown_only, "aside": aside, "words": list(words), "whole": False}
    return _read(path, [], limits or Limits(), how)[0]


def read_lists(
    path: Path,
    *,
    beside: Sequence[SheetSpec],
    words: Collection[str],
    limits: Limits | None = None,
    shown_only: bool = False,
    aside: str = "",
) -> list[SheetData]:
    """The same, and behind it the other sheets with every column that one of `beside` needs."""
    how = {"shown_only": shown_only, "aside": aside, "words": list(words), "whole": False}
    order = {**how, "beside": [asdict(spec) for spec in beside]}
    return _read(path, [], limits or Limits(), order)


def _read(
    path: Path, sheets: Sequence[SheetSpec], limits: Limits, how: Mapping[str, Any]
) -> list[SheetData]:
    """Run the child and gather what it wrote."""
    order = {"path": str(path), "sheets": [asdict(sheet) for sheet in sheets], **how}
    with answered(order, limits) as (answer, failure):
        return list(_gathered(answer, failure))


@contextmanager
def answered(
    order: Mapping[str, Any], limits: Limits, *, child: str = CHILD
) -> Iterator[tuple[IO[bytes], tuple[str, dict[str, Any]]]]:
    """What the child (a module) wrote, and why it is not whole where it is not."""
    # A file, not a pipe: RLIMIT_FSIZE holds for it.
    with tempfile.TemporaryFile() as answer:
        asked = json.dumps({**order, "limits": asdict(limits)})
        code = _run_child(child, asked, answer, limits)
        failure = _failure(code, answer.seek(0, os.SEEK_END), limits)
        answer.seek(0)
        yield answer, failure


def _run_child(child: str, order: str, answer: IO[bytes], limits: Limits) -> int:
    """The exit code of the child; it sets its own limits before it opens anything."""
    source = str(Path(pingyi.__file__).resolve().parents[1])
    try:
        done = subprocess.run(
            [sys.executable, "-m", child],
            input=order.encode(),
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": source, "PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            timeout=limits.wall_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return OUT_OF_TIME
    return done.returncode


def _gathered(answer: IO[bytes], failure: tuple[str, dict[str, Any]]) -> Iterator[SheetData]:
    """The sheets in the child's answer: a line for each sheet, then a line for each row.

    Without a whole answer the failure is raised.
    """
    sheet: SheetData | None = None
    rows: list[Row] = []
    whole = False
    for line in answer:
        if not line.endswith(b"\n"):
            break
        said = json.loads(line)
        if isinstance(said, list):
            rows.append((said[0], [_value(value) for value in said[1:]]))
            if sheet is not None:
                sheet.faults.update(_faults(sheet.keys, said))
            continue
        if "noticed" in said and sheet is not None:
            sheet.noticed.extend((code, *more) for code, *more in said["noticed"])
            continue
        if "problems" in said:
            raise UnreadableWorkbook([(name, params) for name, params in said["problems"]])
        if sheet is not None:
            yield sheet
        whole = bool(said.get("end"))
        if not whole:
            sheet = SheetData(**{name: _tuple(value) for name, value in said.items()})
            rows = sheet.rows
    if not whole:
        raise UnreadableWorkbook([failure])


def _failure(code: int, written: int, limits: Limits) -> tuple[str, dict[str, Any]]:
    """Why a child that ended with this code has not given a whole answer, if it has not."""
    if written >= limits.output_bytes:
        return "holds_too_much", {"mib": limits.output_bytes // MIB}
    if code == OUT_OF_TIME:
        return "takes_too_long", {"seconds": limits.wall_seconds}
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return "takes_too_long", {"seconds": limits.cpu_seconds}
    if code == OUT_OF_MEMORY or code < 0:
        return "needs_too_much_memory", {"mib": limits.memory_bytes // MIB}
    return "damaged", {}


def _faults(keys: Sequence[str], row: list[Any]) -> Iterator[tuple[tuple[int, str], str]]:
    """The cells of a row of the answer that show an error in the place of a value."""
    for key, value in zip(keys, row[1:], strict=True):
        if isinstance(value, dict):
            yield (row[0], key), value["shows"]


def _tuple(value: Any) -> Any:
    """Lists of the answer as tuples."""
    return tuple(value) if isinstance(value, list) else value


def _value(value: Any) -> Value:
    """A value of the answer: a day comes as a list with one ISO date, an error is no value."""
    if isinstance(value, list):
        return date.fromisoformat(value[0])
    if isinstance(value, dict):
        return None
    return value  # type: ignore[no-any-return]  # JSON scalars
