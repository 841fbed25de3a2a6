"""What the engine makes of a whole page: straight, turned, torn, stained, covered, foreign."""

import cv2
import numpy as np
import pytest
import segno

from pingyi.paper.omr import placing, registration
from pingyi.paper.omr.forms import form_page
from pingyi.paper.omr.ink import Ink
from pingyi.paper.omr.page import Reader
from pingyi.paper.omr.placing import Placing
from pingyi.paper.omr.strokes import strokes_of
from tests.paper.engine.conftest import PER_MM, Ticked, covered, page, ticked, turned

CORNERS = {
    "top left": (0, 0, 16, 16), "top right": (195, 0, 210, 16),
    "bottom right": (195, 282, 210, 297), "bottom left": (0, 282, 16, 297),
}  # fmt: skip


def test_a_clean_sheet_is_read_as_it_was_meant(sheet: Ticked, reader: Reader) -> None:
    found = reader.read(page(sheet.grey))
    assert (found.status, found.reason, found.ballot) == ("read", None, sheet.ballot)
    assert (found.k, found.of, found.rotation, found.layout) == (1, 1, 0, sheet.layout.hash)
    assert found.resolution == pytest.approx(PER_MM * 25.4, abs=2)
    assert len(found.items) == 120
    assert len(found.ink) == 480
    assert not sheet.wrong(found)
    assert sum(one.state == "accepted" for one in found.items) >= 112


def test_annex_4_is_read_too(reader: Reader) -> None:
    sheet = ticked("annex4", 0, 0, 3)
    found = reader.read(page(sheet.grey))
    assert [one.row for one in found.items] == [None] * 5
    assert not sheet.wrong(found)
    assert any(one.state == "accepted" for one in found.items)


def test_two_ticks_and_a_corrected_one_are_questions(sheet: Ticked, reader: Reader) -> None:
    found = {(one.row, one.item): one for one in reader.read(page(sheet.grey)).items}
    odd = [key for key, kind in sheet.filled.incident.items() if kind in {"two", "corrected"}]
    assert odd
    assert all(found[key].state == "doubtful" for key in odd)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_turned_page_gives_the_same_items(sheet: Ticked, reader: Reader, quarters: int) -> None:
    found = reader.read(page(np.rot90(sheet.grey, quarters)))
    assert found.rotation == 360 - 90 * quarters
    straight = reader.read(page(sheet.grey))
    assert [one.marked for one in found.items] == [one.marked for one in straight.items]


@pytest.mark.parametrize("degrees", [-5, 3, 5])
def test_a_skewed_page_is_read(sheet: Ticked, reader: Reader, degrees: int) -> None:
    found = reader.read(page(turned(sheet.grey, degrees)))
    assert found.skew == pytest.approx(-degrees, abs=0.2)
    assert found.ballot == sheet.ballot
    assert not sheet.wrong(found)
    assert sum(one.state == "accepted" for one in found.items) >= 110


@pytest.mark.parametrize("gone", [1, 2, 3, 4])
def test_a_sheet_that_lost_markers_is_found_by_the_rest_and_its_qr(
    sheet: Ticked, reader: Reader, gone: int
) -> None:
    boxes = [CORNERS[name] for name in ("bottom left", "bottom right", "top left", "top right")]
    found = reader.read(page(covered(sheet.grey, *boxes[:gone])))
    assert (found.status, found.ballot) == ("read", sheet.ballot)
    assert not sheet.wrong(found)
    assert sum(one.state == "accepted" for one in found.items) >= 110


def test_a_stain_over_the_qr_leaves_a_page_of_questions(sheet: Ticked, reader: Reader) -> None:
    stained = sheet.grey.copy()
    cv2.circle(stained, (183 * PER_MM, 17 * PER_MM), 9 * PER_MM, 40, -1)
    found = reader.read(page(stained))
    assert (found.status, found.reason, found.ballot) == ("read", "qr_unreadable", None)
    assert {(one.state, one.reason) for one in found.items} == {("doubtful", "no_ballot")}
    assert any(one.marked for one in found.items)


def test_a_stained_sheet_whose_form_is_not_certain_is_named(sheet: Ticked) -> None:
    layouts = [sheet.layout, ticked("annex5", 31, 0, 1).layout]
    stained = covered(sheet.grey, (172, 5, 193, 27), value=40)
    assert Reader(layouts).read(page(stained)).reason == "qr_unreadable"


@pytest.mark.parametrize("axis", [0, 1])
def test_a_mirrored_page_is_named(sheet: Ticked, reader: Reader, axis: int) -> None:
    found = reader.read(page(np.flip(sheet.grey, axis)))
    assert (found.status, found.reason) == ("rejected", "mirrored")


def test_the_back_of_a_sheet_is_blank_though_ink_shines_through(
    sheet: Ticked, reader: Reader
) -> None:
    behind = cv2.GaussianBlur(np.ascontiguousarray(sheet.grey[:, ::-1]), (0, 0), 2.5)
    shining = 255 - (255 - behind.astype(np.float32)) * 0.08
    assert reader.read(page(shining.astype(np.uint8))).reason == "blank_page"


