"""Reading messages: only whoever they are to says that they are read."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pingyi.notifications.models import Message
from pingyi.notifications.queries.messages import messages_of, too_old_by

if TYPE_CHECKING:
    from pingyi.accounts.models import User

KEPT = timedelta(days=400)
AT_ONCE = 1_000


def read(*, message: Message, by: "User", now: datetime) -> Message:
    """Note that it is read; the first time counts."""
    messages_of(by, unread_only=True).filter(pk=message.pk).update(read_at=now)
    return message


def unread(*, message: Message, by: "User", now: datetime) -> Message:  # noqa: ARG001  as every deed
    """Put it back among those not read, to be looked at again."""
    messages_of(by).filter(pk=message.pk).update(read_at=None)
    return message


def read_all(*, by: "User", now: datetime) -> int:
    """Note that all are read; how many were not."""
    return messages_of(by, unread_only=True).update(read_at=now)


def forget_old(*, now: datetime) -> int:
    """Remove some of what was written more than a year ago; how many."""
    keys = list(too_old_by(now - KEPT).values_list("pk", flat=True)[:AT_ONCE])
    return Message.objects.filter(pk__in=keys).delete()[0] if keys else 0
