"""What a scanner and a fax make of a sheet: files as bytes. Photographs are in photos.py."""

import io

import cv2
import numpy as np
from PIL import Image

from tests.simulate.photos import photo

__all__ = ["fax", "jpeg", "photo", "scan"]
MM = 25.4
SPECK_FIELD = (199, 211)
FINE_FAX_LINES = 196 / 204
"""Fax machines at `fine` store 204 x 196 dots an inch."""


def noise(shape: tuple[int, int], deviation: float, rng: np.random.Generator) -> np.ndarray:
    """Grain of a sensor: a small field repeated from another place each time."""
    small = rng.normal(0, deviation, (257, 263)).astype(np.float32)
    tall, wide = -(-shape[0] // 257), -(-shape[1] // 263)
    field = np.tile(small, (tall + 1, wide + 1))
    down, across = int(rng.integers(257)), int(rng.integers(263))
    return field[down : down + shape[0], across : across + shape[1]]


def gentle(shape: tuple[int, int], depth: float, rng: np.random.Generator) -> np.ndarray:
    """Uneven light: a smooth field between 1 - depth and 1."""
    small = rng.uniform(1 - depth, 1, (4, 3)).astype(np.float32)
    return cv2.resize(small, shape[::-1], interpolation=cv2.INTER_CUBIC)


def fed(page: np.ndarray, per_mm: int, dpi: int, rng: np.random.Generator) -> np.ndarray:
    """The sheet as it passes the sensor: skewed, shifted, stretched a little by the rollers.

    Small skew as a rule; one in 25 lies up to 5 degrees askew on a larger glass, so that nothing is
    cut off; the others lose at their edges what a feeder loses.
    """
    out_per_mm = dpi / MM
    height, width = page.shape
    askew = rng.random() < 0.04
    degrees = rng.uniform(-5, 5) if askew else rng.normal(0, 0.7)
    spare = 30.0 if askew else float(rng.choice([0, 0, 4, 10]))
    stretch = rng.uniform(0.97, 1.03) * np.array([1, rng.uniform(0.993, 1.007)])
    if spare == 0:
        stretch = np.minimum(stretch, 1.006)
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    matrix = turn * (out_per_mm / per_mm * stretch)
    paper = np.array([width, height]) / per_mm
    size = tuple(np.round((paper + spare) * out_per_mm).astype(int).tolist())
    shift = np.array(size) / 2 - matrix @ (np.array([width, height]) / 2)
    # One in 20 goes in badly, and a marker may be cut.
    away = 3.0 if rng.random() < 0.05 else 1.0
    shift += np.clip(rng.normal(0, away, 2), -2 * away, 2 * away) * out_per_mm
    if out_per_mm / per_mm < 0.9:
        page = cv2.blur(page, (2, 2))
    return cv2.warpAffine(
        page, np.column_stack([matrix, shift]), size, flags=cv2.INTER_LINEAR,
        borderValue=int(rng.choice([255, 235, 90, 20], p=[0.4, 0.3, 0.15, 0.15])),
    )  # fmt: skip


def scanned(page: np.ndarray, per_mm: int, dpi: int, rng: np.random.Generator) -> np.ndarray:
    """A grey scan before it is stored."""
    grey = fed(page, per_mm, dpi, rng)
    # Optics are as good as the resolution, or somewhat worse.
    grey = cv2.GaussianBlur(grey, (0, 0), rng.uniform(0.35, 0.9) * dpi / 200 + 0.1)
    light = _toned(grey, rng).astype(np.float32)
    if rng.random() < 0.3:
        light *= gentle(grey.shape, rng.uniform(0.02, 0.2), rng)
    if rng.random() < 0.15:
        through = cv2.blur(grey[::4, ::4][:, ::-1], (3, 3))
        through = cv2.resize(255 - through, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
        light -= through.astype(np.float32) * np.float32(rng.uniform(0.02, 0.07))
    light += noise(grey.shape, rng.uniform(0.5, 6), rng)
    _streaks(light, dpi, rng)
    _dust(light, dpi, rng)
    return np.clip(light, 0, 255, out=light).astype(np.uint8)


def _toned(grey: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Black and white point of the device and its gamma; a few burn the paper out."""
    paper, ink = rng.uniform(195, 252), rng.uniform(5, 60)
    level = np.linspace(0, 1, 256) ** rng.uniform(0.75, 1.35)
    tone = ink + (paper - ink) * level
    if rng.random() < 0.2:
        tone *= rng.uniform(1.0, 1.12) * 250 / paper
    return cv2.LUT(grey, np.clip(tone, 0, 255).astype(np.uint8))


def _streaks(light: np.ndarray, dpi: int, rng: np.random.Generator) -> None:
    """Dirt on the sensor draws a line down the whole page, dark or light."""
    for _ in range(rng.poisson(0.12)):
        at, wide = int(rng.integers(0, light.shape[1] - 3)), int(rng.integers(1, 1 + dpi // 75))
        light[:, at : at + wide] += float(rng.choice([-1, -1, 1])) * rng.uniform(8, 45)


def _dust(light: np.ndarray, dpi: int, rng: np.random.Generator) -> None:
    """Specks, and now and then a hair."""
    tall, wide = light.shape
    for _ in range(rng.poisson(5)):
        x, y = int(rng.integers(5, wide - 5)), int(rng.integers(5, tall - 5))
        radius = round(rng.exponential(0.08) * dpi / MM)
        cv2.circle(light, (x, y), min(radius, dpi // 50), float(rng.uniform(50, 170)), -1)
    if rng.random() < 0.03:
        x, y = rng.integers(5, wide - 5), rng.integers(5, tall - 5)
        hair = np.cumsum(rng.normal(0, dpi / 90, (25, 2)) + rng.normal(0, dpi / 90, 2), axis=0)
        line = np.round(hair + [x, y]).astype(np.int32).reshape(-1, 1, 2)
        cv2.polylines(light, [line], False, float(rng.uniform(60, 160)), 1, cv2.LINE_AA)


def anyhow(image: np.ndarray, rng: np.random.Generator, share: float) -> np.ndarray:
    """Some sheets go in upside down or on their side."""
    turns = int(rng.integers(1, 4)) if rng.random() < share else 0
    return np.ascontiguousarray(np.rot90(image, turns))


def jpeg(image: np.ndarray, quality: int) -> bytes:
    return cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()


def scan(page: np.ndarray, per_mm: int, dpi: int, rng: np.random.Generator) -> bytes:
    """A grey scan as JPEG."""
    image = anyhow(scanned(page, per_mm, dpi, rng), rng, 0.1)
    return jpeg(image, int(rng.integers(60, 93)))


def plain_scan(page: np.ndarray, per_mm: int, dpi: int, rng: np.random.Generator) -> bytes:
    """A scan in which nothing happens but noise: for sheets to which something happened before."""
    size = tuple(round(side / per_mm / MM * dpi) for side in page.shape[::-1])
    small = cv2.resize(page, size, interpolation=cv2.INTER_AREA)
    light = cv2.GaussianBlur(small, (0, 0), 0.6).astype(np.float32) * 0.9 + 15
    light += noise(small.shape, rng.uniform(1, 3), rng)
    return jpeg(np.clip(light, 0, 255).astype(np.uint8), 85)


def fax(page: np.ndarray, per_mm: int, rng: np.random.Generator) -> bytes:
    """A fax at 200 dpi: thresholded, speckled, with the sender's line on top, as G4."""
    grey = fed(page, per_mm, 200, rng)
    grey = cv2.GaussianBlur(grey, (0, 0), rng.uniform(0.5, 0.95)).astype(np.float32)
    grey += noise(grey.shape, rng.uniform(5, 22), rng)
    black = (grey < rng.uniform(120, 195)).astype(np.uint8)
    speckle = (rng.uniform(0, 1, SPECK_FIELD) < rng.uniform(0, 0.0015)).astype(np.uint8)
    tall, wide = (-(-side // field) for side, field in zip(black.shape, SPECK_FIELD, strict=True))
    black ^= np.tile(speckle, (tall, wide))[: black.shape[0], : black.shape[1]]
    _lost_lines(black, rng)
    if rng.random() < 0.5:
        words = f"{rng.integers(1, 28):02d}/06/2011 {rng.integers(8, 18):02d}:12  7281316  P.01"
        cv2.putText(black, words, (int(rng.integers(60, 900)), 22), 0, 0.6, 1, 1, cv2.LINE_8)
    dpi = (200, 200)
    if rng.random() < 0.3:
        size = (black.shape[1], round(black.shape[0] * FINE_FAX_LINES))
        black, dpi = cv2.resize(black, size, interpolation=cv2.INTER_NEAREST), (204, 196)
    file = io.BytesIO()
    image = Image.fromarray(anyhow(black == 0, rng, 0.1))
    image.save(file, "TIFF", compression="group4", dpi=dpi)
    return file.getvalue()


def _lost_lines(black: np.ndarray, rng: np.random.Generator) -> None:
    """A bad line costs a few rows of dots: left white, or the row above once more."""
    for _ in range(rng.poisson(0.4)):
        row, deep = int(rng.integers(1, black.shape[0] - 6)), int(rng.integers(1, 5))
        black[row : row + deep] = 0 if rng.random() < 0.5 else black[row - 1]
