"""The same ballot again: a rescan is kept once, an altered copy goes to a person.

Two pages of one ballot are one sheet when the ink in their cells goes together and no item reads
differently; otherwise somebody copied or altered a sheet (design/paper.md, Read 6).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pingyi.paper.omr.layout import Layout, Page
from pingyi.paper.omr.result import Incomplete, ItemResult, PageResult, Place

LEAST_SIMILARITY = 0.95
LEAST_CHANGE, LEFT_SHARE = 0.42, 0.4
"""A cell with at least so many ticks of ink, less than this share of which is found on the other
page, was added to, or something was taken away. Less ink is no mark on either page."""
HEAVY_CHANGE, HEAVY_LEFT_SHARE = 1.0, 0.55
"""The same where the difference is a whole tick: one that was blacked out in between.

Measured on rescans of generated pages: dust and streaks of scanners leave up to 0.37 ticks; a
difference of masses alone (0.4 ticks, say) would take every third fax or photograph of the same
sheet for another.
"""
Ink = tuple[float, ...]
Key = tuple[int | None, str]
"""Row and item."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """Pages with duplicates named; `differing` are items by page that a copy made doubtful."""

    pages: list[PageResult]
    differing: dict[int, list[Key]]


def resolved(readings: Sequence[tuple[PageResult, Ink]], layouts: Sequence[Layout]) -> Resolved:
    """Each ballot's page once, the first in order; every later one a duplicate of it."""
    pages = [page for page, _ in readings]
    cells = {(layout.hash, page.page): keys_of(page) for layout in layouts for page in layout.pages}
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
        before = readings[kept][1]
        moved = changed(cells[page.layout, page.k], before, ink)
        keys = differences(pages[kept], page, moved)
        pages[place] = _named(page, pages[kept], similarity(before, ink), same=not keys)
        if keys:
            fresh = [key for key in keys if _is_accepted(pages[kept], key)]
            differing.setdefault(kept, []).extend(fresh)
            pages[kept] = _questioned(pages[kept], keys)
    return Resolved(pages, differing)


def _named(page: PageResult, of: PageResult, alike: float, *, same: bool) -> PageResult:
    """The later page, as what it is."""
    facts = {
        "status": "duplicate",
        "reason": "rescan" if same and alike > LEAST_SIMILARITY else "altered_copy",
        "similarity": round(alike, 4),
        "duplicate_of": Place(file=of.file, page=of.page),
    }
    return page.model_copy(update=facts)


def similarity(one: Ink, other: Ink) -> float:
    """Correlation of the ink in the cells of two pages, 0 to 1; two empty sheets are alike."""
    first, second = np.asarray(one), np.asarray(other)
    if first.shape != second.shape or first.size == 0:
        return 0.0
    spread = float(first.std() * second.std())
    if spread < 1e-6:
        return 1.0 if max(float(first.std()), float(second.std())) < 1e-3 else 0.0
    return float(np.clip(((first - first.mean()) * (second - second.mean())).mean() / spread, 0, 1))


def keys_of(page: Page) -> list[Key]:
    """Row and item of every cell."""
    return [(cell.row, cell.item) for cell in page.cells]


def changed(cells: Sequence[Key], one: Ink, other: Ink) -> set[Key]:
    """Items in which a cell has ink on one page that is not, or not nearly as much, on the other.

    Scanners and faxes swell or thin a stroke, but all strokes of a page alike; the ink is measured
    by the voter's own tick.
    """
    first, second = np.asarray(one), np.asarray(other)
    less, more = np.minimum(first, second), np.maximum(first, second)
    moved = (more >= LEAST_CHANGE) & (less < LEFT_SHARE * more)
    moved |= (more - less >= HEAVY_CHANGE) & (less < HEAVY_LEFT_SHARE * more)
    return {cells[int(number)] for number in np.flatnonzero(moved)}


def differences(one: PageResult, other: PageResult, moved: set[Key]) -> list[Key]:
    """Items that read differently on both pages, and those whose ink has changed."""
    before = {(item.row, item.item): item for item in one.items}
    return [
        key
        for item in other.items
        if (key := (item.row, item.item)) in moved or _reads_differently(before[key], item)
    ]


def _reads_differently(first: ItemResult, second: ItemResult) -> bool:
    return first.state == second.state == "accepted" and first.marked != second.marked


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
