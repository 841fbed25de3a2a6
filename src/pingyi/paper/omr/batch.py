"""Files to RESULT: pages in the order given, each ballot once, whatever the number of workers."""

import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pingyi.paper.omr import copies
from pingyi.paper.omr.intake.limits import LOST_PAGES
from pingyi.paper.omr.layout import Layout
from pingyi.paper.omr.pool import COMMAND, Answer, Order, Pool
from pingyi.paper.omr.result import ItemResult, PageResult, Result

_LOG = logging.getLogger(__name__)
Progress = Callable[[int, int], None]
"""Pages done, pages known so far."""


@dataclass(slots=True)
class Sheet:
    """A page on its way: where it is, what was read, the ink of its cells, seconds by stage."""

    file: str
    page: int
    order: Order
    result: PageResult | None = None
    ink: tuple[float, ...] = ()
    stages: dict[str, float] = field(default_factory=dict)

    @property
    def read(self) -> PageResult:
        """What was read, once everything has been."""
        if self.result is None:
            raise RuntimeError(f"{self.file}, page {self.page} was never answered")
        return self.result


@dataclass(frozen=True, slots=True)
class Batch:
    """The result, and the CPU seconds by page and stage for statistics."""

    result: Result
    stages: list[tuple[str, int, dict[str, float]]]


def read_files(
    files: Sequence[str], layouts: Sequence[Layout], *, workers: int, crops: Path | None = None,
    progress: Progress | None = None, command: Sequence[str] = COMMAND,
) -> Batch:  # fmt: skip
    """Read every page of the files. No file makes it raise: pages are named instead.

    `command` starts a child process. OSError where crops cannot be written, WorkerFailed where no
    child can be started.
    """
    with Pool(layouts, max(1, workers), command=command) as pool:
        work = _Work(pool, crops, progress)
        for number, file in enumerate(files):
            pool.add({"do": "list", "path": carried(file), "file": shown(file), "number": number})
        pool.run(work.take)
        sheets = work.in_order()
        found = copies.resolved([(sheet.read, sheet.ink) for sheet in sheets], layouts)
        if crops is not None:
            _crops_of_differences(pool, sheets, found.differing)
    stages = [
        (one.file, one.page, sheet.stages) for one, sheet in zip(found.pages, sheets, strict=True)
    ]
    result = Result(pages=found.pages, incomplete=copies.incomplete(found.pages, layouts))
    return Batch(result, stages)


class _Work:
    """Collects answers; remembers which page belongs where."""

    def __init__(self, pool: Pool, crops: Path | None, progress: Progress | None) -> None:
        self._pool, self._progress = pool, progress
        self._crops = None if crops is None else carried(str(crops))
        self._sheets: dict[int, list[Sheet]] = {}
        self._lost: dict[int, list[tuple[int, Answer]]] = {}
        self._done = self._known = 0

    def take(self, order: Order, answer: Answer) -> None:
        """An answer came: queue the pages of a file, or keep the reading of one."""
        if order["do"] == "list":
            self._listed(order, answer)
        else:
            self._read(order, answer)
        if self._progress is not None:
            self._progress(self._done, self._known)

    def in_order(self) -> list[Sheet]:
        """All pages in the order of the files."""
        return [sheet for number in sorted(self._sheets) for sheet in self._sheets[number]]

    def _listed(self, order: Order, answer: Answer) -> None:
        number, sheets = order["number"], self._sheets.setdefault(order["number"], [])
        for member, pages, reason in answer.get("entries", [[None, 1, answer.get("rejected")]]):
            for page in range(1, pages + 1):
                place = len(sheets)
                asked = {
                    "do": "read", "path": order["path"], "member": member, "page": page,
                    "number": number, "place": place, "crops": self._crops,
                    "name": f"{number + 1:04d}-{place + 1:04d}", "also": [],
                }  # fmt: skip
                sheets.append(Sheet(named(order["file"], member), page, asked))
                self._known += 1
                if reason is None:
                    self._pool.add(asked)
                else:
                    self._settle(sheets[-1], {"rejected": reason})

    def _read(self, order: Order, answer: Answer) -> None:
        number, place = order["number"], order["place"]
        sheet = self._sheets[number][place]
        if "unwritten" in answer:
            raise OSError(answer["unwritten"])
        if "fault" in answer:
            _LOG.error("%s, page %s: %s", sheet.file, sheet.page, answer["fault"])
        self._settle(sheet, answer)
        if "lost" in answer:
            self._lost.setdefault(number, []).append((place, answer))
        if len(self._lost.get(number, ())) >= LOST_PAGES:
            self._give_up(number)

    def _give_up(self, number: int) -> None:
        """A file costs too much: nothing after its fifth lost page is read or kept.

        Pages begin in order, so that the fifth is the same one whoever works on which page.
        """
        place, answer = sorted(self._lost[number], key=lambda one: one[0])[LOST_PAGES - 1]
        self._pool.drop(lambda order: order["do"] == "read" and order["number"] == number)
        for sheet in self._sheets[number][place + 1 :]:
            self._settle(sheet, answer)

    def _settle(self, sheet: Sheet, answer: Answer) -> None:
        self._done += sheet.result is None
        sheet.result = page_result(sheet.file, sheet.page, answer)
        reading = answer.get("reading", {})
        sheet.ink, sheet.stages = tuple(reading.get("ink", ())), reading.get("stages", {})


def carried(path: str) -> str:
    """A path as orders carry it: its bytes, since the child knows no locale."""
    return os.fsencode(path).decode("latin-1")


def shown(path: str) -> str:
    """A path as RESULT names it; bytes that are no text are written as \\xNN."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def named(file: str, member: str | None) -> str:
    """A file as RESULT names it; a member of a zip stands behind the zip's own name."""
    return file if member is None else f"{file}/{member}"


def page_result(file: str, page: int, answer: dict[str, Any]) -> PageResult:
    """What a child answered about a page, as RESULT says it."""
    reading = answer.get("reading")
    if reading is None:
        return PageResult(file=file, page=page, status="rejected", reason=answer["rejected"])
    facts = {key: value for key, value in reading.items() if key not in ("ink", "stages", "items")}
    items = [
        ItemResult(item=item, row=row, marked=marked, state=state, reason=reason, crop=crop)
        for item, row, marked, state, reason, crop in reading["items"]
    ]
    return PageResult(file=file, page=page, items=items, **facts)


def _crops_of_differences(
    pool: Pool, sheets: Sequence[Sheet], differing: dict[int, list[tuple[int | None, str]]]
) -> None:
    """Items that became questions only beside another copy get their pictures too."""
    for place, keys in differing.items():
        pool.add({**sheets[place].order, "also": [list(key) for key in keys]})
    pool.run(lambda _order, _answer: None)
