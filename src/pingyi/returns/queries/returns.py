"""Who owes which table by when, and where each return stands (N12).

That a table is owed follows from the frozen tree and the pack: every reporting unit and the top of
the tree owe each table in each round. A row is there from the first deed on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from pingyi.campaigns.queries import deadlines_of, pack_of, reporting_units, root_unit
from pingyi.campaigns.rules.pack import Table
from pingyi.core.clock import DueState, due_state
from pingyi.returns.enums import ReturnState
from pingyi.returns.models import Correction as CorrectionRow
from pingyi.returns.models import Return, Version
from pingyi.returns.rules.cells import Cell, Correction, from_json
from pingyi.returns.rules.workflow import OWNERS, Side

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign, Deadline, Round, Unit
    from pingyi.campaigns.models.universe import UnitQuerySet

# The tiers of `deadlines` in a pack: what reporting units owe, what the top of the tree owes.
UNITS, TOP = "unit", "county"


@dataclass(frozen=True)
class Owed:
    """A table that a unit owes in a round, and how far it is."""

    unit: "Unit"
    table: Table
    tier: str
    due_on: date | None
    state: ReturnState
    found: Return | None

    def lateness(self, today: date) -> DueState | None:
        """Late, soon or still to do; of what was sent, whether the first time was late. Nothing
        where it was sent in time, is waived or has no day.
        """
        if self.due_on is None or self.state == ReturnState.WAIVED:
            return None
        sent_on = self.found.first_sent_on if self.found else None
        if sent_on is not None:
            return "late" if sent_on > self.due_on else None
        return due_state(self.due_on, today)

    def urgency(self, today: date) -> DueState:
        """How much it is pressing for the unit, with whom it is: what came back has the same day.

        What was accepted is there, whatever is amended in it.
        """
        if self.due_on is None or self.is_accepted:
            return "todo"
        return due_state(self.due_on, today)

    @property
    def is_accepted(self) -> bool:
        """Whether a version of it was accepted, whatever is amended in it."""
        return self.found is not None and self.found.accepted_id is not None

    @property
    def is_missing(self) -> bool:
        """Whether nothing of it is there: to be sent, and not only amended."""
        return self.is_to_be_sent and not self.is_accepted

    @property
    def is_to_be_sent(self) -> bool:
        """Whether the unit itself has to do something about it."""
        return OWNERS[self.state] is Side.SENDER


def owes(unit: "Unit") -> bool:
    """Whether a unit owes tables at all: those that report, and the top of the tree."""
    return unit.is_active and (unit.is_reporting or unit.parent_id is None)


def owing_units(round_: "Round") -> "list[Unit]":
    """The top of the tree and the units that report, in their order."""
    top = root_unit(round_.campaign)
    return [top, *reporting_units(round_.campaign).exclude(pk=top.pk)]


def owing_below(campaign: "Campaign", paths: Iterable[str]) -> "UnitQuerySet":
    """The units at or below these paths that owe tables, in the order of the tree."""
    units = campaign.units.active().in_subtree(paths)
    return units.filter(Q(is_reporting=True) | Q(parent=None)).order_by("path")


def due_on(round_: "Round", unit: "Unit") -> date | None:
    """The day of a unit's tier in a round, extensions not looked at."""
    deadline = _deadline(_deadlines(round_), unit)
    return deadline.due_on if deadline else None


def _deadlines(round_: "Round") -> "dict[str, Deadline]":
    found = deadlines_of(round_.campaign)
    return {each.tier: each for each in found if each.round_id == round_.pk}


def _deadline(deadlines: "Mapping[str, Deadline]", unit: "Unit") -> "Deadline | None":
    return deadlines.get(UNITS if unit.is_reporting else TOP)


def owed_by(round_: "Round", units: "Iterable[Unit]") -> list[Owed]:
    """Every table that these units owe in a round, in their order and that of the pack."""
    owing = [unit for unit in units if owes(unit)]
    tables = pack_of(round_.campaign).tables
    deadlines = _deadlines(round_)
    # What was sealed is not read to say how far it is.
    rows = Return.objects.select_related("latest", "accepted")
    rows = rows.defer("latest__content", "accepted__content")
    found = {(row.unit_id, row.table): row for row in rows.filter(round=round_, unit__in=owing)}
    return [
        _owed(unit, table, _deadline(deadlines, unit), found.get((unit.pk, table.code)))
        for unit in owing
        for table in tables
    ]


