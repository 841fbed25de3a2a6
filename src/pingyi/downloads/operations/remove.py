"""Removing files whose time is over, and what a lost worker has left of one."""

import shutil
from datetime import datetime
from pathlib import Path

from django.conf import settings

from pingyi.downloads.enums import UNFINISHED
from pingyi.downloads.models import Download
from pingyi.downloads.queries import path_of


def remove(download: Download) -> None:
    """The file, then its row: broken off in between, the row is removed the next time."""
    path_of(download).unlink(missing_ok=True)
    download.delete()


def remove_expired(*, now: datetime) -> int:
    """Remove what is not kept any longer, and every file that no row speaks of; how many rows."""
    expired = list(Download.objects.filter(kept_until__lte=now))
    for download in expired:
        remove(download)
    folder = Path(settings.DOWNLOADS)
    # The files first: one that is made meanwhile has a row already.
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    states = dict(Download.objects.values_list("token", "state"))
    for path in found:
        state = states.get(path.stem)
        if state is None or (path.suffix and state not in UNFINISHED):
            _remove(path)
    return len(expired)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
