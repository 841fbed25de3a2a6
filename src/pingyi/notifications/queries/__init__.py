"""Reads of messages."""

from pingyi.notifications.queries.messages import unread_count
from pingyi.notifications.queries.outbox import is_quiet

__all__ = ["is_quiet", "unread_count"]
