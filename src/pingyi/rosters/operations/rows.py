"""Rows that were never a file come in through the same door."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction

from pingyi.accounts.queries import Actor, signature
from pingyi.core.clock import day_of
from pingyi.core.refusals import refuse
from pingyi.documents.workbooks import SheetData
from pingyi.ledger import operations as ledger
from pingyi.organizations.models import Organization
from pingyi.rosters import permissions
from pingyi.rosters.enums import LedgerKind
from pingyi.rosters.operations.preview import compare
from pingyi.rosters.operations.reading import typed_rows
from pingyi.rosters.operations.touched import touched
from pingyi.rosters.operations.writing import Writing
from pingyi.rosters.queries.messages import why_wrong
from pingyi.rosters.rules.changes import Change
from pingyi.rosters.rules.columns import BY_KEY
from pingyi.rosters.rules.issues import as_json
from pingyi.rosters.rules.kept import to_json
from pingyi.rosters.rules.values import Raw

Rows = Sequence[Sequence[Raw]]


@transaction.atomic
def import_rows(
    *,
    sheets: Mapping[str, Rows],
    scope: Organization | None,
    effective_on: date,
    by: Actor,
    now: datetime,
) -> dict[str, Organization]:
    """Read, compare and write at once what the sheets say; gives the new organizations by code.

    The sheets are called by their keys; their cells stand in the order of `rules.columns`, as
    people write them. One ledger line. Refuses what an upload refuses, with every error; cannot be
    undone.
    """
    refuse(permissions.why_not_import_roster(by, scope, now))
    roster = typed_rows({key: _table(key, rows) for key, rows in sheets.items()})
    plan, snapshot = compare(roster, scope, effective_on=effective_on, made_on=day_of(now))
    refuse(why_wrong(as_json(plan.errors)))
    refuse(permissions.why_nothing_to_apply(plan.counts))
    writing = Writing(snapshot, effective_on)
    made = writing.write(plan.changes)
    ledger.append(
        kind=LedgerKind.APPLIED,
        subject="register",
        body={
            "sha256": content_hash(plan.changes),
            "scope": scope.code if scope else "",
            "effective_on": effective_on,
            "complete": False,
            "counts": plan.counts,
        },
        rows=touched(plan.changes, made, writing.people),
        by=signature(by),
        now=now,
    )
    return writing.founded


def _table(key: str, rows: Rows) -> SheetData:
    """The rows as the sheet of a workbook, below its headings; the last cells may be left out."""
    sheet = BY_KEY[key]
    return SheetData(
        key=key,
        title=sheet.title,
        keys=tuple(column.key for column in sheet.columns),
        headings=tuple(column.heading for column in sheet.columns),
        positions=tuple(range(1, len(sheet.columns) + 1)),
        rows=[
            (number, [*row, *[None] * (len(sheet.columns) - len(row))])
            for number, row in enumerate(rows, start=2)
        ],
    )


def content_hash(changes: Sequence[Change]) -> str:
    """SHA-256 over what is written; of identity numbers over their keyed hashes only."""
    said = [to_json(change) for change in changes]
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
