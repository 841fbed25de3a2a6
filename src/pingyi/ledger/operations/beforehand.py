"""What takes long to read is read before a deed lets others wait (ADR 0021)."""

from collections.abc import Callable
from typing import Generic, TypeVar

from pingyi.ledger.queries import size

Found = TypeVar("Found")


class Beforehand(Generic[Found]):
    """Read at once, before the transaction; within it `now()` gives it where it still holds.

    Every deed writes a line: where none was written since, all is as it was read. Else it is read
    again.
    """

    def __init__(self, read: Callable[[], Found]) -> None:
        self._read = read
        # First: what is done while it is being read counts as done since.
        self._size = size()
        self._found = read()

    def now(self) -> Found:
        """As it is now."""
        return self._found if size() == self._size else self._read()
