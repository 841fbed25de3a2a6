"""Fits the page to its own printed grid: paper curls, scanners stretch, photographs bend.

Each printed rule is cut into pieces; across each piece the darkest place within a few millimetres
is where the rule really is. A robust cubic, then a quintic, carries that over the whole table
(design/paper.md, Read 3).
"""

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from pingyi.paper.omr.images import Grey
from pingyi.paper.omr.layout import Page
from pingyi.paper.omr.placing import Placing

Floats = NDArray[np.float64]
PIECE_MM = 10.0
"""A rule is followed in pieces of about this length."""
ALONG = 9
"""Samples along a piece."""
LEAST_CONTRAST = 0.06
"""A rule shows itself as a dip of at least this share of the paper's white."""
CLOSE_MM = 0.3
"""A piece that lies this near its fitted place agrees with the fit."""
SLIPPED_RULES = 2
"""So many neighbouring rules that stand elsewhere mean that a part of the table has slipped."""


@dataclass(frozen=True, slots=True)
class Look:
    """How far (mm) to both sides of a rule to look, in which steps."""

    reach: float
    step: float

    @property
    def steps(self) -> Floats:
        """Distances from where the rule is expected, mm."""
        return np.arange(-self.reach, self.reach + self.step / 2, self.step)


OUTWARDS_MM = (70, 110, 170, 250, 400)
WIDE, NEAR = Look(3.25, 0.25), Look(1.0, 0.125)


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of all rules of a page: ends (n x 2 each, mm), and which run across.

    `rules` lists the pieces of every rule, those across from top to bottom, the others from left to
    right: two lists of rules.
    """

    start: Floats
    end: Floats
    across: NDArray[np.bool_]
    rules: tuple[tuple[NDArray[np.intp], ...], ...]

    def some(self, wanted: NDArray[np.intp]) -> "Pieces":
        """Only these pieces, without their rules."""
        return Pieces(self.start[wanted], self.end[wanted], self.across[wanted], ())

    @property
    def middle(self) -> Floats:
        """Middles of the pieces, n x 2, mm."""
        return (self.start + self.end) / 2


@dataclass(frozen=True, slots=True)
class Registration:
    """Where the page's points really are: a shift (mm) as a polynomial of the place on the page."""

    placing: Placing
    centre: Floats
    half: Floats
    coefficients: Floats
    agreeing: NDArray[np.bool_]
    edges: tuple[bool, bool, bool, bool]
    """Whether the outermost rules were seen in their places: left, right, top, bottom."""
    largest: float
    """How far (mm) the paper bends away from a straight page at the most."""
    slipped: bool
    """Whether neighbouring rules stand elsewhere: lines were lost in the scan, or the paper bends
    so much that the rules of other rows were taken for theirs.
    """

    def shift(self, points: Floats) -> Floats:
        """The shift at points of the page (n x 2, mm)."""
        return _terms((points - self.centre) / self.half) @ self.coefficients

    def pixels(self, points: Floats) -> NDArray[np.float32]:
        """Points of the page (n x 2, mm) in the image."""
        return self.placing.pixels((points + self.shift(points)).astype(np.float32))

    @property
    def is_anchored(self) -> bool:
        """Whether the table is not taken one row or column off.

        Its rules repeat, so that most of them would agree all the same; its outermost would not.
        """
        return all(self.edges)

    @property
    def agreement(self) -> float:
        """The share of pieces that were seen where the fit says."""
        return float(self.agreeing.mean())


def pieces_of(page: Page) -> Pieces:
    """All rules of a page cut into pieces; their ends, where rules cross, are left out."""
    starts, ends, across = [], [], []
    for x1, y1, x2, y2 in page.lines:
        horizontal = abs(x2 - x1) >= abs(y2 - y1)
        length = abs(x2 - x1) if horizontal else abs(y2 - y1)
        number = max(1, round(length / PIECE_MM))
        knots = np.linspace(0, 1, number + 1)
        gap = 0.12
        for first, last in pairwise(knots):
            width = last - first
            low, high = first + gap * width, last - gap * width
            starts.append((x1 + (x2 - x1) * low, y1 + (y2 - y1) * low))
            ends.append((x1 + (x2 - x1) * high, y1 + (y2 - y1) * high))
            across.append(horizontal)
    start, end, is_across = np.array(starts, float), np.array(ends, float), np.array(across, bool)
    return Pieces(start, end, is_across, _rules(start, is_across))


