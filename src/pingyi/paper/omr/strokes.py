"""Strokes of a page: connected ink, joined across printed rules, and the cell each belongs to.

A stroke belongs to one cell, the one that holds most of it; what it leaves in another is not a mark
there (design/paper.md, Read 4).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from pingyi.paper.omr.acceptance import (
    LEAST_TICK,
    OWN_SHARE,
    WHOLE_TICK,
    CellInk,
    StrokePart,
    Voter,
    touching,
)
from pingyi.paper.omr.ink import PIXELS_PER_MM, Ink, Table

JOIN_PIXELS = 11
"""Strokes on both sides of a masked rule are joined over this many pixels."""
LEAST_AREA_MM2 = 0.12
"""Smaller specks are dust or noise."""
RESIDUE_MM = 0.5
"""Thinner bits along a rule are what is left of the rule itself."""
CORE_PENS = 2.1
"""So many times thicker than the pen's line is a patch that was filled in."""
TIP_SHARE = 0.2
"""A cell that holds less of a stroke only sees its tip, whoever's it is."""
CUT_MM = 3.3
"""A pen may run so far within a masked rule."""
LONG_MM = 20.0
"""A stroke longer than this was drawn over several cells."""

Floats = NDArray[np.float64]
Mask = NDArray[np.uint8]
"""1 where something is, 0 elsewhere."""


@dataclass(frozen=True, slots=True)
class Strokes:
    """The strokes of a page by number: mass (mm² of full black), its share in its cell, its extent.

    `stroke`, `cell` and `part` list what each leaves in which cell; `spread` is how wide (mm) that
    is, for strokes that belong to no cell. `strands` says of every cell how often a line across and
    a line down meet the strokes that belong to it, in the mean: a tick about 2, a word 4 and more.
    `end` lists the strokes that reach a masked rule, and `end_at` where (x, y in mm).
    """

    mass: Floats
    owner: NDArray[np.intp]
    share: Floats
    long: Floats
    wide: Floats
    solid: NDArray[np.bool_]
    peak: Floats
    stroke: NDArray[np.intp]
    cell: NDArray[np.intp]
    part: Floats
    spread: Floats
    strands: Floats
    end: NDArray[np.intp]
    end_at: Floats


@dataclass(frozen=True, slots=True)
class Pixels:
    """The ink pixels of the strokes that count, in the order of the strokes' numbers."""

    number: int
    stroke: NDArray[np.intp]
    place: NDArray[np.int64]
    begin: NDArray[np.intp]


def strokes_of(ink: Ink, table: Table, number_of_cells: int) -> Strokes:
    """Every stroke with ink in some cell. Cells are numbered from 0; owner -1 is no cell."""
    _, marked = cv2.connectedComponents(_joined(ink), connectivity=8)
    labels = np.asarray(marked, np.int32).ravel()
    pixels = _large_enough(labels, _places(ink.strokes))
    if pixels.number == 0:
        return _none()
    above = np.maximum(ink.darkness.ravel()[pixels.place] - ink.paper, 0)
    dark = above / (255 * PIXELS_PER_MM**2)
    places = number_of_cells + 1
    key = pixels.stroke * places + table.cells.ravel()[pixels.place]
    flat = np.asarray(
        np.bincount(key, weights=dark, minlength=pixels.number * places), np.float64
    ).reshape(pixels.number, places)
    wide, high = _extent(pixels, table.width)
    solid = np.add.reduceat(_cores(ink, table).ravel()[pixels.place], pixels.begin) > 0
    beside = np.add.reduceat(table.fringe.ravel()[pixels.place], pixels.begin, dtype=np.int64)
    residue = _left_of_rules(wide, high, beside / np.bincount(pixels.stroke))
    numbers = np.flatnonzero(~residue & (flat[:, 1:].max(axis=1) > 0))
    inside = flat[numbers, 1:]
    owner = inside.argmax(axis=1)
    mass = np.maximum(flat[numbers].sum(axis=1), 1e-9)
    share = inside[np.arange(len(numbers)), owner] / mass
    stroke, cell = np.nonzero(inside)
    owner = np.where(share >= OWN_SHARE, owner, -1)
    spread = np.zeros(len(stroke))
    loose = (owner < 0)[stroke]
    if loose.any():
        wanted = numbers[stroke[loose]] * places + cell[loose] + 1
        spread[loose] = _spread(key, pixels.place % table.width, wanted)
    belongs = np.full(pixels.number, -1)
    belongs[numbers] = owner
    end, end_at = _ends(ink, table, pixels, numbers)
    return Strokes(
        mass=mass, owner=owner, share=share, end=end, end_at=end_at,
        strands=_strands(ink, table, pixels, belongs, number_of_cells),
        long=np.maximum(high, wide)[numbers], wide=wide[numbers], solid=solid[numbers],
        peak=np.maximum.reduceat(above, pixels.begin)[numbers],
        stroke=stroke, cell=cell, part=inside[stroke, cell],
        spread=spread,
    )  # fmt: skip


