"""Look at simulated pages: `python -m tests.simulate.show grey 17 42 --out FOLDER`.

For each seed: the page as a file, the truth and the reading as JSON, and a picture of every item
that was accepted although it is wrong (with --doubtful also of those that ask a person).
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from pingyi.paper.omr.intake.files import part_of
from pingyi.paper.omr.page import Reader
from pingyi.paper.omr.readings import ItemReading, Reading
from pingyi.paper.omr.worker import cut_out
from tests.simulate.pages import LEVELS, Simulated, simulated
from tests.simulate.scoring import Score

LARGER = 4


def plain_reading(reading: Reading) -> dict[str, Any]:
    """A reading without its pixels."""
    names = ("status", "reason", "kind", "ballot", "k", "of", "rotation", "skew", "quality")
    facts = {name: getattr(reading, name) for name in names}
    return {**facts, "items": [asdict(one) for one in reading.items]}


def picture(page: Simulated, reading: Reading, item: ItemReading) -> np.ndarray | None:
    """An item enlarged, with what was read and what was meant written under it."""
    piece = cut_out(reading, item)
    if piece is None or not piece.size:
        return None
    larger = cv2.resize(piece, None, fx=LARGER, fy=LARGER, interpolation=cv2.INTER_CUBIC)
    room = np.full((40, larger.shape[1]), 255, np.uint8)
    meant = "+".join(page.filled.meant[item.row, item.item]) or "blank"
    words = f"read {'+'.join(item.marked) or 'blank'} ({item.reason}), meant {meant}"
    cv2.putText(room, words, (6, 28), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 0, 1, cv2.LINE_AA)
    return np.vstack([larger, room])


def show(level: str, seed: int, folder: Path, *, doubtful: bool) -> str:
    """Write everything about one seed; says in a line what was found."""
    page = simulated(level, seed)
    reading = Reader([page.layout]).read(part_of(page.content).page(1))
    score = Score()
    score.add(page, reading)
    stem = f"{level}-{seed}"
    (folder / f"{stem}{'.tif' if level == 'fax' else '.jpg'}").write_bytes(page.content)
    for name, content in (("truth", page.truth.plain()), ("reading", plain_reading(reading))):
        text = json.dumps(content, ensure_ascii=False, indent=1)
        (folder / f"{stem}-{name}.json").write_text(text + "\n", encoding="utf-8")
    wrong = {(one.row, one.item) for one in score.mistakes}
    for item in reading.items:
        if (item.row, item.item) in wrong or (doubtful and item.state == "doubtful"):
            image = picture(page, reading, item)
            if image is not None:
                sign = "wrong" if (item.row, item.item) in wrong else str(item.reason)
                cv2.imwrite(
                    str(folder / f"{stem}-{item.row or 0:02d}-{item.item}-{sign}.png"), image
                )
    said = f"{stem}: {reading.status} {reading.reason or ''}, {score.to_people} of {score.items}"
    return "\n".join([f"{said} items to a person", *(f"  {one}" for one in score.mistakes)])


def main(arguments: Sequence[str] | None = None) -> int:
    """Show every seed asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("level", choices=list(LEVELS))
    parser.add_argument("seeds", type=int, nargs="+")
    parser.add_argument("--out", type=Path, default=Path("var/simulated"))
    parser.add_argument("--doubtful", action="store_true")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    for seed in options.seeds:
        said = show(options.level, seed, options.out, doubtful=options.doubtful)
        sys.stdout.write(f"{said}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
