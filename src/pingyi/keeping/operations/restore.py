"""Restoring a backup into an empty place: all of it, or nothing."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from pingyi.core import statistics
from pingyi.core.refusals import Refusal, refuse
from pingyi.keeping import permissions
from pingyi.keeping.operations.load import load
from pingyi.keeping.operations.write import ONLY_OURS, flush_folder
from pingyi.keeping.queries import places
from pingyi.keeping.queries.copies import BLOCK, Copy, examine, opened
from pingyi.keeping.rules.manifest import PACKS, Manifest, Part
from pingyi.ledger.queries import Root, verify

ONLY_OUR_FOLDER = 0o700
# What lies beside an SQLite file and belongs to it.
BESIDE = ("", "-wal", "-shm", "-journal", "-next", "-turn")
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored; `packs` is where packs went, and `is_whole` what became of the ledger."""

    manifest: Manifest
    is_whole: bool
    packs: Path | None


def restore(*, path: Path, told: Told = lambda _done, _total: None) -> Restored:
    """Put everything of a backup back, on this version or any newer one.

    The place must be empty, and nothing of it is changed before every part was found whole. Killed
    on the way, the place is as empty as before for whoever tries again: the database comes to be as
    a whole and last, and files that lie there are known as left over. Refuses what is no backup,
    was cut off or changed or is newer than the program, and a place in use.
    """
    with opened(path) as copy:
        refuse(permissions.why_not_restore(copy.manifest))
        total = 2 * copy.manifest.rows
        filled = {name: to for name, to in places.folders().items() if copy.manifest.of(name)}
        examine(copy, lambda rows: told(rows, total))
        try:
            for folder, place in filled.items():
                _unpack(copy, copy.manifest.of(folder), place)
            with _as_a_whole():
                is_whole = _load(copy, lambda rows: told(total // 2 + rows, total))
        except (DatabaseError, OSError) as error:
            sentence = _("The backup could not be restored: {error}.")
            told_by_it = "; ".join(str(error).split("\n"))
            raise Refusal(sentence.format(error=told_by_it), code="not_restored") from error
    for place in filled.values():
        (place / places.RESTORING).unlink()
    return Restored(copy.manifest, is_whole, filled.get(PACKS))


def _load(copy: Copy, told: Callable[[int], None]) -> bool:
    """Tables and rows of the backup, then what newer versions do to them; whether the ledger and
    all rows for which it stands are as they were.
    """
    load(copy, told)
    call_command("migrate", verbosity=0, interactive=False)
    statistics.refresh()
    noted = Root(copy.manifest.ledger_size, copy.manifest.ledger_root)
    return verify(noted=noted).is_whole


def _unpack(copy: Copy, parts: list[Part], place: Path) -> None:
    """Files into a folder of which it is seen, until the end, that more is to come."""
    if place.is_dir() and (place / places.RESTORING).exists():
        shutil.rmtree(place)
    place.mkdir(mode=ONLY_OUR_FOLDER, parents=True, exist_ok=True)
    (place / places.RESTORING).touch()
    flush_folder(place)
    for part in parts:
        target = place / part.path
        target.parent.mkdir(mode=ONLY_OUR_FOLDER, parents=True, exist_ok=True)
        with (
            os.fdopen(
                os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_OURS), "wb"
            ) as file,
            copy.content(part) as content,
        ):
            shutil.copyfileobj(content, file, BLOCK)
            file.flush()
            os.fsync(file.fileno())


def _as_a_whole() -> AbstractContextManager[None]:
    """What is done within is there for others at its end, or not at all."""
    return _in_a_new_file() if connection.vendor == "sqlite" else transaction.atomic()


@contextmanager
def _in_a_new_file() -> Iterator[None]:
    """SQLite: a database of its own, which at the end takes the place of the empty one.

    Migrations cannot be done in one transaction there, which would keep foreign keys switched on.
    """
    usual = connection.settings_dict
    target = Path(usual["NAME"])
    target.parent.mkdir(mode=ONLY_OUR_FOLDER, parents=True, exist_ok=True)
    half = target.with_name(f"{target.name}.restoring")
    _remove(half)
    connection.close()
    os.close(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_OURS))
    connection.settings_dict = {**usual, "NAME": half}
    try:
        yield
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        for end in ("-wal", "-shm"):
            target.with_name(target.name + end).unlink(missing_ok=True)
        half.replace(target)
        flush_folder(target.parent)
    finally:
        connection.close()
        connection.settings_dict = usual
        _remove(half)


def _remove(file: Path) -> None:
    for end in BESIDE:
        file.with_name(file.name + end).unlink(missing_ok=True)
