"""Finds the four ArUco markers of a sheet and lays the page over the image by them.

Corner pieces at half size are enough for a scan; only where they do not hold three markers is the
whole page searched (design/paper.md, Read 2).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pingyi.paper.omr.images import Grey
from pingyi.paper.omr.layout import Page

Points = NDArray[np.float32]
"""n x 2, pixels or millimetres."""

SEARCH_LONG_SIDE = 1300
"""Pixels of the longer side in which markers are sought: 8 mm are then about 35 pixels."""
CORNER_SHARE = 0.24
SHEET_MARKERS = frozenset({0, 1, 2, 3})


@dataclass(frozen=True, slots=True)
class Found:
    """A marker in the image: its corners in pixels, clockwise from its own top left."""

    id: int
    corners: Points

    @property
    def centre(self) -> NDArray[np.float32]:
        """Middle of the marker in pixels."""
        return np.asarray(self.corners.mean(axis=0), np.float32)

    @property
    def side(self) -> float:
        """Mean length of its sides in pixels."""
        return float(np.linalg.norm(self.corners - np.roll(self.corners, 1, axis=0), axis=1).mean())


def _detector(smallest: float) -> cv2.aruco.ArucoDetector:
    wanted = cv2.aruco.DetectorParameters()
    wanted.adaptiveThreshWinSizeMin = 11
    wanted.adaptiveThreshWinSizeMax = 43
    wanted.adaptiveThreshWinSizeStep = 32
    wanted.minMarkerPerimeterRate = smallest
    wanted.maxMarkerPerimeterRate = 1.2
    wanted.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    wanted.cornerRefinementWinSize = 4
    wanted.relativeCornerRefinmentWinSize = 0.2
    wanted.perspectiveRemovePixelPerCell = 6
    wanted.perspectiveRemoveIgnoredMarginPerCell = 0.2
    wanted.errorCorrectionRate = 0.6
    dictionary = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    return cv2.aruco.ArucoDetector(dictionary, wanted)


_IN_CORNERS = _detector(0.18)
_IN_PAGE = _detector(0.035)


def reduction(grey: Grey, long_side: int) -> int:
    """How many whole times smaller an image becomes so that its longer side is near a length."""
    return max(1, round(float(max(grey.shape)) / long_side))


def shrunk(grey: Grey, times: int) -> Grey:
    """The image so many times smaller, averaging what falls together."""
    if times == 1:
        return grey
    size = (max(1, grey.shape[1] // times), max(1, grey.shape[0] // times))
    part = grey[: size[1] * times, : size[0] * times]
    return np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.uint8)


def in_corners(small: Grey) -> list[Found]:
    """Markers in the four corner pieces of an image."""
    height, width = small.shape
    tall, wide = int(height * CORNER_SHARE), int(width * CORNER_SHARE)
    found: list[Found] = []
    for top in (0, height - tall):
        for left in (0, width - wide):
            piece = np.ascontiguousarray(small[top : top + tall, left : left + wide])
            found += _detected(_IN_CORNERS, piece, left, top)
    return found


def in_page(small: Grey) -> list[Found]:
    """Markers anywhere in an image."""
    return _detected(_IN_PAGE, small, 0, 0)


def _detected(
    detector: cv2.aruco.ArucoDetector, grey: Grey, left: float, top: float
) -> list[Found]:
    corners, ids, _ = detector.detectMarkers(grey)
    if not corners:
        return []
    shift = np.array([left, top], np.float32)
    return [
        Found(int(id_), np.asarray(four, np.float32).reshape(4, 2) + shift)
        for id_, four in zip(np.asarray(ids).ravel(), corners, strict=True)
        if int(id_) in SHEET_MARKERS
    ]


def scaled(found: Iterable[Found], factor: float) -> list[Found]:
    """The same markers in an image of another size (pixel centres kept)."""
    return [Found(one.id, ((one.corners + 0.5) * factor - 0.5).astype(np.float32)) for one in found]


def distinct(found: Sequence[Found]) -> list[Found]:
    """Each marker once, though two pieces may have shown it."""
    kept: list[Found] = []
    for one in found:
        near = (
            other
            for other in kept
            if other.id == one.id
            and float(np.linalg.norm(other.centre - one.centre)) < 0.5 * one.side
        )
        if next(near, None) is None:
            kept.append(one)
    return kept


def repeated(found: Sequence[Found]) -> bool:
    """Whether a marker stands at two places: more than one sheet is in the image."""
    ids = [one.id for one in found]
    return len(ids) != len(set(ids))


def page_points(page: Page, ids: Iterable[int]) -> Points:
    """The corners of markers on the page in millimetres, in the order of the ids."""
    corners = {marker.id: marker.corners for marker in page.markers}
    return np.array([point for id_ in ids for point in corners[id_]], np.float32)
