"""A bulletin as official document and poster, and the ledger of bulletins (rulebook §9, N10)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pingyi.bulletins.queries.figures import said_in
from pingyi.bulletins.rules.texts import filled
from pingyi.core.clock import day_of
from pingyi.documents.drawings import Copy, Drawing, Face, Squares, Words
from pingyi.documents.layouts import Column, LedgerTable
from pingyi.documents.measures import MM_PER_POINT, balanced, wrapped
from pingyi.documents.official import Official, official_pdf, paragraphs_of
from pingyi.documents.official_docx import official_docx
from pingyi.documents.placed import placed_pdf
from pingyi.documents.qr import qr_rows
from pingyi.ledger.queries import mark_of_fiction, root

if TYPE_CHECKING:
    from pingyi.bulletins.models import Bulletin
    from pingyi.campaigns.models import Campaign

MAKERS = {"pdf": official_pdf, "docx": official_docx}


def official(bulletin: "Bulletin") -> Official:
    """The bulletin as it is printed; what is not approved yet says so on every page."""
    figures = said_in(bulletin)
    day = _day_of(bulletin)
    by, copies = bulletin.unit.name, bulletin.copies_to
    mark = mark_of_fiction() or ("" if bulletin.approved_at else _("Draft, not approved"))
    return Official(
        title=filled(bulletin.title, figures),
        said=paragraphs_of(filled(bulletin.text, figures)),
        agency=bulletin.agency,
        number=bulletin.document_number,
        addressees=bulletin.addressees,
        signed=by,
        day=day,
        copies_to=_("Copies to: %(names)s") % {"names": copies} if copies else "",
        printed_by=by if bulletin.agency else "",
        printed_on=_("Printed on %(day)s") % {"day": day} if day else "",
        mark=mark,
        noted=root(),
    )


def _day_of(bulletin: "Bulletin") -> str:
    """The day on which it was published, else approved; none on a draft."""
    approved = day_of(bulletin.approved_at) if bulletin.approved_at else None
    day = bulletin.published_on or approved
    return date_format(day) if day else ""


def document(bulletin: "Bulletin", kind: str) -> bytes:
    """The bulletin as a file: pdf or docx."""
    return MAKERS[kind](official(bulletin))


def ledger_title() -> str:
    """通报公示台账."""
    return _("Ledger of bulletins")


def ledger_table(campaign: "Campaign", found: "Iterable[Bulletin]") -> LedgerTable:
    """The bulletins, one line each."""
    columns = (
        Column(_("No."), 6, "right"),
        Column(_("Kind"), 8),
        Column(_("Title"), 34),
        Column(_("Document number"), 16),
        Column(_("Organization"), 18),
        Column(_("Who reads it"), 16),
        Column(_("State"), 8),
        Column(_("Approved by"), 12),
        Column(_("Published on"), 12),
        Column(_("Withdrawn on"), 12),
        Column(_("Reason"), 18),
    )
    rows = (
        (
            each.number,
            each.get_kind_display(),
            each.title.replace("\n", ""),
            each.document_number,
            each.unit.name,
            each.get_scope_display(),
            each.get_state_display(),
            each.approver,
            each.published_on.isoformat() if each.published_on else "",
            each.withdrawn_on.isoformat() if each.withdrawn_on else "",
            each.withdrawn_because,
        )
        for each in found
    )
    return LedgerTable(
        title=ledger_title(),
        columns=columns,
        rows=rows,
        head=((_("Campaign"), campaign.name),),
        mark=mark_of_fiction(),
        noted=root(),
    )


# In millimetres; a larger sheet is the same one, enlarged.
SHEETS = {"a4": (210.0, 297.0), "a3": (297.0, 420.0)}
TITLE_POINTS, QR_MM = 30.0, 90.0


def poster(bulletin: "Bulletin", address: str, size: str) -> bytes:
    """A sheet for the notice board: title, organization and a QR that opens the public page."""
    width, height = SHEETS[size]
    by = width / SHEETS["a4"][0]
    across = width - 40 * by
    title = filled(bulletin.title, said_in(bulletin)).replace("\n", "")

    def words(text: str, top: float, tall: float, points: float, face: Face = "body") -> Words:
        return Words(
            20 * by, top * by, across, tall * by, text, points * by, face, "center", leading=0.4
        )

    room = across / MM_PER_POINT / (TITLE_POINTS * by)
    day = date_format(bulletin.published_on) if bulletin.published_on else ""
    drawing = Drawing(
        width,
        height,
        words=(
            words(mark_of_fiction(), 12, 8, 10.5),
            words(bulletin.get_kind_display(), 25, 14, 26, "hei"),
            words(balanced(title, room), 44, 50, TITLE_POINTS, "title"),
            words(bulletin.unit.name, 100, 12, 18),
            words(_("Scan to read all of it"), 222, 12, 20, "hei"),
            words("\n".join(wrapped(address, 60)), 238, 14, 10.5, "song"),
            words(day, 258, 10, 16),
        ),
        squares=(
            Squares((width - QR_MM * by) / 2, 122 * by, QR_MM * by, qr_rows(address, level="M")),
        ),
    )
    return placed_pdf(title, [drawing], [Copy(0)])
