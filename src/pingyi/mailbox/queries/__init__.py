"""Reads of the mailbox."""

from pingyi.mailbox.queries.office import looks_into_mailbox

__all__ = ["looks_into_mailbox"]