def _none() -> Strokes:
    """A page without ink."""
    none, whole = np.zeros(0), np.zeros(0, np.intp)
    return Strokes(
        none, whole, none, none, none, whole > 0, none, whole, whole, none, none, none,
        end=whole, end_at=np.zeros((0, 2)),
    )  # fmt: skip


def _large_enough(labels: NDArray[np.int32], place: NDArray[np.int64]) -> Pixels:
    """The ink of strokes that are larger than dust, stroke by stroke."""
    label = labels[place]
    large = np.bincount(label) >= LEAST_AREA_MM2 * PIXELS_PER_MM**2
    kept = large[label]
    order = np.argsort(label[kept], kind="stable")
    place, label = place[kept][order], label[kept][order]
    first = np.concatenate([[True], label[1:] != label[:-1]]) if label.size else np.zeros(0, bool)
    begin = np.flatnonzero(first)
    return Pixels(len(begin), np.cumsum(first) - 1, place, begin)


def _extent(pixels: Pixels, width: int) -> tuple[Floats, Floats]:
    """How wide and how high each stroke is, mm."""
    y, x = np.divmod(pixels.place, width)
    sizes = [
        np.maximum.reduceat(one, pixels.begin) - np.minimum.reduceat(one, pixels.begin) + 1
        for one in (x, y)
    ]
    return sizes[0] / PIXELS_PER_MM, sizes[1] / PIXELS_PER_MM


def _spread(key: NDArray[np.int64], x: NDArray[np.int64], wanted: NDArray[np.int64]) -> Floats:
    """How wide (mm) the pixels of each wanted key lie; every one of them has some."""
    kept = np.flatnonzero(np.isin(key, wanted))
    order = kept[np.argsort(key[kept], kind="stable")]
    known, begin = np.unique(key[order], return_index=True)
    wide = np.maximum.reduceat(x[order], begin) - np.minimum.reduceat(x[order], begin) + 1
    return np.asarray(wide[np.searchsorted(known, wanted)] / PIXELS_PER_MM, np.float64)


def _strands(
    ink: Ink, table: Table, pixels: Pixels, belongs: NDArray[np.intp], number_of_cells: int
) -> Floats:
    """How often lines across and down a cell meet the strokes that belong to it, in the mean."""
    cell = table.cells.ravel()[pixels.place] - 1
    mine = (cell >= 0) & (cell == belongs[pixels.stroke])
    place, cell = pixels.place[mine], cell[mine]
    inked, found = ink.strokes.ravel(), np.zeros(number_of_cells)
    y, x = np.divmod(place, table.width)
    for step, line, lines in ((1, y, table.height), (table.width, x, table.width)):
        # A line is met anew at every pixel whose neighbour before it holds no ink.
        begins = inked[np.maximum(place - step, 0)] == 0
        times = np.bincount(cell[begins], minlength=number_of_cells)
        met = np.zeros(number_of_cells * lines, np.bool_)
        met[cell * lines + line] = True
        found += times / np.maximum(met.reshape(number_of_cells, lines).sum(axis=1), 1)
    return found


