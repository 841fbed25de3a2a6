"""What was said before of lists that were imported into the same place."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pingyi.core.clock import day_of
from pingyi.rosters.enums import ImportState
from pingyi.rosters.models import RosterImport

LOOKED_AT = 20
COLUMNS = ("levels", "sheet", "columns")
# What is said of organizations that are new, as an import keeps it.
ANSWERS = ("founded", "founded_on", "founded_under", "founded_level")


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


def answered_before(roster_import: RosterImport, headings: Sequence[str]) -> dict[str, Any]:
    """What was last said of new organizations of the same file, or of a list with the same
    headings, that was imported into the same organization and given up or not applied yet: it is
    proposed again, and not taken. One query."""
    others = RosterImport.objects.filter(scope_id=roster_import.scope_id).exclude(
        pk=roster_import.pk
    )
    for made in others.order_by("-id").only("mapping", "sha256", "state")[:LOOKED_AT]:
        known = made.mapping
        is_same = made.sha256 == roster_import.sha256 or (
            headings and known.get("headings") == list(headings)
        )
        if is_same and made.state != ImportState.APPLIED and known.get("founded"):
            return {key: known[key] for key in ANSWERS if known.get(key)}
    return {}