def test_other_papers_are_named(sheet: Ticked, reader: Reader) -> None:
    letter = np.full_like(sheet.grey, 250)
    for line in range(200, 2200, 40):
        cv2.putText(letter, "Dear Sir or Madam " * 4, (100, line), 0, 0.8, 20, 2)
    assert reader.read(page(letter)).reason == "no_markers"
    code = np.array([list(row) for row in segno.make("https://example.org").matrix], np.uint8)
    large = np.kron(1 - code, np.full((8, 8), 255, np.uint8)).astype(np.uint8)
    letter[60 : 60 + large.shape[0], 60 : 60 + large.shape[1]] = large
    assert reader.read(page(letter)).reason == "unknown_form"


def test_a_sheet_of_another_box_is_named_with_its_ballot(sheet: Ticked) -> None:
    found = Reader([ticked("annex5", 20, 0, 1).layout]).read(page(sheet.grey))
    assert (found.reason, found.ballot, found.items) == ("other_layout", sheet.ballot, ())


@pytest.mark.parametrize(("right", "down"), [(300, 500), (60, 900), (-200, 1200), (500, 0)])
def test_two_sheets_that_overlap_are_rejected(
    sheet: Ticked, other_sheet: Ticked, reader: Reader, right: int, down: int
) -> None:
    height, width = sheet.grey.shape
    both = sheet.grey.copy()
    left, wide = max(0, right), width - abs(right)
    part = other_sheet.grey[: height - down, max(0, -right) : max(0, -right) + wide]
    both[down:, left : left + wide] = part
    found = reader.read(page(both))
    assert found.reason in {"overlapping_sheets", "poor_registration"}
    assert not found.items


def test_a_note_on_the_table_makes_questions_of_what_it_hides(
    sheet: Ticked, reader: Reader
) -> None:
    hidden = covered(sheet.grey, (60, 120, 150, 200), value=245)
    found = reader.read(page(hidden))
    assert found.status == "read"
    assert not sheet.wrong(found)
    assert sum(one.reason == "poor_registration" for one in found.items) >= 12


@pytest.mark.parametrize(("right", "down"), [(10.0, 0.0), (0.0, -8.16), (-10.0, 8.16)])
def test_a_table_taken_one_row_or_column_off_is_noticed(
    sheet: Ticked, right: float, down: float
) -> None:
    form = form_page(sheet.layout, sheet.layout.pages[0])
    matrix = np.array([[PER_MM, 0, right * PER_MM], [0, PER_MM, down * PER_MM], [0, 0, 1.0]])
    off = registration.registered(sheet.grey, 255.0, form.pieces, Placing(matrix, 0.0, 4))
    assert off.agreement > 0.8, "most rules fit all the same"
    assert not off.is_anchored
    true = Placing(np.diag([PER_MM, PER_MM, 1.0]), 0.0, 4)
    assert registration.registered(sheet.grey, 255.0, form.pieces, true).is_anchored


def test_a_page_of_which_the_scanner_lost_a_row_is_not_read(sheet: Ticked, reader: Reader) -> None:
    """All below moves up, the lower markers too: rows would be taken for their neighbours."""
    cells = sheet.layout.pages[0].cells
    row = cells[0].h * PER_MM
    for share in (0.2, 0.35, 0.6):
        at = round((cells[0].y + share * 200) * PER_MM)
        for lost in (round(row), round(0.6 * row), round(2 * row)):
            short = np.delete(sheet.grey, slice(at, at + lost), axis=0)
            found = reader.read(page(short))
            assert not sheet.wrong(found), (share, lost)
            assert found.status == "rejected"


def test_paper_that_bends_by_a_row_is_not_read(sheet: Ticked, reader: Reader) -> None:
    tall, wide = sheet.grey.shape
    y, x = np.mgrid[0:tall, 0:wide].astype(np.float32)
    for millimetres in (7.4, 9.4, -9.4):
        bow = np.sin(np.pi * y / tall).astype(np.float32) * np.float32(millimetres * PER_MM)
        bent = cv2.remap(sheet.grey, x, y + bow, cv2.INTER_LINEAR, borderValue=255)
        found = reader.read(page(bent))
        assert not sheet.wrong(found)
        assert found.reason == "poor_registration"


def test_what_a_note_hides_is_never_taken_for_blank(sheet: Ticked, reader: Reader) -> None:
    rng = np.random.default_rng(8)
    for _ in range(12):
        x, y = int(rng.integers(30, 150)), int(rng.integers(50, 230))
        wide, tall = int(rng.integers(12, 50)), int(rng.integers(9, 30))
        found = reader.read(page(covered(sheet.grey, (x, y, x + wide, y + tall), value=250)))
        assert not sheet.wrong(found), (x, y, wide, tall)


