"""How a page lies in an image: a projective map from millimetres to pixels."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from pingyi.paper.omr.layout import Page
from pingyi.paper.omr.markers import Found, Points, page_points

Matrix = NDArray[np.float64]
MOST_OFF_MM = 3.5
"""Marker corners that miss the fitted page by more do not belong to one sheet."""


@dataclass(frozen=True, slots=True)
class Placing:
    """Millimetres of the page to pixels of the image, and how far the fit misses (mm)."""

    matrix: Matrix
    off: float
    markers: int

    def pixels(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        """Where points of the page (n x 2, mm) lie in the image."""
        moved = cv2.perspectiveTransform(points.reshape(-1, 1, 2).astype(np.float64), self.matrix)
        return np.asarray(moved, np.float32).reshape(points.shape)

    @property
    def turn(self) -> float:
        """Degrees clockwise by which the page is turned in the image, -180 to 180."""
        start, end = self.pixels(np.array([[20, 100], [180, 100]], np.float32))
        return math.degrees(math.atan2(float(end[1] - start[1]), float(end[0] - start[0])))

    @property
    def scale(self) -> float:
        """Pixels per millimetre in the middle of the page."""
        points = self.pixels(np.array([[60, 100], [150, 100], [60, 200]], np.float32))
        across = float(np.linalg.norm(points[1] - points[0])) / 90
        down = float(np.linalg.norm(points[2] - points[0])) / 100
        return (across + down) / 2


def quarter_turns(angle: float) -> int:
    """The nearest of 0, 90, 180, 270 degrees."""
    return round(angle / 90) % 4 * 90


def skew(angle: float) -> float:
    """What is left of a turn beside its quarter turns, -45 to 45 degrees."""
    return (angle + 45) % 90 - 45


def fitted(page_mm: Points, image_px: Points, markers: int) -> Placing | None:
    """The map that brings points of the page onto points of the image; None where none does."""
    matrix = (_projective if markers >= 3 else _affine)(page_mm, image_px)
    if matrix is None or not np.isfinite(matrix).all():
        return None
    placing = Placing(matrix, 0.0, markers)
    scale = placing.scale
    if not math.isfinite(scale) or scale < 1:
        return None
    off = float(np.linalg.norm(placing.pixels(page_mm) - image_px, axis=1).max()) / scale
    return Placing(placing.matrix, off, markers)


def _projective(page_mm: Points, image_px: Points) -> Matrix | None:
    """The projective map of three markers and more, by least squares."""
    # OpenCV says that it always gives a matrix; for points on one line it gives None.
    return cast("Matrix | None", cv2.findHomography(page_mm, image_px, 0)[0])


def _affine(page_mm: Points, image_px: Points) -> Matrix | None:
    """A turn, a shift and one scale, by least squares: all that so few points can tell."""
    x, y = page_mm.astype(np.float64).T
    none, one = np.zeros_like(x), np.ones_like(x)
    rows = np.vstack([np.stack([x, -y, one, none], 1), np.stack([y, x, none, one], 1)])
    wanted = np.concatenate(image_px.astype(np.float64).T)
    cosine, sine, right, down = np.linalg.lstsq(rows, wanted, rcond=None)[0]
    return np.array([[cosine, -sine, right], [sine, cosine, down], [0, 0, 1]])


def by_markers(page: Page, found: Sequence[Found]) -> Placing | None:
    """The page laid over three or four markers; one that does not fit is left out."""
    for number in (4, 3):
        fits = [
            placing
            for some in combinations(found, number)
            if (placing := _by_these(page, some)) is not None and placing.off <= MOST_OFF_MM
        ]
        if fits:
            return min(fits, key=lambda placing: placing.off)
    return None


def _by_these(page: Page, found: Sequence[Found]) -> Placing | None:
    if len({one.id for one in found}) < len(found):
        return None
    points = page_points(page, [one.id for one in found])
    return fitted(points, np.vstack([one.corners for one in found]), len(found))


def by_markers_and_qr(page: Page, found: Sequence[Found], qr: Points) -> Placing | None:
    """The page laid over its QR and few markers: roughly, to be fitted outwards from the QR."""
    box = page.qr
    right, low = box.x + box.w, box.y + box.h
    qr_mm = np.array([[box.x, box.y], [right, box.y], [right, low], [box.x, low]], np.float32)
    marks_mm = page_points(page, [one.id for one in found]).reshape(-1, 2)
    marks = np.vstack([*(one.corners for one in found), np.zeros((0, 2), np.float32)])
    placing = fitted(np.vstack([marks_mm, qr_mm]), np.vstack([marks, qr]), len(found))
    if placing is None:
        return None
    if not found:
        return Placing(placing.matrix, 0.0, 0)
    off = float(np.linalg.norm(placing.pixels(marks_mm) - marks, axis=1).max()) / placing.scale
    return Placing(placing.matrix, off, len(found)) if off <= MOST_OFF_MM else None


def astray(placed: Placing, page: Page, found: Found) -> bool:
    """Whether a marker lies where this sheet has none: it belongs to another."""
    where = placed.pixels(page_points(page, [found.id]))
    off = float(np.linalg.norm(where.mean(axis=0) - found.centre)) / placed.scale
    return off > 2 * MOST_OFF_MM
