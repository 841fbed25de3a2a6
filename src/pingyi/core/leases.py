"""Which processes are at work: each holds a lock on a file of its own, which ends with the process,
however it ends.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def held(folder: Path, name: str) -> Iterator[None]:
    """Says that whoever goes by this name is at work."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    with path.open("w", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def is_held(folder: Path, name: str) -> bool:
    """Whether somebody of this name is still at work."""
    try:
        file = (folder / name).open("r+", encoding="ascii")
    except FileNotFoundError:
        return False
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def at_work(folder: Path) -> list[str]:
    """The names of all who are at work."""
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return [name for name in names if is_held(folder, name)]
