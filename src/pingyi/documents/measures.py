"""How much room text takes: enough typography to choose widths, heights and line ends."""

import math
import re
import unicodedata
from functools import cache
from itertools import pairwise

MM_PER_POINT = 25.4 / 72
HEAD_PADDING_MM = 1.2
CELL_PADDING_MM = 2.2
PADDING_MM = {"head": HEAD_PADDING_MM, "label": HEAD_PADDING_MM, "item": CELL_PADDING_MM}
HEAD_SCALE = 0.95
"""Headings are set a little smaller than figures, so that they do not touch the rules."""
_NOT_AT_THE_BEGINNING = set(",。、;:!?)》〉”’】〕,.;:!?)]%·") | set(
    "\uff0c\uff1b\uff1a\uff01\uff1f\uff09"
)

_PAUSES = frozenset("、;:的和\uff0c\uff1b\uff1a")
"""After these a line may well end: stops, and the two words that join what is said."""
_BRACKETS = frozenset("(\uff08")
_CAPITALS = 1.25
"""Capitals are so much wider than the mean letter."""
EVEN = frozenset({"head", "label"})
"""Kinds of cells that are centred, so that lines of like length look best."""


def clean(text: str) -> str:
    """The text without control characters and non-characters, which no file format takes.

    Everything else stays, private-use characters of old name lists too: where no font has them a
    box is printed (glyphs.py).
    """
    if text.isprintable():
        return text
    spaced = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(sign for sign in spaced if sign == "\n" or not _is_no_text(sign))


def _is_no_text(sign: str) -> bool:
    code = ord(sign)
    never = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return never or unicodedata.category(sign) in {"Cc", "Cs"}


def ems(text: str) -> float:
    """The width of a text in characters, a Chinese one being as wide as it is high."""
    return sum(map(_em, text))


@cache
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
    ends = [*_breaks(text, room_ems), len(text)]
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def lines_needed(text: str, room_ems: float) -> int:
    """How many lines the text fills; quick, for a ledger asks for every cell."""
    if len(text) <= room_ems and "\n" not in text:
        return 1
    return sum(1 + len(_breaks(paragraph, room_ems)) for paragraph in text.split("\n"))


def most_lines(text: str, room_ems: float) -> int:
    """At most so many lines the text fills: no sign is wider than one em. Told from its length."""
    return len(text) // max(1, int(room_ems)) + 1 + text.count("\n")


def _breaks(text: str, room_ems: float) -> list[int]:
    """Where the second line and each further one begin."""
    found: list[int] = []
    most, surely = room_ems + 0.001, max(1, int(room_ems))
    # No sign is wider than one em: so many fit without a look at each.
    at = surely
    filled = ems(text[:at])
    while at < len(text):
        width = _em(text[at])
        if filled + width > most and text[at] not in _NOT_AT_THE_BEGINNING:
            found.append(at)
            filled = ems(text[at : at + surely])
            at += surely
        else:
            filled += width
            at += 1
    return found


def line_ends(text: str, room_ems: float, *, even: bool = False) -> list[str]:
    """The lines of a label, as few as can be, ended where a reader pauses.

    No line holds a single last character if it can be helped; `even` asks for lines of like
    length, as in a heading, where the last would be half empty. The lines are those of a
    narrower room.
    """
    narrower = range(math.floor(room_ems), 1, -1)
    ways = [wrapped(text, room_ems), *(wrapped(text, room) for room in narrower)]
    ways = [lines for lines in ways if len(lines) == len(ways[0])]
    if even and ems(ways[0][-1]) * 2 <= max(map(ems, ways[0])):
        ways.reverse()
    return min(ways, key=_roughness)


def _roughness(lines: list[str]) -> tuple[bool, int]:
    pauses = sum(
        line[-1] in _PAUSES or following[0] in _BRACKETS for line, following in pairwise(lines)
    )
    return len(lines) > 1 and len(lines[-1]) == 1, -pauses


def breaking_words(text: str, room_ems: float) -> str:
    """The text with line ends inside words that are wider than their cell; Typst breaks none."""
    fits = room_ems / _CAPITALS
    if len(text) <= fits:
        return text
    return _words_over(int(fits)).sub(lambda word: "\n".join(wrapped(word[0], fits)), text)


@cache
def _words_over(signs: int) -> re.Pattern[str]:
    return re.compile(rf"[!-~\u00a1-\u024f]{{{signs + 1},}}")


def balanced(text: str, room_ems: float, *, even: bool = False) -> str:
    """The text with its lines ended well, unless its author has ended them."""
    return text if "\n" in text else "\n".join(line_ends(text, room_ems, even=even))
