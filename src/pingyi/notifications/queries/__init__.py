"""Reads of messages."""

from pingyi.notifications.queries.messages import unread_count

__all__ = ["unread_count"]
