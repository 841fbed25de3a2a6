"""Writing to the ledger: one line for every deed, in the transaction of the deed."""

from pingyi.ledger.operations.append import Line, append, append_many

__all__ = ["Line", "append", "append_many"]
