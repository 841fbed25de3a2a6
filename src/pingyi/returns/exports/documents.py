"""Tables drawn as files."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

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
    table: Table,
    figures: Figures,
    *,
    kind: str,
    unit_name: str,
    filled_on: date,
    foot: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """One filled-in table as pdf, xlsx or docx."""
    layout = table_layout(
        table,
        figures,
        unit_name=unit_name,
        filled_on=official_day(filled_on),
        foot=foot,
        mark=mark_of_fiction(),
        noted=root(),
    )
    return RENDERERS[kind](layout)


def tables_pdf(
    tables: UnitTables,
    *,
    unit_name: str,
    filled_on: date,
    foot: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """All tables of a unit as one PDF."""
    said = {"unit_name": unit_name, "filled_on": official_day(filled_on), "mark": mark_of_fiction()}
    noted = root()
    return pdf.several_pdf(
        [
            table_layout(table, figures, foot=foot, noted=noted, **said)
            for table, figures in tables.pairs()
        ]
    )
