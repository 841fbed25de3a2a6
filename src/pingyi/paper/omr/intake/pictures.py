"""JPEG and PNG as pages, and what any picture goes through on its way to the engine."""

import io
import math
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, UnidentifiedImageError

from pingyi.paper.omr.images import Grey, PageImage
from pingyi.paper.omr.intake.limits import NotTaken, check_size

LEAST_LONG_SIDE = 1700
"""A JPEG is decoded smaller (which is faster and cleaner) as long as its longer side keeps this."""
FAX_RATIO = 1.15
"""Pixels that are so much higher than wide were meant to be square."""
DARK = 127
Image.MAX_IMAGE_PIXELS = None  # our own limit is checked before anything is decoded
_REDUCED = {
    1: cv2.IMREAD_GRAYSCALE, 2: cv2.IMREAD_REDUCED_GRAYSCALE_2, 4: cv2.IMREAD_REDUCED_GRAYSCALE_4,
}  # fmt: skip


def jpeg_page(content: bytes) -> PageImage:
    """A JPEG as a page; NotTaken where it is cut off or damaged."""
    with opened(content, "JPEG") as image:
        width, height = image.size
    check_size(width, height)
    times = max(width, height) // LEAST_LONG_SIDE
    reduction = 4 if times >= 4 else 2 if times >= 2 else 1
    grey = _decoded(content, reduction)
    full: Callable[[], Grey] | None = None
    if reduction > 1:
        full = lambda: _decoded(content, 1)  # noqa: E731  only where a QR needs it
    return PageImage(grey, bilevel=_has_two_greys(grey), reduction=reduction, full=full)


def _decoded(content: bytes, reduction: int) -> Grey:
    raw = np.frombuffer(content, np.uint8)
    grey = cv2.imdecode(raw, _REDUCED[reduction] | cv2.IMREAD_IGNORE_ORIENTATION)
    # Also for a picture that is cut off: half a ballot would look like one that is half empty.
    if grey is None:
        raise NotTaken("unreadable_file")
    return np.asarray(grey, np.uint8)


def png_page(content: bytes) -> PageImage:
    """A PNG as a page."""
    with opened(content, "PNG") as image:
        return page_of(image)


def opened(source: Path | bytes, kind: str) -> Image.Image:
    """A picture of which only the head has been read."""
    try:
        file = io.BytesIO(source) if isinstance(source, bytes) else source
        return Image.open(file, formats=(kind,))
    except UnidentifiedImageError as error:
        raise NotTaken("unreadable_file") from error


def page_of(image: Image.Image) -> PageImage:
    """An opened picture as a page: grey, square pixels, paper white where it is transparent."""
    check_size(*image.size)
    page = page_from(_grey(image), bilevel=image.mode == "1")
    return PageImage(_square(page.grey, image), page.bilevel)


def page_from(grey: Grey, *, bilevel: bool) -> PageImage:
    """Pixels as a page. Of two greys only, the one that is seen more is the paper: programs that
    send faxes do not agree which bit is black.
    """
    if not (bilevel or _has_two_greys(grey)):
        return PageImage(grey, bilevel=False)
    low, high = int(grey.min()), int(grey.max())
    if low < high and (low, high) != (0, 255):
        grey = np.asarray(np.where(grey > (low + high) / 2, 255, 0), np.uint8)
    if float(grey[::4, ::4].mean()) < DARK:
        grey = np.asarray(cv2.bitwise_not(grey), np.uint8)
    return PageImage(grey, bilevel=True)


def _grey(image: Image.Image) -> Grey:
    if image.mode in ("I;16", "I;16B", "I;16L", "I"):
        return np.asarray(np.clip(np.asarray(image) >> 8, 0, 255), np.uint8)
    if image.mode == "F":
        return np.asarray(np.clip(np.asarray(image), 0, 255), np.uint8)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        solid = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(solid)
        image = paper
    return np.asarray(image.convert("L"), np.uint8)


def _square(grey: Grey, image: Image.Image) -> Grey:
    """Fax machines store fewer lines than columns to the inch; made square again."""
    try:
        across, down = (float(value) for value in image.info.get("dpi", (1, 1)))
    except (TypeError, ValueError, ZeroDivisionError):
        return grey
    if not (across > 0 and down > 0 and math.isfinite(across / down)):
        return grey
    ratio = across / down
    if 1 / FAX_RATIO < ratio < FAX_RATIO or not 0.2 < ratio < 5:
        return grey
    height, width = grey.shape
    size = (width, round(height * ratio)) if ratio > 1 else (round(width / ratio), height)
    check_size(*size)
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_LINEAR), np.uint8)


def _has_two_greys(grey: Grey) -> bool:
    """Whether a picture holds black and white only, however it is stored."""
    if np.unique(grey[::16, ::16]).size > 2:
        return False
    return int(np.count_nonzero(np.bincount(grey[::2].ravel(), minlength=256))) <= 2
