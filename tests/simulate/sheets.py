"""Printed sheets as pixels, and ink upon them."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import cv2
import numpy as np
import pypdfium2

from pingyi.campaigns.rules.reading import read_pack
from pingyi.documents.placed import placed_pdf
from pingyi.paper.omr.codes import ALPHABET, BALLOT_SIGNS
from pingyi.paper.omr.layout import Layout
from pingyi.paper.rules import copies_of, sheets_of
from tests.simulate.pens import Stroke

PACK = Path(__file__).parents[2] / "src/pingyi/campaigns/packs/chuangxian-2011"
SURNAMES, GIVEN = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗",
    ("建国", "秀英", "伟", "志强", "阿依古丽"),
)
FINER = 2
"""Ink is drawn so many times finer than the page."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed ballot of one page: its layout, its id, its PDF page as pixels on demand."""

    layout: Layout
    ballot: str
    pdf: bytes
    index: int


def ballot_of(*what: object) -> str:
    """A ballot id that is the same in every run, so that a seed gives the same page."""
    digest = sha256(repr(what).encode()).digest()
    return "".join(ALPHABET[byte % 32] for byte in digest[:BALLOT_SIGNS])


@cache
def printed(form_code: str, rows: int, copies: int = 4) -> tuple[Printed, ...]:
    """Ballots made by the program's own printing."""
    pack = read_pack(PACK)
    assert pack.appraisal is not None
    form = next(form for form in pack.appraisal.forms if form.code == form_code)
    names = [SURNAMES[n % 20] + GIVEN[n % 5] for n in range(rows)]
    sheets = sheets_of(form, name="大塘村党支部", names=names)
    ids = [ballot_of(form_code, rows, number) for number in range(copies)]
    pages = [copy for ballot in ids for copy in copies_of(sheets, ballot)]
    pdf = placed_pdf(form.title, sheets.drawings, pages)
    each = len(sheets.drawings)
    return tuple(
        Printed(sheets.layout, ballot, pdf, number * each) for number, ballot in enumerate(ids)
    )


@cache
def pixels(form_code: str, rows: int, copy: int, per_mm: int, page: int = 0) -> np.ndarray:
    """A page (from 0) of a printed ballot in grey, so many pixels a millimetre."""
    one = printed(form_code, rows)[copy]
    drawn = pypdfium2.PdfDocument(one.pdf)[one.index + page]
    size = one.layout.pages[page]
    bitmap = drawn.render(scale=per_mm * 25.4 / 72, grayscale=True).to_numpy().squeeze()
    wanted = (round(size.width * per_mm), round(size.height * per_mm))
    if bitmap.shape[::-1] != wanted:
        bitmap = cv2.resize(bitmap, wanted, interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(bitmap)


def inked(
    paper: np.ndarray, strokes: list[Stroke], per_mm: int, rng: np.random.Generator
) -> np.ndarray:
    """The page with strokes on it."""
    page = paper.copy()
    for stroke in strokes:
        _ink(page, stroke, per_mm, rng)
    return page


def _ink(page: np.ndarray, stroke: Stroke, per_mm: int, rng: np.random.Generator) -> None:
    margin = stroke.width + 0.5
    low = np.floor((stroke.points.min(axis=0) - margin) * per_mm).astype(int)
    high = np.ceil((stroke.points.max(axis=0) + margin) * per_mm).astype(int)
    low, high = np.maximum(low, 0), np.minimum(high, [page.shape[1], page.shape[0]])
    if (high - low <= 0).any():
        return
    layer = np.zeros(((high - low)[1] * FINER, (high - low)[0] * FINER), np.uint8)
    _pull(layer, stroke, (stroke.points * per_mm - low) * FINER, per_mm * FINER)
    small = cv2.resize(layer, tuple(high - low), interpolation=cv2.INTER_AREA).astype(np.float32)
    if stroke.grain > 0.1:
        # Pencil and ballpoint ink the tops of the paper only.
        grain = rng.normal(1, stroke.grain, (small.shape[0] // 2 + 1, small.shape[1] // 2 + 1))
        small *= np.clip(cv2.resize(grain.astype(np.float32), small.shape[::-1]), 0.3, 1.4)
    part = page[low[1] : high[1], low[0] : high[0]]
    part[:] = np.clip(part * (1 - small / 255 * stroke.dark), 0, 255).astype(np.uint8)


def _pull(layer: np.ndarray, stroke: Stroke, at: np.ndarray, per_mm: int) -> None:
    """Draw in pieces, the faint ones first: where a line crosses itself the darker one stays."""
    ends = np.round(at * 16).astype(np.int32).tolist()
    press = (stroke.press[:-1] + stroke.press[1:]) / 2
    thick = np.maximum(1, np.round(stroke.width * per_mm * (0.65 + 0.35 * press))).astype(int)
    shade = np.round(255 * (0.25 + 0.75 * press) * (press > 0.02)).astype(int)
    for piece in np.argsort(shade, kind="stable").tolist():
        cv2.line(
            layer, ends[piece], ends[piece + 1], int(shade[piece]), int(thick[piece]),
            cv2.LINE_AA, 4,
        )  # fmt: skip
