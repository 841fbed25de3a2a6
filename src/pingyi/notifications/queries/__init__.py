"""Reads of messages."""

from pingyi.notifications.queries.letters import letters_to
from pingyi.notifications.queries.messages import unread_count
from pingyi.notifications.queries.office import looks_after_mail
from pingyi.notifications.queries.outbox import is_quiet

__all__ = ["is_quiet", "letters_to", "looks_after_mail", "unread_count"]
