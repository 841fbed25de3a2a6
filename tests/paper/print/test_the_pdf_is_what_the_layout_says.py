"""Rendered pages measured against LAYOUT: a reader may believe every number in it."""

import cv2
import numpy as np
import pytest
import zxingcpp

from pingyi.paper.omr.codes import parse
from pingyi.paper.omr.layout import Page
from pingyi.paper.rules import Sheets
from tests.paper_pages import Scan, ballots, scans, sheets_for

WHITE, BLACK = 250, 90
MEMBERS = "chuangxian-2011/annex5"


def pages(sheets: Sheets, scanned: list[Scan]) -> list[tuple[Page, Scan]]:
    return list(zip(sheets.layout.pages, scanned, strict=True))


def markers(scan: Scan) -> dict[int, np.ndarray]:
    """Corners of the markers found, in mm."""
    wanted = cv2.aruco.DetectorParameters()
    wanted.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    dictionary = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    corners, ids, _ = cv2.aruco.ArucoDetector(dictionary, wanted).detectMarkers(scan.pixels)
    return {
        int(id_): (found.reshape(4, 2) + 0.5) / scan.at(1)
        for id_, found in zip(ids.ravel(), corners, strict=True)
    }


def test_the_paper_has_the_size_of_the_layout(sheets: Sheets, scanned: list[Scan]) -> None:
    for page, scan in pages(sheets, scanned):
        high, wide = scan.pixels.shape
        assert wide == pytest.approx(scan.at(page.width), abs=1)
        assert high == pytest.approx(scan.at(page.height), abs=1)


def test_every_rule_is_black_from_end_to_end(sheets: Sheets, scanned: list[Scan]) -> None:
    for page, scan in pages(sheets, scanned):
        for x1, y1, x2, y2 in page.lines:
            along = np.linspace(0, 1, 400)
            x = np.floor(scan.at(x1 + (x2 - x1) * along)).astype(int)
            y = np.floor(scan.at(y1 + (y2 - y1) * along)).astype(int)
            assert scan.pixels[y, x].max() < BLACK, (page.page, x1, y1, x2, y2)


def test_every_cell_is_white_inside(sheets: Sheets, scanned: list[Scan]) -> None:
    for page, scan in pages(sheets, scanned):
        for cell in page.cells:
            inside = scan.box(cell.x + 0.4, cell.y + 0.4, cell.w - 0.8, cell.h - 0.8)
            assert inside.min() > WHITE, (page.page, cell)


def test_a_cell_reaches_from_rule_to_rule(sheets: Sheets) -> None:
    for page in sheets.layout.pages:
        across = {x1 for x1, _, x2, _ in page.lines if x1 == x2}
        down = {y1 for _, y1, _, y2 in page.lines if y1 == y2}
        for cell in page.cells:
            edges = [round(cell.x, 2), round(cell.x + cell.w, 2)]
            assert all(min(abs(x - edge) for x in across) < 0.011 for edge in edges)
            edges = [round(cell.y, 2), round(cell.y + cell.h, 2)]
            assert all(min(abs(y - edge) for y in down) < 0.011 for edge in edges)


def test_no_text_touches_a_rule(sheets: Sheets, scanned: list[Scan]) -> None:
    for drawing, scan in zip(sheets.drawings, scanned, strict=True):
        rules, near = np.zeros_like(scan.pixels), np.zeros_like(scan.pixels)
        for line in drawing.lines:
            for mask, more in ((rules, 0.1), (near, 0.2)):
                reach = line.width / 2 + more
                left, right = scan.at(line.x1 - reach), scan.at(line.x2 + reach)
                top, low = scan.at(line.y1 - reach), scan.at(line.y2 + reach)
                mask[round(top) : round(low) + 1, round(left) : round(right) + 1] = 1
        beside = (near == 1) & (rules == 0)
        dark = np.argwhere(beside & (scan.pixels < 160)) / scan.at(1)
        assert len(dark) == 0, dark[:5]


def test_markers_are_found_where_the_layout_says(sheets: Sheets, scanned: list[Scan]) -> None:
    for page, scan in pages(sheets, scanned):
        found = markers(scan)
        assert sorted(found) == [0, 1, 2, 3] == [marker.id for marker in page.markers]
        for marker in page.markers:
            assert np.abs(found[marker.id] - np.array(marker.corners)).max() < 0.1


def test_the_qr_of_every_page_names_layout_ballot_and_page(
    sheets: Sheets, scanned: list[Scan]
) -> None:
    seen = set()
    for page, scan in pages(sheets, scanned):
        (code,) = zxingcpp.read_barcodes(scan.pixels, formats=zxingcpp.BarcodeFormat.QRCode)
        says = parse(code.text)
        assert says is not None
        assert (says.layout, says.page, says.of) == (sheets.layout.short, page.page, page.of)
        seen.add(says.ballot)
        corner = code.position.top_left
        assert (corner.x / scan.at(1), corner.y / scan.at(1)) == pytest.approx(
            (page.qr.x, page.qr.y), abs=0.3
        )
    assert len(seen) == 1


def test_the_qr_fills_its_place_and_has_white_around_it(
    sheets: Sheets, scanned: list[Scan]
) -> None:
    for page, scan in pages(sheets, scanned):
        qr, dark = page.qr, scan.pixels < 128
        ys, xs = np.nonzero(dark[: int(scan.at(qr.y + qr.h + 2.4)), int(scan.at(qr.x - 2.4)) :])
        inside = xs < scan.at(qr.w + 2.4 + 1.5)
        left = (xs[inside].min() + int(scan.at(qr.x - 2.4))) / scan.at(1)
        right = (xs[inside].max() + 1 + int(scan.at(qr.x - 2.4))) / scan.at(1)
        assert (left, right) == pytest.approx((qr.x, qr.x + qr.w), abs=0.1)
        top, low = ys[inside].min() / scan.at(1), (ys[inside].max() + 1) / scan.at(1)
        assert (top, low) == pytest.approx((qr.y, qr.y + qr.h), abs=0.1)


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_no_hairline_shows_between_modules(dpi: int) -> None:
    (scan,) = scans(ballots(sheets_for(MEMBERS, 20)), dpi)
    edge = 25.4 / dpi
    for x, y in ((6, 6), (196, 6), (196, 283), (6, 283)):
        band = 8 / 6 - 2 * edge
        assert scan.box(x + edge, y + edge, 8 - 2 * edge, band).max() < 10
        assert scan.box(x + edge, y + edge, band, 8 - 2 * edge).max() < 10
    module = 19 / 29
    finder = scan.box(173 + edge, 7 + edge, 7 * module - 2 * edge, module - 2 * edge)
    assert finder.size == 0 or finder.max() < 10


def test_every_ballot_has_an_id_of_its_own() -> None:
    sheets = sheets_for(MEMBERS, 40)
    seen = []
    for scan in scans(ballots(sheets, copies=6), 200):
        (code,) = zxingcpp.read_barcodes(scan.pixels, formats=zxingcpp.BarcodeFormat.QRCode)
        seen.append(parse(code.text))
    assert [(one.page, one.of) for one in seen if one] == [(1, 2), (2, 2)] * 6
    ids = [one.ballot for one in seen if one]
    assert ids[0::2] == ids[1::2]
    assert len(set(ids)) == 6
