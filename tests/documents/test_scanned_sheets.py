"""What is read of a sheet that comes back stamped: which file it is, which codes stand on it."""

import contextlib
import zipfile
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageFilter
from pypdfium2 import raw

from pingyi.documents.layouts import PaperTable, TableBlock, TableRow
from pingyi.documents.pdf import pdf, several_pdf
from pingyi.documents.scans import SCAN_LIMITS, UnreadableScan, read_scan
from pingyi.documents.workbooks import MIB
from tests.paper.intake.test_hostile_files import HOSTILE


@dataclass(frozen=True)
class Noted:
    code: str = "PINGYI-RETURN:" + "1A2B3C4D5E6F7081" * 4
    line: str = "编号 1a2b3c4d"


SHEET = PaperTable(
    title="统计表",
    blocks=(TableBlock(("甲", "乙"), (TableRow(("类别",), (1, 2)),)),),
    noted=Noted(),
    noted_mm=15,
)


# A signature that shows nothing on the page.
SIGNED = b"""%PDF-1.7
1 0 obj<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]/SigFlags 3>>>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
4 0 obj<</FT/Sig/T(seal)/V 5 0 R>>endobj
5 0 obj<</Type/Sig/Filter/Adobe.PPKLite/ByteRange[0 1 2 3]/Contents<00>>>endobj
trailer<</Root 1 0 R/Size 6>>
%%EOF"""


def scanned(dpi: float = 200, turned: float = 0, blur: float = 0) -> Image.Image:
    page = pypdfium2.PdfDocument(pdf(SHEET))[0]
    image = page.render(scale=dpi / 72, grayscale=True).to_pil()
    if blur:
        image = image.filter(ImageFilter.GaussianBlur(blur))
    return image.rotate(turned, expand=True, fillcolor=255)


def as_file(image: Image.Image, kind: str, **more: Any) -> bytes:
    file = BytesIO()
    image.save(file, kind, **more)
    return file.getvalue()


def zipped(name: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, "<ofd:OFD/>")
    return file.getvalue()


def refused(content: bytes, **limits: int) -> str:
    with pytest.raises(UnreadableScan) as found:
        read_scan(content, replace(SCAN_LIMITS, **limits))
    assert str(found.value)
    return found.value.code


def test_a_pdf_says_what_its_code_says() -> None:
    found = read_scan(pdf(SHEET))
    assert (found.kind, found.codes) == ("pdf", (Noted().code,))
    # Of two pages each; what stands on both is said once.
    other = replace(SHEET, noted=Noted(code="PINGYI-RETURN:B"))
    assert read_scan(several_pdf([SHEET, other, SHEET])).codes == (Noted().code, "PINGYI-RETURN:B")
    assert read_scan(pdf(replace(SHEET, noted=None))).codes == ()


def drawn_on(page: Any, colour: tuple[int, int, int]) -> None:
    """A round line, as a seal is one."""
    ring = raw.FPDFPageObj_CreateNewPath(500, 100)
    raw.FPDFPath_BezierTo(ring, 500, 140, 560, 140, 560, 100)
    raw.FPDFPageObj_SetStrokeColor(ring, *colour, 255)
    raw.FPDFPath_SetDrawMode(ring, raw.FPDF_FILLMODE_NONE, True)
    raw.FPDFPage_InsertObject(page, ring)


def pictured(page: Any, document: Any) -> None:
    seal = pypdfium2.PdfImage.new(document)
    seal.load_jpeg(BytesIO(as_file(Image.new("RGB", (40, 40), "red"), "JPEG")))
    page.insert_obj(seal)


@pytest.mark.parametrize(
    ("put_on", "is_bare"),
    [
        (lambda _page, _document: None, True),
        (lambda page, _document: drawn_on(page, (0, 0, 0)), True),
        (lambda page, _document: drawn_on(page, (200, 30, 30)), False),
        (pictured, False),
        (lambda page, _document: raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_STAMP), False),
        (lambda page, _document: raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_LINK), True),
    ],
    ids=["nothing", "black line", "red ring", "picture", "stamp", "link"],
)
def test_a_pdf_says_whether_anything_on_it_may_be_a_seal(put_on: Any, *, is_bare: bool) -> None:
    document = pypdfium2.PdfDocument(pdf(SHEET))
    page = document[0]
    put_on(page, document)
    page.gen_content()
    file = BytesIO()
    document.save(file)
    assert read_scan(file.getvalue()).is_bare is is_bare


def test_what_was_signed_and_whatever_is_no_pdf_is_not_bare() -> None:
    assert read_scan(SIGNED.replace(b"/FT/Sig", b"/FT/Txt")).is_bare
    assert not read_scan(SIGNED).is_bare
    assert not read_scan(as_file(scanned(), "PNG")).is_bare
    assert not read_scan(zipped("OFD.xml")).is_bare


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_a_picture_is_read_turned_and_blurred(kind: str) -> None:
    found = read_scan(as_file(scanned(turned=91.5, blur=0.7), kind))
    assert (found.kind, found.codes) == ("picture", (Noted().code,))


def test_a_fax_in_a_pdf_and_two_pages_of_a_tiff() -> None:
    fax = as_file(scanned(turned=180).convert("1"), "PDF")
    assert read_scan(fax).codes == (Noted().code,)
    blank = Image.new("L", (1700, 1200), 255)
    two = as_file(blank, "TIFF", save_all=True, append_images=[scanned()])
    assert read_scan(two).codes == (Noted().code,)
    # Coarser than a fax it is read where it is drawn larger.
    assert read_scan(as_file(scanned(dpi=130), "PNG")).codes == (Noted().code,)


def test_an_ofd_is_known_and_shows_no_code() -> None:
    found = read_scan(zipped("OFD.xml"))
    assert (found.kind, found.codes) == ("ofd", ())


def test_whatever_else_comes_has_its_sentence() -> None:
    assert refused(b"") == "empty_scan"
    assert refused(zipped("xl/workbook.xml")) == "no_scan"
    assert refused(b"PK\x03\x04 cut off") == "no_scan"
    assert refused(b"<html>") == "no_scan"
    assert refused(b"%PDF-1.7\ncut off") == "damaged_scan"
    assert refused(as_file(scanned(), "PNG")[:2000]) == "damaged_scan"
    assert refused(b"\xff\xd8\xff\xe0 cut off") == "damaged_scan"
    assert refused(pdf(SHEET), file_bytes=100) == "large_scan"
    assert refused(several_pdf([SHEET] * 21)) == "many_pages"
    assert refused(as_file(Image.new("1", (20_001, 10)), "PNG")) == "large_page"
    assert refused(pdf(SHEET), memory_bytes=40 * MIB) == "large_page"
    assert refused(pdf(SHEET), wall_seconds=0) == "slow_scan"


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_files_cost_no_more_than_they_may(name: str) -> None:
    make, _said_by_the_reader_of_ballots = HOSTILE[name]
    content = make()
    with contextlib.suppress(UnreadableScan):
        read_scan(content, replace(SCAN_LIMITS, cpu_seconds=4, wall_seconds=20))


def test_a_pdf_under_a_password_is_told_apart() -> None:
    assert refused(HOSTILE["locked.pdf"][0]()) == "locked_scan"
