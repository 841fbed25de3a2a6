"""Pens: how wide and dark a line is, and how that changes along it."""

from dataclasses import dataclass

import numpy as np

from tests.simulate.marks import Points


@dataclass(frozen=True, slots=True)
class Pen:
    """Share of voters; least and most width (mm) and darkness; taper, skips and grain of its line.

    Darkness is the part of paper white that the ink takes away.
    """

    share: float
    width: tuple[float, float]
    dark: tuple[float, float]
    taper: float
    skips: float
    grain: float


PENS = {
    "gel": Pen(0.42, (0.35, 0.6), (0.75, 0.95), 0.25, 0.0, 0.03),
    "ballpoint": Pen(0.32, (0.28, 0.45), (0.5, 0.85), 0.35, 0.05, 0.15),
    "fountain": Pen(0.08, (0.4, 0.8), (0.6, 0.95), 0.5, 0.01, 0.05),
    "marker": Pen(0.03, (0.7, 0.9), (0.8, 0.97), 0.1, 0.0, 0.02),
    "pencil": Pen(0.11, (0.35, 0.6), (0.32, 0.6), 0.5, 0.02, 0.3),
    "faint": Pen(0.04, (0.3, 0.5), (0.18, 0.3), 0.5, 0.02, 0.35),
}


@dataclass(frozen=True, slots=True)
class Stroke:
    """One line on the paper: points (mm), width (mm), darkness 0-1, pressure 0-1 at each point."""

    points: Points
    width: float
    dark: float
    press: np.ndarray
    grain: float


def pulled(points: Points, pen: Pen, width: float, dark: float, rng: np.random.Generator) -> Stroke:
    """A line drawn with a pen: lifted at the ends, pressed unevenly, skipping now and then."""
    count = len(points)
    along = np.linspace(0, 1, count)
    press = 1 - pen.taper * rng.uniform(0.2, 1) * np.clip((along - 0.6) / 0.4, 0, 1) ** 1.5
    press *= 1 - pen.taper * rng.uniform(0, 0.6) * np.clip((0.15 - along) / 0.15, 0, 1)
    knots = rng.normal(1, 0.35 * pen.taper, 5)
    press *= np.interp(along, np.linspace(0, 1, 5), np.clip(knots, 0.6, 1.15))
    skipping = np.flatnonzero(rng.random(count) < pen.skips * rng.uniform(0, 1.5))
    for place in skipping:
        press[place : place + int(rng.integers(1, 3))] *= rng.uniform(0, 0.5)
    return Stroke(points, width, min(dark, 0.97), np.clip(press, 0, 1), pen.grain)
