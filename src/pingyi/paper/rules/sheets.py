"""One description of a form makes both the drawing and the layout (design/paper.md, Print)."""

from collections.abc import Sequence
from dataclasses import dataclass

from pingyi.campaigns.rules.pack import BallotForm
from pingyi.documents.drawings import Copy, Drawing, Squares, Words
from pingyi.documents.qr import qr_rows
from pingyi.paper.omr.codes import SheetCode, form_word
from pingyi.paper.omr.layout import Layout, sealed
from pingyi.paper.rules.frame import QR_MM, qr_place
from pingyi.paper.rules.member_sheets import member_pages
from pingyi.paper.rules.organization_sheet import organization_page

GROUP = 5
"""A ballot id is printed in groups of so many signs."""
FOOT_MM = 6.7
"""It stands this far from the lower edge, between the markers: printers leave 4.2 mm white."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """The pages of a form: drawn, and told to a reader."""

    form: BallotForm
    layout: Layout
    drawings: tuple[Drawing, ...]


def sheets_of(form: BallotForm, *, name: str, names: Sequence[str] = ()) -> Sheets:
    """The sheets of a form for an organization, with a row for each name where it has rows.

    DoesNotFit where paper cannot hold the form.
    """
    if form.subject == "member":
        pages = member_pages(form, name, names)
    else:
        pages = [organization_page(form, name)]
    layout = sealed(
        form.code,
        [option.code for option in form.options],
        [page.layout(number, len(pages)) for number, page in enumerate(pages, start=1)],
        title=name,
        rows=names,
    )
    return Sheets(form, layout, tuple(page.drawing() for page in pages))


def copies_of(sheets: Sheets, ballot: str) -> list[Copy]:
    """The printed pages of one ballot: each with its QR and, to be read by people, its id.

    All pages of a ballot are of one size.
    """
    of = len(sheets.drawings)
    return [_copy(sheets, ballot, page, of) for page in range(1, of + 1)]


def _copy(sheets: Sheets, ballot: str, page: int, of: int) -> Copy:
    code = SheetCode(form_word(sheets.form.code), sheets.layout.short, ballot, page, of)
    drawing = sheets.drawings[0]
    x, y = qr_place(drawing.width)
    groups = [ballot[start : start + GROUP] for start in range(0, len(ballot), GROUP)]
    shown = f"{'-'.join(groups)}  {code.payload.rpartition(':')[2]}"
    place = Words(0, drawing.height - FOOT_MM, drawing.width, 3, shown, 7, "song", "center")
    return Copy(page - 1, squares=(Squares(x, y, QR_MM, qr_rows(code.payload)),), words=(place,))
