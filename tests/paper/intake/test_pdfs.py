"""The picture in a PDF page is taken as it is stored; other pages are drawn."""

import io
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pingyi.paper.omr.images import PageImage
from pingyi.paper.omr.intake.files import OpenFile, part_of
from pingyi.paper.omr.intake.limits import NotTaken
from tests.paper.intake import makers
from tests.paper.intake.makers import (
    GREY_JPEG,
    ONE_BIT,
    bits,
    image_object,
    jpeg,
    page,
    pdf_page,
    shows_the_square,
    stream,
)

INVERTED = b"/Decode[1 0]"
FLATE = b"/Filter/FlateDecode"
TWO_COLOURS = b"/ColorSpace[/Indexed/DeviceRGB 1<FFFFFF000000>]/BitsPerComponent 1"


def taken(content: bytes, number: int = 1) -> PageImage:
    return part_of(content).page(number)


def cmyk_jpeg(grey: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(grey).convert("CMYK").save(file, "JPEG")
    return file.getvalue()


STORED = {
    "jpeg": (GREY_JPEG, jpeg(page()), False),
    "inverted jpeg": (GREY_JPEG + INVERTED, jpeg(255 - page()), False),
    "jpeg in flate": (
        b"/ColorSpace/DeviceGray/BitsPerComponent 8/Filter[/FlateDecode/DCTDecode]",
        zlib.compress(jpeg(page())), False,
    ),
    "cmyk jpeg": (
        b"/ColorSpace/DeviceCMYK/BitsPerComponent 8/Filter/DCTDecode/Decode[1 0 1 0 1 0 1 0]",
        cmyk_jpeg(page()), False,
    ),
    "one bit": (ONE_BIT, bits(page()), True),
    "one bit, inverted": (ONE_BIT + INVERTED, bits(255 - page()), True),
    "mask": (b"/ImageMask true/BitsPerComponent 1", bits(page()), True),
    "inverted mask": (b"/ImageMask true/BitsPerComponent 1" + INVERTED, bits(255 - page()), True),
    "palette of black and white": (TWO_COLOURS, bits(255 - page()), True),
    "flate": (
        b"/ColorSpace/DeviceGray/BitsPerComponent 8" + FLATE, zlib.compress(page().tobytes()), True,
    ),
    "sixteen bits": (
        b"/ColorSpace/DeviceGray/BitsPerComponent 16", (page().astype(">u2") * 257).tobytes(), True,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", STORED)
def test_a_picture_is_taken_as_it_is_stored(name: str) -> None:
    how, content, bilevel = STORED[name]
    read = taken(pdf_page(image_object(page(), how, content)))
    assert read.grey.shape == (300, 200)
    assert shows_the_square(read.grey)
    assert read.bilevel == bilevel


def test_a_g4_page_keeps_its_bits() -> None:
    file = io.BytesIO()
    Image.fromarray(page(1728, 2200) > 127).save(
        file, "TIFF", compression="group4", tiffinfo={278: 2200}
    )
    with Image.open(io.BytesIO(file.getvalue())) as image:
        start, length = image.tag_v2[273][0], image.tag_v2[279][0]  # type: ignore[attr-defined]
    how = ONE_BIT + b"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 1728/Rows 2200>>"
    strip = file.getvalue()[start : start + length]
    read = taken(pdf_page(image_object(page(1728, 2200), how, strip)))
    assert read.bilevel
    assert shows_the_square(read.grey)


def test_the_words_that_a_scanner_recognized_do_not_make_it_drawn() -> None:
    draws = makers.COVERING + b" BT 3 Tr /F 12 Tf 100 100 Td (recognized) Tj ET"
    read = taken(pdf_page(image_object(page(), GREY_JPEG, jpeg(page())), draws))
    assert read.grey.shape == (300, 200)


def test_words_that_are_seen_are_drawn_with_the_picture() -> None:
    draws = makers.COVERING + b" BT /F 200 Tf 100 100 Td (MM) Tj ET"
    read = taken(pdf_page(image_object(page(), GREY_JPEG, jpeg(page())), draws))
    assert read.grey.shape == (2339, 1653)
    assert shows_the_square(read.grey)
    assert read.grey[1800:2100].min() < 30


def test_a_picture_inside_a_form_is_taken_as_it_is_stored() -> None:
    form = stream(
        b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</I 6 0 R>>>>",
        makers.COVERING,
    )
    inner = image_object(page(), ONE_BIT, bits(page()))
    read = taken(pdf_page(form, b"/I Do", [inner]))
    assert read.grey.shape == (300, 200)
    assert read.bilevel


def test_a_picture_that_the_page_shows_mirrored_is_turned_over() -> None:
    mirrored = np.ascontiguousarray(page()[:, ::-1])
    draws = b"q -595 0 0 842 595 0 cm /I Do Q"
    assert shows_the_square(
        taken(pdf_page(image_object(page(), GREY_JPEG, jpeg(mirrored)), draws)).grey
    )


def test_the_full_picture_of_a_mirrored_page_is_turned_over_too() -> None:
    mirrored = np.ascontiguousarray(page(2600, 3600)[:, ::-1])
    draws = b"q -595 0 0 842 595 0 cm /I Do Q"
    read = taken(pdf_page(image_object(mirrored, GREY_JPEG, jpeg(mirrored)), draws))
    assert read.reduction == 2
    assert read.full is not None
    assert shows_the_square(read.full())


@pytest.mark.parametrize("bilevel", [True, False])
def test_a_page_in_strips_is_drawn_and_stays_black_and_white(bilevel: bool) -> None:
    whole = page(800, 1200)
    how = ONE_BIT if bilevel else b"/ColorSpace/DeviceGray/BitsPerComponent 8"
    strips = [
        image_object(half, how, bits(half) if bilevel else half.tobytes())
        for half in (whole[:600], whole[600:])
    ]
    draws = b"q 595 0 0 421 0 421 cm /I Do Q q 595 0 0 421 0 0 cm /J Do Q"
    content = pdf_page(strips[0], draws, [strips[1]]).replace(b"/I 5 0 R", b"/I 5 0 R/J 6 0 R")
    read = taken(content)
    assert read.grey.shape == (2339, 1653)
    assert shows_the_square(read.grey)
    assert read.bilevel == bilevel


def test_a_page_without_a_picture_is_drawn() -> None:
    draws = b"0 0 0 rg 148 561 149 140 re f"
    read = taken(pdf_page(image_object(page(), GREY_JPEG, jpeg(page())), draws))
    assert shows_the_square(read.grey)
    assert not read.bilevel


def test_a_huge_sheet_is_drawn_small() -> None:
    content = pdf_page(image_object(page(), GREY_JPEG, jpeg(page())), b"0 0 100 100 re f")
    read = taken(content.replace(b"[0 0 595 842]", b"[0 0 14400 14400]"))
    assert max(read.grey.shape) == 4000


def test_the_turn_of_a_page_is_left_to_the_engine() -> None:
    turned = pdf_page(image_object(page(), GREY_JPEG, jpeg(page())), page_extra=b"/Rotate 90")
    assert taken(turned).grey.shape == (300, 200)


def test_every_page_is_found_under_its_number(tmp_path: Path) -> None:
    path = tmp_path / "scans"
    path.write_bytes(makers.scanned_pdf([page(200 + 8 * n) for n in range(5)]))
    file = OpenFile(path)
    assert [entry.pages for entry in file.entries()] == [5]
    assert [file.page(None, n).grey.shape[1] for n in (5, 1, 3)] == [232, 200, 216]


def test_a_pdf_without_pages_is_named() -> None:
    empty = makers.pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"])
    with pytest.raises(NotTaken, match="unreadable_file"):
        part_of(empty)


def test_a_jpeg_in_a_pdf_that_is_cut_off_is_not_half_read() -> None:
    noisy = np.random.default_rng(1).integers(0, 256, (300, 200), np.uint8)
    cut = jpeg(noisy)[:-3000]
    with pytest.raises(NotTaken, match="unreadable_file"):
        taken(pdf_page(image_object(noisy, GREY_JPEG, cut)))
