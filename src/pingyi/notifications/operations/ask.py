"""Asking a worker to send what waits."""

from datetime import datetime

from django.utils.module_loading import import_string

from pingyi.notifications.queries.outbox import TASK, is_anything_to_send


def ask_to_send(*, now: datetime) -> bool:
    """Queue the sending where something waits and nobody is asked yet; whether it was queued.

    Looked at once a minute. Of two who ask at once both may: two senders share what waits.
    """
    if not is_anything_to_send(now):
        return False
    import_string(TASK).enqueue()
    return True
