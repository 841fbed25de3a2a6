"""Writing a backup: all rows of one moment, all files, into one file that is opened again."""

import fcntl
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from pingyi.core.refusals import Refusal, refuse
from pingyi.keeping import permissions
from pingyi.keeping.operations.parts import Told, write_parts
from pingyi.keeping.queries.copies import SEAL_LENGTH, examine, opened, seal_of
from pingyi.keeping.rules.manifest import FORMAT, MANIFEST, MARK, Manifest, text_of

ONLY_OURS = 0o600


@dataclass(frozen=True, slots=True)
class Written:
    """What was written and read again; `broken` says what is wrong with the ledger in it."""

    path: Path
    size: int
    manifest: Manifest
    broken: Refusal | None


def write(*, path: Path, now: datetime, told: Told = lambda _done, _total: None) -> Written:
    """Back up everything but the secret keys into a file that is not there yet.

    Others go on working. The file stands under its name only after it was opened again and every
    part of it found as it was written. Refuses where that fails, or where there is no room; nothing
    is left then. `told` hears how many rows are written and read again, of how many.
    """
    refuse(permissions.why_not_write(path))
    half = path.with_name(f".{path.name}.making")
    try:
        with _alone(half) as file:
            total = _fill(half, file, now, told)
            with opened(half) as copy:
                broken = examine(copy, lambda rows: told(total + rows, 2 * total))
                written = Written(path, half.stat().st_size, copy.manifest, broken)
            half.rename(path)
            flush_folder(path.parent)
    except OSError as error:
        sentence = _("The backup could not be written: {error}.")
        told_by_system = error.strerror or str(error)
        raise Refusal(sentence.format(error=told_by_system), code="not_written") from error
    return written


@contextmanager
def _alone(half: Path) -> Iterator[IO[bytes]]:
    """The file under its other name; what somebody has left there who was killed is overwritten."""
    with os.fdopen(os.open(half, os.O_RDWR | os.O_CREAT, ONLY_OURS), "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refusal(_("This backup is being written already."), code="under_way") from None
        try:
            file.truncate()
            # Not every disk knows of owners: a stick does not.
            with suppress(PermissionError):
                os.fchmod(file.fileno(), ONLY_OURS)
            yield file
        finally:
            half.unlink(missing_ok=True)


def _fill(half: Path, file: IO[bytes], now: datetime, told: Told) -> int:
    """Writes the archive and seals it; how many rows went into it."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        # The first part, not compressed: it stands in the first bytes of the file.
        archive.writestr(zipfile.ZipInfo(MARK), f"{FORMAT}\n")
        manifest = write_parts(archive, now, told)
        archive.writestr(MANIFEST, text_of(manifest))
        archive.comment = b"0" * SEAL_LENGTH
    file.flush()
    file.seek(-SEAL_LENGTH, os.SEEK_END)
    file.write(seal_of(half).encode())
    file.flush()
    os.fsync(file.fileno())
    return manifest.rows


def flush_folder(folder: Path) -> None:
    """What was put into a folder is still there after the power failed."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
