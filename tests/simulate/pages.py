"""A simulated page from a seed: the file as bytes, and the truth about it."""

from dataclasses import dataclass

import numpy as np

from pingyi.paper.omr.layout import Layout
from tests.simulate import devices, sheets
from tests.simulate.voters import Filled, Habits, Voter

FORMS = [("annex5", rows) for rows in range(20, 36)]
ANNEX4_SHARE = 0.08
GREY_DPI = (150, 200, 300)
COPIES = 4


@dataclass(frozen=True, slots=True)
class Simulated:
    """One page: the file, what it was made of, and what was meant on it."""

    seed: int
    level: str
    content: bytes
    layout: Layout
    ballot: str
    filled: Filled


def simulated(level: str, seed: int, habits: Habits | None = None) -> Simulated:
    """The page of a seed at a level: grey, fax or phone."""
    rng = np.random.default_rng([seed, {"grey": 1, "fax": 2, "phone": 3}[level]])
    form, rows = ("annex4", 0) if rng.random() < ANNEX4_SHARE else FORMS[rng.integers(len(FORMS))]
    copy = int(rng.integers(COPIES))
    printed = sheets.printed(form, rows)[copy]
    filled = Voter(printed.layout.pages[0], rng, habits or Habits()).fill()
    dpi = int(rng.choice(GREY_DPI, p=[0.4, 0.35, 0.25]))
    per_mm = 12 if level == "phone" or dpi == 300 else 8
    page = sheets.inked(sheets.pixels(form, rows, copy, per_mm), filled.strokes, per_mm, rng)
    if level == "grey":
        content = devices.scan(page, per_mm, dpi, rng)
    elif level == "fax":
        content = devices.fax(page, per_mm, rng)
    else:
        content = devices.photo(page, per_mm, rng)
    return Simulated(seed, level, content, printed.layout, printed.ballot, filled)
