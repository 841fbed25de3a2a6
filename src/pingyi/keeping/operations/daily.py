"""The backup that nobody has to ask for."""

from datetime import datetime

from django.utils import timezone

from pingyi.core.space import why_not_write_files
from pingyi.keeping.operations.ask import ask_for
from pingyi.keeping.operations.make import ONLY_OUR_FOLDER
from pingyi.keeping.queries.backups import backups_under_way, last_tried
from pingyi.keeping.queries.folder import folder, safe_since, size_of_next
from pingyi.keeping.rules.kept import is_due


def back_up_daily(*, now: datetime) -> bool:
    """Ask for a backup where the hour for it has come; whether it was asked for.

    Looked at once a minute. Where there is none yet, days are counted since the folder is there.
    It waits for space: “pingyi check” and the page of backups say so.
    """
    place = folder()
    if not place.is_dir():
        place.mkdir(mode=ONLY_OUR_FOLDER, parents=True)
        return False
    if why_not_write_files(size_of_next()) is not None:
        return False
    since, tried = safe_since() or now, last_tried()
    here = now.astimezone(timezone.get_current_timezone())
    if not is_due(here, since, tried.asked_at if tried else None) or backups_under_way().exists():
        return False
    ask_for(by=None, now=now)
    return True