def _ends(
    ink: Ink, table: Table, pixels: Pixels, numbers: NDArray[np.intp]
) -> tuple[NDArray[np.intp], Floats]:
    """Which strokes, counted as in `numbers`, reach a masked rule, and where (n x 2, mm)."""
    beside = cv2.dilate(ink.band, np.ones((3, 3), np.uint8)).ravel()[pixels.place] > 0
    known = np.full(pixels.number, -1)
    known[numbers] = np.arange(len(numbers))
    stroke, place = known[pixels.stroke[beside]], pixels.place[beside]
    y, x = np.divmod(place[stroke >= 0], table.width)
    return stroke[stroke >= 0], np.stack([x, y], axis=1) / PIXELS_PER_MM


def cut_off(strokes: Strokes, voter: Voter) -> set[int]:
    """Cells whose light mark may be the end of a neighbour's stroke: both reach the same rule near
    each other, but were not joined across it, since the pen crossed it at a shallow angle.
    """
    light = (strokes.owner >= 0) & (strokes.mass < WHOLE_TICK * voter.tick)
    found = set()
    for number in np.flatnonzero(light & (strokes.mass >= LEAST_TICK * voter.tick)).tolist():
        cell = int(strokes.owner[number])
        mine = strokes.end_at[strokes.end == number]
        others = strokes.end_at[strokes.owner[strokes.end] != cell]
        if len(mine) and len(others):
            away = np.abs(mine[:, None] - others[None]).max(axis=2).min()
            if away <= CUT_MM:
                found.add(cell)
    return found


def _left_of_rules(wide: Floats, high: Floats, beside: Floats) -> NDArray[np.bool_]:
    """Thin straight bits along a rule are its blurred edge, not ink of the voter."""
    thin = np.minimum(wide, high) <= RESIDUE_MM
    long_ = np.maximum(wide, high) >= 3 * np.minimum(wide, high)
    return np.asarray(thin & long_ & (beside >= 0.9), np.bool_)


def _joined(ink: Ink) -> Mask:
    """The ink with strokes carried across the masked rules."""
    kernel = np.ones((JOIN_PIXELS, JOIN_PIXELS), np.uint8)
    closed = cv2.morphologyEx(ink.strokes, cv2.MORPH_CLOSE, kernel)
    return np.asarray(cv2.bitwise_or(ink.strokes, cv2.bitwise_and(closed, ink.band)), np.uint8)


def _places(strokes: Mask) -> NDArray[np.int64]:
    """Flat indices of the ink pixels."""
    # None where there is no ink, whatever OpenCV says of its type.
    points = cast("NDArray[np.int32] | None", cv2.findNonZero(strokes))
    if points is None:
        return np.zeros(0, np.int64)
    x, y = points.reshape(-1, 2).astype(np.int64).T
    return np.asarray(y * strokes.shape[1] + x, np.int64)


def _cores(ink: Ink, table: Table) -> Mask:
    """Where ink is much thicker than a line of this voter's pen."""
    inner = cv2.erode(ink.strokes, np.ones((3, 3), np.uint8))
    # Beside the rules stands what a blurred rule leaves: thinner than any pen.
    away = np.subtract(1, table.fringe)
    area = int(np.count_nonzero(cv2.bitwise_and(ink.strokes, away)))
    edge = area - int(np.count_nonzero(cv2.bitwise_and(np.asarray(inner, np.uint8), away)))
    pen = 2 * area / max(edge, 1)
    size = max(5, round(CORE_PENS * pen + 2))
    return np.asarray(cv2.erode(ink.strokes, np.ones((size, size), np.uint8)), np.uint8)


def traces(ink: Ink, table: Table, number_of_cells: int) -> Floats:
    """By cell, the area (mm²) that is darker than paper when noise is averaged away."""
    even = cv2.blur(ink.darkness, (5, 5))
    dark = cv2.threshold(even, ink.paper + max(2 * ink.noise, 5), 1, cv2.THRESH_BINARY)[1]
    bare = cv2.bitwise_and(dark, table.open_.view(np.uint8))
    cell = table.cells.ravel()[_places(np.asarray(bare, np.uint8))]
    counts = np.bincount(cell, minlength=number_of_cells + 1)[1:]
    return np.asarray(counts / PIXELS_PER_MM**2, np.float64)


