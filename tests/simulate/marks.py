"""Marks as a hand draws them: lines through points in mm, around the middle of a cell."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Hand:
    """How one voter moves: size (mm), lean, wobble, and the shape they make."""

    shape: str
    size: float
    lean: float
    wobble: float
    short: float
    long: float
    bend: float


@dataclass(frozen=True, slots=True)
class Stroke:
    """One line on the paper: points (mm), pen width (mm), darkness 0-1 along it."""

    points: Points
    width: float
    dark: float


def curve(points: Points, bend: float, rng: np.random.Generator, wobble: float) -> Points:
    """A smooth line near the points given, 10 steps a piece."""
    pieces = []
    for start, end in pairwise(points):
        along = np.linspace(0, 1, 10)[:, None]
        normal = np.array([-(end - start)[1], (end - start)[0]])
        bow = bend * rng.normal(1, 0.4)
        pieces.append(start + (end - start) * along + normal * bow * (along * (1 - along)) * 4)
    line = np.vstack(pieces)
    noise = np.cumsum(rng.normal(0, wobble, line.shape), axis=0)
    return line + noise - noise.mean(axis=0)


def a_mark(hand: Hand, rng: np.random.Generator) -> list[Points]:
    """One mark of this hand around (0, 0)."""
    size = hand.size * rng.uniform(0.8, 1.2)
    lines = [line * size for line in SHAPES[hand.shape](hand, rng)]
    turn = hand.lean + rng.normal(0, 0.09)
    matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    return [curve(line, hand.bend, rng, hand.wobble) @ matrix.T for line in lines]


def tick(hand: Hand, rng: np.random.Generator) -> list[Points]:
    short, long_ = hand.short * rng.uniform(0.8, 1.25), hand.long * rng.uniform(0.85, 1.2)
    return [
        np.array([[-short * 0.75, -short * 0.6], [0, 0], [long_ * 0.75, -long_]]) + [-0.15, 0.4]
    ]


def flick(hand: Hand, rng: np.random.Generator) -> list[Points]:
    """A tick in a hurry: hardly any short arm."""
    return [np.array([[-0.12, -0.1], [0, 0], [0.6 * hand.long, -0.9 * hand.long]]) + [-0.2, 0.4]]


def hooked(hand: Hand, rng: np.random.Generator) -> list[Points]:
    """A tick whose end turns down again."""
    first = tick(hand, rng)[0]
    return [np.vstack([first, first[-1] + [0.18, 0.12]])]


def two_strokes(hand: Hand, rng: np.random.Generator) -> list[Points]:
    """A tick with the pen lifted at the foot."""
    first = tick(hand, rng)[0]
    gap = rng.normal(0, 0.04, 2)
    return [first[:2], np.vstack([first[1] + gap, first[2]])]


def cross(hand: Hand, rng: np.random.Generator) -> list[Points]:
    reach = 0.42
    return [
        np.array([[-reach, -reach], [reach, reach]]), np.array([[reach, -reach], [-reach, reach]])
    ]  # fmt: skip


def ring(hand: Hand, rng: np.random.Generator) -> list[Points]:
    angle = np.linspace(0, 2 * np.pi * rng.uniform(0.92, 1.08), 12)
    return [0.42 * np.stack([np.cos(angle), np.sin(angle)], axis=1)]


def blob(hand: Hand, rng: np.random.Generator) -> list[Points]:
    """A dot filled in by going round."""
    angle = np.linspace(0, 10 * np.pi, 40)
    radius = np.linspace(0.03, 0.26, 40)
    return [np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)]


SHAPES = {
    "tick": tick, "flick": flick, "hooked": hooked, "two_strokes": two_strokes, "cross": cross,
    "ring": ring, "blob": blob,
}  # fmt: skip


def blackout(w: float, h: float, rng: np.random.Generator) -> Points:
    """Zigzag over most of a cell (mm), around (0, 0)."""
    turns = rng.integers(9, 16)
    x = np.linspace(-0.36 * w, 0.36 * w, 2 * turns) * rng.uniform(0.8, 1.1)
    y = np.tile([-0.33 * h, 0.33 * h], turns) * rng.uniform(0.75, 1.1, 2 * turns)
    return np.stack([x, y], axis=1)


def handwriting(width: float, rng: np.random.Generator) -> list[Points]:
    """A line of words, 4 to 6 mm high, from (0, 0) to the right."""
    lines, x = [], 0.0
    high = rng.uniform(3.5, 6)
    while x < width:
        for _ in range(rng.integers(3, 7)):
            start = np.array([x, 0.0]) + rng.uniform(0, high, 2) * [0.9, 1]
            lines.append(
                curve(np.vstack([start, start + rng.uniform(-0.7, 0.7, 2) * high]), 0.1, rng, 0.02)
            )
        x += high * rng.uniform(1.0, 1.3)
    return lines
