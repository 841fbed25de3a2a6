"""What the paper tables need to be drawn: merged labels, cells, official dates."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django import template

from pingyi.campaigns.rules.pack import Column, Row, Table
from pingyi.returns.queries.papers import Paper
from pingyi.returns.rules import figures as rules

register = template.Library()


@dataclass(frozen=True)
class LabelledRow:
    """A row with its label: `lead` spans `span` rows, `whole` both label columns."""

    row: Row
    lead: str
    span: int
    whole: bool
    label: str
    spoken: str


@dataclass(frozen=True)
class CodedCell:
    """A cell with its stable code, what was counted there, and why it is said otherwise."""

    code: str
    value: int | str | None
    counted: int | None
    reason: str
    is_changed: bool
    # Why it came back.
    remark: str


@register.filter
def labelled_rows(table: Table) -> list[LabelledRow]:
    """The rows of a table; the first label of two stands once over the rows that share it."""
    rows = []
    for (two, lead), group in groupby(
        table.rows, key=lambda row: (len(row.label) > 1, row.label[0])
    ):
        together = list(group)
        for at, row in enumerate(together):
            shown, span = ("" if two and at else lead), (len(together) if two else 1)
            rows.append(LabelledRow(row, shown, span, not two, row.label[-1], " ".join(row.label)))
    return rows


@register.simple_tag
def cell_of(paper: Paper, row: Row, column: Column) -> CodedCell:
    """The cell at a row and column."""
    code = f"{paper.plan.code}.{row.code}.{column.code}"
    cell = paper.at(row.code, column.code)
    value, remark = paper.cell(row.code, column.code), paper.remarks.get(code, "")
    return CodedCell(code, value, cell.counted, cell.reason, cell.differs, remark)


@register.simple_tag
def official_day(day: date) -> str:
    """A date as official papers write it: 2011年6月28日."""
    return f"{day.year}年{day.month}月{day.day}日"


@register.filter
def circled(number: int) -> str:
    """1 as ①: how the notes of official tables are numbered."""
    return rules.circled(number)
