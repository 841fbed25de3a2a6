"""A child process with a stand-in for the engine: what it does depends on the width of the page.

Everything else (limits, files, answers) is the program's own.
"""

import os
import signal
import sys
import time
from collections.abc import Sequence

import numpy as np

from pingyi.paper.omr.images import PageImage
from pingyi.paper.omr.layout import Layout
from pingyi.paper.omr.readings import ItemReading, Reading
from pingyi.paper.omr.worker import serve

DIES, LOOPS, SLEEPS, HAS_A_FAULT, NEEDS_MEMORY, BABBLES = 401, 402, 403, 404, 405, 406
USES_UP_ITS_TIME, IS_KILLED = 407, 408
COMMAND = (sys.executable, __file__)


class StandIn:
    """Reads the ballot id off the size of the page: its height is the voter."""

    def __init__(self, layouts: Sequence[Layout]) -> None:
        self._layout = layouts[0]

    def read(self, image: PageImage, /) -> Reading:
        """Item `a` is marked and accepted; item `b` is doubtful."""
        height, width = image.grey.shape
        misbehave(width)
        cells = self._layout.pages[0].cells
        crop = (1.0, 1.0, 20.0, 10.0)
        return Reading(
            "read", None, "bilevel" if image.bilevel else "grey", ballot=f"B{height}",
            layout=self._layout.hash, k=1, of=len(self._layout.pages), rotation=0, skew=0.0,
            quality=float(signal.getitimer(signal.ITIMER_PROF)[0] > 0), resolution=width,
            items=(
                ItemReading("a", 1, ("good",), "accepted", None, crop),
                ItemReading("b", 1, (), "doubtful", "blank_uncertain", crop),
            ),
            ink=tuple(float(n == 0) for n in range(len(cells))),
            sheet=np.full((100, 200), 200, np.uint8),
            stages={"ink": 0.001},
        )  # fmt: skip


def end(width: int) -> None:
    """Break off, by oneself or by what the system does to a process that needs too much."""
    if width == DIES:
        os.abort()
    if width == IS_KILLED and "SURVIVES" not in os.environ:
        os.kill(os.getpid(), signal.SIGKILL)


def misbehave(width: int) -> None:
    """What children do when a library breaks."""
    end(width)
    while width == LOOPS:
        pass
    if width == SLEEPS:
        time.sleep(1000)
    if width == USES_UP_ITS_TIME:
        signal.setitimer(signal.ITIMER_PROF, 0.05)
        misbehave(LOOPS)
    if width == HAS_A_FAULT:
        raise KeyError("a fault of ours")
    if width == NEEDS_MEMORY:
        np.zeros((1 << 33), np.uint8)
    if width == BABBLES:
        for handle in range(3, 10):
            try:
                os.write(handle, b"{babble\n")
            except OSError:
                continue


if __name__ == "__main__":
    sys.exit(serve(StandIn))
