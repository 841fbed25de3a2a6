"""Marks as a hand draws them: lines through points in mm, around the middle of a cell."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
STEPS = 10
"""Points a piece of a line is drawn through."""


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


def curve(points: Points, bend: float, rng: np.random.Generator, wobble: float) -> Points:
    """A smooth line near the points given."""
    pieces = []
    for start, end in pairwise(points):
        along = np.linspace(0, 1, STEPS)[:, None]
        normal = np.array([-(end - start)[1], (end - start)[0]])
        bow = bend * rng.normal(1, 0.4)
        pieces.append(start + (end - start) * along + normal * bow * (along * (1 - along)) * 4)
    line = np.vstack(pieces)
    noise = np.cumsum(rng.normal(0, wobble, line.shape), axis=0)
    return line + noise - noise.mean(axis=0)


def rounded(line: Points, steps: int) -> Points:
    """The same line with its corners taken in a swing (moving mean)."""
    padded = np.vstack([np.repeat(line[:1], steps, 0), line, np.repeat(line[-1:], steps, 0)])
    weight = np.ones(2 * steps + 1) / (2 * steps + 1)
    return np.stack([np.convolve(padded[:, axis], weight, "valid") for axis in (0, 1)], axis=1)


def a_mark(hand: Hand, rng: np.random.Generator) -> list[Points]:
    """One mark of this hand around (0, 0)."""
    size = hand.size * rng.uniform(0.8, 1.2)
    lines = [line * size for line in SHAPES[hand.shape](hand, rng)]
    turn = hand.lean + rng.normal(0, 0.09)
    matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    drawn = [curve(line, hand.bend, rng, hand.wobble) @ matrix.T for line in lines]
    if hand.shape == "swung":
        drawn = [rounded(line, 3) for line in drawn]
    return drawn


def tick(hand: Hand, rng: np.random.Generator) -> list[Points]:
    short, long_ = hand.short * rng.uniform(0.8, 1.25), hand.long * rng.uniform(0.85, 1.2)
    return [
        np.array([[-short * 0.75, -short * 0.6], [0, 0], [long_ * 0.75, -long_]]) + [-0.15, 0.4]
    ]


def flick(hand: Hand, rng: np.random.Generator) -> list[Points]:
    """A tick in a hurry: hardly any short arm."""
    return [np.array([[-0.12, -0.1], [0, 0], [0.6 * hand.long, -0.9 * hand.long]]) + [-0.2, 0.4]]


def slash(hand: Hand, rng: np.random.Generator) -> list[Points]:
    """No short arm at all."""
    return [np.array([[-0.35, 0.4], [0.35 * hand.long + 0.1, -0.5 * hand.long]])]


def hooked(hand: Hand, rng: np.random.Generator) -> list[Points]:
    """A tick whose end turns down again."""
    first = tick(hand, rng)[0]
    return [np.vstack([first, first[-1] + [0.18, 0.12]])]


def led_in(hand: Hand, rng: np.random.Generator) -> list[Points]:
    """A tick that begins with a small stroke from the left, as the root sign is written."""
    first = tick(hand, rng)[0]
    return [np.vstack([first[0] + [-0.16, 0.1], first])]


def root(hand: Hand, rng: np.random.Generator) -> list[Points]:
    """The root sign with its bar: the print shows one, and some people copy it."""
    first = tick(hand, rng)[0]
    return [np.vstack([first, first[-1] + [rng.uniform(0.2, 0.5), rng.normal(0, 0.03)]])]


def two_strokes(hand: Hand, rng: np.random.Generator) -> list[Points]:
    """A tick with the pen lifted at the foot."""
    first = tick(hand, rng)[0]
    gap = rng.normal(0, 0.04, 2)
    return [first[:2], np.vstack([first[1] + gap, first[2]])]


def gone_over(hand: Hand, rng: np.random.Generator) -> list[Points]:
    """A tick drawn twice, one upon the other."""
    first = tick(hand, rng)[0]
    return [first, first + rng.normal(0, 0.05, first.shape)]


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
    "tick": tick, "swung": tick, "flick": flick, "slash": slash, "hooked": hooked, "led_in": led_in,
    "root": root, "two_strokes": two_strokes, "gone_over": gone_over, "cross": cross, "ring": ring,
    "blob": blob,
}  # fmt: skip


def zigzag(w: float, h: float, rng: np.random.Generator) -> Points:
    """Up and down over most of a cell (mm), around (0, 0)."""
    turns = rng.integers(9, 16)
    x = np.linspace(-0.36 * w, 0.36 * w, 2 * turns) * rng.uniform(0.8, 1.1)
    y = np.tile([-0.33 * h, 0.33 * h], turns) * rng.uniform(0.75, 1.1, 2 * turns)
    return np.stack([x, y], axis=1)


def whirl(w: float, h: float, rng: np.random.Generator) -> Points:
    """Round and round in a cell (mm), around (0, 0)."""
    turns = rng.uniform(6, 10)
    angle = np.linspace(0, 2 * np.pi * turns, round(turns * 14))
    radius = rng.uniform(0.5, 1.0, angle.size)
    radius = np.convolve(np.pad(radius, 4, mode="edge"), np.ones(9) / 9, "valid")
    x = 0.38 * w * radius * np.cos(angle) + np.linspace(-0.05, 0.05, angle.size) * w
    return np.stack([x, 0.38 * h * radius * np.sin(angle)], axis=1)


def handwriting(width: float, high: float, rng: np.random.Generator) -> list[Points]:
    """A line of words (mm), from (0, 0) to the right: strokes mostly level or upright."""
    lines, x = [], 0.0
    while x < width:
        for _ in range(rng.integers(3, 8)):
            start = np.array([x, 0.0]) + rng.uniform(0, high, 2) * [0.7, 1]
            run = rng.uniform(0.25, 0.8) * high
            way = rng.choice([0.0, 0.0, 1.5, 1.5, 2.3, 0.8]) + rng.normal(-0.08, 0.12)
            end = start + run * np.array([np.cos(way), np.sin(way)])
            lines.append(curve(np.vstack([start, end]), 0.06, rng, 0.015))
        x += high * rng.uniform(1.0, 1.25)
    return lines
