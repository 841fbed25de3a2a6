"""How somebody wants to be told: by e-mail, in a calendar."""

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from pingyi.accounts.queries import signature
from pingyi.core.refusals import refuse
from pingyi.ledger import operations as ledger
from pingyi.notifications.enums import LedgerKind
from pingyi.notifications.models import Address, Feed
from pingyi.notifications.operations.letters import write_letter
from pingyi.notifications.permissions import not_this_link, why_not_write_there
from pingyi.notifications.queries.letters import letters_about, letters_to
from pingyi.notifications.queries.links import address_meant, token_for
from pingyi.notifications.queries.messages import address_of, feed_of, hash_of
from pingyi.notifications.rules.trying import DAYS_OF_A_LINK

if TYPE_CHECKING:
    from pingyi.accounts.models import User

BYTES = 32


@transaction.atomic
def choose_address(*, address: str, is_wanted: bool, by: "User", now: datetime) -> None:
    """Keep the own e-mail address and whether e-mails are wanted; without an address none are.

    An address that is not confirmed is sent a link, and nothing else before it was followed
    (`confirm_address`). Refuses where many links were sent within a day.
    """
    address, before = address.strip(), address_of(by)
    is_same = before is not None and before.address == address
    row, _is_new = Address.objects.update_or_create(
        user=by,
        defaults={
            "address": address,
            "is_wanted": is_wanted and bool(address),
            "confirmed_at": before.confirmed_at if before is not None and is_same else None,
        },
    )
    if row.is_wanted and row.confirmed_at is None and settings.MAIL is not None:
        _send_link(row, now)
    _record(LedgerKind.ADDRESS_CHOSEN, row, {"is_wanted": row.is_wanted}, by, now)


def _send_link(row: Address, now: datetime) -> None:
    """A letter with a link, to an address of which it is not known whose it is."""
    begin, yesterday = f"address:{row.user_id}:", now - timedelta(days=1)
    refuse(
        why_not_write_there(
            max(letters_to(row.address, yesterday), letters_about(begin, yesterday))
        )
    )
    path = reverse("notifications:confirm", args=[token_for(row, now)])
    said = {"name": row.user.username, "n": DAYS_OF_A_LINK, "url": f"{settings.SITE}{path}"}
    with override(row.user.language or settings.LANGUAGE_CODE):
        text = _(
            "The account %(name)s wants to get its messages at this address. If that is you, open"
            " this page within %(n)d days, sign in and confirm it:\n\n%(url)s\n\nIf it is not you,"
            " do nothing: nothing else is sent here."
        )
        write_letter(
            key=f"{begin}{now.isoformat()}",
            to=row.address,
            subject=_("Confirm your e-mail address"),
            text=text % said,
            now=now,
        )


@transaction.atomic
def confirm_address(*, token: str, by: "User", now: datetime) -> None:
    """The address is of whoever reads what is sent there; once more does no harm.

    Refuses a link of another account or address, and an old one.
    """
    row = address_meant(by, token, now)
    if row is None:
        raise not_this_link()
    # Another address is chosen at this moment: that one is not confirmed. Of two clicks one counts.
    here = Address.objects.filter(user=by, address=row.address, confirmed_at=None)
    if here.update(confirmed_at=now):
        row.confirmed_at = now
        _record(LedgerKind.ADDRESS_CONFIRMED, row, {}, by, now)


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
