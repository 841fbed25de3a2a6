"""Writing to the ledger: one line for every deed, in the transaction of the deed."""

from pingyi.ledger.operations.append import Line, Signature, append, append_many, lines_last
from pingyi.ledger.operations.beforehand import Beforehand
from pingyi.ledger.queries.rows import Rows

__all__ = ["Beforehand", "Line", "Rows", "Signature", "append", "append_many", "lines_last"]
