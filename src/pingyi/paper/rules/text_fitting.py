"""Sizes and line ends with which a text fits a box."""

from pingyi.documents.drawings import Align, Face, Words
from pingyi.documents.measures import MM_PER_POINT, balanced, ems, wrapped

LEADING = 0.22
"""Space between lines, in sizes; the same as in documents/typst/placed.typ."""
STEP = 0.5
LEAST_SIZE = 5.0


def fitted(
    x: float, y: float, w: float, h: float, text: str, *,
    size: float = 10.5, least: float = 9.0, face: Face = "body", align: Align = "left",
) -> Words:  # fmt: skip
    """The text in a box (mm): as large as `size` (pt), on as few lines as `least` allows.

    What does not fit at the least size either is set smaller still: a name is printed whole.
    """
    for lines in range(1, 5):
        for points in _sizes(size, least):
            if _fits(text, w, h, points, lines):
                return Words(x, y, w, h, _broken(text, w, points), points, face, align)
    small = next(
        (points for points in _sizes(least, LEAST_SIZE) if _fits(text, w, h, points, 9)), LEAST_SIZE
    )
    return Words(x, y, w, h, _broken(text, w, small), small, face, align)


def _sizes(largest: float, smallest: float) -> list[float]:
    return [largest - STEP * n for n in range(int((largest - smallest) / STEP) + 1)]


def _room(width: float, points: float) -> float:
    return max(1.0, width / (points * MM_PER_POINT))


def _fits(text: str, w: float, h: float, points: float, most_lines: int) -> bool:
    room = _room(w, points)
    lines = wrapped(text, room)
    tall = (len(lines) + LEADING * (len(lines) - 1)) * points * MM_PER_POINT
    widest = max(ems(line) for line in lines)
    return len(lines) <= most_lines and tall <= h + 0.01 and widest <= room + 0.05


def _broken(text: str, w: float, points: float) -> str:
    """Lines of about equal length, ended where the text says or where they are full."""
    room = _room(w, points)
    lines = wrapped(text, room)
    if len(lines) == 1:
        return text
    even = ems(text) / len(lines)
    narrow = next(
        (
            step
            for step in (even + 0.5 * n for n in range(40))
            if len(wrapped(text, step)) <= len(lines)
        ),
        room,
    )
    return balanced("\n".join(wrapped(text, min(narrow, room))), room)
