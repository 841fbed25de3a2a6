"""Drawings are printed in their place, once for many copies, and with nothing but what they say."""

import numpy as np
import pypdfium2
import pytest
import zxingcpp

from pingyi.documents.drawings import Copy, Drawing, Fill, Line, Pen, Squares, Words
from pingyi.documents.placed import placed_pdf
from pingyi.documents.qr import qr_rows
from tests.documents_reading import pdf_pages

DPI = 254  # ten pixels a millimetre
WIDE, HIGH = 80.0, 60.0


def pixels(pdf: bytes, page: int = 0) -> np.ndarray:
    file = pypdfium2.PdfDocument(pdf)
    try:
        return np.asarray(file[page].render(scale=DPI / 72).to_pil().convert("L"))
    finally:
        file.close()


def drawn(**pieces: object) -> np.ndarray:
    drawing = Drawing(WIDE, HIGH, **pieces)  # type: ignore[arg-type]
    return pixels(placed_pdf("图", [drawing], [Copy(0)]))


def ink(page: np.ndarray) -> tuple[float, float, float, float]:
    """Left, top, right and lower edge of what is black, in mm."""
    rows, columns = np.nonzero(page < 128)
    left, right, top, low = columns.min(), columns.max() + 1, rows.min(), rows.max() + 1
    return (left / 10, top / 10, right / 10, low / 10)


def test_the_paper_is_as_large_as_its_drawing_and_white() -> None:
    page = drawn()
    assert page.shape == pytest.approx((HIGH * 10, WIDE * 10), abs=2)
    assert page.min() == 255


def test_a_rule_lies_on_the_middle_of_its_width_and_covers_its_ends() -> None:
    page = drawn(lines=(Line(10, 20, 70, 20, 0.6),))
    assert ink(page) == pytest.approx((9.7, 19.7, 70.3, 20.3), abs=0.11)


def test_a_rectangle_is_filled_where_it_stands() -> None:
    page = drawn(fills=(Fill(12, 8, 5, 3),))
    assert ink(page) == pytest.approx((12, 8, 17, 11), abs=0.11)
    assert page[85:105, 125:165].max() < 10


def test_a_pen_goes_through_its_points() -> None:
    page = drawn(pens=(Pen(((10, 10), (30, 40), (60, 15)), 0.8),))
    for x, y in ((10, 10), (30, 40), (60, 15), (20, 25), (45, 27.5)):
        assert page[int(y * 10) - 2 : int(y * 10) + 2, int(x * 10) - 2 : int(x * 10) + 2].min() < 50


def test_black_modules_join_without_a_hairline() -> None:
    page = drawn(squares=(Squares(10, 10, 30, ("110", "110", "001")),))
    assert page[105:295, 105:295].max() < 10
    assert page[105:295, 305:395].min() > 245
    assert page[305:395, 305:395].max() < 10
    assert ink(page) == pytest.approx((10, 10, 40, 40), abs=0.11)


@pytest.mark.parametrize("text", ["PY1:annex5:ABCDEF", "王建国 https://example.cn/?a=1&b=2"])
def test_a_qr_that_is_printed_can_be_read(text: str) -> None:
    page = drawn(squares=(Squares(10, 10, 30, qr_rows(text)),))
    [found] = zxingcpp.read_barcodes(page)
    assert found.text == text
    assert found.ec_level == "Q", "a stain of a quarter is forgiven"


def test_a_qr_is_square_framed_and_as_small_as_it_can_be() -> None:
    rows = qr_rows("A" * 10)
    assert len(rows) == len(rows[0]) == 21
    assert set("".join(rows)) == {"0", "1"}
    assert rows[0][:7] == rows[0][-7:] == rows[-1][:7] == "1111111"
    assert len(qr_rows("A" * 100)) > 21
    assert len(qr_rows("A" * 100, level="L")) < len(qr_rows("A" * 100, level="H"))


@pytest.mark.parametrize(
    ("side", "least", "most"), [("left", 10, 12), ("center", 25, 31), ("right", 40, 46)]
)
def test_words_stand_at_their_side_and_in_the_middle_of_the_height(
    side: str, least: float, most: float
) -> None:
    page = drawn(words=(Words(10, 20, 40, 20, "国国", 10, align=side),))  # type: ignore[arg-type]
    left, top, right, low = ink(page)
    assert least <= left <= most
    assert right - left == pytest.approx(7, abs=0.6)
    assert (top + low) / 2 == pytest.approx(30, abs=0.5)


