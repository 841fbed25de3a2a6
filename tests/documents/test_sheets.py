"""From a layout to a ruled sheet: every cell in its place, every width and height on the paper."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingyi.documents.layouts import (
    BlankBallot,
    BlankRosterBallot,
    Box,
    Column,
    Layout,
    LedgerTable,
    PaperTable,
    TableBlock,
    TableRow,
)
from pingyi.documents.sheets import (
    CIRCLED,
    Grid,
    GridCell,
    numbered,
    pair_lines,
    pair_rooms,
    shares,
    sheet_of,
)
from tests.documents_samples import annex_1, annex_4, annex_5, every_layout, ledger

LAYOUTS = pytest.mark.parametrize("layout", every_layout(), ids=lambda layout: layout.title)
LABELS = st.sampled_from([("数",), ("甲", "一"), ("甲", "二"), ("乙", "一"), ("乙",)])


def covered(grid: Grid) -> list[tuple[int, int]]:
    """Every place of the grid as often as a cell covers it."""
    return [
        (y + down, x + right)
        for y, x, cell in grid.placed()
        for down in range(cell.rows)
        for right in range(cell.columns)
    ]


def places(grid: Grid) -> list[tuple[int, int]]:
    return [(y, x) for y in range(len(grid.lines)) for x in range(len(grid.widths))]


@LAYOUTS
def test_every_place_of_the_grid_is_covered_once(layout: Layout) -> None:
    grid = sheet_of(layout).grid
    assert sorted(covered(grid)) == places(grid)
    assert len(grid.heights) == len(grid.lines)


@given(st.lists(LABELS, min_size=1, max_size=8), st.integers(1, 4), st.integers(1, 3))
def test_whatever_labels_rows_have_their_figures_stay_in_their_columns(
    labels: list[tuple[str, ...]], columns: int, blocks: int
) -> None:
    rows = tuple(
        TableRow(label, tuple(range(at * 10, at * 10 + columns))) for at, label in enumerate(labels)
    )
    block = TableBlock(tuple("栏" * columns), rows)
    grid = sheet_of(PaperTable("表", (block,) * blocks)).grid
    assert sorted(covered(grid)) == places(grid)
    levels = len(grid.widths) - columns
    for y, x, cell in grid.placed():
        if cell.kind == "figure":
            row = (y % (len(rows) + 1)) - 1
            assert cell.value == row * 10 + x - levels


@LAYOUTS
def test_a_sheet_is_as_wide_as_the_text_area(layout: Layout) -> None:
    sheet = sheet_of(layout)
    assert sum(sheet.grid.widths) == pytest.approx(sheet.text_width, abs=0.1)
    assert all(width > 0 for width in sheet.grid.widths)


@LAYOUTS
def test_a_form_is_not_higher_than_the_text_area(layout: Layout) -> None:
    sheet = sheet_of(layout)
    page = 210 if sheet.orientation == "landscape" else 297
    assert sum(sheet.grid.heights) < page - sheet.margins.top - sheet.margins.bottom


def test_the_text_area_is_that_of_the_standard() -> None:
    """GB/T 9704-2012: 156 × 225 mm; a table on its side is bound at the top."""
    upright = sheet_of(annex_4())
    assert upright.text_width == 156
    assert 297 - upright.margins.top - upright.margins.bottom == 225
    turned = sheet_of(annex_1())
    assert (turned.text_width, turned.margins.top) == (225, 28)
    assert 210 - turned.margins.top - turned.margins.bottom == 156


def test_blocks_of_fewer_columns_are_filled_up() -> None:
    wide = TableBlock(("甲", "乙", "丙"), (TableRow(("数",), (1, 2, 3)),))
    narrow = TableBlock(("丁",), (TableRow(("数",), (4,)),), heading="其他")
    grid = sheet_of(PaperTable("表", (wide, narrow))).grid
    assert [[cell.value for cell in line] for line in grid.lines] == [
        ["类别", "甲", "乙", "丙"],
        ["数", 1, 2, 3],
        ["其他", "丁", "", ""],
        ["数", 4, None, None],
    ]


def test_labels_are_as_wide_as_they_need_within_reason() -> None:
    def label_width(text: str) -> float:
        block = TableBlock(("甲",), (TableRow((text,), (1,)),))
        return sheet_of(PaperTable("表", (block,))).grid.widths[0]

    assert label_width("数") == 26
    assert 26 < label_width("已被点评党组织总数") < 50
    assert label_width("很长的标签" * 10) == 50


def test_headings_of_many_lines_get_higher_rows() -> None:
    def head_height(name: str) -> float:
        block = TableBlock((name, *"乙丙丁戊己庚"), (TableRow(("数",), tuple(range(7))),))
        return sheet_of(PaperTable("表", (block,))).grid.heights[0]

    assert head_height("甲") == 12
    assert head_height("省级机关部门党组(党委)领导班子成员和其他党员领导干部") > 15


def test_boxes_share_what_is_left_of_the_page() -> None:
    sheet = sheet_of(annex_4())
    first, second = sheet.grid.heights[-2:]
    assert first / second == pytest.approx(1.4, abs=0.01)
    more = sheet_of(replace(annex_4(), items=("一", "二", "三", "四", "五")))
    assert sum(more.grid.heights[-2:]) == pytest.approx(first + second - 28, abs=0.1)


def test_boxes_keep_room_to_write_however_many_items_there_are() -> None:
    layout = replace(annex_4(), items=("项目",) * 20)
    assert sum(sheet_of(layout).grid.heights[-2:]) == pytest.approx(60, abs=0.1)


@pytest.mark.parametrize(
    ("label", "shown"),
    [("意见", "意见\uff1a"), ("意见\uff1a", "意见\uff1a"), ("意见:", "意见:"), ("", "")],
)
def test_the_label_of_a_box_ends_in_one_colon(label: str, shown: str) -> None:
    layout = BlankBallot("表", ("项目",), ("好", "差"), boxes=(Box(label),))
    [box] = sheet_of(layout).grid.lines[-1]
    assert (box.value, box.kind, box.columns) == (shown, "write", 4)


def test_a_label_beside_its_box_stands_in_a_cell_of_its_own() -> None:
    layout = BlankBallot("表", ("项目",), ("好", "差"), boxes=(Box("整改", beside=True),))
    label, box = sheet_of(layout).grid.lines[-1]
    assert (label.value, label.kind) == ("整改", "label")
    assert (box.value, box.columns) == (None, 3)


def test_a_ballot_of_members_has_a_column_a_grade_under_each_item() -> None:
    layout = BlankRosterBallot("表", ("甲", "乙"), ("好", "中", "差"), ("王", "李"), blank_rows=1)
    grid = sheet_of(layout).grid
    assert grid.head_lines == 2
    assert [cell.columns for cell in grid.lines[0]] == [1, 3, 3]
    assert [cell.value for cell in grid.lines[1]] == ["好", "中", "差"] * 2
    assert [line[0].value for line in grid.lines[2:]] == ["王", "李", None]
    assert len(set(grid.widths[1:])) == 1
    assert min(grid.heights) > 8, "room for a hand that ticks"


def test_columns_of_a_ledger_share_the_width_as_they_ask() -> None:
    columns = (Column("甲", 1), Column("乙", 3, "right"), Column("丙", 4, "center"))
    sheet = sheet_of(LedgerTable("台账", columns, (("一", 2, None),), orientation="portrait"))
    assert sheet.grid.widths == pytest.approx((19.5, 58.5, 78))
    assert sheet.grid.lines[1] == (
        GridCell("一", "left"),
        GridCell(2, "right"),
        GridCell(None, "figure"),
    )
    assert sheet.filters
    assert shares([0, 0], 100) == (0, 0)


def test_what_is_no_layout_is_a_mistake() -> None:
    with pytest.raises(TypeError, match="not a layout"):
        sheet_of("表")


def test_several_notes_are_counted_unless_they_come_counted() -> None:
    assert numbered(()) == ()
    assert numbered(("只有一条",)) == ("只有一条",)
    assert numbered(("一", "二")) == ("①一", "②二")
    assert numbered(("①一", "②二")) == ("①一", "②二")
    many = numbered(tuple(str(number) for number in range(22)))
    assert many[19] == f"{CIRCLED[19]}19"
    assert many[20:] == ("20", "21")


def test_of_two_fields_the_first_is_wider() -> None:
    first, second = pair_rooms(2, 225)
    assert first / second == pytest.approx(1.7, abs=0.05)
    assert len(set(pair_rooms(3, 225))) == 1
    # 12 pt signs, 2.2 mm of padding a field, 6 mm between two.
    sign = 12 * 25.4 / 72
    assert sum(pair_rooms(3, 225)) * sign == pytest.approx(225 - 2 * 6 - 3 * 2.2)
    assert pair_rooms(1, 225)[0] > first + second


def test_fields_side_by_side_take_the_lines_of_the_longest() -> None:
    assert pair_lines((), 225) == 0
    assert pair_lines((("单位", "甲"), ("时间", "")), 225) == 1
    assert pair_lines((("单位", "甲"), ("时间", "很长" * 20)), 225) == 3
    assert pair_lines((("单位", "一\n二\n三"), ("时间", "")), 225) == 3


@pytest.mark.parametrize("layout", [annex_5(), ledger((1, "王", "一"))], ids=["names", "ledger"])
def test_a_list_uses_more_of_the_paper_than_a_form(layout: Layout) -> None:
    assert sheet_of(layout).text_width > sheet_of(annex_1()).text_width
    assert sheet_of(replace(layout, orientation="portrait")).text_width == 156
