"""Where a backup is restored to, and whether somebody is at work there."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection

from pingyi.core.leases import at_work
from pingyi.keeping.queries import tables
from pingyi.keeping.rules.manifest import FILES, PACKS

# Lies in a folder while it is being filled: whoever finds it there was killed before the end.
RESTORING = ".restoring"


def folders() -> dict[str, Path]:
    """Where the files of a backup go, by the folder in it."""
    own = settings.PACK_DIRS[1:]
    return {
        FILES: Path(settings.MEDIA_ROOT),
        PACKS: Path(own[0] if own else settings.DATA_DIR / "packs"),
    }


def is_filled(place: Path) -> bool:
    """Whether anything is in a folder that a killed restore has not left there."""
    return place.is_dir() and any(place.iterdir()) and not (place / RESTORING).exists()


def is_database_in_use() -> bool:
    """Whether anything was done in it: every deed leaves a line, and begins with an account; who
    tried to sign in stands in the access log, whose lines cannot be taken away.
    """
    there = tables.table_names()
    models = (get_user_model(), apps.get_model("ledger.Entry"), apps.get_model("accounts.Access"))
    traces = [model._meta.db_table for model in models]
    return any(name in there and tables.has_rows(name) for name in traces)


def is_database_of_another() -> bool:
    """Whether it has tables, and not those of Django."""
    there = tables.table_names()
    return bool(there) and "django_migrations" not in there


def is_made_otherwise(applied: set[tuple[str, str]], wanted: set[tuple[str, str]]) -> bool:
    """Whether its tables are those of another version than the one that is to be restored.

    An SQLite file is made anew, and takes the place of the one there is.
    """
    return bool(applied) and applied != wanted and connection.vendor != "sqlite"


def workers() -> list[str]:
    """The workers that are at work."""
    return at_work(Path(settings.LEASES))