def test_words_end_their_lines_where_the_author_did() -> None:
    one = ink(drawn(words=(Words(10, 10, 60, 40, "国国", 12),)))
    two = ink(drawn(words=(Words(10, 10, 60, 40, "国\n国", 12),)))
    far = ink(drawn(words=(Words(10, 10, 60, 40, "国\n国", 12, leading=1.0),)))
    assert two[2] - two[0] < (one[2] - one[0]) * 0.6
    assert one[3] - one[1] < two[3] - two[1] < far[3] - far[1]


def test_words_are_text_that_can_be_found_and_never_a_command() -> None:
    text = '#panic("x") $a$ *b* 王\x07䶮'
    made = placed_pdf("图", [Drawing(WIDE, HIGH, words=(Words(2, 2, 76, 20, text),))], [Copy(0)])
    assert text.replace("\x07", "") in pdf_pages(made)[0].replace("\r\n", " ")


def test_every_copy_is_a_page_with_its_drawing_and_what_only_it_has() -> None:
    drawings = [
        Drawing(WIDE, HIGH, words=(Words(5, 5, 70, 10, "第一页"),)),
        Drawing(HIGH, WIDE, words=(Words(5, 5, 50, 10, "第二页"),)),
    ]
    copies = [
        Copy(number % 2, words=(Words(5, 40, 50, 10, f"ID-{number}"),)) for number in range(5)
    ]
    made = placed_pdf("图", drawings, copies)
    pages = pdf_pages(made)
    assert ["第一页" in page for page in pages] == [True, False, True, False, True]
    assert [f"ID-{number}" in page for number, page in enumerate(pages)] == [True] * 5
    assert pixels(made, 1).shape == pytest.approx((WIDE * 10, HIGH * 10), abs=2)


def test_every_copy_has_squares_of_its_own() -> None:
    copies = [Copy(0, squares=(Squares(10, 10, 30, qr_rows(f"PY1:{at}")),)) for at in range(3)]
    made = placed_pdf("图", [Drawing(WIDE, HIGH)], copies)
    found = [zxingcpp.read_barcodes(pixels(made, page))[0].text for page in range(3)]
    assert found == ["PY1:0", "PY1:1", "PY1:2"]


def test_a_thousand_copies_hold_their_drawing_once() -> None:
    """A heavy drawing adds as little to each further copy as an empty one."""
    words = tuple(Words(2, 2 + at, 76, 1, f"第{at}行文字甲乙丙丁", 3) for at in range(50))

    def each_further(drawing: Drawing) -> float:
        few, many = (len(placed_pdf("图", [drawing], [Copy(0)] * of)) for of in (10, 1010))
        return (many - few) / 1000

    empty = each_further(Drawing(WIDE, HIGH))
    assert each_further(Drawing(WIDE, HIGH, words=words)) == pytest.approx(empty, abs=20)


def test_the_same_copies_give_the_same_bytes() -> None:
    drawing = Drawing(WIDE, HIGH, words=(Words(2, 2, 70, 10, "名单"),))
    assert placed_pdf("图", [drawing], [Copy(0)]) == placed_pdf("图", [drawing], [Copy(0)])


def test_a_box_stands_for_a_character_no_font_has(embedded: None) -> None:
    drawing = Drawing(WIDE, HIGH, words=(Words(2, 2, 70, 10, "王\ue863"),))
    assert pdf_pages(placed_pdf("图", [drawing], [Copy(0)])) == ["王□"]


def test_names_belong_into_the_drawing_where_missing_characters_are_noticed() -> None:
    with pytest.raises(ValueError, match="codes in ASCII"):
        Copy(0, words=(Words(0, 0, 10, 5, "王"),))


def test_the_file_carries_its_title_and_no_time() -> None:
    file = pypdfium2.PdfDocument(placed_pdf("评\x00议表", [Drawing(WIDE, HIGH)], [Copy(0)]))
    assert file.get_metadata_value("Title") == "评议表"
    assert not file.get_metadata_value("CreationDate")
    file.close()
