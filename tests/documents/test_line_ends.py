"""Where labels are broken: good places on paper, and never a hard break in a cell (N11)."""

from io import BytesIO

import docx as word
import openpyxl
import pytest
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Mm

from pingyi.documents.docx import docx
from pingyi.documents.layouts import Layout
from pingyi.documents.measures import line_ends
from pingyi.documents.xlsx import xlsx
from tests.documents_samples import annex_1, annex_4, every_layout

LAYOUTS = pytest.mark.parametrize("layout", every_layout(), ids=lambda layout: layout.title)
CORNER = "选项\n项目"


@LAYOUTS
def test_no_cell_of_a_word_file_has_a_hard_break(layout: Layout) -> None:
    rows = word.Document(BytesIO(docx(layout))).tables[0].rows
    broken = {cell.text for row in rows for cell in row.cells if "\n" in cell.text}
    assert broken <= {CORNER}


@LAYOUTS
def test_a_workbook_wraps_by_itself(layout: Layout) -> None:
    page = openpyxl.load_workbook(BytesIO(xlsx(layout))).worksheets[0]
    texts = [cell for row in page.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert [cell.value for cell in texts if "\n" in cell.value and "选项" not in cell.value] == []
    ruled = [cell for cell in texts if cell.border.top.style]
    assert ruled
    assert all(cell.alignment.wrap_text for cell in ruled)


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("推进创先争优活动、兑现公开承诺情况", 14, ["推进创先争优活动、", "兑现公开承诺情况"]),
        ("推进活动、兑现公开承诺", 14, ["推进活动、兑现公开承诺"]),
        ("开展创先争优活动的基本评价", 10, ["开展创先争优活动的", "基本评价"]),
        ("省级机关部门党组(党委)书记", 6.9, ["省级机关部门", "党组(党委)书记"]),
        ("推动中心工作与重点任务完成情况", 14, ["推动中心工作与重点任务完成", "情况"]),
        ("不满意", 2, ["不满", "意"]),
    ],
)
def test_a_label_ends_its_lines_where_a_reader_pauses(
    text: str, room: float, lines: list[str]
) -> None:
    assert line_ends(text, room) == lines


def test_a_heading_has_lines_of_like_length() -> None:
    assert line_ends("其它基层党组织书记", 6, even=True) == ["其它基层党", "组织书记"]
    assert line_ends("中等职业学校和中小学", 7, even=True) == ["中等职业学校和", "中小学"]


def test_a_heading_whose_last_line_is_more_than_half_full_is_left_as_it_is() -> None:
    lines = ["省级机关部门", "党组(党委)领导", "班子成员"]
    assert line_ends("".join(lines), 6.9, even=True) == lines


def test_word_is_led_to_the_same_line_ends_by_a_narrower_paragraph() -> None:
    """The first item has room for 13 characters; 9 leave a pause at the end of the line."""
    item = word.Document(BytesIO(docx(annex_4()))).tables[0].rows[1].cells[0]
    left = item.width - Mm(1.5) - item.paragraphs[0].paragraph_format.right_indent
    character = Mm(12 * 25.4 / 72)
    assert 9 * character < left < 10 * character


def test_a_heading_that_breaks_well_by_itself_is_left_alone() -> None:
    cells = word.Document(BytesIO(docx(annex_1()))).tables[0].rows[0].cells
    assert cells[2].paragraphs[0].paragraph_format.left_indent is None


@LAYOUTS
def test_word_sets_lines_at_a_fixed_height_whatever_the_face(layout: Layout) -> None:
    document = word.Document(BytesIO(docx(layout)))
    cells = [cell for row in document.tables[0].rows for cell in row.cells]
    inside = [paragraph for cell in cells for paragraph in cell.paragraphs]
    for paragraph in [*document.paragraphs, *inside]:
        sizes = [run.font.size.pt for run in paragraph.runs if run.font.size]
        if sizes:
            assert paragraph.paragraph_format.line_spacing_rule == WD_LINE_SPACING.EXACTLY
            assert 1.2 < paragraph.paragraph_format.line_spacing.pt / max(sizes) < 1.4
