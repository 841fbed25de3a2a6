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
from tests.simulate.marks import Stroke

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
def pixels(form_code: str, rows: int, copy: int, per_mm: int) -> np.ndarray:
    """The first page of a printed ballot in grey, so many pixels a millimetre."""
    one = printed(form_code, rows)[copy]
    page = pypdfium2.PdfDocument(one.pdf)[one.index]
    size = one.layout.pages[0]
    bitmap = page.render(scale=per_mm * 25.4 / 72, grayscale=True).to_numpy().squeeze()
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
    fine = per_mm * FINER
    layer = np.zeros(((high - low)[1] * FINER, (high - low)[0] * FINER), np.uint8)
    points = (stroke.points * per_mm - low) * FINER
    thick = max(1, round(stroke.width * fine))
    at = np.round(points * 16).astype(np.int32).reshape(-1, 1, 2)
    cv2.polylines(layer, [at], False, 255, thick, cv2.LINE_AA, shift=4)
    small = cv2.resize(layer, tuple(high - low), interpolation=cv2.INTER_AREA).astype(np.float32)
    if stroke.dark < 0.62:
        # Pencil and ballpoint leave grain.
        grain = rng.normal(1, 0.25, (small.shape[0] // 2 + 1, small.shape[1] // 2 + 1))
        small *= np.clip(cv2.resize(grain.astype(np.float32), small.shape[::-1]), 0.35, 1.4)
    part = page[low[1] : high[1], low[0] : high[0]]
    part[:] = np.clip(part * (1 - small / 255 * stroke.dark), 0, 255).astype(np.uint8)
