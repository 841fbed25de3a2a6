"""Writing files for people: a whole file or none of it."""

import errno
import os
from collections.abc import Mapping
from pathlib import Path

from django.utils.translation import gettext as _

from pingyi.core.refusals import Refusal


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, and its folders; Refusal `not_writable` leaves nothing half-written."""
    write_together({path: content})


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write files that belong together, all or none of them, and their folders.

    Refusal `not_writable` leaves what was there before.
    """
    parts = {
        path: path.parent / f".{os.getpid()}-{number}.part" for number, path in enumerate(files)
    }
    path = Path()
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _must_be_a_file(path)
            parts[path].write_bytes(content)
        for path, part in parts.items():
            part.replace(path)
    except OSError as error:
        raise Refusal(
            _("%(path)s cannot be written: %(why)s.") % {"path": path, "why": error.strerror},
            code="not_writable",
        ) from error
    finally:
        # Whatever ended it, Ctrl-C too: what was not put in place is of no use.
        for part in parts.values():
            if part.is_file():
                part.unlink()


def _must_be_a_file(path: Path) -> None:
    """Only a file is replaced, never a folder or a device."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, _("it is no file"))
