"""What a unit says otherwise in a whole table at once: what its form says (N12)."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from pingyi.accounts.queries import Actor
from pingyi.returns.enums import LedgerKind, ReturnDeed
from pingyi.returns.models import Correction
from pingyi.returns.operations.taking import Handed, taken, write_line
from pingyi.returns.queries.draft import open_cells_of
from pingyi.returns.rules.cells import Cell

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit


@transaction.atomic
def correct_table(
    *,
    round_: "Round",
    unit: "Unit",
    table: str,
    cells: Mapping[str, Cell],
    form: Handed,
    by: Actor,
    now: datetime,
) -> None:
    """Say in a table what the form says, and take back what was said otherwise before.

    The cells were checked as those of the screen are, and are compared once more at the sealing.
    Cells that are not open stay. Refuses what stands against sealing.
    """
    row = taken(round_, unit, table, ReturnDeed.SEAL, by, form=form)
    open_cells = open_cells_of(row)
    is_open = {code for code in cells if open_cells is None or code in open_cells}
    row.save()
    before = {each.cell: each for each in row.corrections.filter(cell__in=is_open)}
    wanted = {
        code: _correction(before.get(code), row.pk, code, cell)
        for code, cell in cells.items()
        if code in is_open and cell.differs
    }
    gone = [each for code, each in before.items() if code not in wanted]
    if not wanted and not gone:
        return
    row.corrections.filter(pk__in=[each.pk for each in gone]).delete()
    Correction.objects.bulk_update(
        [each for each in wanted.values() if each.pk], ["counted", "number", "word", "reason"]
    )
    Correction.objects.bulk_create([each for each in wanted.values() if not each.pk])
    body = {"cells": sorted(wanted), "taken_back": sorted(each.cell for each in gone)}
    rows = [row, *wanted.values(), *gone]
    write_line(LedgerKind.CORRECTED, row, body, by, now, rows=rows)


def _correction(found: Correction | None, of_return: int, code: str, cell: Cell) -> Correction:
    """The row of a cell, as it is to be kept."""
    kept = found or Correction(of_return_id=of_return, cell=code)
    is_number = isinstance(cell.said, int)
    kept.counted, kept.reason = cell.counted, cell.reason.strip()
    kept.number = cell.said if isinstance(cell.said, int) else None
    kept.word = "" if is_number or cell.said is None else str(cell.said)
    return kept
