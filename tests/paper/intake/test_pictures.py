"""JPEG, PNG and TIFF become grey pixels with square sides, whatever they were stored as."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pingyi.paper.omr.images import PageImage
from pingyi.paper.omr.intake.files import part_of
from pingyi.paper.omr.intake.limits import NotTaken
from tests.paper.intake import makers
from tests.paper.intake.makers import page, picture, shows_the_square


def taken(content: bytes, number: int = 1) -> PageImage:
    return part_of(content).page(number)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK", "1"])
def test_a_jpeg_is_read_in_every_colour(mode: str) -> None:
    content = picture(page(), "JPEG", mode if mode != "1" else "L")
    assert shows_the_square(taken(content).grey)


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "LA", "P", "1"])
def test_a_png_is_read_in_every_colour(mode: str) -> None:
    read = taken(picture(page(), "PNG", mode))
    assert shows_the_square(read.grey)
    assert read.bilevel  # it holds two greys however they are stored


def test_sixteen_bits_are_scaled_to_eight() -> None:
    deep = page().astype(np.uint16) * 257
    black_and_white = np.where(page() > 127, 255, 0)
    assert np.array_equal(taken(picture(deep, "PNG", "I;16")).grey, black_and_white)


def test_sixteen_bits_of_many_greys_keep_them() -> None:
    slope = np.tile(np.arange(256, dtype=np.uint16), (300, 1))
    read = taken(picture(slope * 257, "PNG", "I;16"))
    assert np.array_equal(read.grey, slope.astype(np.uint8))
    assert not read.bilevel


def test_paper_is_white_where_a_picture_is_transparent() -> None:
    clear = np.zeros((300, 200, 4), np.uint8)
    clear[..., 3] = (page() == makers.INK) * 255
    assert shows_the_square(taken(picture(clear, "PNG", "RGBA")).grey)


@pytest.mark.parametrize("how", ["raw", "group4", "tiff_lzw", "packbits", "tiff_adobe_deflate"])
def test_a_tiff_of_one_bit_keeps_every_page(how: str) -> None:
    content = makers.tiff([page(), page(210), page(220)], "1", compression=how)
    assert part_of(content).pages == 3
    for number, width in ((1, 200), (3, 220), (2, 210)):
        read = taken(content, number)
        assert read.grey.shape == (300, width)
        assert shows_the_square(read.grey)
        assert read.bilevel


@pytest.mark.parametrize("how", ["raw", "tiff_lzw", "jpeg", "tiff_adobe_deflate"])
def test_a_grey_tiff_is_read(how: str) -> None:
    assert shows_the_square(taken(makers.tiff([page(208, 304)], compression=how)).grey)


def test_a_fax_with_fewer_lines_than_columns_becomes_square() -> None:
    fine = page(1728, 2200)
    coarse = fine[::2]
    read = taken(makers.tiff([coarse], "1", compression="group4", dpi=(204, 98)))
    assert read.grey.shape == (2290, 1728)
    assert shows_the_square(read.grey)
    assert read.bilevel


def test_a_fax_with_black_and_white_exchanged_is_turned_back() -> None:
    read = taken(picture(255 - page(), "PNG", "1"))
    assert shows_the_square(read.grey)
    assert read.bilevel


def test_a_grey_scan_is_never_exchanged() -> None:
    dark = np.tile(np.arange(100, dtype=np.uint8), (300, 2))
    assert np.array_equal(taken(picture(dark, "PNG")).grey, dark)


@pytest.mark.parametrize(
    ("long_side", "reduction", "decoded"), [(3399, 1, 3399), (3400, 2, 1700), (6800, 4, 1700)]
)
def test_a_large_jpeg_is_decoded_smaller_but_not_too_small(
    long_side: int, reduction: int, decoded: int
) -> None:
    read = taken(makers.jpeg(page(600, long_side)))
    assert (read.reduction, read.grey.shape[0]) == (reduction, decoded)
    assert (read.full is None) == (reduction == 1)
    if read.full is not None:
        assert read.full().shape == (long_side, 600)


def test_the_turn_that_a_phone_notes_is_left_to_the_engine() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    content = picture(page(), "JPEG", exif=exif.tobytes())
    assert taken(content).grey.shape == (300, 200)


def test_the_kind_is_told_by_content_and_not_by_name(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(makers.tiff([page(), page()], "1", compression="group4"))
    assert part_of(path).pages == 2


@pytest.mark.parametrize("content", [b"", b"\xff\xd8", b"hello", b"GIF89a" + b"\0" * 50, b"BM1234"])
def test_everything_else_is_no_image(content: bytes) -> None:
    with pytest.raises(NotTaken, match="not_an_image"):
        part_of(content)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_that_is_cut_off_is_not_half_read(kind: str, share: float) -> None:
    noisy = np.random.default_rng(1).integers(0, 256, (300, 200), np.uint8)
    content = picture(noisy, kind)
    with pytest.raises((NotTaken, OSError)):
        taken(content[: int(len(content) * share)])


def test_pages_before_a_break_in_a_tiff_are_still_there() -> None:
    content = makers.tiff([page(), page(), page()], compression="raw")
    assert part_of(content[:-40_000]).pages >= 2


def test_a_tiff_that_points_back_to_its_beginning_has_each_page_once() -> None:
    assert part_of(makers.endless_tiff(7, loops=True)).pages == 7


def test_one_damaged_page_of_a_tiff_does_not_take_the_next_with_it() -> None:
    content = makers.tiff([page(), page(210), page(220)], "1", compression="raw")
    compression = b"\x03\x01\x03\0\1\0\0\0\1\0"
    before, second = content.split(compression, 1)
    damaged = second.replace(compression, compression[:-2] + b"\x09\0", 1)
    tiff = part_of(before + compression + damaged)
    with pytest.raises(KeyError):
        tiff.page(2)
    assert tiff.page(1).grey.shape == (300, 200)
    assert tiff.page(3).grey.shape == (300, 220)
