"""Ink on a rectified page: how much darker than the paper around it, printed rules left out."""

import math
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from pingyi.paper.omr.images import Grey
from pingyi.paper.omr.layout import Page
from pingyi.paper.omr.registration import Floats, Registration

PIXELS_PER_MM = 6
MARGIN_MM = 4.0
"""Paper kept around the cells, for strokes that leave them."""
RULE_HALF_MM = 0.36
"""Half of the narrowest band that is masked along each printed rule."""
WIDER = 4
"""A blurred page may need a band wider by up to so many pixels on each side."""
FRINGE_FILLED = 0.12
"""A band is wide enough when less of the pixels next to it look like ink."""
FRINGE_MM = 0.4
"""What a blurred rule may leave beside its band."""
SMALLER, BLOT_PIXELS = 3, 15
"""Paper white is sought in an image three times smaller; a blot there is 15 pixels (7.5 mm)."""
DEEPEST_SHADOW = 0.5
"""A shadow leaves at least this share of the light around it; what is darker is ink."""


@dataclass(frozen=True, slots=True)
class Table:
    """The part of a page that holds its cells, as pixels: made once for every page of a layout.

    `bands` hide the printed rules, each a pixel wider than the one before; `rings` are places next
    to each band; `fringe` is what a blurred rule may reach; `open_` is bare paper.
    """

    left: float
    top: float
    width: int
    height: int
    cells: NDArray[np.int32]
    bands: tuple[NDArray[np.uint8], ...]
    rings: tuple[NDArray[np.intp], ...]
    fringe: NDArray[np.uint8]
    open_: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ink:
    """Darkness 0-255 against the paper; `strokes` marks what is ink, `noise` is one deviation."""

    darkness: Grey
    strokes: NDArray[np.uint8]
    band: NDArray[np.uint8]
    threshold: float
    noise: float
    paper: float


def table_of(page: Page) -> Table:
    """The table of a page in pixels."""
    left = min(cell.x for cell in page.cells) - MARGIN_MM
    top = min(cell.y for cell in page.cells) - MARGIN_MM
    right = max(cell.x + cell.w for cell in page.cells) + MARGIN_MM
    low = max(cell.y + cell.h for cell in page.cells) + MARGIN_MM
    width, height = round((right - left) * PIXELS_PER_MM), round((low - top) * PIXELS_PER_MM)
    cells = np.zeros((height, width), np.int32)
    for number, cell in enumerate(page.cells, start=1):
        x, y = cell.x - left, cell.y - top
        cells[_span(y, y + cell.h), _span(x, x + cell.w)] = number
    rules = np.zeros((height, width), np.uint8)
    for x1, y1, x2, y2 in page.lines:
        rules[_band(y1 - top, y2 - top), _band(x1 - left, x2 - left)] = 1
    reach = round(FRINGE_MM * PIXELS_PER_MM)
    bands = tuple(_wider(rules, pixels) for pixels in range(WIDER + 1))
    fringe = _wider(bands[-1], reach)
    rings = tuple(
        np.flatnonzero((outer > inner) & (cells > 0))[::5] for inner, outer in pairwise(bands)
    )
    return Table(
        left, top, width, height, cells, bands, rings, fringe, (cells > 0) & (bands[-1] == 0)
    )


def _wider(rules: NDArray[np.uint8], pixels: int) -> NDArray[np.uint8]:
    size = 2 * pixels + 1
    return np.asarray(cv2.dilate(rules, np.ones((size, size), np.uint8)), np.uint8)


def _span(low: float, high: float) -> slice:
    return slice(max(0, round(low * PIXELS_PER_MM)), max(0, round(high * PIXELS_PER_MM)))


def _band(one: float, other: float) -> slice:
    """A band at least as wide as it must be: rounded outwards."""
    low, high = min(one, other) - RULE_HALF_MM, max(one, other) + RULE_HALF_MM
    start, stop = math.floor(low * PIXELS_PER_MM), math.ceil(high * PIXELS_PER_MM)
    return slice(max(0, start), max(0, stop))


