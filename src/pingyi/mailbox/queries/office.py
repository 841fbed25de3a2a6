"""Who looks into the mailbox."""

from typing import TYPE_CHECKING

from django.conf import settings

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import has_right

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from pingyi.accounts.models import User


def looks_into_mailbox(actor: "User | AnonymousUser") -> bool:
    """Whether there is a mailbox, and the actor is an office."""
    return settings.MAILBOX is not None and has_right(actor, Right.MANAGE_ACCOUNTS)
