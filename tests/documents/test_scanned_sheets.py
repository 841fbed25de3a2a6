"""What is read of a sheet that comes back stamped: which file it is, which codes stand on it."""

import contextlib
import zipfile
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageFilter

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
