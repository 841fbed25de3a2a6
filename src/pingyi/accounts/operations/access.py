"""Writing the access log, and removing what is older than it has to be kept."""

from datetime import datetime, timedelta

from django.conf import settings

from pingyi.accounts.enums import AccessKind
from pingyi.accounts.models import Access, User

LONGEST = 200


def note(
    kind: AccessKind,
    *,
    account: User | None,
    by: User | None,
    now: datetime,
    address: str = "",
    told: str = "",
) -> None:
    """One line more. In a deed it comes before its line of the ledger."""
    Access.objects.create(
        kind=kind, account=account, done_by=by, done_at=now, address=address or None,
        told=told[:LONGEST],
    )  # fmt: skip


def note_signed_in(*, user: User, address: str, now: datetime) -> None:
    """All steps of signing in were right."""
    note(AccessKind.SIGNED_IN, account=user, by=user, address=address, now=now)


def note_signed_out(*, user: User, address: str, now: datetime) -> None:
    """The session was ended by its owner."""
    note(AccessKind.SIGNED_OUT, account=user, by=user, address=address, now=now)


def note_file(*, name: str, by: User, address: str, now: datetime) -> None:
    """A file was handed out."""
    note(AccessKind.FILE_TAKEN, account=by, by=by, address=address, told=name, now=now)


def forget_old_access(*, now: datetime) -> None:
    """Remove what need not be kept any longer; the database refuses what is younger than half a
    year whatever the setting says.
    """
    Access.objects.filter(done_at__lt=now - timedelta(days=settings.ACCESS_LOG_DAYS)).delete()
