"""The folder of backups: which are in it, and how old the last good one is."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

NAME = re.compile(r"pingyi-(\d{4}-\d{2}-\d{2}-\d{6})\.zip")
MOMENT = "%Y-%m-%d-%H%M%S"
NOT_WHOLE = "-not-whole"


@dataclass(frozen=True, slots=True)
class Kept:
    """A good backup in a folder: it was opened again, and its ledger is whole."""

    path: Path
    made_at: datetime
    size: int


def folder() -> Path:
    """Where the program keeps its own backups."""
    return Path(settings.BACKUPS)


def second_folder() -> Path | None:
    """Where it copies them to, if anywhere."""
    return Path(settings.BACKUP_COPY) if settings.BACKUP_COPY else None


def name_of(now: datetime, *, is_whole: bool = True) -> str:
    """What the backup of a moment is called; by the clock of the place, as people look for it."""
    moment = timezone.make_naive(now).strftime(MOMENT)
    return f"pingyi-{moment}{'' if is_whole else NOT_WHOLE}.zip"


def kept_in(place: Path) -> list[Kept]:
    """The good backups in a folder, the latest first."""
    found = [
        Kept(path, made_at, path.stat().st_size)
        for path in place.glob("pingyi-*.zip")
        if (made_at := moment_of(path.name)) is not None
    ]
    return sorted(found, key=lambda each: each.made_at, reverse=True)


def moment_of(name: str) -> datetime | None:
    """When a good backup of this name was made; None where it is called otherwise."""
    named = NAME.fullmatch(name)
    try:
        moment = datetime.strptime(named[1], MOMENT) if named else None  # noqa: DTZ007  by the clock of the place
    except ValueError:
        return None
    return timezone.make_aware(moment) if moment else None


def last_good() -> Kept | None:
    """The latest good one."""
    return next(iter(kept_in(folder())), None)


def size_of_next() -> int:
    """About how large the next backup will be: as large as the last good one."""
    last = last_good()
    return last.size if last is not None else 0


def newest_copy() -> Kept | None:
    """The latest one in the second folder; None where none is, or the folder is not there."""
    place = second_folder()
    return next(iter(kept_in(place)), None) if place is not None else None


def safe_since() -> datetime | None:
    """Since when nothing is backed up: the last good one, or the day the folder was made; None
    where this place has not been served yet.
    """
    last = last_good()
    if last is not None:
        return last.made_at
    if not folder().is_dir():
        return None
    return datetime.fromtimestamp(folder().stat().st_mtime, tz=UTC)