def _rules(start: Floats, across: NDArray[np.bool_]) -> tuple[tuple[NDArray[np.intp], ...], ...]:
    """The pieces of every rule, by its place."""
    found = []
    for some, axis in ((across, 1), (~across, 0)):
        numbers = np.flatnonzero(some)
        places = np.round(start[numbers, axis], 2)
        found.append(tuple(numbers[places == place] for place in np.unique(places)))
    return tuple(found)


def registered(
    grey: Grey, white: float, pieces: Pieces, placing: Placing, anchor: Floats | None = None
) -> Registration:
    """The page fitted to its grid. `white` is the paper's grey level in the image.

    A placing that is only good near a point (`anchor`, mm) is first carried outwards from there.
    """
    middle = pieces.middle
    low, high = middle.min(axis=0), middle.max(axis=0)
    centre, half = (low + high) / 2, np.maximum((high - low) / 2, 1.0)
    place = (middle - centre) / half
    coefficients = np.zeros((TERMS[-1], 2))
    if anchor is not None:
        away = np.linalg.norm(middle - anchor, axis=1)
        for radius in OUTWARDS_MM:
            shift = _terms(place) @ coefficients
            offset, contrast = _seen(grey, white, pieces, placing, shift, WIDE)
            weight = np.where((contrast >= LEAST_CONTRAST) & (away <= radius), contrast, 0.0)
            coefficients = coefficients + _fitted(place, offset, weight, pieces.across, 1)
    straight = _terms(place) @ coefficients
    for look, degree in ((WIDE, 3), (NEAR, 5)):
        shift = _terms(place) @ coefficients
        offset, contrast = _seen(grey, white, pieces, placing, shift, look)
        weight = np.where(contrast >= LEAST_CONTRAST, np.minimum(contrast, 0.5), 0.0)
        coefficients = coefficients + _fitted(place, offset, weight, pieces.across, degree)
    shift = _terms(place) @ coefficients
    offset, contrast = _seen(grey, white, pieces, placing, shift, NEAR)
    seen = contrast >= LEAST_CONTRAST
    agreeing = seen & (np.abs(offset) <= CLOSE_MM)
    bend = shift - straight
    gap = _gap(pieces, agreeing)
    return Registration(
        placing, centre, half, coefficients, agreeing=agreeing,
        edges=_edges(pieces, agreeing),
        largest=float(np.abs(np.where(pieces.across, bend[:, 1], bend[:, 0])).max()),
        slipped=bool(gap.size) and _elsewhere(grey, white, pieces.some(gap), placing, shift[gap]),
    )  # fmt: skip


