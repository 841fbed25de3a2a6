"""Hands orders to child processes and collects their answers; a child that dies is replaced."""

import json
import os
import selectors
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Self

from pingyi.paper.omr.intake.limits import PAGE_SECONDS
from pingyi.paper.omr.layout import Layout

Order = dict[str, Any]
Answer = dict[str, Any]
MODULE = "pingyi.paper.omr.worker"


@dataclass(slots=True)
class Child:
    """A child process, the order it works on, and until when it may."""

    process: "subprocess.Popen[bytes]"
    order: Order | None = None
    until: float = 0.0
    received: bytearray = field(default_factory=bytearray)


class Pool:
    """`number` child processes. Orders are answered in any order, each exactly once."""

    def __init__(
        self, layouts: Iterable[Layout], number: int, *, module: str = MODULE,
        seconds: float = PAGE_SECONDS,
    ) -> None:  # fmt: skip
        self._layouts = json.dumps([one.model_dump(mode="json") for one in layouts]) + "\n"
        self._module, self._seconds = module, seconds
        self._waiting: deque[Order] = deque()
        self._selector = selectors.DefaultSelector()
        self._children = [self._begun() for _ in range(number)]

    def add(self, order: Order) -> None:
        """Queue an order."""
        self._waiting.append(order)

    def run(self, answered: Callable[[Order, Answer], None]) -> None:
        """Work until nothing waits; `answered` may add orders."""
        while self._waiting or any(child.order for child in self._children):
            for child in self._children:
                if child.order is None and self._waiting:
                    self._send(child, self._waiting.popleft())
            for key, _ in self._selector.select(timeout=self._patience()):
                child = key.data
                order, answer = child.order, self._received(child)
                if answer is not None and order is not None:
                    answered(order, answer)
            self._stop_the_slow(answered)

    def close(self) -> None:
        """End all children."""
        for child in self._children:
            self._end(child)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _begun(self) -> Child:
        process = subprocess.Popen(
            [sys.executable, "-m", self._module],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        child = Child(process)
        assert process.stdin is not None  # noqa: S101  for the type checker: PIPE was asked for
        assert process.stdout is not None  # noqa: S101  the same
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

    def _received(self, child: Child) -> Answer | None:
        """The answer of a child, once it is whole; a dead child answers `unreadable_file`."""
        assert child.process.stdout is not None  # noqa: S101  PIPE was asked for
        piece = child.process.stdout.read()
        if piece:
            child.received += piece
            if not child.received.endswith(b"\n"):
                return None
            answer: Answer = json.loads(bytes(child.received))
            child.received.clear()
            child.order = None
            return answer
        self._replace(child)
        return {"rejected": "unreadable_file"}

    def _stop_the_slow(self, answered: Callable[[Order, Answer], None]) -> None:
        now = time.monotonic()
        for child in list(self._children):
            if child.order is not None and child.until < now:
                order = child.order
                self._replace(child)
                answered(order, {"rejected": "took_too_long"})

    def _patience(self) -> float:
        busy = [child.until for child in self._children if child.order is not None]
        return max(0.01, min(busy, default=0.0) - time.monotonic())

    def _replace(self, child: Child) -> None:
        self._end(child)
        self._children[self._children.index(child)] = self._begun()

    def _end(self, child: Child) -> None:
        process = child.process
        if process.stdout is not None and process.stdout in self._selector.get_map():
            self._selector.unregister(process.stdout)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue  # what was not sent to a dead child is of no use
        process.kill()
        process.wait()
