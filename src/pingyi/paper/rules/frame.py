"""What every sheet has: markers, the QR's place, title, head, instruction (design/paper.md)."""

from dataclasses import dataclass, field

from pingyi.campaigns.rules.pack import BallotForm
from pingyi.documents.drawings import Drawing, Fill, Line, Pen, Squares, Words
from pingyi.documents.measures import width_mm
from pingyi.paper.rules.text_fitting import MOST_LINES, TIGHT_LEADING, fits, fitted

MARKER_MM, EDGE_MM, QR_MM = 8.0, 6.0, 19.0
TABLE_EDGE_MM = 15.0
"""The table stands between the markers."""
QR_FROM_RIGHT_MM = 37.0
LEAST_CELL_MM, LEAST_ROW_MM = 10.0, 7.0
RULE_MM, FRAME_MM = 0.3, 0.45

# The bits of ArUco's dictionary 4x4_50, ids 0 to 3, with their black border; 1 is black.
MARKERS = {
    0: ("111111", "101001", "110101", "111001", "111011", "111111"),
    1: ("111111", "111111", "100001", "101101", "101011", "111111"),
    2: ("111111", "111001", "111001", "111011", "100101", "111111"),
    3: ("111111", "101101", "101101", "110111", "110011", "111111"),
}
ONE_WORDS = "每项只打一个\u201c√\u201d，打在格内。"
ANEW_WORDS = "打错了，涂黑那一格，再在要选的格内打\u201c√\u201d。"
TICK_WORDS, MEND_WORDS = "打法", "改正"
ROOM_FOR_A_DATE = "\u3000" * 7


class DoesNotFit(Exception):
    """A form that paper cannot hold with cells that a hand can tick: too much of `what`."""

    def __init__(self, what: str, most: int) -> None:
        super().__init__(f"{what}: {most} at most")
        self.what = what
        self.most = most


@dataclass(frozen=True, slots=True)
class Head:
    """Where title, head line and instruction begin, and how high they are; mm, sizes in pt."""

    left: float
    title: float
    title_high: float
    line: float
    line_high: float
    how: float
    size: float
    least: float


TIGHT = Head(16.0, 5.2, 9.6, 15.0, 5.4, 20.4, 18, 12)
ROOMY = Head(18.0, 5.5, 12.0, 18.5, 8.0, 28.5, 20, 14)
HEAD_SIZE, LEAST_HEAD_SIZE, HEAD_GAP_MM = 11.0, 9.0, 4.0


def qr_place(width: float) -> tuple[float, float]:
    """The top left of the QR on paper of that width."""
    return width - QR_FROM_RIGHT_MM, EDGE_MM + 1.0


def _clear(place: float) -> float:
    """Hundredths of a millimetre, which nothing is finer than, without the noise of a sum."""
    return round(place, 2)


@dataclass(slots=True)
class Canvas:
    """A page being drawn; `rules` are its table lines, `cells` its fields, both for the layout."""

    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    pens: list[Pen] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    rules: list[Line] = field(default_factory=list)
    cells: list[dict[str, object]] = field(default_factory=list)

    @property
    def right(self) -> float:
        """Where the table ends."""
        return self.width - TABLE_EDGE_MM

    def rule(self, x1: float, y1: float, x2: float, y2: float, width: float = RULE_MM) -> None:
        """A rule of the table, both drawn and part of the layout."""
        line = Line(_clear(x1), _clear(y1), _clear(x2), _clear(y2), width)
        self.lines.append(line)
        self.rules.append(line)

    def cell(self, x: float, y: float, w: float, h: float, **names: object) -> None:
        """A field to tick."""
        place = {"x": _clear(x), "y": _clear(y), "w": _clear(w), "h": _clear(h)}
        self.cells.append({**names, **place})

    def drawing(self) -> Drawing:
        """The page as it is printed, with its markers."""
        squares = tuple(Squares(x, y, MARKER_MM, MARKERS[id_]) for id_, x, y in self._corners())
        return Drawing(
            self.width, self.height, tuple(self.lines), tuple(self.words), squares,
            tuple(self.pens), tuple(self.fills),
        )  # fmt: skip

    def layout(self, page: int, of: int) -> dict[str, object]:
        """The page as the layout tells it."""
        side = MARKER_MM
        markers = [
            {"id": id_, "corners": [[x, y], [x + side, y], [x + side, y + side], [x, y + side]]}
            for id_, x, y in self._corners()
        ]
        x, y = qr_place(self.width)
        return {
            "page": page, "of": of, "width": self.width, "height": self.height,
            "markers": markers, "qr": {"x": x, "y": y, "w": QR_MM, "h": QR_MM},
            "lines": [[line.x1, line.y1, line.x2, line.y2] for line in self.rules],
            "cells": self.cells,
        }  # fmt: skip

    def _corners(self) -> list[tuple[int, float, float]]:
        right, low = self.width - EDGE_MM - MARKER_MM, self.height - EDGE_MM - MARKER_MM
        return [(0, EDGE_MM, EDGE_MM), (1, right, EDGE_MM), (2, right, low), (3, EDGE_MM, low)]


