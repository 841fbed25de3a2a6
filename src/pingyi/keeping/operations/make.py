"""Making a backup into the folder of the program, and a copy of it elsewhere."""

import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from pingyi.core.progress import Progress
from pingyi.core.refusals import Refusal
from pingyi.keeping.enums import UNFINISHED, BackupState
from pingyi.keeping.models import Backup
from pingyi.keeping.operations.write import ONLY_OURS, Written, flush_folder, write
from pingyi.keeping.queries.backups import progress_path
from pingyi.keeping.queries.copies import BLOCK, opened
from pingyi.keeping.queries.folder import folder, kept_in, name_of, second_folder
from pingyi.keeping.rules.kept import kept

ONLY_OUR_FOLDER = 0o700


def make(*, backup: Backup, now: datetime) -> None:
    """Back up into the folder, remove what is not kept any longer, copy it to the second folder.

    Begun again, it begins from the beginning. What went wrong is kept with it, in words.
    """
    here = Backup.objects.filter(pk=backup.pk)
    if not here.filter(state__in=UNFINISHED).update(state=BackupState.MAKING):
        return
    folder().mkdir(mode=ONLY_OUR_FOLDER, parents=True, exist_ok=True)
    try:
        written = write(path=folder() / name_of(now), now=now, told=_progress())
    except Refusal as refusal:
        fail(backup=backup, problem=str(refusal))
        return
    finally:
        progress_path().unlink(missing_ok=True)
    if written.broken is not None:
        written.path.rename(folder() / name_of(now, is_whole=False))
        fail(backup=backup, problem=str(written.broken))
        return
    remove_old(folder())
    here.update(state=BackupState.READY, problem=_copied(written))


def fail(*, backup: Backup, problem: str = "") -> None:
    """Note why there is no good backup; nothing where its making was broken off."""
    Backup.objects.filter(pk=backup.pk, state__in=UNFINISHED).update(
        state=BackupState.FAILED, problem=problem
    )


def remove_old(place: Path) -> None:
    """Keep the last of so many days, weeks and months."""
    found = kept_in(place)
    wanted = kept(each.made_at for each in found)
    for each in found:
        if each.made_at not in wanted:
            each.path.unlink(missing_ok=True)


def _progress() -> Callable[[int, int], None]:
    """Notes every hundredth part."""
    seen = -1

    def told(done: int, total: int) -> None:
        nonlocal seen
        part = 100 * done // max(total, 1)
        if part != seen:
            seen = part
            Progress(progress_path(), total).reach(done)

    return told


def _copied(written: Written) -> str:
    """A copy in the second folder, read again; why there is none."""
    place = second_folder()
    if place is None:
        return ""
    half = place / f".{written.path.name}.making"
    try:
        with (
            written.path.open("rb") as source,
            os.fdopen(
                os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, ONLY_OURS), "wb"
            ) as file,
        ):
            shutil.copyfileobj(source, file, BLOCK)
            file.flush()
            os.fsync(file.fileno())
        with opened(half):
            half.replace(place / written.path.name)
        flush_folder(place)
    except (OSError, Refusal) as error:
        sentence = _("The backup is good, but could not be copied to {path}: {error}.")
        return sentence.format(path=place, error=getattr(error, "strerror", None) or error)
    remove_old(place)
    return ""
