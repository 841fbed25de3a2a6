"""Columns are found by what their headings say, however people write them."""

import pytest
from django.utils import translation

from pingyi.documents.workbook_headings import find_columns, heading_row, plain
from pingyi.documents.workbooks import SheetSpec, read_tables
from tests.documents.incoming import Desk, excel

SPEC = SheetSpec(
    key="members",
    titles=("党员",),
    columns={"name": ("姓名", "Name"), "unit": ("党组织编码", "支部"), "born": ("出生日期",)},
    needed=("name", "unit"),
)
UNITS = SheetSpec(key="units", titles=("党组织",), columns={"code": ("编码",)}, needed=("code",))
FORM = {"columns": SPEC.columns, "needed": SPEC.needed}


@pytest.mark.parametrize(
    "heading",
    [
        "姓名",
        " 姓 名 ",
        "姓名*",
        "*姓名",
        "姓名:",
        "姓名\uff1a",
        "姓\n名",
        "name",
        "NAME",
        "\uff2eame",
    ],
)
def test_blanks_stars_colons_width_and_case_do_not_matter(heading: str) -> None:
    found = find_columns([heading, "支部"], FORM, "党员")
    assert (found.keys, found.positions) == (["name", "unit"], [1, 2])
    assert found.headings[0] == heading.strip()
    assert found.problems == []


def test_only_what_people_vary_is_taken_away() -> None:
    assert plain("入党 日期(转正)") == "入党日期(转正)"
    assert plain("Ａ１_:*\u3000") == "a1"
    assert plain("姓名1") != plain("姓名")


@pytest.mark.parametrize(
    "heading",
    [
        "姓\u200b名",
        "\ufeff姓名",
        "\u202d姓名\u202c",
        "姓名\u00ad",
        "\u2060姓名",
        "※姓名",
        "★姓名",
        "姓\r\n名",
    ],
)
def test_signs_that_nobody_sees_and_marks_do_not_matter(heading: str) -> None:
    found = find_columns([heading, "支部"], FORM, "党员")
    assert (found.keys, found.guessed) == (["name", "unit"], [])


@pytest.mark.parametrize(
    "heading",
    [
        "出生日期（阳历）",
        "出生日期(年/月/日)",
        "出生日期【必填】",
        "（必填）出生日期",
        "出生日期\n必填",
        "出生日期[8位]（如19700101）",
        "出生日期〔公历〕",
        "出生日期（正式/预备）",
    ],
)
def test_a_note_in_brackets_is_no_part_of_the_heading_and_said(heading: str) -> None:
    found = find_columns(["姓名", "支部", heading], FORM, "党员")
    assert found.keys == ["name", "unit", "born"]
    assert found.guessed == [(3, heading, "出生日期")]
    assert heading_row([(1, ["说明"]), (2, [heading])], FORM)[0] == 2


@pytest.mark.parametrize(
    "heading", ["出生日期（农历）", "出生日期(父)", "姓名（曾用名）", "支部(原)"]
)
def test_a_note_that_names_another_thing_makes_another_column(heading: str) -> None:
    found = find_columns([heading], {**FORM, "needed": ()}, "党员")
    assert (found.keys, found.ignored) == ([], [heading])


def test_the_heading_itself_comes_before_the_one_with_a_note() -> None:
    found = find_columns(["姓名（拼写）", "姓名", "支部"], FORM, "党员")
    assert (found.positions, found.ignored) == ([2, 3], ["姓名（拼写）"])
    assert (found.guessed, found.problems) == ([], [])


def test_two_headings_with_notes_for_one_column_are_a_question() -> None:
    found = find_columns(["姓名", "支部（一）", "支部（二）"], FORM, "党员")
    assert found.problems == [("heading_twice", {"sheet": "党员", "heading": "支部（二）"})]


def test_a_guess_and_columns_without_a_heading_are_said_with_their_cells(desk: Desk) -> None:
    rows = [
        ["姓名", None, "支部（全称）", "  ", None],
        ["王", None, "甲", "x", None],
        ["李", "y", "乙", None, "z"],
    ]
    [members] = read_tables(desk.put(excel({"党员": rows})), sheets=[SPEC])
    assert members.noticed == [
        ("heading_guessed", "C1", "支部（全称）", "党组织编码"),
        ("column_nameless", "D2", "", "x"),
        ("column_nameless", "B3", "", "y"),
        ("column_nameless", "E3", "", "z"),
    ]


def test_headings_nobody_asked_for_are_named_and_left() -> None:
    found = find_columns(["序号", "姓名", "", " 备注 ", "支部"], FORM, "党员")
    assert found.ignored == ["序号", "备注"]
    assert found.positions == [2, 5]


