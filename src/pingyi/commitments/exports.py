"""The wall of commitments for the notice board, and the ledger of commitments (N10, N15)."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pingyi.documents.drawings import Copy, Drawing, Line, Words
from pingyi.documents.layouts import Column, LedgerTable
from pingyi.documents.measures import MM_PER_POINT, wrapped
from pingyi.documents.placed import placed_pdf
from pingyi.ledger.queries import mark_of_fiction, root

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign, Unit
    from pingyi.commitments.models import Commitment

Called = Iterable[tuple["Commitment", str]]
# In millimetres; the larger sheet is the same one, enlarged.
SHEETS = {"a4": (210.0, 297.0), "a3": (297.0, 420.0)}
TOP, BOTTOM, SIDE = 48.0, 280.0, 15.0
# Where each column begins, and where the last one ends.
EDGES = (15.0, 42.0, 66.0, 162.0, 195.0)
POINTS, LINE_MM = 11.0, 5.4


def wall(unit: "Unit", found: Called, size: str) -> bytes:
    """All public commitments of a branch as a table for the wall, on as many sheets as it takes."""
    by = SHEETS[size][0] / SHEETS["a4"][0]
    rows = [_cells(unit, each, kind) for each, kind in found]
    pages = list(_pages(rows)) or [[]]
    title = _("Public commitments of %(unit)s") % {"unit": unit.name}
    drawings = [_sheet(title, page, SHEETS[size], by) for page in pages]
    return placed_pdf(title, drawings, [Copy(at) for at in range(len(drawings))])


def _cells(unit: "Unit", commitment: "Commitment", kind: str) -> list[list[str]]:
    """The lines of each cell of a row."""
    who = commitment.participant.shown_name if commitment.participant else unit.name
    cells = (who, kind, commitment.text, date_format(commitment.due_on, "SHORT_DATE_FORMAT"))
    widths = (right - left for left, right in itertools.pairwise(EDGES))
    rooms = ((width - 3) / (POINTS * MM_PER_POINT) for width in widths)
    return [
        [line for part in text.splitlines() for line in wrapped(part, room)]
        for text, room in zip(cells, rooms, strict=True)
    ]


def _height(row: Sequence[Sequence[str]]) -> float:
    return max(len(lines) for lines in row) * LINE_MM + 3


def _pages(rows: Iterable[list[list[str]]]) -> Iterator[list[list[list[str]]]]:
    """As many rows as fit below each other; one that is taller than a sheet has one for itself."""
    page: list[list[list[str]]] = []
    filled = TOP + 9
    for row in rows:
        if page and filled + _height(row) > BOTTOM:
            yield page
            page, filled = [], TOP + 9
        page.append(row)
        filled += _height(row)
    if page:
        yield page


def _sheet(
    title: str, rows: Sequence[Sequence[Sequence[str]]], size: tuple[float, float], by: float
) -> Drawing:
    right = EDGES[-1]
    words = [
        Words(SIDE * by, 8 * by, 180 * by, 6 * by, mark_of_fiction(), 9 * by, "body", "center"),
        Words(SIDE * by, 20 * by, 180 * by, 20 * by, title, 24 * by, "title", "center"),
    ]
    lines, top = [Line(SIDE * by, TOP * by, right * by, TOP * by)], TOP
    head = [[_("Made by")], [_("Kind")], [_("Commitment")], [_("To be kept by")]]
    for at, row in enumerate([head, *rows]):
        tall = 9.0 if at == 0 else _height(row)
        for cell, left, end in zip(row, EDGES, EDGES[1:], strict=False):
            place = ((left + 1.5) * by, top * by, (end - left - 3) * by, tall * by)
            text, face = "\n".join(cell), "hei" if at == 0 else "body"
            words.append(Words(*place, text, POINTS * by, face))  # type: ignore[arg-type]  # one of two faces
        top += tall
        lines.append(Line(SIDE * by, top * by, right * by, top * by))
    lines += [Line(edge * by, TOP * by, edge * by, top * by) for edge in EDGES]
    return Drawing(*size, lines=tuple(lines), words=tuple(words))


def ledger_title() -> str:
    """公开承诺台账."""
    return _("Ledger of public commitments")


def ledger_table(campaign: "Campaign", found: Called) -> LedgerTable:
    """The commitments, one line each."""
    columns = (
        Column(_("Organization"), 18),
        Column(_("Made by"), 10),
        Column(_("Kind"), 10),
        Column(_("Commitment"), 34),
        Column(_("To be kept by"), 12),
        Column(_("State"), 10),
        Column(_("Published on"), 12),
        Column(pgettext("commitment", "What was done"), 24),
        Column(_("Evidence"), 18),
        Column(pgettext("commitment", "Found"), 10),
    )
    rows = (
        (
            each.unit.name,
            each.participant.shown_name if each.participant else "",
            kind,
            each.text,
            each.due_on.isoformat(),
            each.get_state_display(),
            each.published_on.isoformat() if each.published_on else "",
            each.progress,
            each.evidence,
            each.get_fulfilment_display(),
        )
        for each, kind in found
    )
    return LedgerTable(
        title=ledger_title(),
        columns=columns,
        rows=rows,
        head=((_("Campaign"), campaign.name),),
        mark=mark_of_fiction(),
        noted=root(),
    )