def _gap(pieces: Pieces, agreeing: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The pieces of all rules that were not seen where they should be, and a neighbour neither."""
    found: list[NDArray[np.intp]] = []
    for rules in pieces.rules:
        run: list[NDArray[np.intp]] = []
        for rule in (*rules, None):
            if rule is not None and agreeing[rule].mean() < 0.5:
                run.append(rule)
                continue
            found += run if len(run) >= SLIPPED_RULES else []
            run = []
    return np.concatenate(found) if found else np.zeros(0, np.intp)


def _elsewhere(grey: Grey, white: float, pieces: Pieces, placing: Placing, shift: Floats) -> bool:
    """Whether most of these pieces are seen, but elsewhere: they are not merely hidden."""
    offset, contrast = _seen(grey, white, pieces, placing, shift, WIDE)
    return float(((contrast >= LEAST_CONTRAST) & (np.abs(offset) > CLOSE_MM)).mean()) >= 0.5


def _edges(pieces: Pieces, agreeing: NDArray[np.bool_]) -> tuple[bool, bool, bool, bool]:
    """Whether half of each outermost rule was seen in its place: left, right, top, bottom."""
    found = []
    for rules, axis in ((~pieces.across, 0), (pieces.across, 1)):
        where = pieces.middle[:, axis]
        for end in (where[rules].min(), where[rules].max()):
            outermost = rules & (np.abs(where - end) < 0.01)
            found.append(bool(agreeing[outermost].mean() >= 0.5))
    return found[0], found[1], found[2], found[3]


TERMS = (1, 3, 6, 10, 15, 21)
"""How many terms a polynomial of two variables has, by its degree."""


def _terms(place: Floats) -> Floats:
    """The terms of a quintic at places (n x 2, about -1 to 1), lower degrees first."""
    across, down = _powers(place[:, 0]), _powers(place[:, 1])
    return np.stack(
        [
            across[degree - power] * down[power]
            for degree in range(6)
            for power in range(degree + 1)
        ],
        axis=1,
    )


def _powers(value: Floats) -> list[Floats]:
    powers = [np.ones_like(value)]
    for _ in range(5):
        powers.append(powers[-1] * value)
    return powers


def _seen(
    grey: Grey, white: float, pieces: Pieces, placing: Placing, shift: Floats, look: Look
) -> tuple[Floats, Floats]:
    """How far off (mm) each piece's rule lies from where it is expected, and how clearly."""
    number, steps = len(pieces.start), look.steps
    aside = np.where(pieces.across[:, None], [0.0, look.reach], [look.reach, 0.0])
    start, end = pieces.start + shift, pieces.end + shift
    # The map is as good as affine over a piece: its four corners are enough.
    corners = np.stack([start - aside, end - aside, start + aside, end + aside], axis=1)
    where = placing.pixels(corners.reshape(-1, 2).astype(np.float32)).reshape(number, 4, 2)
    along = np.linspace(0, 1, ALONG, dtype=np.float32)
    down = np.linspace(0, 1, len(steps), dtype=np.float32)[:, None]
    weights = [(1 - down) * (1 - along), (1 - down) * along, down * (1 - along), down * along]
    weight = np.stack([one.ravel() for one in weights])
    sampled = cv2.remap(
        grey, where[:, :, 0] @ weight, where[:, :, 1] @ weight, cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT, borderValue=int(white),
    )  # fmt: skip
    dark = 1 - sampled.reshape(number, len(steps), ALONG).mean(axis=2) / max(white, 1.0)
    return _peak(dark, look)


def _peak(dark: Floats, look: Look) -> tuple[Floats, Floats]:
    """The darkest place of each profile, to a part of a step, and its height over the middling."""
    smooth = dark.copy()
    smooth[:, 1:-1] = (dark[:, :-2] + dark[:, 1:-1] + dark[:, 2:]) / 3
    at = np.clip(smooth.argmax(axis=1), 1, smooth.shape[1] - 2)
    rows = np.arange(len(dark))
    before, here, after = (smooth[rows, at + step] for step in (-1, 0, 1))
    curve = before - 2 * here + after
    part = np.where(curve < -1e-9, 0.5 * (before - after) / np.minimum(curve, -1e-9), 0.0)
    offset = look.steps[at] + np.clip(part, -0.5, 0.5) * look.step
    return offset, here - np.median(smooth, axis=1)


def _fitted(
    place: Floats, offset: Floats, weight: Floats, across: NDArray[np.bool_], degree: int
) -> Floats:
    """Coefficients (21 x 2) of the shift that explains the offsets, outliers left out."""
    coefficients = np.zeros((TERMS[-1], 2))
    terms = _terms(place)[:, : TERMS[degree]]
    for axis, rules in ((0, ~across), (1, across)):
        some = rules & (weight > 0)
        if some.sum() >= 2 * TERMS[degree]:
            coefficients[: TERMS[degree], axis] = _robust(terms[some], offset[some], weight[some])
        elif some.sum() >= 4:
            coefficients[:3, axis] = _robust(terms[some, :3], offset[some], weight[some])
    return coefficients


def _robust(terms: Floats, offset: Floats, weight: Floats) -> Floats:
    """Weighted least squares with Tukey's weights, begun from the low degrees."""
    trust = weight.copy()
    solution = np.zeros(terms.shape[1])
    for number in (1, min(3, terms.shape[1]), *[terms.shape[1]] * 5):
        used = terms[:, :number]
        weighted = used * trust[:, None]
        ridge = 1e-8 * len(offset) * np.eye(number)
        solution[:] = 0
        solution[:number] = np.linalg.solve(used.T @ weighted + ridge, weighted.T @ offset)
        rest = offset - terms @ solution
        spread = max(1.4826 * float(np.median(np.abs(rest))), 0.05)
        trust = weight * np.clip(1 - (rest / (4.5 * spread)) ** 2, 0, None) ** 2
        if trust.max() <= 0:
            trust = weight.copy()
    return solution
