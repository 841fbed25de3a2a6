"""Reads the file, compares it with the register and keeps every change it would make.

Not one transaction: how far it is can be seen while it works. Nothing of the register is written.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction

from pingyi.core.clock import day_of
from pingyi.core.pieces import in_parts
from pingyi.documents import glyphs
from pingyi.documents.workbooks import UnreadableWorkbook
from pingyi.organizations.models import Organization
from pingyi.rosters.enums import UNFINISHED, ImportState
from pingyi.rosters.models import RosterChange, RosterImport
from pingyi.rosters.operations.reading import read_file
from pingyi.rosters.queries.snapshot import register_snapshot
from pingyi.rosters.rules.changes import Change
from pingyi.rosters.rules.issues import Issue, as_json
from pingyi.rosters.rules.kept import to_json
from pingyi.rosters.rules.plan import Plan, plan_import
from pingyi.rosters.rules.rows import Roster
from pingyi.rosters.rules.snapshot import Snapshot
from pingyi.rosters.rules.values import Param

BATCH_SIZE = 5_000
NAMES_SHOWN = 20
# Nobody mends more of them one by one; tens of thousands would be read with every page.
MOST_ERRORS = 1_000
COLUMNS = (
    "roster_import_id", "position", "kind", "model", "sheet", "row", "label", "object_id", "said",
)  # fmt: skip


class LinesMissingError(Exception):
    """Somebody else has taken lines of this preview away: another worker reads the same file."""


def preview_roster(*, roster_import: RosterImport) -> None:
    """Read and compare; afterwards the import can be applied, or names all its errors."""
    roster_import.changes.all().delete()
    try:
        roster = read_file(roster_import)
    except UnreadableWorkbook as unreadable:
        issues = [
            Issue(f"file.{code}", params=_called(params, roster_import.filename))
            for code, params in unreadable.problems
        ]
        _finish(roster_import, Plan(errors=issues))
        return
    _progress(roster_import, done=0, total=roster.row_count * 2)
    plan, _ = compare(
        roster,
        roster_import.scope,
        effective_on=roster_import.effective_on,
        complete=roster_import.complete,
        made_on=day_of(roster_import.uploaded_at),
    )
    total = roster.row_count + len(plan.changes)
    _progress(roster_import, done=roster.row_count, total=total)
    kept = 0
    for part in in_parts(plan.changes, BATCH_SIZE):
        _keep(roster_import, part, kept)
        kept += len(part)
        _progress(roster_import, done=roster.row_count + kept, total=total)
    _finish(roster_import, plan)


def compare(
    roster: Roster,
    scope: Organization | None,
    *,
    effective_on: date,
    made_on: date,
    complete: bool = False,
) -> tuple[Plan, Snapshot]:
    """What the rows would change in the register, and the register as it is now."""
    rows = (*roster.members, *roster.posts, *roster.charges)
    hashes = {row.identity_hash for row in rows if row.identity_hash}
    now = register_snapshot(scope, identity_hashes=hashes)
    plan = plan_import(roster, now, effective_on=effective_on, complete=complete, made_on=made_on)
    return plan, now


def _called(params: Mapping[str, Any], filename: str) -> Mapping[str, Any]:
    """A list has no sheet to be called by: it is called by its own name."""
    return {**params, "sheet": filename} if params.get("sheet") == "" else params


def fail_roster(*, roster_import: RosterImport, code: str, labels: Sequence[str] = ()) -> None:
    """Note that reading or applying was broken off; it can be previewed again.

    Nothing where it has come to an end meanwhile, as where two workers had it in hand.
    """
    errors = as_json([Issue(code, params={"labels": list(labels)})])
    under_way = RosterImport.objects.filter(pk=roster_import.pk, state__in=UNFINISHED)
    under_way.update(state=ImportState.FAILED, errors=errors)


@transaction.atomic
def _keep(roster_import: RosterImport, changes: Sequence[Change], start: int) -> None:
    """A piece of the plan. As rows of a model they would take three times as long."""
    names = ", ".join(map(connection.ops.quote_name, COLUMNS))
    table = connection.ops.quote_name(RosterChange._meta.db_table)
    rows: list[tuple[int | str | None, ...]] = [
        (
            roster_import.pk, position, change.kind, change.model, change.sheet, change.row,
            change.label, change.object_id, json.dumps(to_json(change)),
        )
        for position, change in enumerate(changes, start=start)
    ]  # fmt: skip
    places = ", ".join(["%s"] * len(COLUMNS))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)  # noqa: S608  names of our own table


def _progress(roster_import: RosterImport, *, done: int, total: int) -> None:
    """How far it is, for whoever looks."""
    roster_import.done, roster_import.total = done, total
    roster_import.save(update_fields=["done", "total"])


def _without_font(changes: Sequence[Change]) -> list[Issue]:
    """A remark on names that papers show with a box, the first few of them."""
    labels = dict.fromkeys(change.label for change in changes)
    lacking = set(glyphs.lacking("".join(labels)))
    named = [label for label in labels if not lacking.isdisjoint(label)]
    if not named:
        return []
    codes = glyphs.codes(sorted(lacking))
    params: dict[str, Param] = {
        "count": len(named), "codes": codes, "names": named[:NAMES_SHOWN],
    }  # fmt: skip
    return [Issue("no_font", params=params)]


def _first_of(errors: Sequence[Issue]) -> Sequence[Issue]:
    """As many errors as are kept, behind how many there are where that is more."""
    if len(errors) <= MOST_ERRORS:
        return errors
    left_out = Issue("errors_left_out", params={"count": len(errors), "kept": MOST_ERRORS})
    return [left_out, *errors[:MOST_ERRORS]]


def _finish(roster_import: RosterImport, plan: Plan) -> None:
    """Ready to apply, or refused with everything that is wrong; left where it was given up."""
    if roster_import.changes.count() != len(plan.changes):
        raise LinesMissingError
    found = {
        "state": ImportState.REFUSED if plan.errors else ImportState.PREVIEWED,
        "errors": as_json(_first_of(plan.errors)),
        "notes": as_json([*plan.notes, *_without_font(plan.changes)]),
        "counts": plan.counts,
    }
    under_way = RosterImport.objects.filter(pk=roster_import.pk, state=ImportState.READING)
    if under_way.update(**found):
        for name, value in found.items():
            setattr(roster_import, name, value)
