"""The child process that opens a scanned sheet: `python -m pingyi.documents.scan_child`.

Reads its order as JSON from stdin, limits itself, writes one line of JSON to stdout: what kind of
file it is, what the QR codes on its pages say, and whether a PDF bears nothing that may be a seal.
No Django here.
"""

import json
import os
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# One process, one core: a second thread would only spin. Set before the libraries are loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

from pingyi.documents.workbook_child import OUT_OF_MEMORY, limit_myself
from pingyi.documents.workbook_formats import Problem

PICTURES = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
}
ZIP, PDF = b"PK\x03\x04", b"%PDF-"
HEAD_BYTES = 1024
"""The head of a PDF may stand anywhere in them (ISO 32000, annex H)."""
OFD_ROOT = "OFD.xml"
"""What an OFD, which is a zip, holds at its top (GB/T 33190)."""
PAGES, PAGE_PIXELS, LONGEST_SIDE = 20, 80_000_000, 20_000
# Dots to the inch: a fax's, and finer where that shows no code. A page is drawn no larger.
DRAWN_DPI, MOST_DRAWN_PIXELS = (200, 300), 6_000
POINTS_TO_INCH = 72
COARSE = 3_600
DEEPEST = 15
"""So deep a page is looked into that is put together of parts of parts."""


def main() -> int:
    """Carry out the order; 0 with a whole answer, OUT_OF_MEMORY without one."""
    order = json.load(sys.stdin)
    limit_myself(order["limits"])
    try:
        found = answer(Path(order["path"]))
    except Problem as problem:
        found = {"problems": problem.problems}
    except (MemoryError, ImportError):
        # A library that finds no room is not imported.
        return OUT_OF_MEMORY
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()
    return 0


def answer(path: Path) -> dict[str, Any]:
    """What the file is, by its first bytes, and what its codes say."""
    content = path.read_bytes()
    kind = next((kind for begin, kind in PICTURES.items() if content.startswith(begin)), "")
    if kind:
        return said("picture", list(codes_of_picture(content, kind)))
    if PDF in content[:HEAD_BYTES]:
        codes, is_bare = read_pdf(content)
        return said("pdf", codes, is_bare=is_bare)
    if content.startswith(ZIP) and is_ofd(path):
        # Nothing draws it here: whoever uploads it says which sheet it is.
        return said("ofd", [])
    raise Problem([("no_scan", {})])


def said(kind: str, pages: list[list[str]], *, is_bare: bool = False) -> dict[str, Any]:
    """The answer: codes in the order of the pages, each once."""
    codes = dict.fromkeys(code for page in pages for code in page)
    return {"kind": kind, "codes": list(codes), "is_bare": is_bare}


def is_ofd(path: Path) -> bool:
    """Whether a zip is one; nothing of it is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            return OFD_ROOT in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def codes_of_picture(content: bytes, kind: str) -> Iterator[list[str]]:
    """The codes on each page of a JPEG, PNG or TIFF."""
    from io import BytesIO

    from PIL import Image, ImageSequence

    Image.MAX_IMAGE_PIXELS = None  # our own limit is checked before anything is decoded
    try:
        with Image.open(BytesIO(content), formats=(kind,)) as image:
            for number, page in enumerate(ImageSequence.Iterator(image), start=1):
                check_page(number, *page.size)
                yield codes_of_picture_page(page.convert("L"))
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        # Whatever the library says of a damaged file.
        raise Problem([("damaged_scan", {})]) from error


def codes_of_picture_page(grey: Any) -> list[str]:
    """As it is; where that shows none and it is coarse, once more twice as large."""
    codes = codes_on(grey)
    if not codes and max(grey.size) <= COARSE:
        codes = codes_on(grey.resize((2 * grey.width, 2 * grey.height)))
    return codes


def read_pdf(content: bytes) -> tuple[list[list[str]], bool]:
    """The codes on each page of a PDF, drawn as it is seen; whether no page bears a seal."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(content)
        check_page(len(pdf), 1, 1)
        codes = [codes_of_pdf_page(page) for page in pdf]
        is_signed = pypdfium2.raw.FPDF_GetSignatureCount(pdf) > 0
        return codes, not is_signed and all(is_bare_page(page) for page in pdf)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise Problem([("locked_scan" if locked else "damaged_scan", {})]) from error


def is_bare_page(page: Any) -> bool:
    """Whether there is nothing on a page that may be a seal: text and lines in grey alone."""
    from pypdfium2 import raw

    plain = {raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM}
    if any(
        one.type not in plain or (one.type != raw.FPDF_PAGEOBJ_FORM and is_coloured(one))
        for one in page.get_objects(max_depth=DEEPEST)
    ):
        return False
    notes = (
        raw.FPDFPage_GetAnnot(page, place) for place in range(raw.FPDFPage_GetAnnotCount(page))
    )
    return all(raw.FPDFAnnot_GetSubtype(note) == raw.FPDF_ANNOT_LINK for note in notes)


def is_coloured(one: Any) -> bool:
    """Whether a text or a line is filled or drawn in anything but grey."""
    from ctypes import c_uint

    from pypdfium2 import raw

    for ask in (raw.FPDFPageObj_GetFillColor, raw.FPDFPageObj_GetStrokeColor):
        red, green, blue, opacity = (c_uint() for _ in range(4))
        known = ask(one, red, green, blue, opacity)
        if not known or not red.value == green.value == blue.value:
            return True
    return False


def codes_of_pdf_page(page: Any) -> list[str]:
    """At the first resolution at which there are any."""
    longest = max(*page.get_size(), 1.0)
    codes: list[str] = []
    for dpi in DRAWN_DPI:
        scale = min(dpi / POINTS_TO_INCH, MOST_DRAWN_PIXELS / longest)
        codes = codes or codes_on(page.render(scale=scale, grayscale=True).to_pil())
    return codes


def check_page(number: int, width: int, height: int) -> None:
    """Too many pages, or too large a one, before anything that large is decoded."""
    if number > PAGES:
        raise Problem([("many_pages", {"limit": PAGES})])
    if width * height > PAGE_PIXELS or max(width, height) > LONGEST_SIDE:
        raise Problem([("large_page", {})])


def codes_on(image: Any) -> list[str]:
    """What the QR codes in a grey picture say."""
    import zxingcpp

    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    return [one.text for one in zxingcpp.read_barcodes(image, formats=formats) if one.valid]


if __name__ == "__main__":
    sys.exit(main())
