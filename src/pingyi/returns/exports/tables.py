"""A filled-in statistical table as an official paper (N11, N12)."""

from collections.abc import Mapping
from types import MappingProxyType

from pingyi.campaigns.rules.pack import Block, Pack, Table
from pingyi.documents.layouts import Noted, Paper, PaperTable, TableBlock, TableRow
from pingyi.returns.rules.figures import FilledIn, numbered_notes


def table_layout(
    table: Table,
    figures: FilledIn,
    *,
    unit_name: str,
    filled_on: str,
    foot: Mapping[str, str] = MappingProxyType({}),
    mark: str = "",
    noted: Noted | None = None,
) -> PaperTable:
    """The table with its head 填报单位(盖章), 填报时间, its notes and its foot to be signed."""
    return PaperTable(
        annex=table.annex,
        title=table.title,
        head=((table.unit_label, unit_name), (table.date_label, filled_on)),
        blocks=tuple(_block(table, block, figures) for block in table.blocks),
        notes=numbered_notes(table.notes),
        foot=tuple((label, foot.get(label, "")) for label in table.foot_labels),
        mark=mark,
        noted=noted,
    )


def _block(table: Table, block: Block, figures: FilledIn) -> TableBlock:
    return TableBlock(
        heading=table.category_label,
        columns=tuple(column.label for column in block.columns),
        rows=tuple(
            TableRow(
                label=tuple(row.label),
                cells=tuple(figures.cell(row.code, column.code) for column in block.columns),
            )
            for row in table.rows
        ),
    )


class _Nothing:
    """No figure anywhere."""

    def cell(self, _row: str, _column: str, /) -> None:
        return None


def empty_tables(pack: Pack) -> list[Paper]:
    """The tables of a pack in its order, with room for the figures."""
    return [table_layout(table, _Nothing(), unit_name="", filled_on="") for table in pack.tables]
