"""Telling everybody once a day what they owe."""

from datetime import date, datetime

from django.db import transaction
from django.utils.module_loading import import_string

from pingyi.core.clock import day_of
from pingyi.core.pieces import in_parts
from pingyi.notifications.enums import MessageKind
from pingyi.notifications.operations import begin_day, write_messages
from pingyi.notifications.queries import is_quiet
from pingyi.web.queries.reminders import reminders

TASK = "pingyi.web.tasks.remind"
# Written in one transaction; others write in between.
AT_ONCE = 200


def remind_daily(*, now: datetime) -> bool:
    """Ask a worker for the reminders of today, once, after the quiet hours; whether it was asked.

    Looked at once a minute.
    """
    if is_quiet(now):
        return False
    with transaction.atomic():
        if not begin_day(day=day_of(now)):
            return False
        import_string(TASK).enqueue()
    return True


def remind_all(*, today: date, now: datetime) -> int:
    """Write one message to everybody who is to be reminded on a day, and nobody twice; how many
    were told.
    """
    told: set[int] = set()
    for some in in_parts(reminders(today), AT_ONCE):
        told |= write_messages(drafts=some, kind=MessageKind.REMINDER, by=None, now=now)
    return len(told)
