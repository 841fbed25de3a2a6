"""What every deed on a return begins and ends with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Model

from pingyi.accounts.queries import Actor, signature
from pingyi.campaigns.queries import round_held, rounds_locked, units_locked
from pingyi.core.refusals import refuse
from pingyi.ledger import operations as ledger
from pingyi.returns.enums import LedgerKind, ReturnDeed, ReturnState
from pingyi.returns.models import Return
from pingyi.returns.permissions import why_not
from pingyi.returns.rules.cells import Cells
from pingyi.returns.rules.workflow import STEPS

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit


@dataclass(frozen=True)
class Handed:
    """What a unit wrote into its form: the hash of the file, its receipt, and every cell of it.

    With it either side may seal and submit, and nothing but what stands in the form (N12).
    `counted` are the figures of this moment, where they were counted behind the same lock already.
    """

    sha256: str
    receipt: str
    cells: Cells
    counted: Mapping[str, int | None] = field(default_factory=dict)


def taken(
    round_: "Round",
    unit: "Unit",
    table: str,
    deed: ReturnDeed,
    by: Actor,
    *,
    alone: bool = False,
    form: Handed | None = None,
) -> Return:
    """The return as it is now, for this deed alone; refused where it cannot be done in its state.

    Of two at once the second waits, and finds what the first one left. `alone`: nothing that is
    counted is written in the round or an earlier one meanwhile.
    """
    round_ = rounds_locked(round_) if alone else round_held(round_)
    unit = units_locked([unit.pk])[unit.pk]
    unit.campaign = round_.campaign
    rows = Return.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("latest", "accepted").filter(round=round_, unit=unit, table=table)
    row = found.first() or Return(round=round_, unit=unit, table=table)
    row.round, row.unit = round_, unit
    state = ReturnState(row.state)
    refuse(why_not(by, round_, unit, table, state, deed, by_form=form is not None))
    return row


def step(row: Return, deed: ReturnDeed) -> None:
    """Into the state in which the deed ends."""
    ends = STEPS[deed].ends
    if ends is not None:
        row.state = ends


def write_line(
    kind: LedgerKind,
    row: Return,
    body: Mapping[str, object],
    by: Actor,
    now: datetime,
    *,
    rows: Iterable[Model],
) -> None:
    """The line of a deed on a return, about `T1 first annex2`."""
    ledger.append(
        kind=kind,
        subject=f"{row.unit.code} {row.round.code} {row.table}",
        body=body,
        rows=rows,
        by=signature(by),
        now=now,
    )
