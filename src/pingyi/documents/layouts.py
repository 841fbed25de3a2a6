"""What can be printed: plain frozen data, knowing nothing of reviews, appraisals or returns.

A layout says what stands where; `pdf`, `xlsx` and `docx` draw it. Texts arrive in the language of
the document. A cell of None prints empty, 0 prints 0 (requirements N11). A `mark` stands at the
head of every page; `noted`, the state of the ledger as the document was made, or the version that
it shows, at its foot.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

Cell = int | str | None
Pair = tuple[str, str]
"""A label and its value, as in ("填报时间", "2011年6月20日"); an empty one leaves room to write."""


NOTED_MM = 11.0
"""How wide the QR at the foot is: read by whoever holds a phone over it."""


class Noted(Protocol):
    """As of what a document was made: `line` is read and typed by people, `code` stands in a QR."""

    @property
    def line(self) -> str: ...

    @property
    def code(self) -> str: ...


Orientation = Literal["portrait", "landscape"]
Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of figures; its label has one level, or two of which the first spans its rows."""

    label: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class TableBlock:
    """Columns with their rows; `heading` stands over the row labels."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    heading: str = "类别"


@dataclass(frozen=True, slots=True)
class PaperTable:
    """An official statistics form: blocks of columns stacked into one ruled table."""

    title: str
    blocks: tuple[TableBlock, ...]
    annex: str = ""
    head: tuple[Pair, ...] = ()
    notes: tuple[str, ...] = ()
    foot: tuple[Pair, ...] = ()
    notes_label: str = "注\uff1a"
    mark: str = ""
    noted: Noted | None = None
    noted_mm: float = NOTED_MM
    orientation: Orientation = "landscape"


@dataclass(frozen=True, slots=True)
class Box:
    """A box to write in: its label inside at the top, or in a cell of its own at the left.

    Boxes fill the page: each takes its share of the height that is left.
    """

    label: str
    share: float = 1
    beside: bool = False
    # What stands in it already, under its label.
    text: str = ""


@dataclass(frozen=True, slots=True)
class BlankBallot:
    """A ballot with one row per item and one column per grade, and boxes to write in: blank, or
    with the figures of each row that were counted and what is written in the boxes.
    """

    title: str
    items: tuple[str, ...]
    grades: tuple[str, ...]
    annex: str = ""
    head: tuple[Pair, ...] = ()
    corner: tuple[str, str] = ("选项", "项目")
    boxes: tuple[Box, ...] = ()
    notes: tuple[str, ...] = ()
    notes_label: str = "注\uff1a"
    figures: tuple[tuple[Cell, ...], ...] = ()
    mark: str = ""
    noted: Noted | None = None
    orientation: Orientation = "portrait"


@dataclass(frozen=True, slots=True)
class BlankRosterBallot:
    """A blank ballot with one row per name and, under each item, one column per grade."""

    title: str
    items: tuple[str, ...]
    grades: tuple[str, ...]
    names: tuple[str, ...] = ()
    blank_rows: int = 0
    annex: str = ""
    head: tuple[Pair, ...] = ()
    corner: str = "党员姓名"
    notes: tuple[str, ...] = ()
    notes_label: str = "注\uff1a"
    orientation: Orientation = "landscape"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a ledger; `width` is relative to the other columns."""

    label: str
    width: float = 10
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class LedgerTable:
    """A long list over many pages, its heading repeated on each.

    Its rows may come one by one, and are then drawn once: a county's need not be held at a time.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[tuple[Cell, ...]]
    head: tuple[Pair, ...] = ()
    notes: tuple[str, ...] = ()
    notes_label: str = "注\uff1a"
    mark: str = ""
    noted: Noted | None = None
    orientation: Orientation = "landscape"


Paper = PaperTable | BlankBallot | BlankRosterBallot
"""An official form, known by its annex and title."""
Layout = Paper | LedgerTable
