"""Where the headings of a list stand that follows no template, and what stands around them."""

from typing import Any

import pytest

from pingyi.documents.workbook_headings import top_of_list
from pingyi.documents.workbook_rows import explains
from pingyi.documents.workbooks import read_list
from tests.documents.incoming import Desk, excel

WORDS = ["姓名", "性别", "出生年月", "入党时间", "身份证号"]
TITLE = (1, ["某镇党员花名册", "", "", ""])


@pytest.mark.parametrize(
    ("rows", "merged", "number", "texts"),
    [
        ([TITLE, (2, ["序号", "姓名", "性别"])], [], 2, ["序号", "姓名", "性别"]),
        # Two rows that are read together, the upper one merged across.
        (
            [TITLE, (2, ["姓名", "基本情况", "", "备注"]), (3, ["", "性别", "出生年月", ""])],
            [(1, 1, 1, 4), (2, 2, 2, 3), (2, 1, 3, 1), (2, 4, 3, 4)],
            3,
            ["姓名", "性别", "出生年月", "备注"],
        ),
        # Half of a heading stands in each of them.
        (
            [(1, ["姓名", "入党", ""]), (2, ["", "时间", "介绍人"])],
            [(1, 2, 1, 3), (1, 1, 2, 1)],
            2,
            ["姓名", "入党时间", "入党介绍人"],
        ),
        # A second row says nothing that is known, but the first one reaches into it.
        (
            [(4, ["姓名", "联系方式", ""]), (5, ["", "手机", "固话"])],
            [(4, 1, 5, 1), (4, 2, 4, 3)],
            5,
            ["姓名", "联系方式手机", "联系方式固话"],
        ),
        # A row of the table is none of the headings.
        ([(1, ["姓名", "性别"]), (2, ["王", "男"])], [], 1, ["姓名", "性别"]),
        ([(1, ["姓名", "备注", "备注"])], [], 1, ["姓名", "备注", "备注(2)"]),
        # Headings that nobody knows stand in the first row with two texts.
        ([(1, ["名单"]), (2, ["甲", "乙"]), (3, ["1", "2"])], [], 2, ["甲", "乙"]),
        ([(1, ["名单"])], [], 1, ["名单"]),
    ],
)
def test_the_rows_in_which_most_known_headings_stand(
    rows: list[Any], merged: list[Any], number: int, texts: list[str]
) -> None:
    assert top_of_list(rows, WORDS, merged) == (number, texts)


@pytest.mark.parametrize(
    ("texts", "is_note"),
    [
        (["（男/女）", "（如1970.01）"], True),
        (["1", "2", "3", "4"], True),
        (["必填", "选填", "格式：1970.01"], True),
        (["例：", "张三", "男"], True),
        (["1", "王一", "（女）"], False),
        (["1", "2", "3"], False),
        ([], False),
    ],
)
def test_a_line_below_the_headings_that_only_explains_them(texts: list[str], is_note: bool) -> None:
    assert explains(texts) is is_note


def test_the_sheet_with_the_headings_is_read_and_its_title_told(desk: Desk) -> None:
    sheets = {
        "封面": [["某镇", "党员", "名册"]],
        "名册": [
            ["某镇党员名册"],
            ["序号", "姓名", "性别"],
            [None, None, "（男/女）"],
            [1, "王", "男"],
        ],
    }
    found = read_list(desk.put(excel(sheets)), words=WORDS, aside="合计")
    assert (found.title, found.above, found.keys) == (
        "名册", ("某镇党员名册",), ("序号", "姓名", "性别"),
    )  # fmt: skip
    assert found.rows == [(4, [1, "王", "男"])]
    assert [one[:2] for one in found.noticed] == [("sheet_not_read", ""), ("row_of_notes", "3")]
    assert read_list(desk.put(excel(sheets))).title == "封面"
