"""Slips of a sealed box, ten on a sheet of A4, to be cut apart, folded and drawn from a bowl."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pingyi.documents.drawings import Copy, Drawing, Line, Squares, Words
from pingyi.documents.placed import placed_pdf
from pingyi.documents.qr import qr_rows
from pingyi.ledger.queries import mark_of_fiction

if TYPE_CHECKING:
    from pingyi.appraisals.models import SealedVote

PAGE_WIDE, PAGE_HIGH = 210.0, 297.0
ACROSS, DOWN = 2, 5
WIDE, HIGH = PAGE_WIDE / ACROSS, PAGE_HIGH / DOWN
MARGIN, QR_SIDE, CUT_MM = 8.0, 25.0, 0.1
SIGNS_OF_MARK = 12
BY_HAND = "_" * 60


def slips_pdf(vote: "SealedVote", title: str, codes: Sequence[str], address: str) -> bytes:
    """A slip for each code: what the vote is about, the QR of its page, the code, the mark of the
    box and the guarantee. `address` is the page of the box; empty where nobody knows it: it is
    written by hand then, and there is nothing to scan.
    """
    each = ACROSS * DOWN
    drawings = [
        _sheet(vote, title, codes[at : at + each], address) for at in range(0, len(codes), each)
    ]
    copies = [Copy(number) for number in range(len(drawings))]
    return placed_pdf(_("Slips"), drawings, copies)


def _sheet(vote: "SealedVote", title: str, codes: Sequence[str], address: str) -> Drawing:
    words: list[Words] = []
    squares: list[Squares] = []
    for number, code in enumerate(codes):
        x, y = number % ACROSS * WIDE, number // ACROSS * HIGH
        words += _words(vote, title, code, address, x, y)
        if address:
            # Behind the sign the browser keeps the code to itself: it is in no log of a server.
            squared = qr_rows(f"{address}#{code}", level="M")
            squares.append(Squares(x + WIDE - MARGIN - QR_SIDE, y + 7, QR_SIDE, squared))
    return Drawing(PAGE_WIDE, PAGE_HIGH, _cuts(), tuple(words), tuple(squares))


def _cuts() -> tuple[Line, ...]:
    middle = Line(WIDE, 0, WIDE, PAGE_HIGH, CUT_MM)
    return (middle, *(Line(0, row * HIGH, PAGE_WIDE, row * HIGH, CUT_MM) for row in range(1, DOWN)))


def _words(
    vote: "SealedVote", title: str, code: str, address: str, x: float, y: float
) -> Iterator[Words]:
    beside, whole = WIDE - 2 * MARGIN - QR_SIDE - 3, WIDE - 2 * MARGIN
    left = x + MARGIN
    yield Words(left, y + 6, beside, 4, _("Slip for a secret ballot"), 8, "song")
    yield Words(left, y + 10.5, beside, 10, title, 10, "hei")
    yield Words(left, y + 22, beside, 4, _("Code"), 8, "song")
    yield Words(left, y + 26, beside, 6, code, 9.5, "song")
    yield Words(left, y + 34, whole, 4, address or BY_HAND, 7, "song")
    mark = _("Mark of the box: %(mark)s") % {"mark": vote.fingerprint[:SIGNS_OF_MARK]}
    yield Words(left, y + 38.5, whole, 4, mark, 8, "song")
    hint = _(
        "Drawn from a mixed bowl: nobody knows who has which code. Good for one ballot. Show it to "
        "nobody, and tear it up once you have voted."
    )
    yield Words(left, y + 43.5, whole, 8, hint, 7.5)
    yield Words(left, y + 53.5, whole, 4, mark_of_fiction(), 6.5, "song")
