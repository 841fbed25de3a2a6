"""What was said before of lists that were imported into the same place."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pingyi.core.clock import day_of
from pingyi.rosters.enums import ImportState
from pingyi.rosters.models import RosterImport

LOOKED_AT = 20
COLUMNS = ("levels", "sheet", "columns")


@dataclass
class Memory:
    """What somebody chose: the columns of a list with the same headings, with the file of which it
    was said; the organizations that names mean, by their keys."""

    columns: dict[str, Any] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)


def said_before(roster_import: RosterImport, headings: Sequence[str]) -> Memory:
    """What was said of the last lists that were imported into the same organization; what is said
    of all rows of a list holds for that list alone. One query."""
    memory = Memory()
    applied = RosterImport.objects.filter(
        scope_id=roster_import.scope_id, state=ImportState.APPLIED
    ).order_by("-applied_at", "-id")
    for made in applied.only("mapping", "filename", "applied_at")[:LOOKED_AT]:
        known = made.mapping
        places = {key: code for key, code in known.get("places", {}).items() if key}
        memory.places = {**places, **memory.places}
        is_said = bool(known.get("levels") or known.get("sheet")) and not known.get("guessed")
        if is_said and not memory.columns and known.get("headings") == list(headings):
            day = day_of(made.applied_at).isoformat() if made.applied_at else ""
            memory.columns = {key: known[key] for key in COLUMNS if key in known}
            memory.columns["remembered"] = {"filename": made.filename, "day": day}
    return memory
