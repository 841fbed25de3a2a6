"""PDF files as pages: the picture inside is taken as it is stored; a scan is never drawn again."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from pingyi.paper.omr.images import PageImage
from pingyi.paper.omr.intake.limits import FILE_BYTES, PAGES, NotTaken, check_size
from pingyi.paper.omr.intake.pictures import DARK, jpeg_page, page_from

DRAWN_DPI, MOST_DRAWN_PIXELS = 200, 4_000
POINT_INCHES = 1 / 72
COVERING = 0.6
"""A picture that covers this share of its page is the page."""
PAGES_AT_ONCE = 32
"""PDFium keeps every picture it has seen as long as the file is open."""
MOST_OBJECTS = 200_000
DEPTH = 4
PLAIN_COLOURS = (
    pdfium.FPDF_COLORSPACE_DEVICEGRAY, pdfium.FPDF_COLORSPACE_DEVICERGB,
    pdfium.FPDF_COLORSPACE_CALGRAY, pdfium.FPDF_COLORSPACE_CALRGB,
    pdfium.FPDF_COLORSPACE_ICCBASED,
)  # fmt: skip


class Pdf:
    """A PDF of scanned pages."""

    def __init__(self, source: Path | bytes) -> None:
        self._source, self._taken = _source_of(source), 0
        self._pdf = _opened(self._source)
        self.pages = len(self._pdf)
        if self.pages == 0:
            raise NotTaken("unreadable_file")
        if self.pages > PAGES:
            raise NotTaken("too_many_pages")

    def page(self, number: int) -> PageImage:
        """A page, counted from 1."""
        if self._taken == PAGES_AT_ONCE:
            self._pdf.close()
            self._pdf, self._taken = _opened(self._source), 0
        self._taken += 1
        try:
            page = self._pdf[number - 1]
            try:
                return _page(page)
            finally:
                page.close()
        except pypdfium2.PdfiumError as error:
            raise NotTaken("unreadable_file") from error


def _opened(source: Path | bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == pdfium.FPDF_ERR_PASSWORD
        raise NotTaken("encrypted_file" if locked else "unreadable_file") from error


def _source_of(source: Path | bytes) -> Path | bytes:
    """PDFium takes names in UTF-8 only."""
    if isinstance(source, Path):
        try:
            str(source).encode("utf-8")
        except UnicodeEncodeError:
            if source.stat().st_size > FILE_BYTES:
                raise NotTaken("too_large") from None
            return source.read_bytes()
    return source


def _page(page: pypdfium2.PdfPage) -> PageImage:
    images: list[pypdfium2.PdfImage] = []
    others = False
    for number, one in enumerate(page.get_objects(max_depth=DEPTH)):
        if number > MOST_OBJECTS:
            raise NotTaken("too_large")
        if isinstance(one, pypdfium2.PdfImage):
            check_size(*one.get_px_size())
            images.append(one)
        elif one.type != pdfium.FPDF_PAGEOBJ_FORM and not _is_hidden_text(one):
            others = True
    if len(images) == 1 and not others and _covers(images[0], page):
        return _stored(images[0])
    return _drawn(page, images)


def _is_hidden_text(one: pypdfium2.PdfObject) -> bool:
    """The words that scanners recognize and lay under the picture, to be searched for."""
    return (
        isinstance(one, pypdfium2.PdfTextObj)
        and pdfium.FPDFTextObj_GetTextRenderMode(one) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
    )


def _covers(image: pypdfium2.PdfImage, page: pypdfium2.PdfPage) -> bool:
    left, low, right, high = image.get_bounds()
    width, height = page.get_size()
    return bool((right - left) * (high - low) >= COVERING * width * height)


def _stored(image: pypdfium2.PdfImage) -> PageImage:
    found = _as_stored(image)
    if not _is_mirrored(image):
        return found
    # The page shows its picture mirrored: what is stored must be turned over.
    full = found.full
    turned = (lambda: np.ascontiguousarray(full()[:, ::-1])) if full is not None else None
    return replace(found, grey=np.ascontiguousarray(found.grey[:, ::-1]), full=turned)


def _is_mirrored(image: pypdfium2.PdfImage) -> bool:
    """Whether the matrices between the picture and the page turn it over."""
    over = False
    step: pypdfium2.PdfObject | None = image
    while step is not None:
        matrix = step.get_matrix()
        over ^= matrix.a * matrix.d - matrix.b * matrix.c < 0
        step = step.container
    return over


def _as_stored(image: pypdfium2.PdfImage) -> PageImage:
    facts = image.get_metadata()
    if image.get_filters() == ["DCTDecode"] and facts.colorspace in PLAIN_COLOURS:
        page = jpeg_page(bytes(image.get_data(decode_simple=False)))
        # A dark one may be stored inverted (Decode), which only PDFium knows.
        if float(np.median(page.grey[::8, ::8])) > DARK:
            return page
    pixels = np.asarray(image.get_bitmap(render=False).to_numpy(), np.uint8)
    layers = pixels.reshape(pixels.shape[0], pixels.shape[1], -1)
    if layers.shape[2] >= 3:
        # PDFium gives blue, green, red.
        grey = np.asarray(cv2.cvtColor(layers[:, :, :3], cv2.COLOR_BGR2GRAY), np.uint8)
    else:
        grey = np.ascontiguousarray(layers[:, :, 0])
    return page_from(grey, bilevel=facts.bits_per_pixel == 1)


def _drawn(page: pypdfium2.PdfPage, images: list[pypdfium2.PdfImage]) -> PageImage:
    """A page that is not one picture, drawn. Strips of black and white stay what they are."""
    width, height = page.get_size()
    scale = min(DRAWN_DPI * POINT_INCHES, MOST_DRAWN_PIXELS / max(width, height, 1.0))
    bitmap = page.render(scale=scale, grayscale=True)
    pixels = np.asarray(bitmap.to_numpy(), np.uint8)
    grey = np.ascontiguousarray(pixels.reshape(pixels.shape[0], pixels.shape[1]))
    strips = bool(images) and all(one.get_metadata().bits_per_pixel == 1 for one in images)
    return PageImage(grey, bilevel=strips)
