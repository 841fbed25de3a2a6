"""Space on the disk. A full one must not keep anybody from reading and signing in (ADR 0028).

Where SQLite keeps the rows, a file beside them holds some space back. No deed begins while little
is free; once nearly nothing is, that file is given up, and what is left is for the small writes of
signing in: the session, the access log, the count of failed tries.
"""

import errno
import logging
import os
import shutil
import sqlite3
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils.translation import gettext as _

from pingyi.core.refusals import Refusal
from pingyi.core.sqlite.base import DatabaseWrapper

MIB = 1024 * 1024
# Below the first no deed begins, below the second the reserve is given up.
LEAST, LAST = 32 * MIB, 2 * MIB
RESERVE, RESERVED = "reserve", 8 * MIB
# In such blocks a file system counts what a file takes.
BLOCK = 512
NO_SPACE = "no_space"
DISK_FULL_OF_POSTGRESQL = "53100"
PRIMARY_CODE = 0xFF
logger = logging.getLogger("pingyi.space")


def folder_of_rows() -> Path | None:
    """Where SQLite keeps the rows; None where a server does, whose disk is not ours to look at."""
    connection = connections[DEFAULT_DB_ALIAS]
    if not isinstance(connection, DatabaseWrapper) or connection.is_in_memory_db():
        return None
    return Path(connection.settings_dict["NAME"]).resolve().parent


def free_in(place: Path) -> int:
    """Bytes that this program may still write there; the folder need not be there yet."""
    there = next(each for each in (place, *place.parents) if each.exists())
    return shutil.disk_usage(there).free


def why_not_write_rows(least: int = LEAST) -> Refusal | None:
    """No deed begins while less is free where the rows are."""
    place = folder_of_rows()
    return refusal() if place is not None and free_in(place) < least else None


def why_not_write_files(needed: int = 0) -> Refusal | None:
    """No file of this size is begun where the next deed would find no space."""
    return refusal() if free_in(Path(settings.DATA_DIR)) < needed + LEAST else None


def refusal() -> Refusal:
    """What people are told."""
    return Refusal(
        _(
            "Nothing can be saved at the moment: the disk of the server is full. What was saved "
            "before can be read. Please tell whoever runs the program; “pingyi check” says where "
            "space is needed."
        ),
        code=NO_SPACE,
    )


def is_for_want_of_space(error: BaseException | None) -> bool:
    """Whether this, or what it came of, says that the disk is full."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return True
        if getattr(error, "sqlstate", "") == DISK_FULL_OF_POSTGRESQL:
            return True
        if _is_of_full_disk(getattr(error, "sqlite_errorcode", 0) & PRIMARY_CODE):
            return True
        error = error.__cause__ or error.__context__
    return False


def _is_of_full_disk(code: int) -> bool:
    """SQLite says so, or could not make the files it needs for reading where nothing is free."""
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN):
        return why_not_write_rows(LAST) is not None
    return code == sqlite3.SQLITE_FULL


def has_reserve() -> bool:
    """Whether space is held back, or need not be."""
    place = folder_of_rows()
    return place is None or _is_held_back(place / RESERVE)


def _is_held_back(path: Path) -> bool:
    """Whether the file takes its space; whoever made it may have been killed before it did."""
    try:
        return path.stat().st_blocks * BLOCK >= RESERVED
    except FileNotFoundError:
        return False


def keep_reserve() -> None:
    """Hold space back where there is enough, give it up where there is none; once a minute."""
    place = folder_of_rows()
    if place is None or give_up_reserve():
        return
    path = place / RESERVE
    if _is_held_back(path) or free_in(place) < LEAST + RESERVED:
        return
    try:
        # Two workers who do it at once hold back the same space.
        number = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.posix_fallocate(number, 0, RESERVED)
        finally:
            os.close(number)
    except OSError:
        path.unlink(missing_ok=True)
        logger.warning("no space could be held back in %s", place, exc_info=True)


def give_up_reserve() -> bool:
    """Make what was held back free where nearly nothing else is; whether nearly nothing was.

    Asked before each request, which would find out too late: SQLite needs space to read as well.
    """
    place = folder_of_rows()
    if place is None or free_in(place) >= LAST:
        return False
    try:
        (place / RESERVE).unlink()
    except FileNotFoundError:
        return True
    logger.error("the disk with %s is full: the reserve is given up, no deed is done", place)
    return True
