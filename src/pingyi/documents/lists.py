"""A list as a file of one of its kinds, written to where it is to lie."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from pingyi.documents.bundles import Bundle, write_bundle
from pingyi.documents.entry_workbooks import EntryBook, write_entry_workbook
from pingyi.documents.layouts import LedgerTable
from pingyi.documents.marked_copies import MarkedCopy, write_marked_copy
from pingyi.documents.pdf import pdf
from pingyi.documents.xlsx import write_xlsx


def write_list(
    table: LedgerTable | EntryBook | MarkedCopy | Bundle,
    kind: str,
    file: BinaryIO,
    *,
    made_at: datetime | None = None,
    told: Callable[[int], None] = lambda _rows: None,
    folder: Path | None = None,
) -> None:
    """`xlsx` row by row, whatever its length; `pdf` as a whole, for which all rows are held."""
    if isinstance(table, Bundle):
        write_bundle(table, file, made_at=made_at, told=told)
    elif isinstance(table, EntryBook):
        write_entry_workbook(table, file, made_at=made_at, told=told, folder=folder)
    elif isinstance(table, MarkedCopy):
        write_marked_copy(table, file, made_at=made_at, told=told)
    elif kind == "xlsx":
        write_xlsx(table, file, made_at=made_at, told=told, folder=folder)
    elif kind == "pdf":
        file.write(pdf(table, made_at=made_at))
    else:
        raise ValueError(f"A list is no {kind}.")
