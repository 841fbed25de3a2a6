"""Pages on which everything has its place, as PDF (see drawings.py).

Drawings are set once, as accessible PDF (PDF/UA-1), and then stand in the file once however many
copies use them: a thousand sheets take seconds and few megabytes. The copies themselves are for
paper and claim no standard, since Typst takes no PDF as a picture under PDF/UA.
"""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from pingyi.documents import fonts
from pingyi.documents.drawings import Copy, Drawing, Squares, Words
from pingyi.documents.measures import clean
from pingyi.documents.pdf import compiled

TEMPLATE = Path(__file__).parent / "typst" / "placed.typ"


def placed_pdf(title: str, drawings: Sequence[Drawing], copies: Iterable[Copy]) -> bytes:
    """Every copy on a page of its own; a box stands in the drawings for what no font has.

    The same copies give the same bytes.
    """
    common = {
        "title": clean(title),
        "fonts": fonts.stacks(),
        "thicken": fonts.title_is_embedded(),
    }
    set_once: dict[str, object] = {
        **common, "drawings": [_drawing(one) for one in drawings], "drawn": [], "copies": [],
    }  # fmt: skip
    drawn = compiled(TEMPLATE, set_once)
    used: dict[str, object] = {
        **common,
        "drawings": [],
        "drawn": list(drawn),
        "copies": [_copy(one, drawings[one.drawing]) for one in copies],
    }
    return compiled(TEMPLATE, used, standard=None)


def _drawing(one: Drawing) -> dict[str, object]:
    return {
        "size": [one.width, one.height],
        "lines": [[line.x1, line.y1, line.x2, line.y2, line.width] for line in one.lines],
        "words": [_words(words) for words in one.words],
        "squares": [_squares(squares) for squares in one.squares],
        "pens": [[pen.points, pen.width] for pen in one.pens],
        "fills": [[fill.x, fill.y, fill.w, fill.h] for fill in one.fills],
    }


def _copy(one: Copy, drawing: Drawing) -> dict[str, object]:
    return {
        "size": [drawing.width, drawing.height],
        "page": one.drawing + 1,
        "squares": [_squares(squares) for squares in one.squares],
        "words": [_words(words) for words in one.words],
    }


def _words(one: Words) -> list[object]:
    place = [one.x, one.y, one.w, one.h]
    return [*place, clean(one.text), one.size, one.face, one.align, one.leading]


def _squares(one: Squares) -> list[object]:
    """The black modules as one path of rectangles, a run of modules each."""
    path = "".join(
        f"M{run.start()} {y}h{run.end() - run.start()}v1h-{run.end() - run.start()}z"
        for y, row in enumerate(one.rows)
        for run in re.finditer("1+", row)
    )
    across, down = len(one.rows[0]), len(one.rows)
    shape = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across} {down}">'
        f'<path d="{path}"/></svg>'
    )
    return [one.x, one.y, one.side, shape]
