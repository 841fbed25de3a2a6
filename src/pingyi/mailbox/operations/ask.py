"""Asking a worker to look into the mailbox."""

from datetime import datetime, timedelta

from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from pingyi.mailbox.queries.mails import TASK, is_to_be_looked_into

EVERY = timedelta(minutes=2)


def ask_to_look(*, now: datetime) -> bool:
    """Queue a look where the last one is some time ago; whether it was queued.

    Of two who ask at once both may: whoever comes second finds the mailbox taken, or empty.
    """
    if not is_to_be_looked_into(now - EVERY):
        return False
    # Hundreds a day: what was done is no history.
    DBTaskResult.objects.filter(task_path=TASK, status=TaskResultStatus.SUCCESSFUL).delete()
    import_string(TASK).enqueue()
    return True
