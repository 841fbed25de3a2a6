"""What every operation of accounts does: lock the account, write the ledger line."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Model

from pingyi.accounts.enums import LedgerKind
from pingyi.accounts.models import User
from pingyi.accounts.queries.accounts import Actor, signature, subject_of
from pingyi.ledger.operations import Line, Rows, append_many


def locked(user: User) -> User:
    """The account as it stands now, locked until the transaction ends."""
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def line(
    kind: LedgerKind,
    user: User,
    body: Mapping[str, object],
    *,
    by: Actor,
    now: datetime,
    rows: Iterable[Model | Rows] = (),
) -> Line:
    """The ledger line of a deed, which leaves the account as it is now, and `rows` besides."""
    return Line(
        kind=kind,
        subject=subject_of(user),
        body={"username": user.username, "by": by.username if by else None, **body},
        by=signature(by),
        now=now,
        rows=[user, *rows],
    )


def record(
    kind: LedgerKind,
    user: User,
    body: Mapping[str, object],
    *,
    by: Actor,
    now: datetime,
    rows: Iterable[Model | Rows] = (),
) -> None:
    """Write the line of a deed."""
    append_many([line(kind, user, body, by=by, now=now, rows=rows)])
