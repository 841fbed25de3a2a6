"""Who may back up and see backups, where a backup may be written to and restored."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal
from pingyi.keeping.queries import places
from pingyi.keeping.queries.backups import keeps_all

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.keeping.rules.manifest import Manifest


def why_not_keep(actor: "User", now: datetime) -> Refusal | None:
    """A backup holds the whole county: it is for the office above which there is none."""
    if keeps_all(actor, day_of(now)):
        return None
    return Refusal(
        _("Backups are for the campaign office at the top of the tree."), code="not_the_top_office"
    )


def why_not_write(path: Path) -> Refusal | None:
    """A backup never takes the place of another file."""
    if path.exists():
        sentence = _("{path} is there already. Choose another name.").format(path=path)
        return Refusal(sentence, code="is_there")
    if not path.parent.is_dir():
        sentence = _("There is no folder {path}.").format(path=path.parent)
        return Refusal(sentence, code="no_folder")
    return None


def why_not_restore(manifest: "Manifest") -> Refusal | None:
    """Into a place where nothing is yet and nobody is at work, by this version or a newer one."""
    loader = MigrationLoader(connection)
    if unknown := sorted(manifest.known_migrations - set(loader.disk_migrations or ())):
        return Refusal(
            _("The backup was made by a newer version of the program. Install that one first."),
            code="newer",
            details=[f"{app}.{name}" for app, name in unknown],
        )
    if places.workers():
        return Refusal(
            _("“pingyi serve” or a worker is running here. Stop it first."), code="at_work"
        )
    applied = set(loader.applied_migrations or ())
    return _why_not_this_database(manifest, applied) or _why_not_these_folders(manifest)


def _why_not_this_database(manifest: "Manifest", applied: set[tuple[str, str]]) -> Refusal | None:
    if places.is_database_of_another() or places.is_database_in_use():
        return Refusal(
            _("The database is not empty. A backup is restored into an empty one only."),
            code="not_empty",
        )
    if places.is_made_otherwise(applied, manifest.known_migrations):
        return Refusal(
            _("The database has the tables of another version. Make a new one without any table."),
            code="other_tables",
        )
    return None


def _why_not_these_folders(manifest: "Manifest") -> Refusal | None:
    for folder, place in places.folders().items():
        if manifest.of(folder) and places.is_filled(place):
            return Refusal(
                _("The folder {path} is not empty.").format(path=place), code="folder_not_empty"
            )
    return None


def why_not_put_keys(files: Mapping[Path, str], *, replaced: bool) -> Refusal | None:
    """Keys that are lost cannot be had again: others are replaced only where that is said."""
    others = [path for path, text in files.items() if path.exists() and path.read_text() != text]
    if not others or replaced:
        return None
    return Refusal(
        _("There are other keys already. With --replace they are kept beside, as .old."),
        code="other_keys",
        details=[str(path) for path in others],
    )
