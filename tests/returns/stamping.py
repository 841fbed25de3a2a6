"""Sheets as an office stamps, scans and uploads them."""

import zipfile
from io import BytesIO
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw

from pingyi.returns.exports import paper_document, sheet_to_be_stamped
from pingyi.returns.models import Version
from pingyi.returns.operations.stamping import Kept, keep_stamped
from pingyi.returns.queries.papers import sealed_paper
from pingyi.returns.queries.returns import returns_of
from tests.returns.desk import Desk

RED = (200, 30, 30)


def sheet(desk: Desk, version: Version) -> bytes:
    """The PDF that is printed and stamped."""
    pairs = returns_of(desk.round, desk.unit)
    plan, row = next(pair for pair in pairs if pair[0].code == version.of_return.table)
    return sheet_to_be_stamped(sealed_paper(plan, row, version), version)


def draft(desk: Desk) -> bytes:
    """Figures that nobody sealed, as a PDF."""
    from pingyi.returns.queries.papers import papers_of

    paper = papers_of(desk.round, desk.unit, desk.now.date())[0]
    return paper_document(paper, kind="pdf", unit_name=desk.unit.name)


def scanned(pdf: bytes, dpi: int = 200) -> bytes:
    """A scan of it with a round stamp and a little turned."""
    image = pypdfium2.PdfDocument(pdf)[0].render(scale=dpi / 72).to_pil().convert("RGB")
    ImageDraw.Draw(image).ellipse((1400, 900, 1700, 1200), outline=RED, width=8)
    return saved(image.rotate(0.8, fillcolor="white"))


def sealed_pdf(pdf: bytes) -> bytes:
    """The same with the picture of a seal put on it, as the seal system of an office does."""
    document = pypdfium2.PdfDocument(pdf)
    seal = pypdfium2.PdfImage.new(document)
    picture = Image.new("RGB", (120, 120), "white")
    ImageDraw.Draw(picture).ellipse((4, 4, 116, 116), outline=RED, width=6)
    seal.load_jpeg(BytesIO(saved(picture)))
    seal.set_matrix(pypdfium2.PdfMatrix().scale(100, 100).translate(500, 60))
    page = document[0]
    page.insert_obj(seal)
    page.gen_content()
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def saved(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "JPEG", quality=70)
    return file.getvalue()


def without_code(colour: str = "white") -> bytes:
    """A bad scan, on which no QR is seen."""
    return saved(Image.new("RGB", (400, 300), colour))


def ofd(text: str = "") -> bytes:
    """As much of an OFD as tells that it is one; the same text is the same file."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(zipfile.ZipInfo("OFD.xml"), f"<ofd:OFD/>{text}")
    return file.getvalue()


def kept(desk: Desk, content: bytes, **more: Any) -> Kept:
    """What becomes of a file that is uploaded as a stamped copy of annex 3."""
    given = {"round_": desk.round, "unit": desk.unit, "table": "annex3", "by": desk.by}
    given |= {"filename": "附件3 盖章.pdf", "now": desk.now, **more}
    return keep_stamped(content=content, **given)
