"""Backups that were asked for, and what waits for the office."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import tops
from pingyi.core.progress import progress_seen
from pingyi.keeping.enums import UNFINISHED
from pingyi.keeping.models import Backup
from pingyi.keeping.queries.folder import folder
from pingyi.organizations.queries import path_ids

if TYPE_CHECKING:
    from pingyi.accounts.models import User


def keeps_all(actor: "User", on: date) -> bool:
    """Whether the actor keeps backups at an organization above which there is none.

    Asked on every page: it looks upwards from there, not for other tops among all organizations.
    """
    return any(len(path_ids(top, on)) == 1 for top in tops(actor, Right.KEEP_BACKUPS))


def backups_under_way() -> QuerySet[Backup]:
    """What waits for a worker or is being made."""
    return Backup.objects.filter(state__in=UNFINISHED)


def backup_by_id(pk: int) -> Backup | None:
    """The backup, unless it was restored away meanwhile."""
    return Backup.objects.filter(pk=pk).first()


def last_tried() -> Backup | None:
    """What was asked for last, whatever became of it."""
    return Backup.objects.order_by("-pk").first()


def progress_path() -> Path:
    """Where its making notes how far it is."""
    return folder() / "making.progress"


def progress() -> tuple[int, int]:
    """How many rows are written and read again, of how many."""
    return progress_seen(progress_path())
