"""The processes behind `pingyi serve`: the web server and the background worker, kept running."""

import ctypes
import ipaddress
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from types import FrameType

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import DatabaseError, connection, connections
from django.utils.translation import gettext as _

from pingyi.core.aliases import waiting_migrations
from pingyi.core.refusals import Refusal
from pingyi.core.vendors import why_not_this_vendor

BUILT_ASSETS = "ui/build/"
# A process that ends sooner than this after its start has not served at all.
LEAST_LIFE_SECONDS = 5
MOST_FAILED_STARTS = 3
GRACE_SECONDS = 30
# A process keeps what it once needed: Python and the libraries that draw documents give little
# of it back. So each is replaced now and then: the web processes after so many pages, not both at
# once, the worker after so many tasks, or once it holds so much, when its task is done.
PAGES_A_PROCESS, PAGES_MORE_OR_LESS = 5_000, 1_000
TASKS_A_WORKER, MOST_MIB_OF_A_WORKER = 200, 400

# <linux/prctl.h>: which signal a process gets when its parent ends. The program that takes its
# place keeps that.
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


def why_not_serve(host: str) -> Refusal | None:
    """What is missing before serving: a host others may use, the database's tables, the assets."""
    if not is_loopback(host) and all(
        is_loopback(name.strip("[]")) for name in settings.ALLOWED_HOSTS
    ):
        sentence = _(
            "Others can reach {host} only with the production settings: set"
            " DJANGO_SETTINGS_MODULE=pingyi.config.settings.production and PINGYI_HOSTS."
        )
        return Refusal(sentence.format(host=host), code="host_is_not_allowed")
    return (
        why_database_is_not_ready() or why_identity_key_is_not_ours() or why_assets_are_not_ready()
    )


def why_identity_key_is_not_ours() -> Refusal | None:
    """A refusal where nobody of the database would be recognized by their identity number."""
    # Tables can be read once Django is set up, which the command line does later.
    from pingyi.organizations.queries import why_not_this_identity_key

    try:
        return why_not_this_identity_key()
    finally:
        connection.close()


def is_loopback(host: str) -> bool:
    """True for names and addresses of this machine only."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def why_database_is_not_ready() -> Refusal | None:
    """A refusal where the database is not ours, cannot be reached or lacks a migration."""
    if (other := why_not_this_vendor()) is not None:
        return other
    try:
        waiting = [name for alias in connections for name in waiting_migrations(alias)]
    except DatabaseError as error:
        # Drivers tell of every address they tried, line by line.
        told = "; ".join(line.strip() for line in str(error).splitlines() if line.strip())
        sentence = _("The database cannot be used: {error}").format(error=told)
        return Refusal(sentence, code="database_unusable")
    finally:
        connections.close_all()
    if not waiting:
        return None
    sentence = _("The database is behind the program. Run: pingyi migrate")
    return Refusal(sentence, code="migrations_pending", details=waiting)


def why_assets_are_not_ready() -> Refusal | None:
    """A refusal where styles and scripts were not built or not collected."""
    known = getattr(staticfiles_storage, "hashed_files", {})
    if any(name.startswith(BUILT_ASSETS) for name in known):
        return None
    return Refusal(_("The styles and scripts are not built. Run: make assets"), code="no_assets")


def listening_socket(host: str, port: int) -> socket.socket:
    """A socket that already listens, so that a taken port is refused before anything starts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=512)
    except OSError as error:
        sentence = _("Cannot listen at {host}, port {port}: {error}. Choose another with --port.")
        message = sentence.format(host=host, port=port, error=error.strerror or error)
        raise Refusal(message, code="cannot_listen") from error
    listener.set_inheritable(True)
    return listener


def web_command(listener: socket.socket, *, workers: int) -> list[str]:
    """Gunicorn on the socket that listens already."""
    return [
        *(sys.executable, "-m", "gunicorn", "pingyi.config.wsgi:application"),
        *("--bind", f"fd://{listener.fileno()}", "--worker-class", "gthread"),
        *("--workers", str(workers), "--threads", "4", "--timeout", "120"),
        *("--graceful-timeout", "10", "--log-level", "warning", "--no-control-socket"),
        *("--max-requests", str(PAGES_A_PROCESS)),
        *("--max-requests-jitter", str(PAGES_MORE_OR_LESS)),
    ]


def background_command() -> list[str]:
    """The worker of the task queue."""
    return [
        *(sys.executable, "-m", "pingyi.config.cli", "worker", "--no-reload", "--verbosity", "0"),
        *("--max-tasks", str(TASKS_A_WORKER), "--most-memory", str(MOST_MIB_OF_A_WORKER)),
    ]


def end_with(parent: int) -> None:
    """Ask the system to stop this process as SIGTERM does when its parent ends, however it ends.

    Called in a child before it becomes its program. A supervisor that was killed cannot stop
    anybody: its web server would keep the port, and nobody would start its worker again.
    """
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        # It ended before we asked.
        os._exit(1)


@dataclass
class Child:
    """One process that is started again when it ends by itself."""

    command: Sequence[str]
    handed_down: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    failed_starts: int = 0

    def start(self) -> None:
        # A session of its own: Ctrl-C reaches the supervisor only, which then stops each once.
        self.process = subprocess.Popen(
            self.command,
            pass_fds=self.handed_down,
            start_new_session=True,
            env=dict(os.environ),
            preexec_fn=partial(end_with, os.getpid()) if sys.platform == "linux" else None,  # noqa: PLW1509  the supervisor has one thread
        )
        self.started_at = time.monotonic()

    def keep_running(self) -> bool:
        """Start it again where it has ended; False once it does not stay up.

        A worker that is to be replaced ends with 0, however soon.
        """
        if self.process is not None and self.process.poll() is None:
            return True
        short = time.monotonic() - self.started_at < LEAST_LIFE_SECONDS
        is_broken = self.process is None or self.process.returncode != 0
        self.failed_starts = self.failed_starts + 1 if short and is_broken else 0
        if self.failed_starts >= MOST_FAILED_STARTS:
            return False
        self.start()
        return True

    def stop(self, *, deadline: float) -> None:
        """Wait for the end that was asked for; end it by force after the deadline."""
        if self.process is None:
            return
        try:
            self.process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def supervise(children: Sequence[Child]) -> bool:
    """Keep the processes running until a signal asks to stop; False where one did not stay up."""
    asked = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        asked.set()

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, ask)
    for child in children:
        child.start()
    healthy = True
    while healthy and not asked.wait(0.5):
        healthy = all(child.keep_running() for child in children)
    for child in children:
        if child.process is not None and child.process.poll() is None:
            child.process.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for child in children:
        child.stop(deadline=deadline)
    return healthy
