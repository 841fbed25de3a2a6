"""The figures of a unit that stand: what was accepted of its tables, cell by cell (N12, N18)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingyi.campaigns.queries import pack_of
from pingyi.returns.models import Return, Version
from pingyi.returns.rules.cells import from_json

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit


@dataclass(frozen=True)
class AcceptedFigure:
    """A figure as people read it, and the accepted version in which it stands."""

    said: str
    version: Version
    annex: str


def accepted_figures(round_: "Round", unit: "Unit") -> dict[str, AcceptedFigure]:
    """By its key: each cell that says something, `annex2.total.rural`, and the sum of each row in
    which there is a number, `annex2.total`. One query; nothing of what is only sealed or sent.
    """
    annexes = {table.code: table.annex for table in pack_of(round_.campaign).tables}
    rows = Return.objects.filter(round=round_, unit=unit, accepted__isnull=False).order_by()
    found: dict[str, AcceptedFigure] = {}
    for version in Version.objects.filter(pk__in=rows.values("accepted")).select_related(
        "of_return"
    ):
        table = version.of_return.table
        annex = annexes.get(table, table)
        sums: dict[str, int] = {}
        for code, cell in from_json(version.content["cells"]).items():
            if cell.said is None:
                continue
            found[code] = AcceptedFigure(str(cell.shown), version, annex)
            if cell.is_number:
                of_row = code.rpartition(".")[0]
                sums[of_row] = sums.get(of_row, 0) + cell.number
        found |= {code: AcceptedFigure(str(n), version, annex) for code, n in sums.items()}
    return found