def test_a_column_that_comes_twice_is_a_question_even_under_two_names() -> None:
    found = find_columns(["姓名", "支部", "NAME "], FORM, "党员")
    assert found.problems == [("heading_twice", {"sheet": "党员", "heading": "NAME"})]
    assert found.positions == [1, 2]


def test_all_missing_columns_are_named_with_those_found() -> None:
    found = find_columns(["出生日期", "备注"], FORM, "党员")
    params = {"sheet": "党员", "missing": ["姓名", "党组织编码"], "found": ["出生日期", "备注"]}
    assert found.problems == [("headings_missing", params)]


def test_without_an_order_every_heading_is_a_column_and_must_be_its_own() -> None:
    found = find_columns(["姓名", "", " 单位 ", "姓名"], None, "名单")
    assert found.keys == ["姓名", "单位"]
    assert found.positions == [1, 3]
    assert found.problems == [("heading_twice", {"sheet": "名单", "heading": "姓名"})]


@pytest.mark.parametrize(
    ("rows", "chosen"),
    [
        ([(1, ["姓名", "支部"]), (2, ["王", "甲"])], 1),
        ([(1, ["党员名册"]), (3, ["填表说明:姓名必填"]), (4, ["姓名", "支部"])], 4),
        ([(1, ["姓名"]), (2, ["姓名", "支部"])], 2),
        ([(1, ["姓名", "支部"]), (2, ["姓名", "支部"])], 1),
        ([(5, ["甲", "乙"]), (6, ["丙"])], 5),
    ],
)
def test_the_headings_are_the_row_with_most_known_words(
    rows: list[tuple[int, list[str]]], chosen: int
) -> None:
    assert heading_row(rows, FORM)[0] == chosen


def test_without_an_order_the_first_row_holds_the_headings() -> None:
    assert heading_row([(3, ["标题"]), (4, ["姓名", "支部"])], None) == (3, ["标题"])
    assert heading_row([], FORM) == (0, [])


def test_headings_are_looked_for_in_the_first_ten_rows_only(desk: Desk) -> None:
    above = [[f"说明{number}"] for number in range(9)]
    good = excel({"党员": [*above, ["姓名", "支部"], ["王", "甲"]]})
    [members] = read_tables(desk.put(good), sheets=[SPEC])
    assert members.rows == [(11, ["王", "甲"])]
    late = excel({"党员": [["说明"], *above, ["姓名", "支部"], ["王", "甲"]]})
    assert desk.refused(late, sheets=[SPEC]).code == "headings_missing"


def test_what_is_wrong_in_any_sheet_is_said_at_once(desk: Desk) -> None:
    book = excel({"党员": [["姓名", "姓名"]], "党组织": [["名称"]]})
    refusal = desk.refused(book, sheets=[SPEC, UNITS])
    assert [code for code, _ in refusal.problems] == [
        "heading_twice",
        "headings_missing",
        "headings_missing",
    ]
    assert refusal.code == "heading_twice"
    with translation.override("en"):
        assert str(refusal) == "Sheet 党员 has the column 姓名 twice. Delete one of the two."
        missing = "Sheet {} has no column {}. Its headings are: {}. "
        template = "Put the headings as in the template into the first row."
        assert [str(detail) for detail in refusal.details] == [
            missing.format("党员", "党组织编码", "姓名, 姓名") + template,
            missing.format("党组织", "编码", "名称") + template,
        ]


def test_missing_sheets_are_named_together_with_those_there_are(desk: Desk) -> None:
    refusal = desk.refused(excel({"说明": [["x"]], "党员": [["姓名"]]}), sheets=[UNITS, SPEC])
    assert refusal.problems == [
        ("sheets_missing", {"missing": ["党组织"], "found": ["说明", "党员"]})
    ]
    text = desk.refused("姓名,支部\n王,甲\n".encode(), sheets=[SPEC])
    with translation.override("en"):
        assert "The workbook has: no sheet with a name we know." in str(text)


def test_an_empty_sheet_lacks_its_columns(desk: Desk) -> None:
    assert desk.refused(excel({"党员": []}), sheets=[SPEC]).code == "headings_missing"


def test_of_two_sheets_with_one_name_the_first_is_read(desk: Desk) -> None:
    book = excel({"党组织": [["编码"], ["A"]], "党组织 ": [["编码"], ["B"]]})
    [units] = read_tables(desk.put(book), sheets=[UNITS])
    assert units.rows == [(2, ["A"])]
