"""Reads of the mailbox."""
