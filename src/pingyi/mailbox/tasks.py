"""The mailbox, read by a worker."""

import logging

from django_tasks import task

from pingyi.core.clock import read_now
from pingyi.core.refusals import Refusal
from pingyi.mailbox.operations.poll import look

logger = logging.getLogger("pingyi.mailbox")


@task()
def poll() -> None:
    """Look into the mailbox; where it cannot be read the next look says so too."""
    try:
        look(now=read_now())
    except Refusal as refusal:
        logger.warning("%s", refusal)
