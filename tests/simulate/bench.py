"""`make bench-paper`: the table of targets, measured on fresh simulated pages.

Pages go through the program's own intake (bytes to pixels) and engine; making them is not counted.
Times are CPU of the reading process. Nothing here is a test: it prints.
"""

import argparse
import json
import os
import platform
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from itertools import count
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import cv2

from pingyi.paper.omr.intake.files import part_of
from pingyi.paper.omr.layout import Layout
from pingyi.paper.omr.page import Reader
from tests.simulate.pages import cells_of, simulated
from tests.simulate.scoring import Score, upper_bound
from tests.simulate.seeds import Kind, seeds

BATCH = 25
MOST_LISTED = 40
Times = dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class Target:
    """Of design/paper.md: silent errors per million cells (marks >= 60 % inside), share of items to
    a person, CPU ms a page; and the cells it takes to say so.
    """

    silent: float
    people: float
    ms: int
    cells: int


TARGETS = {
    "grey": Target(0, 0.05, 50, 3_000_000),
    "phone": Target(5, 0.10, 85, 300_000),
    "fax": Target(30, 0.40, 45, 300_000),
}


@dataclass(slots=True)
class Run:
    """What was read so far at one level."""

    score: Score = field(default_factory=Score)
    times: Times = field(default_factory=lambda: defaultdict(list))

    @property
    def page_ms(self) -> list[float]:
        """CPU of each page: from bytes to decisions."""
        return [1000 * seconds for seconds in self.times["page"]]

    def median_ms(self, stage: str) -> float:
        return 1000 * statistics.median(self.times[stage])


_READERS: dict[str, Reader] = {}


def reader_of(layout: Layout) -> Reader:
    """One reader a layout and process."""
    if layout.hash not in _READERS:
        _READERS[layout.hash] = Reader([layout])
    return _READERS[layout.hash]


def read_some(level: str, chosen: Sequence[int]) -> tuple[Score, Times]:
    """Make and read the pages of some seeds."""
    cv2.setNumThreads(1)
    score, times = Score(), defaultdict(list)
    for seed in chosen:
        begun = time.process_time()
        page = simulated(level, seed)
        reader = reader_of(page.layout)
        start = time.process_time()
        image = part_of(page.content).page(1)
        decoded = time.process_time()
        reading = reader.read(image)
        times["page"].append(time.process_time() - start)
        times["decode"].append(decoded - start)
        times["making"].append(start - begun)
        for stage, seconds in reading.stages.items():
            times[stage].append(seconds)
        score.add(page, reading)
    return score, dict(times)


def enough(level: str, cells: int, kind: Kind, first: int) -> range:
    """So many seeds from `first` on that their pages have the cells asked for."""
    seen = 0
    for number in count():
        seen += cells_of(level, seeds(kind, 1, first + number)[0])
        if seen >= cells:
            return seeds(kind, number + 1, first)
    raise AssertionError("seeds() refuses when there are no more")


def measured(level: str, cells: int, kind: Kind, workers: int, first: int) -> Run:
    """Read pages until so many cells were seen."""
    chosen = enough(level, cells, kind, first)
    run = Run()
    with ProcessPoolExecutor(workers) as pool:
        pieces = [chosen[start : start + BATCH] for start in range(0, len(chosen), BATCH)]
        for score, times in pool.map(read_some, [level] * len(pieces), pieces):
            run.score.join(score)
            for stage, values in times.items():
                run.times[stage] += values
            if sys.stderr.isatty():
                sys.stderr.write(f"\r{level}: {run.score.pages} / {len(chosen)} pages ")
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")
    return run


def summary(level: str, run: Run) -> dict[str, Any]:
    """The figures of one level, as JSON holds them."""
    score, ms = run.score, run.page_ms
    return {
        "level": level, "pages": score.pages, "cells": score.cells, "items": score.items,
        "cells_inside": score.cells_inside, "silent_inside": score.silent,
        "silent_inside_upper_per_million":
            round(1e6 * upper_bound(score.silent, score.cells_inside), 3),
        "silent_all": len(score.mistakes),
        "silent_all_upper_per_million":
            round(1e6 * upper_bound(len(score.mistakes), score.cells), 3),
        "to_people": score.to_people, "unread_items": score.unread_items,
        "reasons": dict(score.reasons.most_common()), "lost": dict(score.lost.most_common()),
        "lost_seeds": score.lost_seeds, "wrong_ballots": score.wrong_ballots,
        "wrong_ballot_seeds": score.wrong_ballot_seeds,
        "wrong_ballots_upper_per_million":
            round(1e6 * upper_bound(score.wrong_ballots, score.pages)),
        "ms_median": round(statistics.median(ms), 1), "ms_mean": round(statistics.mean(ms), 1),
        "ms_95th": round(statistics.quantiles(ms, n=20)[-1], 1) if len(ms) > 1 else round(ms[0], 1),
        "ms_by_stage": {stage: round(run.median_ms(stage), 1) for stage in run.times},
        "mistakes": [asdict(one) for one in score.mistakes],
    }  # fmt: skip


