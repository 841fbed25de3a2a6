"""Tables drawn as files."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from pingyi.campaigns.rules.pack import Table
from pingyi.documents import docx, pdf, xlsx
from pingyi.documents.layouts import Layout, Noted, PaperTable
from pingyi.ledger.queries import mark_of_fiction, root
from pingyi.returns.exports.tables import table_layout
from pingyi.returns.models import Version
from pingyi.returns.queries.papers import Paper
from pingyi.returns.rules.figures import FilledIn
from pingyi.returns.rules.stamps import code_of, number_of

RENDERERS: dict[str, Callable[[Layout], bytes]] = {
    "pdf": pdf.pdf,
    "xlsx": xlsx.xlsx,
    "docx": docx.docx,
}
# Paper goes through stamping, scanning and faxes: its QR is coarse enough for that.
STAMPED_MM = 15
# As much of a digest as stands on paper: 80 bits, which nobody meets by trying.
SHORT_DIGEST = 20


@dataclass(frozen=True, slots=True)
class OfVersion:
    """Which version a document shows: at its foot for people, as a QR for the program."""

    version: Version

    @property
    def line(self) -> str:
        """Its number and the beginning of its digest."""
        start = self.version.digest[:SHORT_DIGEST]
        parts = " ".join(start[at : at + 5] for at in range(0, SHORT_DIGEST, 5))
        return _("Version %(number)s, %(digest)s") % {
            "number": self.version.number,
            "digest": parts,
        }

    @property
    def code(self) -> str:
        """The whole digest, in capitals, which take less room in a QR."""
        return code_of(self.version.digest)


@dataclass(frozen=True, slots=True)
class ToBeStamped(OfVersion):
    """The same on the sheet that is stamped, with the number that people type from it."""

    @property
    def line(self) -> str:
        """The number first."""
        words = {"number": number_of(self.version.digest), "version": OfVersion(self.version).line}
        return _("No. %(number)s · %(version)s") % words


def official_day(day: date) -> str:
    """A date as official documents write it, without leading zeros (GB/T 9704)."""
    return f"{day.year}年{day.month}月{day.day}日"


def table_document(
    table: Table, figures: FilledIn, *, kind: str, unit_name: str, filled_on: date
) -> bytes:
    """One table as it is counted now, as pdf, xlsx or docx."""
    return RENDERERS[kind](_counted_now(table, figures, unit_name, filled_on, root()))


def tables_pdf(
    tables: Iterable[tuple[Table, FilledIn]], *, unit_name: str, filled_on: date
) -> bytes:
    """All tables of a unit as they are counted now, as one PDF."""
    now = root()
    return pdf.several_pdf(
        [_counted_now(table, figures, unit_name, filled_on, now) for table, figures in tables]
    )


def _counted_now(
    table: Table, figures: FilledIn, unit_name: str, filled_on: date, now: Noted
) -> PaperTable:
    return table_layout(
        table,
        figures,
        unit_name=unit_name,
        filled_on=official_day(filled_on),
        mark=mark_of_fiction(),
        noted=now,
    )


def paper_document(paper: Paper, *, kind: str, unit_name: str) -> bytes:
    """One table as it was sealed, or would be, as pdf, xlsx or docx."""
    return RENDERERS[kind](_layout(paper, unit_name, root()))


def sheet_to_be_stamped(paper: Paper, version: Version) -> bytes:
    """A version as the PDF that is stamped: with its number, and a QR that a scan still shows."""
    drawn = _layout(paper, "", root())
    return pdf.pdf(replace(drawn, noted=ToBeStamped(version), noted_mm=STAMPED_MM))


def papers_pdf(papers: Iterable[Paper], *, unit_name: str) -> bytes:
    """All tables of a unit, each as it was sealed or would be, as one PDF."""
    now = root()
    return pdf.several_pdf([_layout(paper, unit_name, now) for paper in papers])


def _layout(paper: Paper, unit_name: str, now: Noted) -> PaperTable:
    """A version carries the name that the unit had, and its digest; a draft the ledger's root."""
    version = paper.version
    return table_layout(
        paper.plan,
        paper,
        unit_name=version.content["unit_name"] if version else unit_name,
        filled_on=official_day(paper.filled_on),
        foot=paper.foot,
        mark=mark_of_fiction(),
        noted=OfVersion(version) if version else now,
    )
