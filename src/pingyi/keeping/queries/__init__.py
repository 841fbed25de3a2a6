"""Reads of the whole database and of backups."""