def told(level: str, run: Run) -> str:
    """The lines of one level."""
    one, target, score = summary(level, run), TARGETS[level], run.score
    stages = {name: ms for name, ms in one["ms_by_stage"].items() if name not in {"page", "making"}}
    return "\n".join(
        [
            f"## {level}: {score.pages} pages, {score.cells} cells read, {score.items} items",
            _rate("marks >= 60 % inside", score.silent, score.cells_inside),
            f"target {target.silent:g} per million",
            _rate("all marks", len(score.mistakes), score.cells),
            *_people(score, target),
            f"wrong ballots, layouts or page numbers: {score.wrong_ballots} in {score.pages} pages",
            f"seeds of these: {score.wrong_ballot_seeds}",
            f"pages not read: {one['lost'] or 0}, seeds {score.lost_seeds[:MOST_LISTED]}",
            f"CPU ms a page: median {one['ms_median']}, mean {one['ms_mean']}",
            f"95th percentile {one['ms_95th']}, target {target.ms}",
            f"of which (medians): {stages}; making it took {one['ms_by_stage']['making']}",
            *(f"  {mistake}" for mistake in score.mistakes[:MOST_LISTED]),
        ]
    )


def _rate(which: str, events: int, cells: int) -> str:
    """A rate of silent errors with its bound."""
    bound = 1e6 * upper_bound(events, cells)
    return (
        f"silently wrong, {which}: {events} in {cells} cells = {1e6 * events / max(cells, 1):.2f}"
        f" per million, 95 % upper bound {bound:.2f}"
    )


def _people(score: Score, target: Target) -> list[str]:
    """Items to a person: of all pages, and of those that were read."""
    read = max(score.items - score.unread_items, 1)
    share = 100 * score.to_people / max(score.items, 1)
    of_read = 100 * (score.to_people - score.unread_items) / read
    return [
        f"items to a person: {share:.2f} % of all, {of_read:.2f} % on the pages that were read",
        f"target {100 * target.people:g} %",
        f"for the reasons {dict(score.reasons.most_common())}",
    ]


def machine() -> str:
    """Where the figures come from."""
    names = ("numpy", "opencv-python-headless", "zxing-cpp", "pypdfium2", "pillow")
    model = next(
        (line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
         if line.startswith("model name")), platform.processor(),
    )  # fmt: skip
    libraries = ", ".join(f"{name} {version(name)}" for name in names)
    return f"{model}, {os.cpu_count()} cores; Python {platform.python_version()}; {libraries}"


def options_of(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--level", choices=[*TARGETS, "all"], default="all")
    parser.add_argument(
        "--cells", type=int,
        help="instead of the targets' own; with all: of grey, and a tenth at other levels",
    )  # fmt: skip
    parser.add_argument("--seeds", choices=["dev", "test"], default="test")
    parser.add_argument("--first", type=int, default=0, help="skip so many seeds")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path, help="all figures and mistakes as JSON")
    return parser.parse_args(arguments)


def cells_for(level: str, options: argparse.Namespace) -> int:
    """The cells to read at a level."""
    if options.cells is None:
        return TARGETS[level].cells
    share = TARGETS[level].cells / TARGETS["grey"].cells if options.level == "all" else 1
    return max(1, round(options.cells * share))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was asked for and print it."""
    options = options_of(arguments)
    sys.stdout.write(f"{machine()}\n")
    figures = []
    for level in TARGETS if options.level == "all" else [options.level]:
        cells = cells_for(level, options)
        run = measured(level, cells, options.seeds, options.workers, options.first)
        sys.stdout.write(f"\n{told(level, run)}\n")
        sys.stdout.flush()
        figures.append(summary(level, run))
    if options.out:
        content = {"machine": machine(), "seeds": options.seeds, "first": options.first}
        text = json.dumps({**content, "levels": figures}, ensure_ascii=False, indent=1)
        options.out.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
