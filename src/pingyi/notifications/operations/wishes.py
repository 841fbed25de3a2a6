"""How somebody wants to be told: by e-mail, in a calendar."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Model

from pingyi.accounts.queries import signature
from pingyi.ledger import operations as ledger
from pingyi.notifications.enums import LedgerKind
from pingyi.notifications.models import Address, Feed
from pingyi.notifications.queries.messages import feed_of, hash_of

if TYPE_CHECKING:
    from pingyi.accounts.models import User

BYTES = 32


@transaction.atomic
def choose_address(*, address: str, is_wanted: bool, by: "User", now: datetime) -> None:
    """Keep the own e-mail address and whether e-mails are wanted; without an address none are."""
    address = address.strip()
    row, _is_new = Address.objects.update_or_create(
        user=by, defaults={"address": address, "is_wanted": is_wanted and bool(address)}
    )
    _record(LedgerKind.ADDRESS_CHOSEN, row, {"is_wanted": row.is_wanted}, by, now)


@transaction.atomic
def make_feed(*, by: "User", now: datetime) -> str:
    """A new secret for the calendar address, said this once; one that was made before is void."""
    secret = secrets.token_urlsafe(BYTES)
    row, _is_new = Feed.objects.update_or_create(
        user=by, defaults={"secret_hash": hash_of(secret), "made_at": now, "made_by": by}
    )
    _record(LedgerKind.FEED_MADE, row, {}, by, now)
    return secret


@transaction.atomic
def revoke_feed(*, by: "User", now: datetime) -> None:
    """The calendar address leads nowhere any more; without one nothing is done."""
    row = feed_of(by)
    if row is None:
        return
    row.secret_hash = None
    row.save(update_fields=["secret_hash"])
    _record(LedgerKind.FEED_REVOKED, row, {}, by, now)


def _record(
    kind: LedgerKind, row: Model, body: dict[str, object], by: "User", now: datetime
) -> None:
    # Neither the address nor the secret stands in the line: the hash of its row does.
    ledger.append(
        kind=kind,
        subject=f"account:{by.pk}",
        body={"username": by.username, **body},
        rows=[row],
        by=signature(by),
        now=now,
    )
