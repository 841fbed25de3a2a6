"""The same ballot again: a rescan is kept once, an altered copy goes to a person.

Two pages of one ballot are one sheet when the ink in their cells goes together and no item reads
differently; otherwise somebody copied or altered a sheet (design/paper.md, Read 6).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pingyi.paper.omr.acceptance import LEAST_TICK
from pingyi.paper.omr.layout import Layout
from pingyi.paper.omr.result import Incomplete, ItemResult, PageResult, Place

LEAST_SIMILARITY = 0.95
Ink = tuple[float, ...]
Key = tuple[int | None, str]
"""Row and item."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """Pages with duplicates named; `differing` are items by page that a copy made doubtful."""

    pages: list[PageResult]
    differing: dict[int, list[Key]]


def resolved(readings: Sequence[tuple[PageResult, Ink]]) -> Resolved:
    """Each ballot's page once, the first in order; every later one a duplicate of it."""
    pages = [page for page, _ in readings]
    differing: dict[int, list[Key]] = {}
    first: dict[tuple[str, str, int], int] = {}
    for place, (page, ink) in enumerate(readings):
        if page.status != "read" or page.ballot is None or page.layout is None or page.k is None:
            continue
        key = (page.layout, page.ballot, page.k)
        if key not in first:
            first[key] = place
            continue
        kept = first[key]
        alike = similarity(readings[kept][1], ink)
        keys = differences(pages[kept], page, readings[kept][1], ink)
        same = alike > LEAST_SIMILARITY and not keys
        pages[place] = page.model_copy(
            update={
                "status": "duplicate",
                "reason": "rescan" if same else "altered_copy",
                "similarity": round(alike, 4),
                "duplicate_of": Place(file=pages[kept].file, page=pages[kept].page),
            }
        )
        if keys:
            fresh = [key for key in keys if _is_accepted(pages[kept], key)]
            differing.setdefault(kept, []).extend(fresh)
            pages[kept] = _questioned(pages[kept], keys)
    return Resolved(pages, differing)


def similarity(one: Ink, other: Ink) -> float:
    """Correlation of the ink in the cells of two pages, 0 to 1; two empty sheets are alike."""
    first, second = np.asarray(one), np.asarray(other)
    if first.shape != second.shape or first.size == 0:
        return 0.0
    spread = float(first.std() * second.std())
    if spread < 1e-6:
        return 1.0 if max(float(first.std()), float(second.std())) < 1e-3 else 0.0
    return float(np.clip(((first - first.mean()) * (second - second.mean())).mean() / spread, 0, 1))


def differences(one: PageResult, other: PageResult, ink: Ink, other_ink: Ink) -> list[Key]:
    """Items that read differently, or of which one shows a mark that the other does not."""
    found: list[Key] = []
    each = len(ink) // max(len(one.items), 1)
    for place, (first, second) in enumerate(zip(one.items, other.items, strict=False)):
        both = first.state == second.state == "accepted"
        cells = slice(place * each, (place + 1) * each)
        moved = any(
            (before < CLEAN_SHARE and after >= LEAST_TICK)
            or (after < CLEAN_SHARE and before >= LEAST_TICK)
            for before, after in zip(ink[cells], other_ink[cells], strict=False)
        )
        if (both and first.marked != second.marked) or moved:
            found.append((first.row, first.item))
    return found


CLEAN_SHARE = 0.15
"""Share of a tick under which a cell is as good as clean."""


def incomplete(pages: Sequence[PageResult], layouts: Sequence[Layout]) -> list[Incomplete]:
    """Ballots of several pages of which some were read and some are missing."""
    seen: dict[tuple[str, str], set[int]] = {}
    for page in pages:
        if page.status == "read" and page.ballot and page.layout and page.k:
            seen.setdefault((page.layout, page.ballot), set()).add(page.k)
    of = {layout.hash: len(layout.pages) for layout in layouts}
    return [
        Incomplete(ballot=ballot, layout=layout, missing=missing)
        for (layout, ballot), there in seen.items()
        if (missing := [k for k in range(1, of[layout] + 1) if k not in there])
    ]


def _is_accepted(page: PageResult, key: Key) -> bool:
    return any((one.row, one.item) == key and one.state == "accepted" for one in page.items)


def _questioned(page: PageResult, keys: Sequence[Key]) -> PageResult:
    def asked(one: ItemResult) -> ItemResult:
        if (one.row, one.item) not in keys or one.state == "doubtful":
            return one
        return one.model_copy(update={"state": "doubtful", "reason": "copies_differ"})

    return page.model_copy(update={"items": [asked(one) for one in page.items]})
