"""Pages on which everything has its place, as PDF (see drawings.py)."""

from collections.abc import Sequence
from pathlib import Path

from pingyi.documents import fonts
from pingyi.documents.drawings import Copy, Drawing, Squares, Words
from pingyi.documents.measures import clean
from pingyi.documents.pdf import compiled

TEMPLATE = Path(__file__).parent / "typst" / "placed.typ"


def placed_pdf(title: str, drawings: Sequence[Drawing], copies: Sequence[Copy]) -> bytes:
    """Every copy on a page of its own; Refusal `missing-glyph` where no font has a character."""
    data: dict[str, object] = {
        "title": clean(title),
        "fonts": fonts.stacks(),
        "thicken": fonts.title_is_embedded(),
        "drawings": [_drawing(one) for one in drawings],
        "copies": [
            {
                "drawing": copy.drawing,
                "squares": [_squares(one) for one in copy.squares],
                "words": [_words(one) for one in copy.words],
            }
            for copy in copies
        ],
    }
    return compiled(TEMPLATE, data)


def _drawing(one: Drawing) -> dict[str, object]:
    return {
        "size": [one.width, one.height],
        "lines": [[line.x1, line.y1, line.x2, line.y2, line.width] for line in one.lines],
        "words": [_words(words) for words in one.words],
        "squares": [_squares(squares) for squares in one.squares],
        "pens": [[pen.points, pen.width] for pen in one.pens],
        "fills": [[fill.x, fill.y, fill.w, fill.h] for fill in one.fills],
    }


def _words(one: Words) -> list[object]:
    return [one.x, one.y, one.w, one.h, clean(one.text), one.size, one.face, one.align]


def _squares(one: Squares) -> list[object]:
    return [one.x, one.y, one.side, one.rows]
