"""How far the writing of an import is, in a file beside its workbook.

The writing is one transaction: nobody sees its rows before it ends, and SQLite lets nobody else
write meanwhile. Web server and worker share the folder of uploads, so a file reaches both.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from pingyi.rosters.models import RosterImport
from pingyi.rosters.queries.imports import progress_path


class Progress:
    """Counts what is done of a total."""

    def __init__(self, roster_import: RosterImport, total: int) -> None:
        self._path = progress_path(roster_import)
        self._total = total
        self._done = 0

    def add(self, more: int) -> None:
        """So much more is done."""
        self._done += more
        # Replaced as a whole: whoever looks never reads half a number.
        half = self._path.with_name(f"{self._path.name}.new")
        half.write_text(f"{self._done} {self._total}", encoding="ascii")
        half.replace(self._path)


@contextmanager
def progress(roster_import: RosterImport, total: int) -> Iterator[Progress]:
    """Progress that can be seen until the work is done or broken off."""
    found = Progress(roster_import, total)
    try:
        found.add(0)
        yield found
    finally:
        progress_path(roster_import).unlink(missing_ok=True)
