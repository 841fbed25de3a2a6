"""A date stands on one line in each ledger: with no blank it cannot wrap and would run on."""

from datetime import datetime

from django.utils import translation

from pingyi.appraisals import exports as appraisals
from pingyi.campaigns.models import Round
from pingyi.documents.layouts import LedgerTable
from pingyi.documents.measures import CELL_PADDING_MM, HEAD_PADDING_MM, ems, room
from pingyi.documents.sheets import sheet_of
from pingyi.reviews import exports as reviews


def rooms(table: LedgerTable, *, heading: bool) -> dict[str, float]:
    """How many characters stand on a line, by column: of its heading, or of its cells."""
    sheet = sheet_of(table)
    padding = HEAD_PADDING_MM if heading else CELL_PADDING_MM
    widths = [room(width, sheet.cell_size, padding) for width in sheet.grid.widths]
    return {column.label: width for column, width in zip(table.columns, widths, strict=True)}


def test_dates_and_short_headings_stand_on_one_line(first_round: Round, now: datetime) -> None:
    with translation.override("zh-hans"):
        given = reviews.ledger_table(first_round.campaign, [], now)
        counted = appraisals.ledger_table(first_round, [])
    for table, date_column in ((given, "日期"), (counted, "计票日期")):
        assert rooms(table, heading=False)[date_column] >= ems("2011-06-28")
        for label, characters in rooms(table, heading=True).items():
            assert ems(label) > 4 or ems(label) <= characters, label
