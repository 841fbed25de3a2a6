"""Asking for a file, making it, fetching it, removing it."""

from pingyi.downloads.operations.remove import remove_expired

__all__ = ["remove_expired"]
