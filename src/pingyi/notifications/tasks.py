"""The outbox, emptied by a worker."""

from django_tasks import task

from pingyi.core.clock import read_now
from pingyi.notifications.operations.send import send_waiting


@task()
def send() -> None:
    """Send the e-mails whose time has come, until none is left."""
    while True:
        if not send_waiting(now=read_now()).counts:
            return
