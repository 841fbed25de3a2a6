"""How far long work is, in a file beside what it works on.

A transaction shows none of its rows before it ends, and SQLite lets nobody else write meanwhile.
Web server and worker share the data folder, so a file reaches both.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Progress:
    """Counts what is done of a total."""

    def __init__(self, path: Path, total: int) -> None:
        self._path = path
        self._total = total
        self._done = 0

    def add(self, more: int) -> None:
        """So much more is done."""
        self.reach(self._done + more)

    def reach(self, done: int) -> None:
        """So much is done."""
        self._done = done
        # Replaced as a whole: whoever looks never reads half a number.
        half = self._path.with_name(f"{self._path.name}.new")
        half.write_text(f"{done} {self._total}", encoding="ascii")
        half.replace(self._path)


@contextmanager
def progress(path: Path, total: int) -> Iterator[Progress]:
    """Progress that can be seen until the work is done or broken off."""
    found = Progress(path, total)
    try:
        found.add(0)
        yield found
    finally:
        path.unlink(missing_ok=True)


def progress_seen(path: Path) -> tuple[int, int]:
    """How much is done, of how much."""
    try:
        done, total = path.read_text(encoding="ascii").split()
    except FileNotFoundError:
        # It waits for the worker, or ends at this moment.
        return 0, 0
    return int(done), int(total)