def rectified(grey: Grey, table: Table, registration: Registration) -> Grey:
    """The table straightened to 6 px/mm. White where the image ends."""
    xs, ys = _knots(table.width), _knots(table.height)
    grid_x, grid_y = np.meshgrid(xs, ys)
    points = np.stack(
        [
            table.left + (grid_x.ravel() + 0.5) / PIXELS_PER_MM,
            table.top + (grid_y.ravel() + 0.5) / PIXELS_PER_MM,
        ],
        axis=1,
    )
    where = registration.pixels(points).reshape(len(ys), len(xs), 2)
    maps = [_spread(where[:, :, axis], table) for axis in (0, 1)]
    return np.asarray(
        cv2.remap(grey, maps[0], maps[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE),
        np.uint8,
    )


MAP_STEP = 16
"""The map is computed at every sixteenth pixel and is linear between."""


def _knots(pixels: int) -> Floats:
    """Middles of blocks of pixels, one block before the first pixel and one after the last."""
    blocks = np.arange(-1, -(-pixels // MAP_STEP) + 1, dtype=np.float64)
    return blocks * MAP_STEP + (MAP_STEP - 1) / 2


def _spread(coarse: NDArray[np.float32], table: Table) -> NDArray[np.float32]:
    rows, columns = coarse.shape
    fine = cv2.resize(coarse, (columns * MAP_STEP, rows * MAP_STEP), interpolation=cv2.INTER_LINEAR)
    inner = fine[MAP_STEP : MAP_STEP + table.height, MAP_STEP : MAP_STEP + table.width]
    return np.asarray(inner, np.float32)


def paper_white(sheet: Grey) -> Grey:
    """The paper's own grey at every pixel: what is left when all that is narrower than a blot is
    filled with its surroundings. The edge of a shadow stays an edge; a blacked-out cell, darker
    than any shadow, does not become paper.
    """
    size = (max(1, sheet.shape[1] // SMALLER), max(1, sheet.shape[0] // SMALLER))
    small = cv2.resize(sheet, size, interpolation=cv2.INTER_AREA)
    blot = np.ones((BLOT_PIXELS, BLOT_PIXELS), np.uint8)
    filled = cv2.blur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, blot), (3, 3))
    around = cv2.convertScaleAbs(cv2.blur(filled, (61, 61)), alpha=DEEPEST_SHADOW)
    white = cv2.max(filled, around)
    return np.asarray(
        cv2.resize(white, sheet.shape[::-1], interpolation=cv2.INTER_LINEAR), np.uint8
    )


def ink_of(sheet: Grey, table: Table, *, bilevel: bool) -> Ink:
    """What is ink on a straightened table."""
    white = paper_white(sheet)
    ratio = cv2.divide(sheet, white, scale=255)
    darkness = np.asarray(cv2.GaussianBlur(cv2.bitwise_not(ratio), (3, 3), 0), np.uint8)
    paper, noise = _paper_and_noise(darkness[::4][table.open_[::4]])
    threshold = paper + (70.0 if bilevel else max(4.5 * noise, 12.0))
    strokes = cv2.threshold(darkness, threshold, 1, cv2.THRESH_BINARY)[1]
    band = _band_of(np.asarray(strokes, np.uint8), table)
    strokes[band > 0] = 0
    return Ink(darkness, np.asarray(strokes, np.uint8), band, threshold, noise, paper)


def _band_of(strokes: NDArray[np.uint8], table: Table) -> NDArray[np.uint8]:
    """The narrowest band along the rules that hides all of them on this page."""
    for band, ring in zip(table.bands, table.rings, strict=False):
        if float(strokes.ravel()[ring].mean()) < FRINGE_FILLED:
            return band
    return table.bands[-1]


def _paper_and_noise(sample: Grey) -> tuple[float, float]:
    """Median of the darkness, and its spread as one deviation, from a histogram."""
    counts = np.bincount(sample, minlength=256)
    half = sample.size / 2
    paper = int(np.searchsorted(np.cumsum(counts), half))
    away = np.bincount(np.abs(np.arange(256) - paper), weights=counts)
    within = np.cumsum(away)
    at = int(np.searchsorted(within, half))
    before = float(within[at - 1]) if at else 0.0
    part = (half - before) / max(float(away[at]), 1.0)
    return float(paper), max(1.4826 * (at - 0.5 + part), 0.7)
