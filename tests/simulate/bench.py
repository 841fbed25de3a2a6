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
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import cv2

from pingyi.paper.omr.intake.files import part_of
from pingyi.paper.omr.layout import Layout
from pingyi.paper.omr.page import Reader
from tests.simulate.pages import simulated
from tests.simulate.scoring import Score, upper_bound
from tests.simulate.seeds import seeds

# Level: silent errors per million cells, share of items to people, CPU ms a page, cells to read.
TARGETS = {
    "grey": (0.0, 0.05, 50, 3_000_000),
    "phone": (5.0, 0.10, 85, 300_000),
    "fax": (30.0, 0.40, 45, 300_000),
}
CELLS_A_PAGE = 410
BATCH = 25
Times = dict[str, list[float]]


@dataclass(slots=True)
class Run:
    """What was read so far at one level."""

    score: Score = field(default_factory=Score)
    times: Times = field(default_factory=lambda: defaultdict(list))


_READERS: dict[str, Reader] = {}


def reader_of(layout: Layout) -> Reader:
    """One reader a layout and process."""
    return _READERS.setdefault(layout.hash, Reader([layout]))


def read_some(level: str, chosen: Sequence[int]) -> tuple[Score, Times]:
    """Make and read the pages of some seeds."""
    cv2.setNumThreads(1)
    score, times = Score(), defaultdict(list)
    for seed in chosen:
        page = simulated(level, seed)
        reader = reader_of(page.layout)
        start = time.process_time()
        image = part_of(page.content).page(1)
        decoded = time.process_time()
        reading = reader.read(image)
        times["page"].append(time.process_time() - start)
        times["decode"].append(decoded - start)
        for stage, seconds in reading.stages.items():
            times[stage].append(seconds)
        score.add(page, reading)
    return score, dict(times)


def measured(level: str, cells: int, kind: str, workers: int, first: int) -> Run:
    """Read pages until so many cells were seen."""
    chosen = seeds(kind, -(-cells // CELLS_A_PAGE), first)
    run = Run()
    with ProcessPoolExecutor(workers) as pool:
        pieces = [chosen[start : start + BATCH] for start in range(0, len(chosen), BATCH)]
        for done, (score, times) in enumerate(
            pool.map(read_some, [level] * len(pieces), pieces), start=1
        ):
            run.score.join(score)
            for stage, values in times.items():
                run.times[stage] += values
            if sys.stderr.isatty():
                sys.stderr.write(f"\r{level}: {done * BATCH} / {len(chosen)} pages")
    return run


def told(level: str, run: Run) -> str:
    """The lines of one level."""
    score = run.score
    silent, people, most_ms, _ = TARGETS[level]
    inside, every = score.silent, len(score.mistakes)
    million = 1e6 / max(score.cells_inside, 1)
    bound = upper_bound(inside, score.cells_inside) * 1e6
    share = score.to_people / max(score.items, 1)
    ms = [1000 * seconds for seconds in run.times["page"]]
    stages = ", ".join(
        f"{stage} {1000 * statistics.median(values):.1f}"
        for stage, values in run.times.items() if stage != "page"
    )  # fmt: skip
    lines = [
        f"## {level}: {score.pages} pages, {score.cells} cells, {score.items} items",
        f"silently wrong, marks >= 60 % inside: {inside} in {score.cells_inside} cells = "
        f"{inside * million:.2f} per million (95 % upper bound {bound:.2f}; target {silent:g})",
        f"silently wrong, all marks: {every} in {score.cells} cells",
        f"items to a person: {100 * share:.2f} % (target {100 * people:g} %); "
        f"{dict(score.reasons.most_common())}",
        f"wrong ballot ids: {score.wrong_ballots}; pages not read: {dict(score.lost)}",
        f"CPU ms a page: median {statistics.median(ms):.1f}, mean {statistics.mean(ms):.1f}, "
        f"95th percentile {statistics.quantiles(ms, n=20)[-1]:.1f} (target {most_ms}); {stages}",
    ]
    return "\n".join(lines + [f"  {one}" for one in score.mistakes])


def machine() -> str:
    """Where the figures come from."""
    names = ("numpy", "opencv-python-headless", "zxing-cpp", "pypdfium2", "pillow")
    model = next(
        (line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
         if line.startswith("model name")), platform.processor(),
    )  # fmt: skip
    libraries = ", ".join(f"{name} {version(name)}" for name in names)
    return f"{model}, {os.cpu_count()} cores; Python {platform.python_version()}; {libraries}"


def main() -> int:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--level", choices=[*TARGETS, "all"], default="all")
    parser.add_argument("--cells", type=int, help="instead of the targets' own numbers")
    parser.add_argument("--seeds", choices=["dev", "test"], default="test")
    parser.add_argument("--first", type=int, default=0, help="skip so many seeds")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path, help="mistakes as JSON")
    options = parser.parse_args()
    print(machine())
    mistakes = []
    for level in TARGETS if options.level == "all" else [options.level]:
        cells = options.cells or TARGETS[level][3]
        run = measured(level, cells, options.seeds, options.workers, options.first)
        print(told(level, run), flush=True)
        mistakes += [asdict(one) for one in run.score.mistakes]
    if options.out:
        options.out.write_text(json.dumps(mistakes, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
