"""Asking for a backup that a worker makes."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.module_loading import import_string

from pingyi.core.refusals import refuse
from pingyi.core.space import why_not_write_files
from pingyi.keeping import permissions
from pingyi.keeping.models import Backup
from pingyi.keeping.queries.backups import backups_under_way
from pingyi.keeping.queries.folder import size_of_next

if TYPE_CHECKING:
    from pingyi.accounts.models import User

TASK = "pingyi.keeping.tasks.make"


@transaction.atomic
def ask_for(*, by: "User | None", now: datetime) -> Backup:
    """Queue a backup; one that waits or is being made is the same work. Nobody: the daily one.

    Refuses where there is no space for another one.
    """
    if by is not None:
        refuse(permissions.why_not_keep(by, now))
    found = backups_under_way().first()
    if found is not None:
        return found
    refuse(why_not_write_files(size_of_next()))
    # Two who ask at once: the database keeps the second out, which then finds the first.
    backup = Backup.objects.create(asked_at=now, asked_by=by)
    import_string(TASK).enqueue(backup_id=backup.pk)
    return backup
