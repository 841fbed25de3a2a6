"""How much room text takes: enough typography to choose widths, heights and line ends."""

import math
import unicodedata

MM_PER_POINT = 25.4 / 72
HEAD_PADDING_MM = 1.2
CELL_PADDING_MM = 2.2
PADDING_MM = {"head": HEAD_PADDING_MM, "label": HEAD_PADDING_MM, "item": CELL_PADDING_MM}
HEAD_SCALE = 0.95
"""Headings are set a little smaller than figures, so that they do not touch the rules."""
_NOT_AT_THE_BEGINNING = set(",。、;:!?)》〉”’】〕,.;:!?)]%·") | set(
    "\uff0c\uff1b\uff1a\uff01\uff1f\uff09"
)


def clean(text: str) -> str:
    """The text without control characters, which no file format and no printer takes.

    Everything else stays, private-use characters of old name lists too: a name is printed whole
    or refused.
    """
    spaced = text.replace("\r\n", "\n").replace("\t", " ")
    return "".join(
        sign for sign in spaced if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cs"}
    )


def ems(text: str) -> float:
    """The width of a text in characters, a Chinese one being as wide as it is high."""
    return sum(map(_em, text))


def _em(sign: str) -> float:
    if sign in "()[],.:;|!'\u00b7":
        return 0.4
    return 1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.55


def width_mm(text: str, size: float) -> float:
    return ems(text) * size * MM_PER_POINT


def room(width: float, size: float, padding: float = CELL_PADDING_MM) -> float:
    """How many characters of this size stand side by side in a cell."""
    return max(1.0, (width - padding) / (size * MM_PER_POINT))


def wrapped(text: str, room_ems: float) -> list[str]:
    """The lines of one paragraph, filled one after the other."""
    lines = [""]
    for sign in text:
        full = ems(lines[-1] + sign) > room_ems + 0.001
        if lines[-1] and full and sign not in _NOT_AT_THE_BEGINNING:
            lines.append("")
        lines[-1] += sign
    return lines


def lines_needed(text: str, room_ems: float) -> int:
    return sum(len(wrapped(paragraph, room_ems)) for paragraph in text.split("\n"))


def balanced(text: str, room_ems: float) -> str:
    """The text with its lines ended so that no line holds a single last character."""
    if "\n" in text:
        return text
    lines = wrapped(text, room_ems)
    narrower = math.floor(room_ems)
    while len(lines) > 1 and len(lines[-1]) == 1 and narrower > 2:
        narrower -= 1
        lines = wrapped(text, narrower)
    return "\n".join(lines) if len(lines) > 1 and len(lines[-1]) > 1 else text
