"""What a scanner, a fax and a phone make of a sheet: files as bytes."""

import io

import cv2
import numpy as np
from PIL import Image

MM = 25.4


def noise(shape: tuple[int, int], deviation: float, rng: np.random.Generator) -> np.ndarray:
    """Grain of a sensor, a little correlated; made from a small field moved about."""
    small = rng.normal(0, deviation, (257, 263)).astype(np.float32)
    tall, wide = -(-shape[0] // 257), -(-shape[1] // 263)
    field = np.tile(small, (tall, wide))[: shape[0], : shape[1]]
    return np.roll(field, tuple(rng.integers(0, 257, 2)), axis=(0, 1))


def gentle(shape: tuple[int, int], depth: float, rng: np.random.Generator) -> np.ndarray:
    """Uneven light: a smooth field between 1 - depth and 1."""
    small = rng.uniform(1 - depth, 1, (4, 3)).astype(np.float32)
    return cv2.resize(small, shape[::-1], interpolation=cv2.INTER_CUBIC)


def turned(
    page: np.ndarray, per_mm: int, dpi: int, rng: np.random.Generator, skew: float
) -> np.ndarray:
    """The sheet on the glass: skewed, shifted, a little stretched."""
    out_per_mm = dpi / MM
    height, width = page.shape
    stretch = rng.uniform(0.985, 1.012, 2)
    angle = np.radians(rng.normal(0, skew))
    scale = out_per_mm / per_mm
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    matrix = turn * (scale * stretch)
    spare = float(rng.choice([0, 6]))
    size = (round((210 + spare) * out_per_mm), round((297 + spare) * out_per_mm))
    middle = np.array([width / 2, height / 2])
    shift = np.array(size) / 2 - matrix @ middle + rng.normal(0, 1.2 * out_per_mm, 2)
    if scale < 0.9:
        page = cv2.blur(page, (2, 2))
    return cv2.warpAffine(
        page, np.column_stack([matrix, shift]), size, flags=cv2.INTER_LINEAR,
        borderValue=int(rng.choice([255, 235, 90])),
    )  # fmt: skip


def scanned_grey(page: np.ndarray, per_mm: int, dpi: int, rng: np.random.Generator) -> np.ndarray:
    """A grey scan before it is stored."""
    grey = turned(page, per_mm, dpi, rng, skew=0.9 if rng.random() < 0.93 else 2.2)
    grey = cv2.GaussianBlur(grey, (0, 0), rng.uniform(0.35, 0.8))
    paper, ink = rng.uniform(200, 250), rng.uniform(5, 45)
    light = ink + (paper - ink) / 255 * grey.astype(np.float32)
    if rng.random() < 0.3:
        light *= gentle(grey.shape, rng.uniform(0.02, 0.15), rng)
    if rng.random() < 0.15:
        through = cv2.GaussianBlur(np.ascontiguousarray(grey[:, ::-1]), (0, 0), 2.5)
        light -= (255 - through.astype(np.float32)) * rng.uniform(0.02, 0.05)
    light += noise(grey.shape, rng.uniform(1, 5), rng)
    for _ in range(rng.poisson(0.1)):
        at = int(rng.integers(0, grey.shape[1] - 2))
        light[:, at : at + int(rng.integers(1, 3))] -= rng.uniform(8, 35)
    for _ in range(rng.poisson(4)):
        x, y = rng.integers(5, grey.shape[1] - 5), rng.integers(5, grey.shape[0] - 5)
        cv2.circle(
            light, (int(x), int(y)), int(rng.integers(0, 2)), float(rng.uniform(60, 160)), -1
        )
    return np.clip(light, 0, 255).astype(np.uint8)


def anyhow(image: np.ndarray, rng: np.random.Generator, share: float) -> np.ndarray:
    """Some sheets go in upside down or on their side."""
    return (
        np.ascontiguousarray(np.rot90(image, int(rng.integers(1, 4))))
        if rng.random() < share
        else image
    )


def jpeg(image: np.ndarray, quality: int) -> bytes:
    return cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()


def scan(page: np.ndarray, per_mm: int, dpi: int, rng: np.random.Generator) -> bytes:
    """A grey scan as JPEG."""
    image = anyhow(scanned_grey(page, per_mm, dpi, rng), rng, 0.1)
    return jpeg(image, int(rng.integers(60, 93)))


def fax(page: np.ndarray, per_mm: int, rng: np.random.Generator) -> bytes:
    """A fax at 200 dpi: thresholded, speckled, G4."""
    grey = turned(page, per_mm, 200, rng, skew=0.8)
    grey = cv2.GaussianBlur(grey, (0, 0), rng.uniform(0.5, 0.9)).astype(np.float32)
    grey += noise(grey.shape, rng.uniform(5, 20), rng)
    black = grey < rng.uniform(120, 190)
    speckle = rng.uniform(0, 1, (199, 211)) < rng.uniform(0, 0.0015)
    tall, wide = -(-grey.shape[0] // 199), -(-grey.shape[1] // 211)
    black ^= np.tile(speckle, (tall, wide))[: grey.shape[0], : grey.shape[1]]
    file = io.BytesIO()
    image = Image.fromarray(anyhow(~black, rng, 0.1))
    image.save(file, "TIFF", compression="group4", dpi=(200, 200))
    return file.getvalue()


def photo(page: np.ndarray, per_mm: int, rng: np.random.Generator) -> bytes:
    """A photograph of 8 megapixels: held at an angle, bent, in shadow, not quite sharp."""
    wide, tall = 2448, 3264
    where_x, where_y = _seen_from_above(page, per_mm, wide, tall, rng)
    desk = int(rng.integers(30, 140))
    image = cv2.remap(page, where_x, where_y, cv2.INTER_LINEAR, borderValue=desk)
    light = image.astype(np.float32) * (0.62 + 0.3 * gentle(image.shape, 0.45, rng))
    if rng.random() < 0.5:
        light *= _shadow(image.shape, rng)
    light = cv2.GaussianBlur(light, (0, 0), rng.uniform(0.6, 1.7))
    if rng.random() < 0.2:
        length = int(rng.integers(3, 7))
        light = cv2.blur(light, (length, 1) if rng.random() < 0.5 else (1, length))
    light += noise(image.shape, rng.uniform(2, 6), rng)
    bright = np.clip(light * rng.uniform(0.85, 1.12) + rng.uniform(0, 18), 0, 255).astype(np.uint8)
    return jpeg(anyhow(bright, rng, 0.15), int(rng.integers(75, 93)))


def _seen_from_above(
    page: np.ndarray, per_mm: int, wide: int, tall: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    corners = np.array([[0, 0], [210, 0], [210, 297], [0, 297]], np.float32)
    scale = min(wide / 210, tall / 297) * rng.uniform(0.84, 0.95)
    placed = (corners - [105, 148.5]) * scale
    angle = np.radians(rng.normal(0, 2.5))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    placed = placed @ turn.T + [wide / 2, tall / 2] + rng.uniform(-0.028, 0.028, (4, 2)) * wide
    back = cv2.getPerspectiveTransform(placed.astype(np.float32), corners)
    x, y = np.meshgrid(np.arange(0, wide + 16, 16), np.arange(0, tall + 16, 16))
    points = np.stack([x.ravel(), y.ravel()], axis=1).astype(np.float64)
    on_paper = cv2.perspectiveTransform(points[:, None], back)[:, 0]
    bend, phase = rng.uniform(0, 3.0, 2), rng.uniform(0, 6, 2)
    u, v = on_paper[:, 0] / 210, on_paper[:, 1] / 297
    down = bend[0] * np.sin(np.pi * u * rng.uniform(0.6, 1.6) + phase[0]) * (0.3 + 0.7 * v)
    across = 0.5 * bend[1] * np.sin(np.pi * v * rng.uniform(0.6, 1.6) + phase[1])
    maps = []
    for moved in (on_paper[:, 0] + across, on_paper[:, 1] + down):
        coarse = (moved * per_mm).reshape(x.shape).astype(np.float32)
        fine = cv2.resize(
            coarse, (x.shape[1] * 16, x.shape[0] * 16), interpolation=cv2.INTER_LINEAR
        )
        maps.append(np.ascontiguousarray(fine[:tall, :wide]))
    return maps[0], maps[1]


def _shadow(shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    """The hand or the phone itself between lamp and paper."""
    small = np.ones((82, 62), np.float32)
    side = rng.uniform(-0.2, 1.2, (2, 2)) * [62, 82]
    towards = rng.normal(0, 1, 2)
    y, x = np.mgrid[0:82, 0:62]
    distance = (x - side[0, 0]) * towards[0] + (y - side[0, 1]) * towards[1]
    soft = rng.uniform(0.5, 6)
    small -= rng.uniform(0.1, 0.45) / (1 + np.exp(-distance / soft))
    return cv2.resize(small, shape[1::-1], interpolation=cv2.INTER_LINEAR)
