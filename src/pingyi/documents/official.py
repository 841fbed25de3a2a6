"""Official documents (公文) as PDF: page, grid, head and imprint of GB/T 9704-2012 (rulebook §9).

22 lines of 28 characters of 16 pt in a text area of 156 × 225 mm. Knows no domain: texts arrive as
they are to be printed.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from pingyi.documents import fonts
from pingyi.documents.layouts import Noted
from pingyi.documents.measures import MM_PER_POINT, balanced, breaking_words, clean, ems
from pingyi.documents.pdf import compiled
from pingyi.documents.qr import qr_svg
from pingyi.documents.sheets import PORTRAIT

TEMPLATE = Path(__file__).parent / "typst" / "official.typ"
WIDTH_MM, HEIGHT_MM = 156.0, 225.0
SIGNS, LINES = 28, 22
SIZE, TITLE_SIZE, IMPRINT_SIZE = 16.0, 22.0, 14.0
LARGEST_HEAD = 62.0
"""Points: a name on the red head is at most 22 mm high, and stands on one line."""
TITLE_SIGNS = WIDTH_MM / MM_PER_POINT / TITLE_SIZE

Level = Literal["hei", "kai", "body"]
NUMERALS = "[一二三四五六七八九十百]+"
FIRST_LEVEL = re.compile(f"{NUMERALS}、")
SECOND_LEVEL = re.compile(f"[(\uff08]{NUMERALS}[)\uff09]")


@dataclass(frozen=True, slots=True)
class Official:
    """What an official document says; a part that is empty is not printed.

    `agency` is the red head, `said` the paragraphs; `copies_to` and `printed_by` are the 版记.
    """

    title: str
    said: tuple[str, ...]
    agency: str = ""
    number: str = ""
    addressees: str = ""
    signed: str = ""
    day: str = ""
    copies_to: str = ""
    printed_by: str = ""
    printed_on: str = ""
    mark: str = ""
    noted: Noted | None = None


def level_of(paragraph: str) -> Level:
    """In which face a paragraph is set: 一、in 黑体, (一) in 楷体, the rest in 仿宋.

    A heading ends where its paragraph does: one that goes on as a sentence is text.
    """
    if paragraph.endswith(("。", "\uff1b", "\uff1a", "\uff1f", "\uff01")):
        return "body"
    if FIRST_LEVEL.match(paragraph):
        return "hei"
    return "kai" if SECOND_LEVEL.match(paragraph) else "body"


def paragraphs_of(text: str) -> tuple[str, ...]:
    """The paragraphs of a typed text; blank lines and spaces at their beginning go."""
    lines = (clean(line).strip() for line in text.splitlines())
    return tuple(line for line in lines if line)


def head_size(agency: str) -> float:
    """As large as the name stands on one line, in points."""
    return min(LARGEST_HEAD, WIDTH_MM / MM_PER_POINT / (max(ems(agency), 1.0) * 1.08))


def title_lines(title: str) -> str:
    """The title with its lines ended where a reader pauses."""
    return balanced(clean(title), TITLE_SIGNS)


def official_pdf(document: Official, *, made_at: datetime | None = None) -> bytes:
    """An official document as a PDF file; the same document gives the same bytes."""
    noted = document.noted
    data: dict[str, object] = {
        "fonts": fonts.stacks(),
        "thicken": fonts.title_is_embedded(),
        "margins": [PORTRAIT.top, PORTRAIT.right, PORTRAIT.bottom, PORTRAIT.left],
        "grid": [WIDTH_MM / SIGNS, HEIGHT_MM / LINES],
        "sizes": [SIZE, TITLE_SIZE, IMPRINT_SIZE],
        "title": title_lines(document.title),
        "said": [
            [level_of(each), breaking_words(clean(each), SIGNS - 2)] for each in document.said
        ],
        "agency": clean(document.agency),
        "agency_size": head_size(document.agency),
        "number": clean(document.number),
        "addressees": clean(document.addressees),
        "signed": clean(document.signed),
        "day": document.day,
        "copies_to": clean(document.copies_to),
        "printed_by": clean(document.printed_by),
        "printed_on": document.printed_on,
        "mark": clean(document.mark),
        "noted": [noted.line, qr_svg(noted.code)] if noted else [],
    }
    return compiled(TEMPLATE, data, made_at=made_at)
