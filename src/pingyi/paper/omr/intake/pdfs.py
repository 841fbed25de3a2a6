"""PDF files as pages: the picture inside is taken as it is stored; a scan is never drawn again."""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from pingyi.paper.omr.images import PageImage
from pingyi.paper.omr.intake.limits import PAGES, NotTaken, check_size
from pingyi.paper.omr.intake.pictures import jpeg_page

DRAWN_DPI, MOST_DRAWN_PIXELS = 200, 4_000
COVERING = 0.6
"""A picture that covers this share of its page is the page."""
PASSWORD = 4


class Pdf:
    """A PDF of scanned pages."""

    def __init__(self, source: Path | bytes) -> None:
        try:
            self._pdf = pypdfium2.PdfDocument(source)
        except pypdfium2.PdfiumError as error:
            locked = getattr(error, "err_code", None) == PASSWORD or "assword" in str(error)
            raise NotTaken("encrypted_file" if locked else "unreadable_file") from error
        self.pages = len(self._pdf)
        if self.pages == 0:
            raise NotTaken("unreadable_file")
        if self.pages > PAGES:
            raise NotTaken("too_many_pages")

    def page(self, number: int) -> PageImage:
        """A page, counted from 1."""
        try:
            page = self._pdf[number - 1]
            try:
                image = _only_image(page)
                return _drawn(page) if image is None else _stored(image)
            finally:
                page.close()
        except pypdfium2.PdfiumError as error:
            raise NotTaken("unreadable_file") from error


def _only_image(page: pypdfium2.PdfPage) -> pypdfium2.PdfImage | None:
    """The picture that is the page; None where the page is made of more than one thing."""
    objects: Sequence[pypdfium2.PdfObject] = list(page.get_objects(max_depth=2))
    images = [one for one in objects if isinstance(one, pypdfium2.PdfImage)]
    if len(images) != 1 or len(objects) - len(images) > 0:
        return None
    left, low, right, high = images[0].get_bounds()
    width, height = page.get_size()
    covers = (right - left) * (high - low) / max(width * height, 1e-6)
    return images[0] if covers >= COVERING else None


def _stored(image: pypdfium2.PdfImage) -> PageImage:
    check_size(*image.get_px_size())
    found = _as_stored(image)
    matrix = image.get_matrix()
    if matrix.a * matrix.d - matrix.b * matrix.c >= 0:
        return found
    # The page shows its picture mirrored: what is stored must be turned over.
    full = found.full
    turned = (lambda: np.ascontiguousarray(full()[:, ::-1])) if full is not None else None
    return PageImage(
        np.ascontiguousarray(found.grey[:, ::-1]), found.bilevel, found.reduction, turned
    )


def _as_stored(image: pypdfium2.PdfImage) -> PageImage:
    facts = image.get_metadata()
    if image.get_filters() == ["DCTDecode"] and facts.colorspace in PLAIN_COLOURS:
        return jpeg_page(bytes(image.get_data(decode_simple=False)))
    pixels = np.asarray(image.get_bitmap(render=False).to_numpy(), np.uint8)
    grey = pixels.reshape(pixels.shape[0], pixels.shape[1], -1)
    if grey.shape[2] >= 3:
        # PDFium gives blue, green, red.
        plain = np.asarray(cv2.cvtColor(grey[:, :, :3], cv2.COLOR_BGR2GRAY), np.uint8)
    else:
        plain = np.ascontiguousarray(grey[:, :, 0])
    bilevel = facts.bits_per_pixel == 1
    if bilevel and int(plain.max(initial=0)) == 1:
        plain = plain * np.uint8(255)
    return PageImage(plain, bilevel=bilevel)


PLAIN_COLOURS = (
    pdfium.FPDF_COLORSPACE_DEVICEGRAY, pdfium.FPDF_COLORSPACE_DEVICERGB,
    pdfium.FPDF_COLORSPACE_CALGRAY, pdfium.FPDF_COLORSPACE_CALRGB,
    pdfium.FPDF_COLORSPACE_ICCBASED,
)  # fmt: skip


def _drawn(page: pypdfium2.PdfPage) -> PageImage:
    """A page that is not one picture, drawn."""
    width, height = page.get_size()
    scale = min(DRAWN_DPI / 72, MOST_DRAWN_PIXELS / max(width, height, 1.0))
    bitmap = page.render(scale=scale, grayscale=True)
    grey = np.asarray(bitmap.to_numpy(), np.uint8)
    return PageImage(np.ascontiguousarray(grey.reshape(grey.shape[0], grey.shape[1])), False)
