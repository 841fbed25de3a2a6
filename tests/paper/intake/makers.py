"""Files as scanners, phones, offices and mischief make them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from PIL import Image

PAPER, INK = 240, 10
A4_POINTS = (595, 842)


def page(width: int = 200, height: int = 300) -> np.ndarray:
    """White paper with a black square in its upper left part."""
    grey = np.full((height, width), PAPER, np.uint8)
    grey[height // 6 : height // 3, width // 4 : width // 2] = INK
    return grey


def shows_the_square(grey: np.ndarray) -> bool:
    """Whether pixels show `page`, upright, at any size and in any grey."""
    height, width = grey.shape
    square = grey[height // 5 : height // 4, width // 3 : width * 2 // 5]
    return bool(square.max() < 90 and grey[: height // 10].min() > 160 and grey[0, 0] > 160)


def picture(grey: np.ndarray, kind: str, mode: str = "L", **options: Any) -> bytes:
    """Pixels as a file that Pillow writes."""
    file = io.BytesIO()
    image = Image.fromarray(grey)
    image = Image.fromarray(grey > 127) if mode == "1" else image.convert(mode)
    image.save(file, kind, **options)
    return file.getvalue()


def jpeg(grey: np.ndarray, quality: int = 90) -> bytes:
    return cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()


def tiff(pages: Sequence[np.ndarray], mode: str = "L", **options: Any) -> bytes:
    """A TIFF of many pages."""
    images = [Image.fromarray(one > 127 if mode == "1" else one) for one in pages]
    file = io.BytesIO()
    images[0].save(file, "TIFF", save_all=True, append_images=images[1:], **options)
    return file.getvalue()


def endless_tiff(directories: int, *, loops: bool = False) -> bytes:
    """A TIFF of so many tiny pages; or one whose last page points back to the first."""
    entries = [(256, 1), (257, 1), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (279, 1)]
    length = 2 + 12 * len(entries) + 4
    body = b""
    for number in range(directories):
        body += struct.pack("<H", len(entries))
        for tag, value in entries:
            body += struct.pack("<HHII", tag, 4, 1, value)
        last = number == directories - 1
        following = (10 if loops else 0) if last else 10 + (number + 1) * length
        body += struct.pack("<I", following)
    return b"II*\0" + struct.pack("<I", 10) + b"\xf0\xf0" + body


# ---- PDF ----------------------------------------------------------------------------------------


def stream(head: bytes, content: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (head, len(content), content)


def pdf_of(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF from its objects; the first is the catalog."""
    parts, starts = [b"%PDF-1.5\n"], []
    at = len(parts[0])
    for number, one in enumerate(objects, start=1):
        starts.append(at)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, one))
        at += len(parts[-1])
    size = len(objects) + 1
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % size)
    parts += [b"%010d 00000 n \n" % start for start in starts]
    end = (size, trailer, at)
    parts.append(b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % end)
    return b"".join(parts)


FONT = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
COVERING = b"q 595 0 0 842 0 0 cm /I Do Q"


def pdf_page(
    image: bytes, draws: bytes = COVERING, more: Sequence[bytes] = (), page_extra: bytes = b""
) -> bytes:
    """A PDF of one A4 page. `image` is object 5, called /I; `more` begin with object 6."""
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</XObject<</I 5 0 R>>%s>>%s>>" % (FONT, page_extra),
            stream(b"", draws),
            image,
            *more,
        ]
    )


def image_object(grey: np.ndarray, how: bytes, content: bytes) -> bytes:
    """An image of the size of `grey`; `how` gives colours, bits and filter."""
    head = b"/Type/XObject/Subtype/Image/Width %d/Height %d" % (grey.shape[1], grey.shape[0])
    return stream(head + how, content)


GREY_JPEG = b"/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode"
ONE_BIT = b"/ColorSpace/DeviceGray/BitsPerComponent 1"


def bits(grey: np.ndarray) -> bytes:
    """One bit a pixel, 1 is white."""
    return np.packbits(grey > 127, axis=1).tobytes()


def scanned_pdf(pages: Sequence[np.ndarray]) -> bytes:
    """A PDF as a scanner makes it: each page one JPEG."""
    return pdf_of_jpegs([(jpeg(grey), grey.shape[1], grey.shape[0]) for grey in pages])


def pdf_of_jpegs(pages: Sequence[tuple[bytes, int, int]]) -> bytes:
    """The same from JPEG files with their widths and heights."""
    kids = b" ".join(b"%d 0 R" % (3 + 3 * number) for number in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
    ]
    for number, (content, width, height) in enumerate(pages):
        first = 3 + 3 * number
        size = b"/Type/XObject/Subtype/Image/Width %d/Height %d" % (width, height)
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</XObject<</I %d 0 R>>>>>>" % (first + 1, first + 2),
            stream(b"", COVERING),
            stream(size + GREY_JPEG, content),
        ]
    return pdf_of(objects)


# ---- zip ----------------------------------------------------------------------------------------


def zipped(members: Sequence[tuple[str, bytes]]) -> bytes:
    """A zip; names may come twice, or lead anywhere."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return file.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """A PNG whose head claims a size that its content does not have."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def jpeg_claiming(width: int, height: int) -> bytes:
    """A JPEG whose frame claims another size."""
    content = bytearray(jpeg(page()))
    at = content.index(b"\xff\xc0")
    content[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(content)


def tiff_claiming(width: int, height: int) -> bytes:
    """A TIFF whose directory claims another size."""
    content = endless_tiff(1)
    return content.replace(
        struct.pack("<HHII", 256, 4, 1, 1), struct.pack("<HHII", 256, 4, 1, width)
    ).replace(struct.pack("<HHII", 257, 4, 1, 1), struct.pack("<HHII", 257, 4, 1, height))
