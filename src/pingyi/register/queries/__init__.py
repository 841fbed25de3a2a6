"""Reads of the living register: who sees what of it."""

from pingyi.register.queries.sight import (
    find,
    find_people,
    last_fours,
    people_matching,
    people_visible_to,
    visible_to,
)

__all__ = [
    "find",
    "find_people",
    "last_fours",
    "people_matching",
    "people_visible_to",
    "visible_to",
]
