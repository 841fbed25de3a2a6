"""Sizes and line ends with which a text fits a box."""

from itertools import count

from pingyi.documents.drawings import Align, Face, Words
from pingyi.documents.measures import MM_PER_POINT, ems, wrapped

LEADING, TIGHT_LEADING = 0.22, 0.1
"""Space between lines, in sizes: of a sentence, and of few words between rules."""
STEP = 0.5
LEAST_SIZE, MOST_LINES = 5.0, 9


class TooLong(Exception):
    """A text that does not fit its place on the sheet at any size that can be printed."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def fitted(
    x: float, y: float, w: float, h: float, text: str, *,
    size: float = 10.5, least: float = 9.0, face: Face = "body", align: Align = "left",
    leading: float = LEADING,
) -> Words:  # fmt: skip
    """The text in a box (mm): as large as `size` (pt), on as few lines as `least` allows.

    What does not fit at the least size either is set smaller still, for a name is printed whole;
    TooLong where that would be below 5 pt.
    """
    most = [(points, lines) for lines in (1, 2, 3, 4) for points in _sizes(size, least)]
    most += [(points, MOST_LINES) for points in _sizes(least, LEAST_SIZE)]
    for points, lines in most:
        if fits(text, w, h, points, lines, leading):
            return Words(x, y, w, h, _broken(text, w, points), points, face, align, leading)
    raise TooLong(text)


def _sizes(largest: float, smallest: float) -> list[float]:
    return [largest - STEP * n for n in range(int((largest - smallest) / STEP) + 1)]


def _room(width: float, points: float) -> float:
    return max(1.0, width / (points * MM_PER_POINT))


def _lines(text: str, room: float) -> list[str]:
    return [line for paragraph in text.split("\n") for line in wrapped(paragraph, room)]


def fits(text: str, w: float, h: float, points: float, most: int, leading: float = LEADING) -> bool:
    """Whether a text of this size (pt) stands in a box (mm) on at most so many lines."""
    room = _room(w, points)
    lines = _lines(text, room)
    tall = (len(lines) + leading * (len(lines) - 1)) * points * MM_PER_POINT
    widest = max(ems(line) for line in lines)
    return len(lines) <= most and tall <= h + 0.01 and widest <= room + 0.05


def _broken(text: str, w: float, points: float) -> str:
    """Lines of about equal length, ended where the text says or where they are full."""
    room = _room(w, points)
    full = _lines(text, room)
    if "\n" in text:
        return "\n".join(full)
    even, widest = ems(text) / len(full), max(map(ems, full))
    narrower = (wrapped(text, min(even + 0.5 * n, room)) for n in count())
    # A sign that may not begin a line stays on the one before, which may become too long.
    return "\n".join(
        next(
            lines
            for lines in narrower
            if len(lines) <= len(full) and max(map(ems, lines)) <= max(room, widest)
        )
    )
