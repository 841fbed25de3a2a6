"""Slips with which people sign in for the first time, eight on a sheet of A4, to be cut apart."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pingyi.accounts.queries.accounts import open_grants
from pingyi.accounts.queries.first_codes import first_code
from pingyi.documents.drawings import Copy, Drawing, Line, Squares, Words
from pingyi.documents.measures import width_mm
from pingyi.documents.placed import placed_pdf
from pingyi.documents.qr import qr_rows
from pingyi.ledger.queries import mark_of_fiction

if TYPE_CHECKING:
    from pingyi.accounts.models import User

PAGE_WIDE, PAGE_HIGH = 210.0, 297.0
ACROSS, DOWN = 2, 4
WIDE, HIGH = PAGE_WIDE / ACROSS, PAGE_HIGH / DOWN
LEFT, RIGHT, LABEL = 10.0, 10.0, 20.0
"""White at both sides of a slip, and how wide its labels are, mm."""
QR_SIDE = 24.0
BY_HAND = "_" * 28
CUT_MM = 0.1
"""Cutting lines are thin: they show where to cut and do not frame."""


def slips_pdf(users: Sequence["User"], address: str) -> bytes:
    """One slip for each account: whose it is, where to sign in, sign-in name and first code.

    `address` is the page to sign in at; empty where nobody knows it: it is written by hand then.
    """
    each = ACROSS * DOWN
    drawings = [_sheet(users[at : at + each], address) for at in range(0, len(users), each)]
    copies = [Copy(number) for number in range(len(drawings))]
    return placed_pdf(_("Sign-in slips"), drawings, copies)


def _sheet(users: Iterable["User"], address: str) -> Drawing:
    words: list[Words] = []
    squares: list[Squares] = []
    for number, user in enumerate(users):
        x, y = number % ACROSS * WIDE, number // ACROSS * HIGH
        words += _words(user, address, x, y)
        if address:
            code = qr_rows(f"{address}?name={user.username}", level="M")
            place = (x + WIDE - RIGHT - QR_SIDE, y + 9)
            squares.append(Squares(*place, QR_SIDE, code))
    return Drawing(PAGE_WIDE, PAGE_HIGH, _cuts(), tuple(words), tuple(squares))


def _cuts() -> tuple[Line, ...]:
    middle = Line(WIDE, 0, WIDE, PAGE_HIGH, CUT_MM)
    return (middle, *(Line(0, row * HIGH, PAGE_WIDE, row * HIGH, CUT_MM) for row in range(1, DOWN)))


def _words(user: "User", address: str, x: float, y: float) -> Iterator[Words]:
    """The words of the slip whose corner is at x, y."""
    beside, whole = WIDE - LEFT - RIGHT - QR_SIDE - 4, WIDE - LEFT - RIGHT
    units = dict.fromkeys(grant.organization.name for grant in open_grants(user))
    yield Words(x + LEFT, y + 8, beside, 4, _("Sign-in slip"), 9, "song")
    name = user.shown_name
    yield Words(x + LEFT, y + 13.5, beside, 8, name, _fitting(name, beside, 16), "hei")
    yield Words(x + LEFT, y + 21.5, beside, 11, "\u3001".join(units), 9)
    rows = (
        (_("Sign-in name"), user.username, 12.0),
        (_("First code"), first_code(user), 13.0),
        (_("Address"), address or BY_HAND, 9.0),
    )
    for number, (label, value, size) in enumerate(rows):
        at, wide = y + 35 + 6.2 * number, whole - LABEL
        yield Words(x + LEFT, at, LABEL, 6, label, 8, "song")
        yield Words(x + LEFT + LABEL, at, wide, 6, value, _fitting(value, wide, size), "song")
    hint = _(
        "Type the first code where the password belongs, then choose a password of your own; the "
        "code is void from then on. For you alone: do not pass this slip on."
    )
    yield Words(x + LEFT, y + 54.5, whole, 12, hint, 8)
    yield Words(x + LEFT, y + 67, whole, 4, mark_of_fiction(), 7, "song")


def _fitting(text: str, wide: float, size: float) -> float:
    """The size (pt) at which a text stays on one line; not below 6."""
    return max(6.0, min(size, size * wide / max(width_mm(text, size), 0.1)))
