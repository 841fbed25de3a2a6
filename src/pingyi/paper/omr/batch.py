"""Files to RESULT: pages in the order given, each ballot once, whatever the number of workers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pingyi.paper.omr import copies
from pingyi.paper.omr.layout import Layout
from pingyi.paper.omr.pool import MODULE, Answer, Order, Pool
from pingyi.paper.omr.result import ItemResult, PageResult, Result

Progress = Callable[[int, int], None]
"""Pages done, pages known so far."""


@dataclass(slots=True)
class Sheet:
    """A page on its way: where it is, what was read, the ink of its cells, seconds by stage."""

    order: Order
    result: PageResult | None = None
    ink: tuple[float, ...] = ()
    stages: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Batch:
    """The result, and the CPU seconds by page and stage for statistics."""

    result: Result
    stages: list[tuple[str, int, dict[str, float]]]


def read_files(
    files: Sequence[str], layouts: Sequence[Layout], *, workers: int, crops: Path | None = None,
    progress: Progress | None = None, module: str = MODULE,
) -> Batch:  # fmt: skip
    """Read every page of the files. No file makes it raise: pages are named instead."""
    work = _Work(files, crops, progress)
    with Pool(layouts, max(1, workers), module=module) as pool:
        for number, file in enumerate(files):
            pool.add({"do": "list", "file": file, "number": number})
        pool.run(lambda order, answer: work.take(order, answer, pool))
        sheets = work.in_order()
        found = copies.resolved(
            [(sheet.result, sheet.ink) for sheet in sheets if sheet.result is not None]
        )
        if crops is not None:
            _crops_of_differences(pool, sheets, found.differing)
    stages = [
        (one.file, one.page, sheet.stages) for one, sheet in zip(found.pages, sheets, strict=True)
    ]
    result = Result(pages=found.pages, incomplete=copies.incomplete(found.pages, layouts))
    return Batch(result, stages)


class _Work:
    """Collects answers; remembers which page belongs where."""

    def __init__(self, files: Sequence[str], crops: Path | None, progress: Progress | None) -> None:
        self._files, self._crops, self._progress = files, crops, progress
        self._sheets: dict[int, list[Sheet]] = {}
        self._done = self._known = 0

    def take(self, order: Order, answer: Answer, pool: Pool) -> None:
        """An answer came: queue the pages of a file, or keep the reading of one."""
        if order["do"] == "list":
            self._listed(order, answer, pool)
        else:
            sheet = self._sheets[order["number"]][order["place"]]
            sheet.result = page_result(named(order["file"], order["member"]), order["page"], answer)
            reading = answer.get("reading", {})
            sheet.ink, sheet.stages = tuple(reading.get("ink", ())), reading.get("stages", {})
            self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._known)

    def in_order(self) -> list[Sheet]:
        """All pages in the order of the files."""
        return [sheet for number in sorted(self._sheets) for sheet in self._sheets[number]]

    def _listed(self, order: Order, answer: Answer, pool: Pool) -> None:
        number, file = order["number"], order["file"]
        sheets = self._sheets[number] = []
        for member, pages, reason in answer.get("entries", [[None, 1, answer.get("rejected")]]):
            for page in range(1, pages + 1):
                place = len(sheets)
                asked = {
                    "do": "read", "file": file, "member": member, "page": page, "number": number,
                    "place": place, "crops": str(self._crops) if self._crops else None,
                    "name": f"{number + 1:04d}-{place + 1:04d}", "also": [],
                }  # fmt: skip
                sheet = Sheet(asked)
                sheets.append(sheet)
                self._known += 1
                if reason is None:
                    pool.add(asked)
                else:
                    sheet.result = page_result(named(file, member), page, {"rejected": reason})
                    self._done += 1


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
