"""SQLite lets one write at a time. Its own way of waiting is to look again every tenth of a second:
whoever does one deed after the other comes first each time, and another may be refused after
20 seconds in which the database was free a hundred times.

Here a transaction waits for its turn before it begins: two locks on files beside the database that
the system gives back when a process ends. Whoever holds the first waits alone for the second, so
that nobody who has just had a turn comes before them. A write outside of a transaction is one of
its own, and waits as long.
"""

import fcntl
import os
from collections.abc import Callable
from typing import Any

from django.db.backends.sqlite3 import base

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
LONGEST_WORD = max(map(len, WRITES))


class Queue:
    """The queue in front of one database, as one connection sees it."""

    def __init__(self, database: str) -> None:
        self._next, self._turn = (
            os.open(f"{database}-{name}", os.O_WRONLY | os.O_CREAT, 0o600)
            for name in ("next", "turn")
        )

    def wait(self) -> None:
        """Until it is one's turn."""
        fcntl.flock(self._next, fcntl.LOCK_EX)
        try:
            fcntl.flock(self._turn, fcntl.LOCK_EX)
        finally:
            fcntl.flock(self._next, fcntl.LOCK_UN)

    def leave(self) -> None:
        """The next one's turn has come; nothing where it was not one's own."""
        fcntl.flock(self._turn, fcntl.LOCK_UN)

    def is_long(self) -> bool:
        """Whether somebody has the turn now."""
        try:
            fcntl.flock(self._turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        fcntl.flock(self._turn, fcntl.LOCK_UN)
        return False

    def close(self) -> None:
        """Gives back both files."""
        os.close(self._next)
        os.close(self._turn)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions wait for their turn."""

    _queue: Queue | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(self._in_turn)

    def _in_turn(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        """A write waits, unless its transaction has."""
        is_single = self.get_autocommit() and sql.lstrip()[:LONGEST_WORD].upper().startswith(WRITES)
        if not is_single:
            return execute(sql, params, many, context)
        self._wait()
        try:
            return execute(sql, params, many, context)
        finally:
            self._leave()

    def _start_transaction_under_autocommit(self) -> None:
        self._wait()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in its stubs
        except BaseException:
            self._leave()
            raise

    def _stands_in_line(self) -> bool:
        """Not in memory, where there is one connection, nor where it is not to be waited for."""
        return not self.is_in_memory_db() and self.settings_dict["OPTIONS"].get("timeout") != 0

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]  # not in its stubs
        finally:
            self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # not in its stubs
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # not in its stubs
        finally:
            if self._queue is not None:
                self._queue.close()
                self._queue = None

    def somebody_writes(self) -> bool:
        """Whether a write would have to wait now: what can be written later as well need not."""
        if self.in_atomic_block or not self._stands_in_line():
            return False
        return self._in_front().is_long()

    def _in_front(self) -> Queue:
        self._queue = self._queue or Queue(str(self.settings_dict["NAME"]))
        return self._queue

    def _wait(self) -> None:
        if self._stands_in_line():
            self._in_front().wait()

    def _leave(self) -> None:
        if self._queue is not None:
            self._queue.leave()
