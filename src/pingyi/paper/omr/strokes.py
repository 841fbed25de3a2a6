"""Strokes of a page: connected ink, joined across printed rules, and the cell each belongs to.

A stroke belongs to one cell, the one that holds most of it; what it leaves in another is not a mark
there (design/paper.md, Read 4).
"""

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from pingyi.paper.omr.acceptance import OWN_SHARE, CellInk
from pingyi.paper.omr.ink import PIXELS_PER_MM, Ink, Table

JOIN_PIXELS = 11
"""Strokes on both sides of a masked rule are joined over this many pixels."""
LEAST_AREA_MM2 = 0.12
"""Smaller specks are dust or noise."""
RESIDUE_MM = 0.5
LONG_MM = 20.0
"""A stroke longer than this was drawn over several cells."""

Floats = NDArray[np.float64]
Mask = NDArray[np.uint8]
"""1 where something is, 0 elsewhere."""


@dataclass(frozen=True, slots=True)
class Strokes:
    """The strokes of a page by number: mass (mm² of full black), its share per cell, its extent."""

    mass: Floats
    owner: NDArray[np.intp]
    share: Floats
    high: Floats
    wide: Floats
    solid: NDArray[np.bool_]
    peak: Floats
    stroke: NDArray[np.intp]
    cell: NDArray[np.intp]
    part: Floats
    pen_mm: float


def strokes_of(ink: Ink, table: Table, number_of_cells: int) -> Strokes:
    """Every stroke with ink in some cell. Cells are numbered from 0; owner -1 is no cell."""
    joined = _joined(ink)
    count, marked, boxes, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    labels, stats = np.asarray(marked, np.int32), np.asarray(boxes, np.int32)
    where = _places(ink.strokes)
    label, cell = labels.ravel()[where], table.cells.ravel()[where]
    above = np.maximum(ink.darkness.ravel()[where] - ink.paper, 0)
    dark = above / (255 * PIXELS_PER_MM**2)
    mass = np.asarray(np.bincount(label, weights=dark, minlength=count), np.float64)
    area = np.bincount(label, minlength=count) / PIXELS_PER_MM**2
    peak = np.zeros(count)
    np.maximum.at(peak, label, above)
    flat = np.asarray(np.bincount(
        label.astype(np.int64) * (number_of_cells + 1) + cell,
        weights=dark, minlength=count * (number_of_cells + 1),
    ), np.float64).reshape(count, number_of_cells + 1)  # fmt: skip
    real = (area >= LEAST_AREA_MM2) & (flat[:, 1:].max(axis=1) > 0)
    beside = np.bincount(label, weights=table.fringe.ravel()[where], minlength=count)
    real &= ~_left_of_rules(stats, beside / np.maximum(area * PIXELS_PER_MM**2, 1))
    real[0] = False
    return _kept(flat, mass, stats, peak, real, *_thick(ink, labels, count))


def _kept(
    flat: Floats, mass: Floats, stats: NDArray[np.int32], peak: Floats,
    real: NDArray[np.bool_], solid: NDArray[np.bool_], pen_mm: float,
) -> Strokes:  # fmt: skip
    numbers = np.flatnonzero(real)
    inside = flat[numbers, 1:]
    total = np.maximum(mass[numbers], 1e-9)
    owner = inside.argmax(axis=1) if len(numbers) else np.zeros(0, np.intp)
    share = inside[np.arange(len(numbers)), owner] / total
    stroke, cell = np.nonzero(inside)
    return Strokes(
        mass=mass[numbers], owner=np.where(share >= OWN_SHARE, owner, -1), share=share,
        high=stats[numbers, cv2.CC_STAT_HEIGHT] / PIXELS_PER_MM,
        wide=stats[numbers, cv2.CC_STAT_WIDTH] / PIXELS_PER_MM,
        solid=solid[numbers], peak=peak[numbers],
        stroke=stroke, cell=cell, part=inside[stroke, cell], pen_mm=pen_mm,
    )  # fmt: skip


def _left_of_rules(stats: NDArray[np.int32], beside: Floats) -> NDArray[np.bool_]:
    """Thin straight bits along a rule are its blurred edge, not ink of the voter."""
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    thin = np.minimum(wide, high) <= RESIDUE_MM * PIXELS_PER_MM
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


def _thick(ink: Ink, labels: NDArray[np.int32], count: int) -> tuple[NDArray[np.bool_], float]:
    """Which strokes hold a solid patch, much thicker than this voter's pen; and the pen in mm."""
    strokes = ink.strokes
    area = int(np.count_nonzero(strokes))
    edge = area - int(np.count_nonzero(cv2.erode(strokes, np.ones((3, 3), np.uint8))))
    pen = 2 * area / max(edge, 1)
    size = int(max(5, round(2.1 * pen + 2)))
    core = cv2.erode(strokes, np.ones((size, size), np.uint8))
    solid = np.bincount(labels[core > 0].ravel(), minlength=count) > 0
    return solid, pen / PIXELS_PER_MM


def ink_by_cell(strokes: Strokes, number_of_cells: int) -> list[CellInk]:
    """What every cell holds: its own strokes, parts of others', and strokes of no cell."""
    own = np.zeros(number_of_cells)
    own_inside = np.zeros(number_of_cells)
    mine = strokes.owner >= 0
    np.add.at(own, strokes.owner[mine], strokes.mass[mine])
    np.add.at(own_inside, strokes.owner[mine], (strokes.mass * strokes.share)[mine])
    owner_of_part = strokes.owner[strokes.stroke]
    foreign = np.zeros(number_of_cells)
    loose = np.zeros(number_of_cells)
    long_ = np.zeros(number_of_cells)
    other = (owner_of_part >= 0) & (owner_of_part != strokes.cell)
    np.add.at(foreign, strokes.cell[other], strokes.part[other])
    none = owner_of_part < 0
    np.add.at(loose, strokes.cell[none], strokes.part[none])
    stretched = np.maximum(strokes.high, strokes.wide)[strokes.stroke] >= LONG_MM
    np.add.at(long_, strokes.cell[none & stretched], strokes.part[none & stretched])
    solid = np.zeros(number_of_cells, np.bool_)
    solid[strokes.owner[mine & strokes.solid]] = True
    peak = np.zeros(number_of_cells)
    np.maximum.at(peak, strokes.owner[mine], strokes.peak[mine])
    return [
        CellInk(*values)
        for values in zip(
            own.tolist(), own_inside.tolist(), foreign.tolist(), loose.tolist(), long_.tolist(),
            solid.tolist(), peak.tolist(), strict=True,
        )
    ]  # fmt: skip
