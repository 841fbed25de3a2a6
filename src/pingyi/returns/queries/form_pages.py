"""The pages of the form on which a unit without the program answers its tables (N12).

Words are those of the language in which the form is made; it says which one that is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pingyi.campaigns.rules.pack import Check, Pack, Row, Table
from pingyi.documents.form_pages import FormPage, Look, Spot, TableKeys, table_page
from pingyi.documents.layouts import PaperTable, TableBlock, TableRow
from pingyi.documents.measures import lines_needed, room
from pingyi.returns.rules.checks import named
from pingyi.returns.rules.figures import numbered_notes

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit

WIDTHS = (16.0, 44.0, 46.0, 20.0, 20.0, 79.0)
TITLE, HEAD, LINE = 34.0, 22.0, 20.0


def form_pages(
    round_: "Round", unit: "Unit", pack: Pack, tables: Sequence[Table], mark: str
) -> list[FormPage]:
    """The official tables, then the sheet on which reasons are written."""
    pages = [
        table_page(table.annex, _paper(table, unit.name, mark), _keys(table)) for table in tables
    ]
    return [*pages, _Reasons(round_, pack, tables).page()]


def reasons_title() -> str:
    """The sheet on which reasons are written."""
    return _("Reasons")


def remarks_title() -> str:
    """The sheet on which an answer says what is wrong."""
    return _("To be mended")


def _paper(table: Table, unit_name: str, mark: str) -> PaperTable:
    """The table as on paper; where something is typed it is empty."""
    blocks = tuple(
        TableBlock(
            heading=table.category_label,
            columns=tuple(column.label for column in block.columns),
            rows=tuple(
                TableRow(tuple(row.label), tuple(None for _column in block.columns))
                for row in table.rows
            ),
        )
        for block in table.blocks
    )
    return PaperTable(
        annex=table.annex,
        title=table.title,
        head=((table.unit_label, unit_name), (table.date_label, "")),
        blocks=blocks,
        notes=numbered_notes(table.notes),
        foot=tuple((label, "") for label in table.foot_labels),
        mark=mark,
    )


def _keys(table: Table) -> TableKeys:
    return TableKeys(
        figures=tuple(
            tuple(
                tuple(f"{table.code}.{row.code}.{column.code}" for column in block.columns)
                for row in table.rows
            )
            for block in table.blocks
        ),
        head=("", f"filled_on.{table.code}"),
        foot=tuple(f"foot.{table.code}.{at}" for at in range(len(table.foot_labels))),
        total=_("Sum"),
    )


@dataclass
class _Reasons:
    """The sheet of reasons being planned from top to bottom."""

    round: "Round"
    pack: Pack
    tables: Sequence[Table]
    spots: list[Spot] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)

    def page(self) -> FormPage:
        self._say(_("How to fill in this form, and reasons"), "title", TITLE)
        for sentence in _sentences():
            across = room(sum(WIDTHS), 10.5)
            self._say(sentence, "note", lines_needed(sentence, across) * 14 + 3)
        self._whole_tables()
        checks = [check for check in self.pack.checks if self._touches(check)]
        if checks:
            self._checks(checks)
        self._figures()
        printed = (1, len(self.heights), len(WIDTHS))
        return FormPage(
            reasons_title(), tuple(self.spots), WIDTHS, tuple(self.heights), printed=printed
        )

    def _say(self, text: str, look: Look, height: float) -> None:
        self.heights.append(height)
        self._label(1, text, look, len(WIDTHS))

    def _label(self, column: int, text: str, look: Look = "list", columns: int = 1) -> None:
        row = len(self.heights)
        self.spots.append(Spot(row, column, "label", look, text=text, columns=columns))

    def _headings(self, *words: tuple[str, int]) -> None:
        self.heights.append(HEAD)
        column = 1
        for word, columns in words:
            self._label(column, word, "head", columns)
            column += columns

    def _entry(self, key: str) -> None:
        row = len(self.heights)
        self.spots.append(Spot(row, len(WIDTHS), "text", "list", key=key))

    def _whole_tables(self) -> None:
        """One reason for all figures of a table; and why an accepted table is answered anew."""
        self._headings((_("Table"), 1), (_("For the whole table"), 4), (_("In a sentence"), 1))
        for table in self.tables:
            for key, sentence in (
                ("why", _("One reason for every figure that is not the counted one")),
                ("cause", _("Only where it was accepted already: why it is amended")),
            ):
                self.heights.append(LINE)
                self._label(1, table.annex)
                self._label(2, sentence, columns=4)
                self._entry(f"{key}.{table.code}")

    def _touches(self, check: Check) -> bool:
        begins = tuple(f"{table.code}." for table in self.tables)
        return any(cell.startswith(begins) for cell in (*check.left, *check.right))

    def _checks(self, checks: Sequence[Check]) -> None:
        """What the notice asks of its figures, both sums, and a word where they do not agree."""
        self._headings(
            (_("What is to agree"), 3),
            (_("Left"), 1),
            (_("Right"), 1),
            (_("Why it does not agree"), 1),
        )
        begins = tuple(f"{table.code}." for table in self.tables)
        for check in checks:
            self.heights.append(LINE)
            self._label(1, check.label, columns=3)
            for column, names in ((4, check.left), (5, check.right)):
                parts = tuple(named(self.pack, names))
                row = len(self.heights)
                if all(part.startswith(begins) for part in parts):
                    self.spots.append(Spot(row, column, "sum", "figure", parts=parts))
                else:
                    self._label(column, "")
            self._entry(f"word.{check.code}")

    def _figures(self) -> None:
        """Every figure that can be said otherwise than it is counted."""
        self._headings(
            (_("Table"), 1),
            (_("Row of the table"), 1),
            (_("Column of the table"), 1),
            (_("Counted in the ledger"), 1),
            (_("Said"), 1),
            (_("Why it is not the counted figure"), 1),
        )
        for table, row, column, label in self._cells():
            code = f"{table.code}.{row.code}.{column}"
            self.heights.append(LINE)
            here = len(self.heights)
            self._label(1, table.annex)
            self._label(2, " ".join(row.label))
            self._label(3, label)
            self.spots += [
                Spot(here, 4, "stated", "figure", key=f"counted.{code}"),
                Spot(here, 5, "same", "figure", parts=(code,)),
            ]
            self._entry(f"why.{code}")

    def _cells(self) -> Iterator[tuple[Table, Row, str, str]]:
        later = later_rounds(self.round)
        for table in self.tables:
            for row in table.rows:
                for block in table.blocks if row.round not in later else ():
                    for column in block.columns:
                        yield table, row, column.code, column.label


def later_rounds(round_: "Round") -> set[str]:
    """The rounds after this one, whose rows stay blank."""
    rounds = round_.campaign.rounds.all()
    return {each.code for each in rounds if each.position > round_.position}


def _sentences() -> list[str]:
    return [
        _("1. Fill in the yellow cells; all others are locked. What stands there is counted."),
        _(
            "2. Enter whole numbers of 0 or more; where there is none to enter, one of the words "
            "“nil”, “not applicable”, “unknown”. Leave blank only what does not exist."
        ),
        _(
            "3. A figure that is not the counted one turns dark yellow: write why on this sheet, "
            "beside the figure, or once for the whole table. “Checked, correct” is no reason."
        ),
        _(
            "4. Fill in day and names on the first table; left blank on the others they are the "
            "same. Then send this file back as it is, as .xlsx, .xls or .ods."
        ),
    ]
