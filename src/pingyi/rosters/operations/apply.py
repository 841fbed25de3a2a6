"""Writes a previewed import into the register: everything or nothing, in one transaction."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor, signature
from pingyi.core.progress import progress
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger import operations as ledger
from pingyi.organizations.queries import register_locked
from pingyi.rosters import permissions
from pingyi.rosters.enums import ImportState, LedgerKind
from pingyi.rosters.models import RosterChange, RosterImport
from pingyi.rosters.operations.queue import enqueue
from pingyi.rosters.operations.touched import touched
from pingyi.rosters.operations.writing import Writing
from pingyi.rosters.queries.imports import all_changes, progress_path
from pingyi.rosters.queries.snapshot import register_snapshot
from pingyi.rosters.rules.changes import Change, identity_hashes, people_known
from pingyi.rosters.rules.snapshot import Snapshot
from pingyi.rosters.rules.stale import stale_changes

SHOWN = 50


@transaction.atomic
def start_apply(
    *, roster_import: RosterImport, by: Actor, now: datetime, really: bool = False
) -> None:
    """Queue the writing; until it is done the import is being applied.

    Refuses to end most of the register, and names that are doubtful, unless that is `really` meant.
    """
    locked = RosterImport.objects.select_for_update(no_key=True).get(pk=roster_import.pk)
    refuse(permissions.why_not_apply_roster(by, locked, now))
    if not really:
        refuse(permissions.why_not_unasked(locked))
    locked.state = ImportState.APPLYING
    locked.done = locked.total = 0
    locked.save(update_fields=["state", "done", "total"])
    enqueue("apply", import_id=locked.pk, user_id=by.pk if by else None)


@transaction.atomic
def apply_roster(
    *, roster_import: RosterImport, by: Actor, now: datetime, really: bool = False
) -> None:
    """Write all changes and one ledger line (N1, N2, N10).

    Refuses where the register has changed since the preview in a row that the import touches, and
    what is asked first unless it is `really` meant (a queued import was asked before).
    How far it is can be seen while it works (`queries.imports.progress_of`).
    """
    # What is compared stays so until it is written.
    register_locked()
    locked = RosterImport.objects.select_for_update(no_key=True).get(pk=roster_import.pk)
    if locked.state != ImportState.APPLYING:
        refuse(permissions.why_not_apply_roster(by, locked, now))
        if not really:
            refuse(permissions.why_not_unasked(locked))
    refuse(permissions.why_not_import_roster(by, locked.scope, now))
    kept = all_changes(locked)
    changes = list(kept.values())
    # Every change is compared, then written.
    with progress(progress_path(locked), 2 * len(changes)) as far:
        snapshot = register_snapshot(
            locked.scope, identity_hashes=identity_hashes(changes), people=people_known(changes)
        )
        refuse(_why_stale(changes, snapshot))
        far.add(len(changes))
        writing = Writing(snapshot, locked.effective_on, far.add)
        written = writing.write(changes)
        _keep_ids([(written[i], key) for i, key in enumerate(kept) if i in written])
    locked.state = ImportState.APPLIED
    locked.applied_at = now
    locked.applied_by = by
    locked.save(update_fields=["state", "applied_at", "applied_by"])
    vouched = touched(changes, written, writing.people)
    write_import_line(LedgerKind.APPLIED, locked, by, now, rows=vouched)


def write_import_line(
    kind: LedgerKind,
    roster_import: RosterImport,
    by: Actor,
    now: datetime,
    *,
    rows: Sequence[ledger.Rows],
) -> None:
    """One ledger line: which file, into what, how much. No names; the rows it touched."""
    ledger.append(
        kind=kind,
        subject=f"import:{roster_import.pk}",
        body={
            "sha256": roster_import.sha256,
            "scope": roster_import.scope.code if roster_import.scope else "",
            "effective_on": roster_import.effective_on,
            "complete": roster_import.complete,
            "counts": roster_import.counts,
        },
        rows=[roster_import, *rows],
        by=signature(by),
        now=now,
    )


def _why_stale(changes: list[Change], now: Snapshot) -> Refusal | None:
    """Why the preview does not hold any more."""
    stale = stale_changes(changes, now)
    if not stale:
        return None
    return Refusal(
        _(
            "The register has changed since this preview ({n} lines). Preview the file again."
        ).format(n=len(stale)),
        code="register_changed",
        details=[change.label for change in stale[:SHOWN]],
    )


def _keep_ids(ids: list[tuple[int, int]]) -> None:
    """Note which rows were made, so that they can be undone. Thousands of single updates would
    take longer than all the rest."""
    table = connection.ops.quote_name(RosterChange._meta.db_table)
    with connection.cursor() as cursor:
        # The name of the table comes from the model.
        cursor.executemany(f"UPDATE {table} SET object_id = %s WHERE id = %s", ids)  # noqa: S608  our own table name
