"""What every sheet has: markers, the QR's place, title, head, instruction (design/paper.md)."""

from dataclasses import dataclass, field

from pingyi.campaigns.rules.pack import BallotForm
from pingyi.documents.drawings import Drawing, Fill, Line, Pen, Squares, Words
from pingyi.paper.rules.text_fitting import fitted

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
HOW = (
    "每项只打一个\u201c√\u201d，打在格子里面。"
    "打错了，把那一格涂黑，再在要选的格子里打\u201c√\u201d。"
)


class DoesNotFit(Exception):
    """A form that paper cannot hold with cells that a hand can tick: too much of `what`."""

    def __init__(self, what: str, most: int) -> None:
        super().__init__(f"{what}: {most} at most")
        self.what = what
        self.most = most


@dataclass(frozen=True, slots=True)
class Head:
    """Where title, head line and instruction begin, mm from the top; and the title's size in pt."""

    title: float
    line: float
    how: float
    size: float


TIGHT, ROOMY = Head(6.5, 15.0, 20.4, 18), Head(8.0, 20.0, 28.5, 20)


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

    @property
    def qr(self) -> tuple[float, float]:
        """The top left of the QR."""
        return self.width - QR_FROM_RIGHT_MM, EDGE_MM + 1.0

    def rule(self, x1: float, y1: float, x2: float, y2: float, width: float = RULE_MM) -> None:
        """A rule of the table, both drawn and part of the layout."""
        line = Line(round(x1, 2), round(y1, 2), round(x2, 2), round(y2, 2), width)
        self.lines.append(line)
        self.rules.append(line)

    def cell(self, x: float, y: float, w: float, h: float, **names: object) -> None:
        """A field to tick."""
        place = {"x": round(x, 2), "y": round(y, 2), "w": round(w, 2), "h": round(h, 2)}
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
        x, y = self.qr
        return {
            "page": page, "of": of, "width": self.width, "height": self.height,
            "markers": markers, "qr": {"x": x, "y": y, "w": QR_MM, "h": QR_MM},
            "lines": [[line.x1, line.y1, line.x2, line.y2] for line in self.rules],
            "cells": self.cells,
        }  # fmt: skip

    def _corners(self) -> list[tuple[int, float, float]]:
        right, low = self.width - EDGE_MM - MARKER_MM, self.height - EDGE_MM - MARKER_MM
        return [(0, EDGE_MM, EDGE_MM), (1, right, EDGE_MM), (2, right, low), (3, EDGE_MM, low)]


def head(
    canvas: Canvas, form: BallotForm, name: str, at: Head, *, page: int = 1, of: int = 1
) -> None:
    """Title, name, date, and how to tick: beside the QR, above the table."""
    left, right = TABLE_EDGE_MM + 1, canvas.qr[0] - 3
    middle = canvas.width / 2
    half = min(middle - left, right - middle)
    canvas.words.append(
        fitted(middle - half, at.title, 2 * half, 8.0, form.title,
               size=at.size, least=14, face="title", align="center")
    )  # fmt: skip
    y, h = at.line, 5.0
    blank = form.date_blank.replace(" ", "\u3000")
    date = f"{form.date_label}\uff1a{blank}"
    canvas.words += [
        fitted(left, y, 86, h, f"{form.name_label}\uff1a{name}", size=11),
        fitted(left + 88, y, 40, h, date, size=11),
    ]
    if of > 1:
        number = f"第{page}页 共{of}页"
        canvas.words.append(fitted(right - 26, y, 26, h, number, size=10, align="right"))
    _how(canvas, form, left, right, at.how)


def _how(canvas: Canvas, form: BallotForm, left: float, right: float, y: float) -> None:
    """The instruction in words and picture: a tick; a mistake blacked out and ticked again."""
    h = 8.0
    pictures = right - 55
    canvas.words.append(fitted(left, y, pictures - left - 3, h, f"{form.note}{HOW}", size=9.5))
    wide, tall, top = 8.0, 5.6, y + 1.2
    canvas.words.append(fitted(pictures, top, 8, tall, "打法", size=9))
    _box(canvas, pictures + 8, top, wide, tall)
    _tick(canvas, pictures + 8 + wide / 2, top + tall / 2)
    canvas.words.append(fitted(pictures + 22, top, 8, tall, "改正", size=9))
    _box(canvas, pictures + 30, top, wide, tall)
    canvas.fills.append(Fill(pictures + 30 + 1.6, top + 1.1, wide - 3.2, tall - 2.2))
    _box(canvas, pictures + 38, top, wide, tall)
    _tick(canvas, pictures + 38 + wide / 2, top + tall / 2)


def _box(canvas: Canvas, x: float, y: float, w: float, h: float) -> None:
    for x1, y1, x2, y2 in ((x, y, x + w, y), (x, y + h, x + w, y + h), (x, y, x, y + h),
                           (x + w, y, x + w, y + h)):  # fmt: skip
        canvas.lines.append(Line(x1, y1, x2, y2, 0.25))


def _tick(canvas: Canvas, x: float, y: float) -> None:
    canvas.pens.append(Pen(((x - 1.8, y - 0.1), (x - 0.6, y + 1.5), (x + 2.1, y - 1.7))))
