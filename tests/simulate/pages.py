"""A simulated page from a seed: the file as bytes, and the truth about it."""

from dataclasses import dataclass, field

import numpy as np

from pingyi.paper.omr.layout import Layout
from tests.simulate import devices, sheets
from tests.simulate.seeds import kind_of
from tests.simulate.truth import PageTruth
from tests.simulate.voters import Filled, Habits, Voter

ROWS = range(20, 36)
LONG_ROWS = (36, 50, 64)
"""Ballots of two pages."""
ANNEX4_SHARE, LONG_SHARE = 0.08, 0.05
GREY_DPI = (150, 200, 300)
COPIES = 4
LEVELS = {"grey": 1, "fax": 2, "phone": 3}


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which printed page a seed stands for."""

    form: str
    rows: int
    copy: int
    page: int


@dataclass(frozen=True, slots=True)
class Simulated:
    """One page: the file, what it was made of, and what was meant on it."""

    seed: int
    level: str
    content: bytes
    layout: Layout
    ballot: str
    filled: Filled
    truth: PageTruth = field(repr=False)


def random(level: str, seed: int) -> np.random.Generator:
    """All chance on the page of a seed comes from here; refuses a seed of neither kind."""
    kind_of(seed)
    return np.random.default_rng([seed, LEVELS[level]])


def chosen_page(rng: np.random.Generator) -> Chosen:
    """The first draws of a seed: form, rows, copy and page."""
    what = rng.random()
    rows = int(rng.choice(ROWS))
    copy, page = int(rng.integers(COPIES)), 0
    if what < ANNEX4_SHARE:
        return Chosen("annex4", 0, copy, page)
    if what < ANNEX4_SHARE + LONG_SHARE:
        rows, page = int(rng.choice(LONG_ROWS)), int(rng.integers(2))
    return Chosen("annex5", rows, copy, page)


def cells_of(level: str, seed: int) -> int:
    """How many cells the page of a seed has, without making it."""
    what = chosen_page(random(level, seed))
    return len(sheets.printed(what.form, what.rows)[what.copy].layout.pages[what.page].cells)


def simulated(level: str, seed: int, habits: Habits | None = None) -> Simulated:
    """The page of a seed at a level: grey, fax or phone."""
    rng = random(level, seed)
    what = chosen_page(rng)
    printed = sheets.printed(what.form, what.rows)[what.copy]
    page = printed.layout.pages[what.page]
    filled = Voter(page, rng, habits or Habits()).fill()
    dpi = int(rng.choice(GREY_DPI, p=[0.4, 0.35, 0.25]))
    per_mm = 12 if level == "phone" or dpi == 300 else 8
    paper = sheets.pixels(what.form, what.rows, what.copy, per_mm, what.page)
    inked = sheets.inked(paper, filled.strokes, per_mm, rng)
    if level == "grey":
        content = devices.scan(inked, per_mm, dpi, rng)
    elif level == "fax":
        content = devices.fax(inked, per_mm, rng)
    else:
        content = devices.photo(inked, per_mm, rng)
    truth = PageTruth(
        seed, level, what.form, what.rows, printed.layout.hash, printed.ballot, page.page, page.of,
        filled.pen, filled.dark, filled.items,
    )  # fmt: skip
    return Simulated(seed, level, content, printed.layout, printed.ballot, filled, truth)