def test_a_word_in_a_cell_is_a_question(sheet: Ticked, reader: Reader) -> None:
    """Two characters as many people write them, instead of the first mark of the page."""
    key = next(key for key, meant in sheet.filled.meant.items() if not sheet.filled.incident[key])
    x, y = np.round(sheet.pen_in(*key).mean(axis=0)).astype(int).tolist()
    grey = covered(sheet.grey, (x - 5, y - 3, x + 5, y + 3), value=255)
    character = ((0, -1.6, 2, -1.6), (0, 0, 2, 0), (1, -2, 1, 2), (0, 1.8, 2, 1.6))
    for across in (-2.2, 0.4):
        for x1, y1, x2, y2 in character:
            ends = np.array([[x + across + x1, y + y1], [x + across + x2, y + y2]])
            start, end = np.round(ends * PER_MM).astype(int).tolist()
            cv2.line(grey, start, end, 60, 3, cv2.LINE_AA)
    found = next(one for one in reader.read(page(grey)).items if (one.row, one.item) == key)
    assert found.state == "doubtful"


def test_bold_crosses_are_no_blacked_out_cells(sheet: Ticked) -> None:
    """Though thin remains of the rules make the pen look thinner than it is."""
    form = form_page(sheet.layout, sheet.layout.pages[0])
    table = form.table
    drawn = np.zeros((table.height, table.width), np.uint8)
    drawn[(table.fringe > 0) & (np.indices(drawn.shape)[0] % 7 == 0)] = 1
    for cell in form.page.cells[::4]:
        x, y = (cell.x - table.left) * 6, (cell.y - table.top) * 6
        for start, end in (((15, 10), (45, 32)), ((45, 10), (15, 32))):
            ends = [(round(x + right), round(y + down)) for right, down in (start, end)]
            cv2.line(drawn, *ends, 1, 8)
    darkness = np.where(drawn > 0, 200, 0).astype(np.uint8)
    ink = Ink(darkness, drawn, np.zeros_like(drawn), 20.0, 1.0, 0.0)
    found = strokes_of(ink, table, len(form.page.cells))
    assert (found.owner >= 0).sum() > 40
    assert not found.solid.any()


def test_two_sheets_one_below_the_other_are_named(sheet: Ticked, reader: Reader) -> None:
    small = cv2.resize(sheet.grey, None, fx=0.9, fy=0.9, interpolation=cv2.INTER_AREA)
    between = np.full((200, small.shape[1]), 255, np.uint8)
    both = np.vstack([small, between, small])
    assert reader.read(page(both)).reason == "overlapping_sheets"


def test_a_page_in_black_and_white_asks_about_every_blank(sheet: Ticked, reader: Reader) -> None:
    black_and_white = np.where(sheet.grey > 140, 255, 0).astype(np.uint8)
    found = reader.read(page(black_and_white, bilevel=True))
    assert found.kind == "bilevel"
    assert not sheet.wrong(found)
    assert not [one for one in found.items if not one.marked and one.state == "accepted"]


def test_ticks_that_touch_across_a_rule_are_read_each_for_its_row(
    sheet: Ticked, reader: Reader
) -> None:
    joined, rows = sheet.grey.copy(), (2, 3, 6, 7)
    for row in (2, 6):
        ends = [sheet.pen_in(one, "service").mean(axis=0) for one in (row, row + 1)]
        first, second = [(int(x), int(y)) for x, y in np.array(ends) * PER_MM]
        cv2.line(joined, first, second, 40, 2)
    found = reader.read(page(joined))
    assert not sheet.wrong(found)
    items = [one for one in found.items if one.item == "service" and one.row in rows]
    assert [one.reason for one in items] == [None] * 4


def test_a_line_down_a_column_is_a_question_in_every_row(sheet: Ticked, reader: Reader) -> None:
    lined = sheet.grey.copy()
    cv2.line(lined, (40 * PER_MM, 60 * PER_MM), (41 * PER_MM, 200 * PER_MM), 30, 4)
    found = reader.read(page(lined))
    asked = [one for one in found.items if one.item == "commitments" and 3 <= (one.row or 0) <= 18]
    assert {one.state for one in asked} == {"doubtful"}


def test_quarter_turns_and_skew_make_up_the_turn() -> None:
    for angle in (-179.0, -91.0, -3.0, 0.0, 44.0, 89.0, 178.0):
        quarters = placing.quarter_turns(angle)
        assert (quarters + placing.skew(angle) - angle) % 360 == pytest.approx(0)


@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (2000, 3), (40, 40), (300, 20000), (1, 9000)])
def test_pictures_of_any_size_are_answered(reader: Reader, size: tuple[int, int]) -> None:
    rng = np.random.default_rng(1)
    for picture in (np.zeros(size), np.full(size, 255), rng.integers(0, 256, size)):
        found = reader.read(page(picture.astype(np.uint8)))
        assert found.status == "rejected"
