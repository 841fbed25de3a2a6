"""Hands orders to child processes and collects their answers; a child that dies is replaced."""

import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from pingyi.paper.omr.intake.limits import PAGE_SECONDS
from pingyi.paper.omr.layout import Layout

_LOG = logging.getLogger(__name__)
Order = dict[str, Any]
Answer = dict[str, Any]
Answered = Callable[[Order, Answer], None]
COMMAND = (sys.executable, "-P", "-m", "pingyi.paper.omr.worker")
"""-P: nothing is imported from the folder that the scans lie in."""
SOURCE = str(Path(__file__).resolve().parents[3])
ENVIRONMENT = {"PYTHONPATH": SOURCE, "PATH": os.defpath, "LC_ALL": "C.UTF-8"}
"""No more than a child needs: no passwords, no keys."""


MOST_STILLBORN = 3
"""So many children one after the other that end before they are ready are no accident."""


class WorkerFailed(Exception):
    """Child processes end before they can take any order: the installation is at fault."""


@dataclass(slots=True)
class Child:
    """A child process, whether it has reported, the order it works on, and until when it may."""

    process: "subprocess.Popen[bytes]"
    ready: bool = False
    order: Order | None = None
    until: float = 0.0
    received: bytearray = field(default_factory=bytearray)


class Pool:
    """`number` child processes. Orders are answered in any order, each exactly once.

    A child that dies or does not answer within `seconds` is replaced; its order is answered with
    `lost` and a reason. Where somebody else has killed it (the system, for want of memory), the
    order is tried once more. WorkerFailed where no child can even begin.
    """

    def __init__(
        self, layouts: Iterable[Layout], number: int, *, command: Sequence[str] = COMMAND,
        seconds: float = PAGE_SECONDS,
    ) -> None:  # fmt: skip
        self._layouts = json.dumps([one.model_dump(mode="json") for one in layouts]) + "\n"
        self._command, self._seconds = command, seconds
        self._waiting: deque[Order] = deque()
        self._selector = selectors.DefaultSelector()
        self._children: list[Child] = []
        self._tried_again: list[Order] = []
        self._stillborn = 0
        for _ in range(number):
            self._children.append(self._begun())

    def add(self, order: Order) -> None:
        """Queue an order."""
        self._waiting.append(order)

    def drop(self, unwanted: Callable[[Order], bool]) -> list[Order]:
        """Take orders that no child has begun out of the queue."""
        dropped = [order for order in self._waiting if unwanted(order)]
        if dropped:
            self._waiting = deque(order for order in self._waiting if not unwanted(order))
        return dropped

    def run(self, answered: Answered) -> None:
        """Work until nothing waits; `answered` may add and drop orders."""
        while self._waiting or any(child.order for child in self._children):
            for child in self._children:
                if child.order is None and self._waiting:
                    self._send(child, self._waiting.popleft())
            for key, _ in self._selector.select(timeout=self._patience()):
                self._listen(key.data, answered)
            for child in list(self._children):
                if child.order is not None and child.until < time.monotonic():
                    self._lose(child, answered)

    def close(self) -> None:
        """End all children."""
        for child in self._children:
            self._end(child)
        self._selector.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _begun(self) -> Child:
        process = subprocess.Popen(
            self._command, env=ENVIRONMENT,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        child = Child(process)
        assert process.stdout is not None  # noqa: S101  for the type checker: PIPE was asked for
        self._write(child, self._layouts)
        os.set_blocking(process.stdout.fileno(), False)
        self._selector.register(process.stdout, selectors.EVENT_READ, child)
        return child

    def _send(self, child: Child, order: Order) -> None:
        child.order, child.until = order, time.monotonic() + self._seconds
        self._write(child, json.dumps(order) + "\n")

    def _write(self, child: Child, text: str) -> None:
        assert child.process.stdin is not None  # noqa: S101  PIPE was asked for
        try:
            child.process.stdin.write(text.encode())
            child.process.stdin.flush()
        except BrokenPipeError:
            return  # the child is dead; its end of stdout says so at the next look

    def _listen(self, child: Child, answered: Answered) -> None:
        """What a child wrote: first that it is ready, then a line for each order."""
        assert child.process.stdout is not None  # noqa: S101  PIPE was asked for
        # None: nothing there after all; empty: the child has closed its end.
        piece: bytes | None = child.process.stdout.read()
        child.received += piece or b""
        try:
            while (end := child.received.find(b"\n")) >= 0:
                answer: Answer = json.loads(bytes(child.received[:end]))
                del child.received[: end + 1]
                self._heard(child, answer, answered)
        except ValueError:
            # What a damaged file has broken in a child may come out as anything.
            piece = b""
        if piece == b"":
            self._lose(child, answered)

    def _heard(self, child: Child, answer: Answer, answered: Answered) -> None:
        order, child.order = child.order, None
        if not child.ready:
            child.ready, child.order = True, order
            self._stillborn = 0
        elif order is not None:
            answered(order, answer)

    def _lose(self, child: Child, answered: Answered) -> None:
        """Replace a child and answer for it."""
        late = child.order is not None and child.until < time.monotonic()
        code = self._end(child)
        if not (child.ready or late):
            self._stillborn += 1
            if self._stillborn >= MOST_STILLBORN:
                raise WorkerFailed(f"{' '.join(self._command)} ended with {code}")
        self._children[self._children.index(child)] = self._begun()
        _LOG.debug("a child ended with %s over %s", code, child.order)
        if child.order is not None and not late and self._may_try_again(child, code):
            self._waiting.appendleft(child.order)
        elif child.order is not None:
            slow = late or code == -signal.SIGPROF
            reason = "took_too_long" if slow else "unreadable_file"
            answered(child.order, {"rejected": reason, "lost": True})

    def _may_try_again(self, child: Child, code: int) -> bool:
        """Whether the order is not to blame: it was not begun, or somebody else ended the child."""
        if not child.ready:
            return True
        if code != -signal.SIGKILL or any(one is child.order for one in self._tried_again):
            return False
        if child.order is not None:
            self._tried_again.append(child.order)
        return True

    def _patience(self) -> float:
        busy = [child.until for child in self._children if child.order is not None]
        return max(0.01, min(busy, default=0.0) - time.monotonic())

    def _end(self, child: Child) -> int:
        """The exit code, after everything of the child is gone."""
        process = child.process
        if process.stdout is not None and not process.stdout.closed:
            self._selector.unregister(process.stdout)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue  # what was not sent to a dead child is of no use
        if process.poll() is None:
            process.kill()
        return process.wait()
