"""`pingyi worker`: does the long work, and takes up what another worker has lost."""

import logging
import os
import signal
import threading
import time
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Command as Worker

from pingyi.accounts.operations import forget_old_access, forget_old_tries
from pingyi.core import leases, space
from pingyi.core.clock import day_of, read_now
from pingyi.core.unfinished import take_up_lost
from pingyi.downloads.operations import remove_expired
from pingyi.keeping.operations import back_up_daily
from pingyi.mailbox.operations import ask_to_look
from pingyi.notifications.operations import ask_to_send, forget_old
from pingyi.rectification.operations import clear_away
from pingyi.ui import drafts, sendings
from pingyi.web.operations import remind_daily

EVERY_SECONDS = 60
MIB = 1024 * 1024
logger = logging.getLogger("pingyi.worker")


def mib(text: str) -> int:
    """A size in MiB."""
    if not text.isdecimal() or int(text) == 0:
        raise ArgumentTypeError("give a whole number of MiB, at least 1")
    return int(text)


class Command(Worker):
    help = "Do the long work that waits, until stopped with Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--most-memory",
            type=mib,
            metavar="MIB",
            help="end once it holds more and its task is done, to be started again",
        )

    def handle(self, **options: Any) -> None:
        most_memory = options.pop("most_memory")
        done = threading.Event()
        with leases.held(settings.LEASES, get_random_string(32)):
            look()
        threading.Thread(target=keep_looking, args=(done, most_memory), daemon=True).start()
        try:
            while not self._was_done(**options):
                # It is at work all the same: nothing may be restored meanwhile.
                with leases.held(settings.LEASES, get_random_string(32)):
                    time.sleep(EVERY_SECONDS)
        finally:
            done.set()

    def _was_done(self, **options: Any) -> bool:
        """Whether the work came to its end; on a full disk it waits, as an end would take the web
        server with it that people still read by.

        Each turn has a name and a lease of its own: a task whose failure could not be noted has
        no worker any more, and is taken up again as any that was lost.
        """
        options["worker_id"] = get_random_string(32)
        try:
            with leases.held(settings.LEASES, options["worker_id"]):
                super().handle(**options)
        except DatabaseError as error:
            if not space.is_for_want_of_space(error):
                raise
            logger.error("the worker waits for space on the disk: %s", error)  # noqa: TRY400  the sentence says it all
            connection.close()
            space.give_up_reserve()
            return False
        return True


def keep_looking(done: threading.Event, most_memory: int | None) -> None:
    """Once a minute; on a connection of its own. What holds too much is asked to end, once."""
    is_asked = False
    while not done.wait(EVERY_SECONDS):
        look()
        connection.close()
        if not is_asked and most_memory is not None and memory_held() > most_memory * MIB:
            is_asked = True
            # The first signal ends the worker when its task is done, a second one at once.
            os.kill(os.getpid(), signal.SIGTERM)


def look() -> None:
    """Holds back some space, takes up what was lost, removes files whose time is over, forgets what
    was sent long ago, asks for the daily backup, for reminders, for e-mails to be read and sent.

    A database that is busy is asked again the next time.
    """
    now = read_now()
    space.keep_reserve()
    try:
        taken, given = take_up_lost(settings.LEASES, now)
        remove_expired(now=now)
        clear_away(now=now)
        sendings.forget(day_of(now))
        drafts.forget(now)
        forget_old_tries(now=now)
        forget_old_access(now=now)
        back_up_daily(now=now)
        remind_daily(now=now)
        ask_to_look(now=now)
        ask_to_send(now=now)
        forget_old(now=now)
    except DatabaseError:
        logger.warning("could not look for lost work", exc_info=True)
        return
    if taken or given:
        logger.warning("lost work: %d taken up again, %d given up", taken, given)


def memory_held() -> int:
    """Bytes of this process that lie in memory; 0 where the system does not tell."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    except FileNotFoundError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
