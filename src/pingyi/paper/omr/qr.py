"""Reads the QR of a sheet: in its rectified place first, then anywhere in the image."""

from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp

from pingyi.paper.omr.codes import SheetCode, parse
from pingyi.paper.omr.images import Grey
from pingyi.paper.omr.layout import Page
from pingyi.paper.omr.markers import Points
from pingyi.paper.omr.placing import Placing

MARGIN_MM = 3.0
PIXELS_PER_MM = 8


@dataclass(frozen=True, slots=True)
class QrFound:
    """A QR in the image: what it says (None: not a sheet of ours) and its corners in pixels."""

    code: SheetCode | None
    corners: Points


def in_place(grey: Grey, page: Page, placing: Placing) -> SheetCode | None:
    """The code in the QR's place on the page; None where it cannot be read there."""
    box = page.qr
    size = round((max(box.w, box.h) + 2 * MARGIN_MM) * PIXELS_PER_MM)
    to_mm = np.array(
        [
            [1 / PIXELS_PER_MM, 0, box.x - MARGIN_MM],
            [0, 1 / PIXELS_PER_MM, box.y - MARGIN_MM],
            [0, 0, 1],
        ]
    )
    piece = cv2.warpPerspective(
        grey, placing.matrix @ to_mm, (size, size),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderValue=255,
    )  # fmt: skip
    codes = (one.code for one in anywhere(np.asarray(piece, np.uint8)))
    return next((code for code in codes if code is not None), None)


def anywhere(grey: Grey) -> list[QrFound]:
    """Every QR in an image, ours or not."""
    found = zxingcpp.read_barcodes(
        grey,
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
        try_invert=False,
        try_downscale=True,
    )
    return [QrFound(parse(one.text), _corners(one.position)) for one in found if one.valid]


def _corners(position: zxingcpp.Position) -> Points:
    four = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    return np.array([[point.x, point.y] for point in four], np.float32)
