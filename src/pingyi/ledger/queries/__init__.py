"""What other rooms ask of the ledger."""

from pingyi.ledger.queries.lines import (
    Root,
    is_demo,
    lines_about,
    mark_of_fiction,
    root,
    size,
)
from pingyi.ledger.queries.verification import Fault, RowFault, Tally, Verification, verify

__all__ = [
    "Fault",
    "Root",
    "RowFault",
    "Tally",
    "Verification",
    "is_demo",
    "lines_about",
    "mark_of_fiction",
    "root",
    "size",
    "verify",
]
