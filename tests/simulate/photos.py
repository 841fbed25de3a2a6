"""What a telephone makes of a sheet: 8 megapixels, at an angle, bent, shadowed, not quite sharp."""

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
WIDE, TALL = 2448, 3264
STEP = 16
"""The bent paper is worked out at every so many pixels, and between them by straight lines."""


def photo(page: np.ndarray, per_mm: int, rng: np.random.Generator) -> bytes:
    """A colour JPEG of 8 megapixels."""
    where_x, where_y = _seen_from_above(page, per_mm, rng)
    desk = int(rng.integers(25, 150))
    seen = cv2.remap(page, where_x, where_y, cv2.INTER_LINEAR, borderValue=desk)
    seen = _unsharp(seen, rng)
    light = seen.astype(np.float32)
    light *= cv2.resize(_light(rng), (WIDE, TALL), interpolation=cv2.INTER_LINEAR)
    small = rng.normal(0, rng.uniform(2, 7), (401, 409)).astype(np.float32)
    small = cv2.GaussianBlur(small, (0, 0), rng.uniform(0.4, 0.9))
    grain = np.tile(small * 1.4, (TALL // 401 + 1, WIDE // 409 + 1))
    light += grain[:TALL, :WIDE]
    grey = np.clip(light, 0, 255, out=light).astype(np.uint8)
    if rng.random() < 0.3:
        # Cameras sharpen what they blurred, with a light rim around dark lines.
        soft = cv2.blur(grey, (5, 5))
        grey = cv2.addWeighted(grey, 1.5, soft, -0.5, 0)
    if rng.random() < 0.15:
        grey = np.ascontiguousarray(np.rot90(grey, int(rng.integers(1, 4))))
    return _coloured(grey, rng)


def _coloured(grey: np.ndarray, rng: np.random.Generator) -> bytes:
    """White balance of a lamp: three tones of one grey; stored as cameras store."""
    warmth, green = rng.normal(0, 0.06), rng.normal(0, 0.02)
    gamma = rng.uniform(0.85, 1.2)
    tone = np.linspace(0, 1, 256) ** gamma * 255
    gains = (1 - warmth, 1 + green, 1 + warmth)
    planes = [
        cv2.LUT(grey, np.clip(tone * gain, 0, 255).astype(np.uint8)) for gain in gains
    ]  # fmt: skip
    quality = int(rng.integers(75, 93))
    return cv2.imencode(".jpg", cv2.merge(planes), [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()


def _unsharp(seen: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Focus, and in every fifth picture the shake of a hand."""
    blurred = cv2.GaussianBlur(seen, (0, 0), rng.uniform(0.6, 1.8))
    if rng.random() < 0.2:
        length = int(rng.integers(3, 8))
        way = np.radians(rng.uniform(0, 180))
        kernel = np.zeros((9, 9), np.float32)
        reach = np.array([np.cos(way), np.sin(way)]) * length / 2
        ends = np.round((np.array([[4, 4], [4, 4]]) + [-reach, reach]) * 16).astype(int).tolist()
        cv2.line(kernel, ends[0], ends[1], 1.0, 1, cv2.LINE_8, 4)
        blurred = cv2.filter2D(blurred, -1, kernel / kernel.sum())
    return blurred


def _light(rng: np.random.Generator) -> np.ndarray:
    """Lamp or window from one side, darker corners, and the shadow of a hand or the telephone."""
    tall, wide = TALL // STEP, WIDE // STEP
    y, x = np.mgrid[-1 : 1 : tall * 1j, -1 : 1 : wide * 1j]
    way = rng.uniform(0, 2 * np.pi)
    slope = rng.uniform(0, 0.25)
    light = rng.uniform(0.68, 0.98) * (1 + slope * (np.cos(way) * x + np.sin(way) * y))
    light *= 1 - rng.uniform(0, 0.2) * (x**2 + y**2) / 2
    if rng.random() < 0.1:
        spot = np.hypot(x - rng.uniform(-1, 1), y - rng.uniform(-1, 1))
        light += rng.uniform(0.1, 0.35) * np.exp(-((spot / rng.uniform(0.2, 0.5)) ** 2))
    if rng.random() < 0.5:
        place, towards = rng.uniform(-1.2, 1.2, 2), rng.normal(0, 1, 2)
        towards /= np.hypot(*towards)
        wavy = 0.1 * np.sin(rng.uniform(2, 6) * (x * towards[1] - y * towards[0]))
        distance = (x - place[0]) * towards[0] + (y - place[1]) * towards[1] + wavy
        light *= 1 - rng.uniform(0.1, 0.5) / (1 + np.exp(-distance / rng.uniform(0.008, 0.1)))
    return light.astype(np.float32)


def _seen_from_above(
    page: np.ndarray, per_mm: int, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """For every pixel of the picture the place on the page: perspective and curl."""
    across_mm, down_mm = np.array(page.shape[::-1]) / per_mm
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) * [across_mm, down_mm]
    scale = min(WIDE / across_mm, TALL / down_mm) * rng.uniform(0.8, 0.95)
    placed = (corners - corners.mean(axis=0)) * scale
    angle = np.radians(rng.normal(0, 2.5))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    placed = placed @ turn.T + [WIDE / 2, TALL / 2] + rng.uniform(-0.03, 0.03, (4, 2)) * WIDE
    back = cv2.getPerspectiveTransform(placed.astype(np.float32), corners.astype(np.float32))
    x, y = np.meshgrid(np.arange(0, WIDE + STEP, STEP), np.arange(0, TALL + STEP, STEP))
    points = np.stack([x.ravel(), y.ravel()], axis=1).astype(np.float64)
    on_paper = cv2.perspectiveTransform(points[:, None], back)[:, 0]
    on_paper += _curl(on_paper[:, 0] / across_mm, on_paper[:, 1] / down_mm, rng)
    maps = []
    for moved in on_paper.T:
        coarse = (moved * per_mm).reshape(x.shape).astype(np.float32)
        size = (x.shape[1] * STEP, x.shape[0] * STEP)
        fine = cv2.resize(coarse, size, interpolation=cv2.INTER_LINEAR)
        # cv2.resize puts samples at the middles of pixels; half a step is nothing to a lens.
        maps.append(np.ascontiguousarray(fine[:TALL, :WIDE]))
    return maps[0], maps[1]


def _curl(u: Floats, v: Floats, rng: np.random.Generator) -> Floats:
    """Where bent paper is seen (mm): waves, a lifted corner, the crease of a folded sheet."""
    bend, phase = rng.uniform(0, 3.0, 2), rng.uniform(0, 6, 2)
    down = bend[0] * np.sin(np.pi * u * rng.uniform(0.6, 1.6) + phase[0]) * (0.3 + 0.7 * v)
    across = 0.5 * bend[1] * np.sin(np.pi * v * rng.uniform(0.6, 1.6) + phase[1])
    if rng.random() < 0.2:
        edge = rng.choice([0, 1], 2)
        near = np.exp(-(((u - edge[0]) / 0.25) ** 2) - ((v - edge[1]) / 0.25) ** 2)
        across, down = across + rng.uniform(-2, 2) * near, down + rng.uniform(-2, 2) * near
    if rng.random() < 0.2:
        fold = np.abs(v - rng.choice([1 / 3, 1 / 2, 2 / 3]))
        down = down + rng.uniform(-1.2, 1.2) * np.clip(1 - fold / 0.2, 0, 1)
    return np.stack([across, down], axis=1)
