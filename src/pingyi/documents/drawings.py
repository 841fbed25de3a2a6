"""A page on which everything has its place, in millimetres from the top left; knows no domain.

For paper that a machine finds its way on: what is drawn here is exactly what the layout says.
"""

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right"]
Face = Literal["body", "hei", "title", "song"]


@dataclass(frozen=True, slots=True)
class Line:
    """A straight rule; the points are on its middle, `width` is in mm."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float = 0.3


@dataclass(frozen=True, slots=True)
class Words:
    """Text in a box, in the middle of its height. Lines end where the author or the box ends them.

    `size` in pt; `leading` is the space between lines, in sizes.
    """

    x: float
    y: float
    w: float
    h: float
    text: str
    size: float = 10.5
    face: Face = "body"
    align: Align = "left"
    leading: float = 0.22


@dataclass(frozen=True, slots=True)
class Squares:
    """A pattern of black and white modules; each row is a text of 0 and 1, 1 is black."""

    x: float
    y: float
    side: float
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pen:
    """A line drawn by hand through points (mm), for pictures that explain."""

    points: tuple[tuple[float, float], ...]
    width: float = 0.45


@dataclass(frozen=True, slots=True)
class Fill:
    """A black rectangle."""

    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """What stands on every copy of a page."""

    width: float
    height: float
    lines: tuple[Line, ...] = ()
    words: tuple[Words, ...] = ()
    squares: tuple[Squares, ...] = ()
    pens: tuple[Pen, ...] = ()
    fills: tuple[Fill, ...] = ()


@dataclass(frozen=True, slots=True)
class Copy:
    """One printed page: the drawing by its number from 0, and what only this copy has.

    Its words are codes in ASCII, which every font has; names belong into the drawing.
    """

    drawing: int
    squares: tuple[Squares, ...] = ()
    words: tuple[Words, ...] = ()

    def __post_init__(self) -> None:
        if not all(words.text.isascii() for words in self.words):
            raise ValueError("the words of a copy are codes in ASCII")
