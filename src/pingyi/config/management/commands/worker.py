"""`pingyi worker`: does the long work, and takes up what another worker has lost."""

import logging
import threading
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Command as Worker

from pingyi.core import leases
from pingyi.core.clock import day_of, read_now
from pingyi.core.unfinished import take_up_lost
from pingyi.ui import sendings

EVERY_SECONDS = 60
logger = logging.getLogger("pingyi.worker")


class Command(Worker):
    help = "Do the long work that waits, until stopped with Ctrl-C."

    def handle(self, **options: Any) -> None:
        options["worker_id"] = get_random_string(32)
        done = threading.Event()
        with leases.held(settings.LEASES, options["worker_id"]):
            look()
            threading.Thread(target=keep_looking, args=(done,), daemon=True).start()
            try:
                super().handle(**options)
            finally:
                done.set()


def keep_looking(done: threading.Event) -> None:
    """Once a minute; on a connection of its own."""
    while not done.wait(EVERY_SECONDS):
        look()
        connection.close()


def look() -> None:
    """Takes up what was lost and forgets what was sent long ago.

    A database that is busy is asked again the next time.
    """
    try:
        taken, given = take_up_lost(settings.LEASES, read_now())
        sendings.forget(day_of(read_now()))
    except DatabaseError:
        logger.warning("could not look for lost work", exc_info=True)
        return
    if taken or given:
        logger.warning("lost work: %d taken up again, %d given up", taken, given)
