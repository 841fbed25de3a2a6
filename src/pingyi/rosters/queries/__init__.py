"""Reads of imports."""

from pingyi.rosters.queries.imports import imports_visible_to

__all__ = ["imports_visible_to"]
