"""Reads the file, compares it with the register and keeps every change it would make.

Not one transaction: how far it is can be seen while it works. Nothing of the register is written.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from pingyi.core.clock import day_of
from pingyi.documents.workbooks import (
    Limits,
    SheetData,
    SheetSpec,
    UnreadableWorkbook,
    read_list,
    read_tables,
)
from pingyi.organizations.models import Organization
from pingyi.rosters import rules
from pingyi.rosters.enums import ImportState
from pingyi.rosters.models import RosterChange, RosterImport
from pingyi.rosters.queries.snapshot import names, register_snapshot
from pingyi.rosters.rules.columns import SHEETS
from pingyi.rosters.rules.issues import Table

BATCH_SIZE = 5_000
SPECS = [
    SheetSpec(
        key=sheet.key,
        titles=(sheet.title, sheet.english),
        columns={column.key: column.headings for column in sheet.columns},
        needed=sheet.needed,
    )
    for sheet in SHEETS
]


def preview_roster(*, roster_import: RosterImport) -> None:
    """Read and compare; afterwards the import can be applied, or names all its errors."""
    roster_import.changes.all().delete()
    try:
        roster = _read(roster_import)
    except UnreadableWorkbook as unreadable:
        issues = [
            rules.Issue(f"file.{code}", params=_called(params, roster_import.filename))
            for code, params in unreadable.problems
        ]
        _finish(roster_import, rules.Plan(errors=issues))
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
    for start in range(0, len(plan.changes), BATCH_SIZE):
        part = plan.changes[start : start + BATCH_SIZE]
        _keep(roster_import, part, start)
        _progress(roster_import, done=roster.row_count + start + len(part), total=total)
    _finish(roster_import, plan)


def compare(
    roster: rules.Roster,
    scope: Organization | None,
    *,
    effective_on: date,
    made_on: date,
    complete: bool = False,
) -> tuple[rules.Plan, rules.Snapshot]:
    """What the rows would change in the register, and the register as it is now."""
    rows = (*roster.members, *roster.posts, *roster.charges)
    hashes = {row.identity_hash for row in rows if row.identity_hash}
    now = register_snapshot(scope, identity_hashes=hashes)
    plan = rules.plan_import(
        roster, now, effective_on=effective_on, complete=complete, made_on=made_on
    )
    return plan, now


def _called(params: Mapping[str, Any], filename: str) -> Mapping[str, Any]:
    """A list has no sheet to be called by: it is called by its own name."""
    return {**params, "sheet": filename} if params.get("sheet") == "" else params


def fail_roster(*, roster_import: RosterImport, code: str, labels: Sequence[str] = ()) -> None:
    """Note that reading or applying was broken off; it can be previewed again."""
    roster_import.state = ImportState.FAILED
    roster_import.errors = rules.as_json([rules.Issue(code, params={"labels": list(labels)})])
    roster_import.save(update_fields=["state", "errors"])


def _read(roster_import: RosterImport) -> rules.Roster:
    """The rows of the four sheets; of another list, as its columns are mapped or can be guessed."""
    path = Path(roster_import.file.path)
    limits = Limits(file_bytes=settings.UPLOAD_LIMIT_BYTES)
    if not _is_mapped(roster_import.mapping):
        try:
            tables = read_tables(path, sheets=SPECS, limits=limits)
        except UnreadableWorkbook as unreadable:
            if not _is_another_list(unreadable):
                raise
            return _read_other(roster_import, read_list(path, limits=limits), unreadable)
        return typed_rows({table.key: table for table in tables})
    return _read_other(roster_import, read_list(path, limits=limits), None)


def _is_mapped(mapping: dict[str, Any]) -> bool:
    """Whether somebody said which column is what."""
    return bool(mapping.get("levels") or mapping.get("sheet"))


def _is_another_list(unreadable: UnreadableWorkbook) -> bool:
    """Whether none of our sheets is in the file."""
    code, params = unreadable.problems[0]
    return code == "sheets_missing" and len(params["missing"]) == len(SPECS)


def _read_other(
    roster_import: RosterImport, table: SheetData, otherwise: UnreadableWorkbook | None
) -> rules.Roster:
    """A list with headings of its own. They are kept, so that a person can map them."""
    mapping = {**roster_import.mapping, "headings": list(table.keys)}
    guessed = False
    if not _is_mapped(mapping):
        guess = rules.guess_mapping(table.keys)
        guessed = guess is not None
        mapping |= guess or {}
    roster_import.mapping = mapping
    roster_import.save(update_fields=["mapping"])
    if not _is_mapped(mapping) and otherwise is not None:
        raise otherwise
    missing = rules.missing_headings(mapping, table.keys)
    if missing:
        params = {"sheet": table.title, "missing": missing, "found": list(table.keys)}
        raise UnreadableWorkbook([("mapped_headings_missing", params)])
    roster = (
        rules.read_levels(table, mapping["levels"])
        if mapping.get("levels")
        else typed_rows({mapping["sheet"]: rules.renamed(table, mapping)})
    )
    if guessed:
        roster.notes.append(rules.Issue("columns_guessed"))
    return roster


def typed_rows(tables: Mapping[str, Table]) -> rules.Roster:
    """The rows of our sheets, their cells read; headings that nobody asked for are noted."""
    roster = rules.read_roster(tables, names=names(), identity_key=settings.IDENTITY_KEY)
    ignored = [
        (table.title, heading)
        for table in tables.values()
        for heading in getattr(table, "ignored", ())
    ]
    roster.notes += [
        rules.Issue("column_ignored", sheet=title, label=heading) for title, heading in ignored
    ]
    return roster


@transaction.atomic
def _keep(roster_import: RosterImport, changes: Sequence[rules.Change], start: int) -> None:
    """A piece of the plan."""
    RosterChange.objects.bulk_create(
        [
            RosterChange(
                roster_import=roster_import,
                position=position,
                kind=change.kind,
                model=change.model,
                sheet=change.sheet,
                row=change.row,
                label=change.label,
                object_id=change.object_id,
                before=change.before,
                after=change.after,
            )
            for position, change in enumerate(changes, start=start)
        ],
        batch_size=BATCH_SIZE,
    )


def _progress(roster_import: RosterImport, *, done: int, total: int) -> None:
    """How far it is, for whoever looks."""
    roster_import.done, roster_import.total = done, total
    roster_import.save(update_fields=["done", "total"])


def _finish(roster_import: RosterImport, plan: rules.Plan) -> None:
    """Ready to apply, or refused with everything that is wrong."""
    roster_import.state = ImportState.REFUSED if plan.errors else ImportState.PREVIEWED
    roster_import.errors = rules.as_json(plan.errors)
    roster_import.notes = rules.as_json(plan.notes)
    roster_import.counts = plan.counts
    roster_import.save(update_fields=["state", "errors", "notes", "counts"])
