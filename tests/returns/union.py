"""What a roll-up has to say, written down from its definition and in no hurry (ADR 0032).

Every head behind every accepted version is listed and put into one set a row; what a unit says
without heads is added as it is said. Nothing of `returns.rules.rollup` or its queries is used.
"""

from datetime import UTC, datetime
from typing import Any

from pingyi.campaigns.models import ParticipantPost, Round, Unit
from pingyi.campaigns.queries import pack_of
from pingyi.returns.models import Return
from pingyi.returns.queries import Moment
from pingyi.returns.queries.content import heads_in
from pingyi.returns.queries.measures import MEASURES

LATER_THAN_ALL = datetime.max.replace(tzinfo=UTC)


def union_of(round_: Round, top: Unit) -> dict[str, int]:
    """The number of each cell of the top of the tree; blank as 0."""
    found: dict[str, int] = {}
    children = round_.campaign.units.filter(is_active=True, is_reporting=True).exclude(pk=top.pk)
    for table in pack_of(round_.campaign).tables:
        # (row, column, head, which column of a head counts)
        stands = [stand for row in table.rows for stand in own(round_, row, children)]
        for child in children:
            row = Return.objects.filter(round=round_, unit=child, table=table.code).first()
            if row is not None and row.accepted is not None:
                cells = row.accepted.content["cells"]
                stands += said_with_heads(round_, child, table, cells)
                for code, cell in cells.items():
                    if cell["said"] != cell["counted"] and isinstance(cell["said"], int):
                        found[code] = found.get(code, 0) + cell["said"]
        for row_, column, heads in once(table, stands):
            code = f"{table.code}.{row_}.{column}"
            found[code] = found.get(code, 0) + heads
    return found


def position(category: str) -> int:
    return ParticipantPost.objects.filter(category=category).values_list("position")[0][0]


def rank(measure: str, column: str, at: datetime) -> tuple[Any, ...]:
    """A leader counts in the first column that applies, others where they stood last."""
    return (position(column),) if MEASURES[measure].kind == "leader" else (-at.timestamp(),)


def own(round_: Round, row: Any, children: Any) -> list[Any]:
    """The heads that stand below the top and below no child."""
    rounds = Moment(round_).rounds_begun()
    if row.round is not None and row.round not in rounds:
        return []
    heads = MEASURES[row.measure].heads(Moment(round_), rounds[row.round] if row.round else None)
    at = LATER_THAN_ALL
    return [
        (
            row,
            head.column,
            getattr(head, "participant_id", head.pk),
            rank(row.measure, head.column, at),
        )
        for head in heads
        if not any(head.place.startswith(child.path) for child in children)
    ]


def said_with_heads(round_: Round, child: Unit, table: Any, cells: dict[str, Any]) -> list[Any]:
    rows = {row.code: row for row in table.rows}
    found = []
    for code, heads in heads_in(round_, child, table, cells).items():
        _table, row, column = code.split(".")
        if cells[code]["said"] == cells[code]["counted"]:
            at = datetime.fromisoformat(cells[code]["as_of"])
            which = rank(rows[row].measure, column, at)
            found += [(rows[row], column, head, which) for head in heads]
    return found


def once(table: Any, stands: list[Any]) -> list[tuple[str, str, int]]:
    """(row, column, heads) with each head in one column of the table."""
    best: dict[Any, Any] = {}
    for row, column, head, which in stands:
        key = (MEASURES[row.measure].base, head)
        best[key] = min(best.get(key, (which, column)), (which, column))
    found = []
    for row in table.rows:
        heads = {head for at, _column, head, _which in stands if at.code == row.code}
        columns = [best[MEASURES[row.measure].base, head][1] for head in heads]
        found += [(row.code, column, columns.count(column)) for column in set(columns)]
    return found
