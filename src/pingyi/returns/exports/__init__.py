"""Documents of this room: the filled-in tables, the figures as JSON."""

from pingyi.returns.exports.documents import (
    RENDERERS,
    paper_document,
    papers_pdf,
    sheet_to_be_stamped,
    table_document,
    tables_pdf,
)
from pingyi.returns.exports.figures import figures_json
from pingyi.returns.exports.tables import table_layout

__all__ = [
    "RENDERERS",
    "figures_json",
    "paper_document",
    "papers_pdf",
    "sheet_to_be_stamped",
    "table_document",
    "table_layout",
    "tables_pdf",
]
