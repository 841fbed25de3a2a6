"""Backups, their restoring, the secret keys, and whether this place is sound."""
