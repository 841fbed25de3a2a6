"""Files made to break a reader: each is named with its reason, and the batch goes on."""

import resource
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from pingyi.paper.omr.batch import Batch
from tests.paper.intake import batches, makers
from tests.paper.intake.makers import (
    GREY_JPEG,
    ONE_BIT,
    image_object,
    jpeg,
    page,
    pdf_of,
    pdf_page,
    picture,
    stream,
    zipped,
)

NOISE = np.random.default_rng(3).integers(0, 256, (300, 200), np.uint8)
MOST_SECONDS = 60
MIB = 1024 * 1024


def pdf_with_pages(count: int, kids: bytes = b"3 0 R") -> bytes:
    one = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    tree = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    return pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", tree, one])


def pdf_bomb() -> bytes:
    """A few kilobytes that unpack to gigabytes of picture: 1 GB of zeros, packed three times."""
    packed = zlib.compress(b"\0" * (64 * MIB), 9)
    twice = zlib.compress(packed * 16, 9)
    how = b"/ColorSpace/DeviceGray/BitsPerComponent 8/Filter[/FlateDecode/FlateDecode/FlateDecode]"
    content = zlib.compress(twice, 9)
    return pdf_page(image_object(np.zeros((10_000, 10_000), np.uint8), how, content))


def locked_pdf() -> bytes:
    """A PDF that asks for a password."""
    lock = b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -44>>" % (b"ab" * 32, b"cd" * 32)
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>", lock]
    return pdf_of(objects, b"/Encrypt 3 0 R/ID[<%s><%s>]" % (b"00" * 16, b"00" * 16))


def endless_drawing() -> bytes:
    """A page that draws itself, and a form that uses the next one twice, thirty times over."""
    forms = [
        stream(
            b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]"
            b"/Resources<</XObject<</N %d 0 R>>>>" % (6 + number),
            b"/N Do /N Do",
        )
        for number in range(30)
    ]
    return pdf_page(forms[0], b"/I Do", [*forms[1:], image_object(page(), GREY_JPEG, jpeg(page()))])


def cut_pdf() -> bytes:
    whole = makers.scanned_pdf([NOISE])
    return whole[: len(whole) // 3]


# Made where they are asked for: every process reads this file, few need what is in it.
HOSTILE: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "cut.jpg": (lambda: jpeg(NOISE)[:-500], {"unreadable_file"}),
    "cut.png": (lambda: picture(NOISE, "PNG")[:-500], {"unreadable_file"}),
    "cut.tif": (lambda: makers.tiff([NOISE], compression="tiff_lzw")[:3000], {"unreadable_file"}),
    "cut.pdf": (cut_pdf, {"unreadable_file"}),
    "wide.png": (lambda: makers.png_claiming(50_000, 50_000), {"too_large"}),
    "wide.jpg": (lambda: makers.jpeg_claiming(50_000, 50_000), {"too_large"}),
    "wide.tif": (lambda: makers.tiff_claiming(50_000, 50_000), {"too_large"}),
    "large.png": (lambda: makers.png_claiming(10_000, 11_000), {"unreadable_file"}),
    "wide.pdf": (
        lambda: pdf_page(image_object(np.zeros((1, 1), np.uint8), ONE_BIT, b"\0").replace(
            b"/Width 1/Height 1", b"/Width 50000/Height 50000")),
        {"too_large"},
    ),
    "bomb.pdf": (pdf_bomb, {"read", "unreadable_file", "too_large", "took_too_long"}),
    "lengths.pdf": (
        lambda: pdf_page(stream(b"", b"x")).replace(b"/Length", b"/Lengfh"), {"read"},
    ),
    "cycle.pdf": (lambda: pdf_with_pages(3, b"2 0 R 2 0 R"), {"unreadable_file"}),
    "many.pdf": (lambda: pdf_with_pages(100_000, b"3 0 R " * 100_000), {"too_many_pages"}),
    "claims-many.pdf": (lambda: pdf_with_pages(100_000), {"too_many_pages"}),
    "deep.pdf": (endless_drawing, {"took_too_long", "unreadable_file", "too_large", "read"}),
    "locked.pdf": (locked_pdf, {"encrypted_file"}),
    "many.tif": (lambda: makers.endless_tiff(10_000), {"too_many_pages"}),
    "text.jpg": ("这不是图片".encode, {"not_an_image"}),
    "empty.jpg": (lambda: b"", {"not_an_image"}),
    "head-only.jpg": (lambda: b"\xff\xd8\xff", {"unreadable_file"}),
    "head-only.tif": (lambda: b"II*\0\x08\0\0\0", {"unreadable_file"}),
    "head-only.pdf": (lambda: b"%PDF-1.7", {"unreadable_file"}),
    "tricks.zip": (lambda: zipped([("../../evil.jpg", jpeg(page()))]), {"unsafe_archive"}),
    "bomb.zip": (lambda: zipped([("a.tif", b"\0" * (150 * MIB))]), {"unsafe_archive"}),
    "rubbish.zip": (lambda: b"PK\x03\x04" + b"\xff" * 200, {"unreadable_file"}),
}  # fmt: skip


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    """All of them in one batch, a good page before and after each."""
    folder = tmp_path_factory.mktemp("hostile")
    files = batches.written(folder, {name: make() for name, (make, _) in HOSTILE.items()})
    good = batches.written(folder, {"good.jpg": jpeg(page(300, 500))})[0]
    mixed = [one for file in files for one in (good, file)]
    return batches.read([*mixed, good])


def test_every_file_is_named_and_every_good_page_read(batch: Batch) -> None:
    named = {Path(one.file).name for one in batch.result.pages}
    assert named == {*HOSTILE, "good.jpg"} - {"tricks.zip", "bomb.zip"} | {"evil.jpg", "a.tif"}
    good = [one for one in batch.result.pages if one.file.endswith("good.jpg")]
    assert len(good) == len(HOSTILE) + 1
    assert {one.status for one in good} == {"read", "duplicate"}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_made_to_break_a_reader_is_named_with_its_reason(batch: Batch, name: str) -> None:
    found = {one.reason or one.status for one in batch.result.pages if name in Path(one.file).parts}
    assert found, "not named"
    assert found <= HOSTILE[name][1]


def test_no_child_took_more_memory_than_it_may(batch: Batch) -> None:
    largest_kib = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert largest_kib < 2 * 1024 * 1024


def test_nothing_is_unpacked_onto_the_disk(
    batch: Batch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert not list(tmp_path_factory.getbasetemp().parent.rglob("evil.jpg"))
