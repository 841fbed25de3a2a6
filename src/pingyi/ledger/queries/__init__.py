"""What other rooms ask of the ledger."""

from pingyi.ledger.queries.copies import verify_copy
from pingyi.ledger.queries.lines import (
    Root,
    is_demo,
    last_moment,
    lines_about,
    mark_of_fiction,
    root,
    size,
)
from pingyi.ledger.queries.sealing import missing_triggers, why_not_sealed
from pingyi.ledger.queries.verification import verify

__all__ = [
    "Root",
    "is_demo",
    "last_moment",
    "lines_about",
    "mark_of_fiction",
    "missing_triggers",
    "root",
    "size",
    "verify",
    "verify_copy",
    "why_not_sealed",
]
