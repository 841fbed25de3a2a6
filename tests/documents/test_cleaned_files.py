"""Pictures and PDFs of others are made anew: what is seen stays, whatever else was in them goes."""

import contextlib
import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from pingyi.documents.cleaned import CLEAN_LIMITS, UnfitFile, cleaned, why_not_clean
from pingyi.documents.layouts import PaperTable, TableBlock, TableRow
from pingyi.documents.pdf import pdf, several_pdf
from pingyi.documents.workbooks import MIB
from tests.paper.intake.test_hostile_files import HOSTILE

PAGE = PaperTable(title="值班表", blocks=(TableBlock(("甲",), (TableRow(("周一",), (1,)),)),))
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
# A script that runs when it is opened, and the catalogue it hangs on.
SCRIPTED = b"""%PDF-1.7
1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
trailer<</Root 1 0 R/Size 4>>
%%EOF"""


def as_file(image: Image.Image, kind: str, **more: Any) -> bytes:
    file = BytesIO()
    image.save(file, kind, **more)
    return file.getvalue()


def photograph(width: int = 300, height: int = 200) -> bytes:
    """Lying on its side, with the place where it was taken."""
    image = Image.new("RGB", (width, height), "green")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SECRET-CAMERA"
    exif.get_ifd(0x8825)[2] = (27.0, 30.0, 0.0)
    return as_file(image, "JPEG", exif=exif, comment=b"SECRET-COMMENT")


def refused(content: bytes, **limits: int) -> str:
    with pytest.raises(UnfitFile) as found:
        cleaned(content, replace(CLEAN_LIMITS, **limits))
    assert str(found.value)
    return found.value.code


def test_a_photograph_stands_upright_and_says_nothing_of_its_place() -> None:
    made = cleaned(photograph())
    image = Image.open(BytesIO(made.content))
    assert (made.kind, image.size) == ("jpeg", (200, 300))
    assert not image.getexif()
    assert b"SECRET" not in made.content
    large = Image.open(BytesIO(cleaned(photograph(4800, 3000)).content))
    assert max(large.size) == 2400


def test_what_hangs_on_behind_a_file_is_gone() -> None:
    """A picture that is an archive too, and one that is a page with a script."""
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.html", SVG)
    for content in (photograph(), as_file(Image.new("RGBA", (9, 9)), "PNG"), pdf(PAGE)):
        both = cleaned(content + archive.getvalue() + SVG)
        assert not zipfile.is_zipfile(BytesIO(both.content))
        assert b"<script" not in both.content


def test_a_pdf_keeps_its_pages_and_loses_its_scripts() -> None:
    made = cleaned(SCRIPTED)
    assert made.kind == "pdf"
    assert b"JavaScript" not in made.content
    two = pypdfium2.PdfDocument(cleaned(several_pdf([PAGE, PAGE])).content)
    assert len(two) == 2
    assert "值班表" in two[0].get_textpage().get_text_range()


def test_whatever_else_comes_has_its_sentence() -> None:
    assert refused(b"") == "empty_evidence"
    assert refused(b"MZ\x90\x00 executable") == "no_evidence"
    assert refused(SVG) == "no_evidence"
    assert refused(b"GIF89a") == "no_evidence"
    # A PDF begins with its sign: what stands before it belongs to another kind of file.
    assert refused(b"<script>" + pdf(PAGE)) == "no_evidence"
    assert refused(b"%PDF-1.7\ncut off") == "damaged_evidence"
    assert refused(photograph()[:300]) == "damaged_evidence"
    assert refused(as_file(Image.new("1", (20_001, 10)), "PNG")) == "large_picture"
    assert refused(several_pdf([PAGE] * 61)) == "many_evidence_pages"
    assert refused(HOSTILE["locked.pdf"][0]()) == "locked_evidence"
    wide = as_file(Image.new("RGB", (5000, 5000)), "PNG")
    assert refused(wide, memory_bytes=80 * MIB) == "large_picture"
    assert refused(pdf(PAGE), wall_seconds=0) == "slow_evidence"
    refusal = why_not_clean(200 * MIB)
    assert refusal is not None
    assert "200 MB" in str(refusal)


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_files_cost_no_more_than_they_may(name: str) -> None:
    content = HOSTILE[name][0]()
    with contextlib.suppress(UnfitFile):
        cleaned(content, replace(CLEAN_LIMITS, cpu_seconds=4, wall_seconds=20))


def test_a_bomb_is_not_unpacked() -> None:
    """A few KB that would be gigabytes of dots."""
    bomb = as_file(Image.new("1", (19_999, 19_999)), "PNG", optimize=True)
    assert len(bomb) < MIB
    assert refused(bomb) == "large_picture"
