"""Sheets that something happened to: torn, stained, mirrored, lying upon another, or not ours."""

from collections.abc import Callable

import cv2
import numpy as np

from tests.simulate import devices, sheets
from tests.simulate.pages import Chosen, Simulated, random
from tests.simulate.truth import PageTruth
from tests.simulate.voters import Habits, Voter

PER_MM, DPI = 8, 200
Grey = np.ndarray
DESK, PAPER = 235, 255


def upside_down(page: Grey, _: Grey, __: np.random.Generator) -> Grey:
    return np.ascontiguousarray(page[::-1, ::-1])


def on_its_side(page: Grey, _: Grey, rng: np.random.Generator) -> Grey:
    return np.ascontiguousarray(np.rot90(page, int(rng.choice([1, 3]))))


def askew(page: Grey, _: Grey, rng: np.random.Generator) -> Grey:
    """Five degrees, on a larger glass."""
    spare = 20 * PER_MM
    larger = cv2.copyMakeBorder(page, *[spare] * 4, cv2.BORDER_CONSTANT, value=DESK)
    middle = (larger.shape[1] / 2, larger.shape[0] / 2)
    turn = cv2.getRotationMatrix2D(middle, float(rng.choice([-5, 5])), 1)
    return cv2.warpAffine(larger, turn, larger.shape[::-1], borderValue=DESK)


def clipped(page: Grey, _: Grey, rng: np.random.Generator) -> Grey:
    """A small corner folded over, the marker half gone."""
    return _without_corner(page, 14 * PER_MM, int(rng.integers(4)))


def torn(page: Grey, _: Grey, rng: np.random.Generator) -> Grey:
    """A corner with its marker torn off; not the one with the QR beside it."""
    return _without_corner(page, 26 * PER_MM, int(rng.choice([0, 2, 3])))


def _without_corner(page: Grey, reach: int, corner: int) -> Grey:
    tall, wide = page.shape
    x, y = (0, wide - 1, wide - 1, 0)[corner], (0, 0, tall - 1, tall - 1)[corner]
    inward = np.array([1 if x == 0 else -1, 1 if y == 0 else -1])
    points = np.array([[x, y], [x + reach * inward[0], y], [x, y + reach * inward[1]]])
    torn_page = page.copy()
    cv2.fillPoly(torn_page, [points.astype(np.int32)], DESK, cv2.LINE_AA)
    return torn_page


def stained(page: Grey, _: Grey, rng: np.random.Generator) -> Grey:
    """Coffee over the QR: a cup set down, and what ran out of it hides the print."""
    spoilt = page.copy()
    at = np.array([184.5, 16.5]) + rng.uniform(-2, 2, 2)
    middle = tuple(np.round(at * PER_MM).astype(int).tolist())
    stain = np.zeros_like(page)
    radii = (round(11 * PER_MM), round(rng.uniform(8, 11) * PER_MM))
    cv2.ellipse(stain, middle, radii, float(rng.uniform(0, 180)), 0, 360, 255, -1)
    share = cv2.blur(stain, (9, 9)).astype(np.float32) / 255 * 0.97
    # The marker beside it stays as it is: a stain there is `torn`.
    share[: round(15 * PER_MM), round(195 * PER_MM) :] = 0
    spoilt[:] = np.clip(page * (1 - share) + 120 * share, 0, 255).astype(np.uint8)
    return spoilt


def mirrored(page: Grey, _: Grey, __: np.random.Generator) -> Grey:
    return np.ascontiguousarray(page[:, ::-1])


def overlapping(page: Grey, other: Grey, rng: np.random.Generator) -> Grey:
    """Another ballot lies askew over a part of this one."""
    tall, wide = page.shape
    turn = cv2.getRotationMatrix2D((wide / 2, tall / 2), float(rng.uniform(-6, 6)), 1)
    away = rng.choice([-1, 1], 2) * rng.uniform(0.25, 0.45, 2) * [wide, tall]
    turn[:, 2] += away
    upper = cv2.warpAffine(other, turn, (wide, tall), borderValue=0)
    where = cv2.warpAffine(np.full_like(other, 255), turn, (wide, tall), borderValue=0)
    return np.where(where > 127, upper, page)


def blank_back(page: Grey, _: Grey, rng: np.random.Generator) -> Grey:
    """The empty other side, the print showing through a little."""
    through = cv2.GaussianBlur(np.ascontiguousarray(page[:, ::-1]), (0, 0), 6)
    return np.clip(PAPER - (PAPER - through.astype(np.float32)) * rng.uniform(0, 0.08), 0, 255
                   ).astype(np.uint8)  # fmt: skip


def letter(page: Grey, _: Grey, rng: np.random.Generator) -> Grey:
    """A page of something else."""
    foreign = np.full_like(page, PAPER)
    for line in range(int(rng.integers(15, 40))):
        words = "".join(rng.choice(list("abcdefgh ijklm nop"), int(rng.integers(40, 75))))
        cv2.putText(foreign, words, (160, 200 + 50 * line), 0, 0.9, 30, 2, cv2.LINE_AA)
    return foreign


# Trouble: what befell the sheet, and what a reader must say of it: status and reasons, one of them.
TROUBLES: dict[
    str, tuple[Callable[[Grey, Grey, np.random.Generator], Grey], str, tuple[str | None, ...]]
] = {
    "upside_down": (upside_down, "read", (None,)),
    "on_its_side": (on_its_side, "read", (None,)),
    "askew": (askew, "read", (None,)),
    "clipped": (clipped, "read", (None,)),
    "torn": (torn, "read", (None,)),
    "stained": (stained, "read", ("qr_unreadable",)),
    "mirrored": (mirrored, "rejected", ("mirrored",)),
    "overlapping": (overlapping, "rejected", ("overlapping_sheets",)),
    "blank_back": (blank_back, "rejected", ("blank_page",)),
    "letter": (letter, "rejected", ("no_markers",)),
}


def troubled(trouble: str, seed: int, rows: int = 30) -> Simulated:
    """A ballot of annex 5 after that trouble, scanned at 200 dpi."""
    rng = random("grey", seed)
    what = Chosen("annex5", rows, 0, 0)
    printed = sheets.printed(what.form, what.rows)[0]
    page = printed.layout.pages[0]
    filled = Voter(page, rng, Habits(faint_sheets=False)).fill()
    inked = [
        sheets.inked(sheets.pixels(what.form, rows, copy, PER_MM), filled.strokes, PER_MM, rng)
        for copy in (0, 1)
    ]
    spoil, _, _ = TROUBLES[trouble]
    content = devices.plain_scan(spoil(inked[0], inked[1], rng), PER_MM, DPI, rng)
    truth = PageTruth(
        seed, "grey", what.form, rows, printed.layout.hash, printed.ballot, page.page, page.of,
        filled.pen, filled.dark, filled.items,
    )  # fmt: skip
    return Simulated(seed, "grey", content, printed.layout, printed.ballot, filled, truth)
