"""Long work of the room, done by a worker."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django_tasks import task

from pingyi.core.clock import read_now
from pingyi.keeping.operations.make import fail
from pingyi.keeping.operations.make import make as make_backup
from pingyi.keeping.queries.backups import backup_by_id

if TYPE_CHECKING:
    from pingyi.keeping.models import Backup


@task()
def make(backup_id: int) -> None:
    """Make a backup; taken up again, from the beginning. What it says it says to whoever looks."""
    backup = backup_by_id(backup_id)
    if backup is None:
        return
    try:
        with translation.override(settings.LANGUAGE_CODE):
            make_backup(backup=backup, now=read_now())
    except Exception:
        fail(backup=backup)
        raise


def give_up(backup: "Backup") -> None:
    """What no worker will do any more can be asked for again."""
    fail(backup=backup)