def _owed(unit: "Unit", table: Table, deadline: "Deadline | None", row: Return | None) -> Owed:
    tier, due_on = (deadline.name, deadline.due_on) if deadline else ("", None)
    if row is None:
        return Owed(unit, table, tier, due_on, ReturnState.OPEN, None)
    return Owed(unit, table, tier, row.extended_to or due_on, ReturnState(row.state), row)


def returns_of(round_: "Round", unit: "Unit") -> list[tuple[Table, Return]]:
    """Each table of the pack with the unit's return; one that nothing was done to is not kept."""
    rows = Return.objects.select_related("latest", "accepted").filter(round=round_, unit=unit)
    found = {row.table: row for row in rows}
    pairs = []
    for table in pack_of(round_.campaign).tables:
        row = found.get(table.code) or Return(table=table.code)
        row.round, row.unit = round_, unit
        pairs.append((table, row))
    return pairs


def return_of(round_: "Round", unit: "Unit", table: str) -> Return | None:
    """The return of a unit for a table, where anything was done to it."""
    found = Return.objects.filter(round=round_, unit=unit, table=table)
    return found.select_related("latest", "accepted").first()


def versions_of(found: Return) -> list[Version]:
    """All versions of a return with their remarks and stamped copies, the latest first."""
    rows = found.versions.select_related("sealed_by", "submitted_by", "answered_by", "dropped_by")
    shown = rows.prefetch_related("remarks", "stamped")
    return list(shown.order_by("-number"))


def corrections_of(round_: "Round", unit: "Unit") -> dict[str, Correction]:
    """What the unit is going to say otherwise than it is counted, by cell."""
    rows = CorrectionRow.objects.filter(of_return__round=round_, of_return__unit=unit)
    return {row.cell: Correction(row.said, row.reason, row.counted) for row in rows}


def sent_back_version(found: Return) -> Version | None:
    """The version that came back, as long as that stands: until another one is answered."""
    answered = found.versions.exclude(answer="").order_by("-number").first()
    if answered is None or answered.answer == ReturnState.ACCEPTED:
        return None
    # An amendment that was dropped ended with what had been sent back of it.
    if found.versions.filter(number__gte=answered.number, dropped_at__isnull=False).exists():
        return None
    return answered


def sent_back_cells(found: Return) -> set[str] | None:
    """The cells that are open again since a version was sent back; None where all are.

    With a cell its whole column opens: its rows are parts of one another, and one that was counted
    anew would not fit the others. A version sealed since and not yet answered belongs to the same
    sending back.
    """
    answered = sent_back_version(found)
    if answered is None:
        return None
    named = set(answered.remarks.values_list("cell", flat=True))
    if "" in named:
        return None
    columns = {cell.rpartition(".")[2] for cell in named}
    return {cell for cell in answered.content["cells"] if cell.rpartition(".")[2] in columns}


def accepted_in(row: Return, table: Table) -> Version | None:
    """What was accepted of the same table in the round before, if anything was."""
    earlier = Return.objects.filter(
        round__campaign=row.round.campaign_id,
        round__position__lt=row.round.position,
        unit=row.unit,
        table=table.code,
        accepted__isnull=False,
    )
    found = earlier.select_related("accepted").order_by("-round__position").first()
    return found.accepted if found else None


def accepted_before(round_: "Round", unit: "Unit", table: Table) -> dict[str, Cell]:
    """The rows of earlier rounds in a table as they were accepted in those rounds."""
    rows = Return.objects.filter(
        round__campaign=round_.campaign_id,
        round__position__lt=round_.position,
        unit=unit,
        table=table.code,
        accepted__isnull=False,
    )
    cells: dict[str, Cell] = {}
    for found in rows.select_related("accepted", "round").order_by("round__position"):
        said = from_json(found.accepted.content["cells"]) if found.accepted else {}
        for row in table.rows:
            if row.round == found.round.code:
                begin = f"{table.code}.{row.code}."
                cells |= {code: cell for code, cell in said.items() if code.startswith(begin)}
    return cells