def head(canvas: Canvas, form: BallotForm, name: str, at: Head, *, number: str = "") -> None:
    """Title, name, date, number of the page, and how to tick: beside the QR, above the table."""
    right = qr_place(canvas.width)[0] - 3
    middle = canvas.width / 2
    half = right - middle
    title = (middle - half, at.title, 2 * half, at.title_high)
    canvas.words.append(
        fitted(*title, form.title, size=at.size, least=at.least, face="title", align="center")
    )
    _line(canvas, form, name, number, at, right)
    _how(canvas, form, at.left, right, at.how)


def _line(
    canvas: Canvas, form: BallotForm, name: str, number: str, at: Head, right: float
) -> None:  # fmt: skip
    """Name, date and page number on one line in one size; a long name alone is set smaller."""
    high = at.line_high
    blank = form.date_blank.replace(" ", "\u3000") or ROOM_FOR_A_DATE
    texts = [f"{form.name_label}\uff1a{name}", f"{form.date_label}\uff1a{blank}", number]
    room = right - at.left - HEAD_GAP_MM * (2 if number else 1)
    size = HEAD_SIZE
    while size > LEAST_HEAD_SIZE and sum(width_mm(text, size) for text in texts) > room:
        size -= 0.5
    end = right
    for text in reversed(texts[1:]):
        if text:
            wide = width_mm(text, size) + 0.5
            place = (end - wide, at.line, wide, high)
            canvas.words.append(fitted(*place, text, size=size, align="right"))
            end -= wide + HEAD_GAP_MM
    place = (at.left, at.line, end - at.left, high)
    canvas.words.append(fitted(*place, texts[0], size=size, leading=TIGHT_LEADING))


def _how(canvas: Canvas, form: BallotForm, left: float, right: float, y: float) -> None:
    """The instruction in words and picture: a tick; a mistake blacked out and ticked again."""
    h = 8.0
    wide, tall, top, label = 7.4, 5.6, y + 1.2, 7.8
    mended = right - 2 * wide
    ticked = mended - label - 2.5 - wide
    room = ticked - label - 2 - left
    how = f"{form.note}{ONE_WORDS}\n{ANEW_WORDS}"
    if not fits(how, room, h, LEAST_HEAD_SIZE, MOST_LINES):
        how = how.replace("\n", "")
    canvas.words += [
        fitted(left, y, room, h, how, size=9.5),
        fitted(ticked - label, top, label - 1, tall, TICK_WORDS, size=9, align="right"),
        fitted(mended - label, top, label - 1, tall, MEND_WORDS, size=9, align="right"),
    ]
    for x in (ticked, mended, mended + wide):
        _box(canvas, x, top, wide, tall)
    _tick(canvas, ticked + wide / 2, top + tall / 2)
    canvas.fills.append(Fill(mended + 1.4, top + 1.1, wide - 2.8, tall - 2.2))
    _tick(canvas, mended + wide * 1.5, top + tall / 2)


def _box(canvas: Canvas, x: float, y: float, w: float, h: float) -> None:
    for x1, y1, x2, y2 in ((x, y, x + w, y), (x, y + h, x + w, y + h), (x, y, x, y + h),
                           (x + w, y, x + w, y + h)):  # fmt: skip
        canvas.lines.append(Line(x1, y1, x2, y2, 0.25))


def _tick(canvas: Canvas, x: float, y: float) -> None:
    canvas.pens.append(Pen(((x - 1.8, y - 0.1), (x - 0.6, y + 1.5), (x + 2.1, y - 1.7))))
