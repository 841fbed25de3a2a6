"""Tables drawn as files."""

from collections.abc import Callable
from datetime import date

from pingyi.campaigns.rules.pack import Table
from pingyi.documents import docx, pdf, xlsx
from pingyi.documents.layouts import Layout
from pingyi.ledger.queries import mark_of_fiction, root
from pingyi.returns.exports.tables import table_layout
from pingyi.returns.queries.tables import UnitTables
from pingyi.returns.rules.figures import Figures

RENDERERS: dict[str, Callable[[Layout], bytes]] = {
    "pdf": pdf.pdf,
    "xlsx": xlsx.xlsx,
    "docx": docx.docx,
}


def official_day(day: date) -> str:
    """A date as official documents write it, without leading zeros (GB/T 9704)."""
    return f"{day.year}年{day.month}月{day.day}日"


def table_document(
    table: Table, figures: Figures, *, kind: str, unit_name: str, filled_on: date
) -> bytes:
    """One filled-in table as pdf, xlsx or docx."""
    layout = table_layout(
        table,
        figures,
        unit_name=unit_name,
        filled_on=official_day(filled_on),
        mark=mark_of_fiction(),
        noted=root(),
    )
    return RENDERERS[kind](layout)


def tables_pdf(tables: UnitTables, *, unit_name: str, filled_on: date) -> bytes:
    """All tables of a unit as one PDF."""
    day, mark, noted = official_day(filled_on), mark_of_fiction(), root()
    return pdf.several_pdf(
        [
            table_layout(table, figures, unit_name=unit_name, filled_on=day, mark=mark, noted=noted)
            for table, figures in tables.pairs()
        ]
    )
