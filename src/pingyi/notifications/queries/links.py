"""Links that are sent to an address, to see whose it is."""

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.signing import BadSignature, Signer

from pingyi.notifications.models import Address
from pingyi.notifications.queries.messages import address_of
from pingyi.notifications.rules.trying import DAYS_OF_A_LINK

if TYPE_CHECKING:
    from pingyi.accounts.models import User


def token_for(row: Address, now: datetime) -> str:
    """What a link to an address ends with: of this account, this address and this moment alone."""
    return _signer(row).sign(f"{row.user_id}.{int(now.timestamp())}")


def is_link(token: str) -> bool:
    """Whether it looks like the end of a link that was sent to anybody."""
    return re.fullmatch(r"[0-9]+\.[0-9]+:[-_A-Za-z0-9]+", token) is not None


def address_meant(actor: "User", token: str, now: datetime) -> Address | None:
    """The address of the actor, where a link means it; None where it was of somebody else, of an
    address that was there before, or is too old.
    """
    row = address_of(actor)
    if row is None:
        return None
    try:
        whose, _dot, at = _signer(row).unsign(token).partition(".")
    except BadSignature:
        return None
    age = now.timestamp() - int(at)
    is_young = age <= timedelta(days=DAYS_OF_A_LINK).total_seconds()
    return row if is_young and whose == str(actor.pk) else None


def _signer(row: Address) -> Signer:
    # The address stands in no link, and another one makes its links void.
    return Signer(salt=f"pingyi.notifications.address:{row.address}")
