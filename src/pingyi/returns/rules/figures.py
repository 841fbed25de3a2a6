"""Which figure a cell shows: blank and zero kept apart (N11)."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def circled(number: int) -> str:
    """1 as ①, as the notes of official tables are numbered; at most 20."""
    return NUMBERS[number - 1]


def numbered_notes(notes: list[str]) -> tuple[str, ...]:
    """The notes below a table as the paper numbers them; one alone has no number."""
    if len(notes) == 1:
        return (notes[0],)
    return tuple(f"{circled(at)}{note}" for at, note in enumerate(notes, start=1))


class Started(Enum):
    """Whether the work a row counts has begun."""

    ALWAYS = "always"  # a total: there is nothing to begin
    BEGUN = "begun"
    NOT_BEGUN = "not_begun"


def blank_or_figure(*, base: int, heads: int, started: Started) -> int | None:
    """The number of a cell, or None where it stays blank.

    Blank: there is nothing of this kind (base 0), or the work has not begun. Zero: there is
    something and the work has begun, but nothing is done yet. Who was counted elsewhere and moved
    here is counted where nothing has begun, too. Never more than the base.
    """
    if heads > base:
        raise ValueError(f"{heads} heads out of {base}: outside the frozen universe")
    if base == 0 or (started is Started.NOT_BEGUN and not heads):
        return None
    return heads


class FilledIn(Protocol):
    """A filled-in table, to be drawn."""

    def cell(self, row: str, column: str, /) -> int | str | None:
        """What stands at a row and column: a number, a word, or nothing."""


@dataclass(frozen=True)
class Figures:
    """A filled-in table: cells by (row code, column code)."""

    table: str
    cells: dict[tuple[str, str], int | None]

    def cell(self, row: str, column: str) -> int | None:
        """The figure at a row and column; None is blank."""
        return self.cells[row, column]

    def code(self, row: str, column: str) -> str:
        """The stable code of a cell: `annex2.reviewed_first.rural`."""
        return f"{self.table}.{row}.{column}"

    def row_total(self, row: str, columns: list[str]) -> int:
        """Sum of a row over some columns, blanks as nothing."""
        return sum(self.cells[row, column] or 0 for column in columns)
