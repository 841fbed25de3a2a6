"""Remarks of one kind on one column are counted, with a few examples; values are shown short."""

from datetime import date

import pytest

from pingyi.documents.workbooks import SheetData
from pingyi.rosters.rules.issues import Issue, Remarks, as_json, at, shown

MEMBERS = SheetData(
    "members", "党员", ("name", "identity", "since"), ("姓名", "身份证号", "入党日期"), (1, 2, 4)
)
POSTS = SheetData("posts", "职务", ("name",), ("姓名",), (3,))


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("name", None, ""),
        ("name", "王一", "王一"),
        ("name", "长" * 60, "长" * 60),
        ("name", "长" * 61, "长" * 60 + "…"),
        ("since", date(2011, 6, 30), "2011-06-30"),
        ("identity", "000000197001011011", "…1011"),
        ("identity", 430923197001010012, "…0012"),
        ("identity", None, ""),
        ("identity", "", ""),
    ],
)
def test_a_value_is_shown_short_and_of_a_number_only_the_end(
    key: str, value: object, text: str
) -> None:
    assert shown(key, value) == text


def test_an_issue_is_placed_at_its_cell_or_else_at_its_row() -> None:
    placed = at(MEMBERS, 7, "since", "code", "x", more=1)
    assert placed == Issue("code", "党员", "D7", "入党日期", "x", {"more": 1})
    assert at(POSTS, 7, "since", "code", "x") == Issue("code", "职务", "7", "", "x")


def test_remarks_keep_five_examples_and_say_every_place() -> None:
    remarks = Remarks()
    for row in range(2, 12):
        remarks.add(MEMBERS, (row, "name"), "read_as", " 王一", "王一")
    examples = [(f"A{row}", " 王一", "王一") for row in range(2, 7)]
    params = {"count": 10, "examples": examples, "places": "A2:A11"}
    assert list(remarks.issues()) == [Issue("read_as", "党员", "A2", "姓名", " 王一", params)]


def test_every_kind_column_and_sheet_is_remarked_upon_by_itself() -> None:
    remarks = Remarks()
    for table, place, code in [
        (MEMBERS, (2, "name"), "one"),
        (MEMBERS, (2, "identity"), "one"),
        (MEMBERS, (3, "name"), "other"),
        (POSTS, (2, "name"), "one"),
        (MEMBERS, (4, "name"), "one"),
    ]:
        remarks.add(table, place, code, "123456", "x")
    assert [
        (issue.code, issue.sheet, issue.cell, issue.value, issue.params["count"])
        for issue in remarks.issues()
    ] == [
        ("one", "党员", "A2", "123456", 2),
        ("one", "党员", "B2", "…3456", 1),
        ("other", "党员", "A3", "123456", 1),
        ("one", "职务", "C2", "123456", 1),
    ]


def test_issues_are_kept_with_everything_they_say() -> None:
    issue = Issue("code", "党员", "A2", "姓名", "王一", {"more": 1})
    assert [Issue(**kept) for kept in as_json([issue])] == [issue]
