"""What somebody is told, and how they want to be told."""

from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from pingyi.notifications.models import Address, Delivery, Feed, Message

if TYPE_CHECKING:
    from pingyi.accounts.models import User

# More are counted by nobody.
MOST_COUNTED = 99


def messages_of(actor: "User", *, unread_only: bool = False) -> QuerySet[Message]:
    """The messages to the actor, with who wrote them; nobody sees those to others."""
    found = Message.objects.filter(to=actor).select_related("written_by")
    return found.filter(read_at=None) if unread_only else found


def unread_count(user_id: int) -> int:
    """How many messages somebody has not read, one more than are counted at most. One query."""
    return Message.objects.filter(to=user_id, read_at=None).order_by()[: MOST_COUNTED + 1].count()


def address_of(actor: "User") -> Address | None:
    """The e-mail address of the actor."""
    return Address.objects.filter(user=actor).first()


def trouble_of(actor: "User") -> Delivery | None:
    """The last e-mail to the actor, where it could not be sent."""
    last = (
        Delivery.objects.filter(message__to=actor).order_by("-message__written_at", "-pk").first()
    )
    return last if last is not None and last.last_error else None


def feed_of(actor: "User") -> Feed | None:
    """The calendar feed of the actor, where there is one."""
    return Feed.objects.filter(user=actor, secret_hash__isnull=False).first()


def hash_of(secret: str) -> str:
    """What is kept of a secret address: 256 random bits need no slow hash."""
    return sha256(secret.encode()).hexdigest()


def user_of_feed(secret: str) -> "User | None":
    """Whose deadlines a secret address shows; nobody's who may not sign in any more."""
    found = Feed.objects.filter(secret_hash=hash_of(secret), user__is_active=True)
    feed = found.select_related("user").first()
    return None if feed is None else feed.user


def too_old_by(before: datetime) -> QuerySet[Message]:
    """Messages written before a moment, the oldest first."""
    return Message.objects.filter(written_at__lt=before).order_by("written_at")
