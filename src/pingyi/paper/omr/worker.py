"""A child process that opens foreign files and reads their pages.

`python -m pingyi.paper.omr.worker` limits itself, says that it is ready, takes one order a line as
JSON from stdin and answers with one line on stdout. It may be killed at any time; only crops are
ever written by it.
"""

import ctypes
import json
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

# One process, one core: a second thread would only spin.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import cv2
import numpy as np

from pingyi.paper.omr.images import PageImage
from pingyi.paper.omr.ink import PIXELS_PER_MM
from pingyi.paper.omr.intake.files import OpenFile
from pingyi.paper.omr.intake.limits import (
    OUTPUT_BYTES,
    PAGE_CPU_SECONDS,
    PROCESS_BYTES,
    NotTaken,
)
from pingyi.paper.omr.layout import Layout
from pingyi.paper.omr.page import Reader
from pingyi.paper.omr.readings import ItemReading, Reading

CROP_MARGIN_MM = 3.0
NO_MEMORY = -4
"""OpenCV's code for it."""
END_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of Linux's prctl(2)."""
Answer = dict[str, Any]


class SheetReader(Protocol):
    """What reads a page: the engine, or a stand-in in tests."""

    def read(self, image: PageImage, /) -> Reading:
        """Everything about one page."""


class Worker:
    """Keeps the last file open, since pages of one file come one after the other."""

    def __init__(self, reader: SheetReader) -> None:
        self._reader = reader
        self._open: tuple[str, OpenFile] | None = None

    def answer(self, order: dict[str, Any]) -> Answer:
        """Carry out one order: `list` a file, or `read` a page of it."""
        try:
            if order["do"] == "list":
                entries = self._file(order["path"]).entries()
                return {"entries": [[one.member, one.pages, one.reason] for one in entries]}
            image = self._file(order["path"]).page(order["member"], order["page"])
        except NotTaken as error:
            return {"rejected": error.reason}
        except Exception as error:  # noqa: BLE001  libraries raise anything over a damaged file
            self._open = None
            return {"rejected": "too_large" if is_lack_of_memory(error) else "unreadable_file"}
        return self._read(image, order)

    def _file(self, name: str) -> OpenFile:
        if self._open is None or self._open[0] != name:
            self._open = None
            self._open = (name, OpenFile(path_of(name)))
        return self._open[1]

    def _read(self, image: PageImage, order: dict[str, Any]) -> Answer:
        try:
            reading = self._reader.read(image)
        except NotTaken as error:  # the full picture, which is decoded only when it is needed
            return {"rejected": error.reason}
        except Exception as error:  # noqa: BLE001  a fault of ours: told, and the batch goes on
            if is_lack_of_memory(error):
                return {"rejected": "too_large"}
            return {"rejected": "unreadable_file", "fault": traceback.format_exc()}
        if order["crops"] is not None:
            try:
                write_crops(reading, path_of(order["crops"]), order["name"], order["also"])
            except OSError as error:
                return {"rejected": "unreadable_file", "unwritten": str(error)}
        return {"reading": plain(reading)}


def path_of(name: str) -> Path:
    """A path as orders carry it: its bytes, whatever language they are in."""
    return Path(os.fsdecode(name.encode("latin-1")))


def is_lack_of_memory(error: Exception) -> bool:
    """Whether there was not enough memory, however a library says that."""
    return isinstance(error, MemoryError) or getattr(error, "code", None) == NO_MEMORY


def plain(reading: Reading) -> Answer:
    """A reading as JSON carries it; the pixels stay here."""
    facts = {
        name: getattr(reading, name)
        for name in (
            "status", "reason", "kind", "ballot", "layout", "k", "of", "rotation", "skew",
            "quality", "resolution", "ink", "stages",
        )
    }  # fmt: skip
    facts["items"] = [
        [one.item, one.row, one.marked, one.state, one.reason, one.crop] for one in reading.items
    ]
    return facts


def write_crops(reading: Reading, folder: Path, name: str, also: list[list[Any]]) -> None:
    """A picture of every doubtful item with its neighbours, named by file, page, row and item."""
    for one in reading.items:
        if one.state == "doubtful" or [one.row, one.item] in also:
            picture = cut_out(reading, one)
            if picture is not None and picture.size > 0:
                file = folder / f"{name}-{one.row or 0:04d}-{quote(one.item, safe='')}.png"
                _write_whole(file, cv2.imencode(".png", picture)[1].tobytes())


def _write_whole(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError:
        file.unlink(missing_ok=True)
        raise


def cut_out(reading: Reading, item: ItemReading) -> np.ndarray | None:
    """An item and some paper around it, 6 px/mm."""
    if reading.sheet is None:
        return None
    x, y, w, h = item.crop
    left, top = x - reading.corner[0] - CROP_MARGIN_MM, y - reading.corner[1] - CROP_MARGIN_MM
    right, low = left + w + 2 * CROP_MARGIN_MM, top + h + 2 * CROP_MARGIN_MM
    columns = slice(max(0, round(left * PIXELS_PER_MM)), round(right * PIXELS_PER_MM))
    return reading.sheet[max(0, round(top * PIXELS_PER_MM)) : round(low * PIXELS_PER_MM), columns]


def end_with_parent() -> None:
    """Nobody waits for a page once the command that asked for it is gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(END_WITH_PARENT, signal.SIGKILL)


def limit_myself() -> None:
    """Memory and size of what is written; no core files."""
    for what, limit in (
        (resource.RLIMIT_AS, PROCESS_BYTES),
        (resource.RLIMIT_FSIZE, OUTPUT_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (limit, limit))


def serve(reader_for: Callable[[Sequence[Layout]], SheetReader]) -> int:
    """Answer orders until stdin ends; an order that costs too much ends the process (SIGPROF)."""
    end_with_parent()
    limit_myself()
    cv2.setNumThreads(1)
    # What libraries print belongs on stderr; stdout carries answers only.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    layouts = [Layout.model_validate(one) for one in json.loads(sys.stdin.readline())]
    worker = Worker(reader_for(layouts))
    answers.write('{"ready": true}\n')
    answers.flush()
    for line in sys.stdin:
        signal.setitimer(signal.ITIMER_PROF, PAGE_CPU_SECONDS)
        answer = worker.answer(json.loads(line))
        signal.setitimer(signal.ITIMER_PROF, 0)
        answers.write(json.dumps(answer) + "\n")
        answers.flush()
    return 0


if __name__ == "__main__":
    sys.exit(serve(Reader))