def ink_by_cell(strokes: Strokes, trace: Floats) -> list[CellInk]:
    """What every cell holds: its own strokes, parts of others', and strokes of no cell."""
    number_of_cells = len(trace)
    own = np.zeros(number_of_cells)
    own_inside = np.zeros(number_of_cells)
    mine = strokes.owner >= 0
    np.add.at(own, strokes.owner[mine], strokes.mass[mine])
    np.add.at(own_inside, strokes.owner[mine], (strokes.mass * strokes.share)[mine])
    owner_of_part = strokes.owner[strokes.stroke]
    foreign = np.zeros(number_of_cells)
    loose = np.zeros(number_of_cells)
    long_ = np.zeros(number_of_cells)
    stretched = strokes.long[strokes.stroke] >= LONG_MM
    tip = ~stretched & (strokes.part < TIP_SHARE * strokes.mass[strokes.stroke])
    none = (owner_of_part < 0) & ~tip
    other = ((owner_of_part >= 0) & (owner_of_part != strokes.cell)) | ((owner_of_part < 0) & tip)
    np.add.at(foreign, strokes.cell[other], strokes.part[other])
    np.add.at(loose, strokes.cell[none], strokes.part[none])
    np.add.at(long_, strokes.cell[none & stretched], strokes.part[none & stretched])
    solid = np.zeros(number_of_cells, np.bool_)
    solid[strokes.owner[mine & strokes.solid]] = True
    peak, wide = np.zeros(number_of_cells), np.zeros(number_of_cells)
    np.maximum.at(peak, strokes.owner[mine], strokes.peak[mine])
    np.maximum.at(wide, strokes.owner[mine], strokes.wide[mine])
    strands = strokes.strands if len(strokes.strands) else np.zeros(number_of_cells)
    return [
        CellInk(*values)
        for values in zip(
            own.tolist(), own_inside.tolist(), foreign.tolist(), loose.tolist(), long_.tolist(),
            solid.tolist(), peak.tolist(), wide.tolist(), trace.tolist(),
            strands.tolist(), strict=True,
        )
    ]  # fmt: skip


def parted(strokes: Strokes, item_of_cell: Sequence[int], voter: Voter) -> Strokes:
    """The same strokes, but ticks of several items that touch each for itself. What such ticks
    leave in other cells belongs to the first of them.
    """
    stroke = strokes.stroke.copy()
    ticks: list[int] = []
    for number in np.flatnonzero((strokes.owner < 0) & ~strokes.solid).tolist():
        places = np.flatnonzero(strokes.stroke == number).tolist()
        parts = [
            StrokePart(
                item_of_cell[strokes.cell[at]], float(strokes.part[at]), float(strokes.spread[at])
            )
            for at in places
        ]
        apart = touching(parts, float(strokes.mass[number]), voter)
        if apart:
            stroke[places] = len(strokes.mass) + len(ticks)
            ticks += [places[one] for one in apart]
    if not ticks:
        return strokes
    stroke[ticks] = len(strokes.mass) + np.arange(len(ticks))
    whole, spread = strokes.stroke[ticks], strokes.spread[ticks]
    return Strokes(
        mass=np.append(strokes.mass, strokes.part[ticks]),
        owner=np.append(strokes.owner, strokes.cell[ticks]),
        share=np.append(strokes.share, np.ones(len(ticks))),
        long=np.append(strokes.long, spread), wide=np.append(strokes.wide, spread),
        solid=np.append(strokes.solid, strokes.solid[whole]),
        peak=np.append(strokes.peak, strokes.peak[whole]),
        stroke=stroke, cell=strokes.cell, part=strokes.part, spread=strokes.spread,
        strands=strokes.strands, end=strokes.end, end_at=strokes.end_at,
    )  # fmt: skip
