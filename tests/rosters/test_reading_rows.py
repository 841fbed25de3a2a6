"""Cells become rows: what is news, what is not, and that the same is read once."""

from typing import Any

import pytest

from pingyi.rosters.rules import rows
from pingyi.rosters.rules.issues import Issue
from tests.rosters.test_planning import post_row, read


def branch(*changes: Any) -> list[Any]:
    return [*changes, *["N", "新支部", "党支部", "基层", "农村", "A", None][len(changes) :]]


def test_what_was_read_otherwise_than_it_stands_is_told_with_both() -> None:
    found = read({"党组织": [branch("Ｎ１", " 新  支部"), branch("N—2"), branch("N3")]})
    assert found.notes == [
        Issue(
            "normalized", "党组织", "A2", "编码", "Ｎ１",
            {"count": 2, "examples": [("A2", "Ｎ１", "N1"), ("A3", "N—2", "N-2")]},
        ),
        Issue(
            "normalized", "党组织", "B2", "名称", " 新  支部",
            {"count": 1, "examples": [("B2", " 新  支部", "新 支部")]},
        ),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [
        branch("N", "新支部", "支部", "Grassroots", " 农村"),
        branch("N", "新支部", "党 支部", "基层组织", "rural"),
        branch(1, "新支部", "党支部", "基层", "农村", 2, "2011-06-30"),
    ],
)
def test_another_word_for_the_same_and_a_figure_as_a_code_are_no_news(row: list[Any]) -> None:
    assert read({"党组织": [row]}).notes == []


def test_another_spelling_of_a_category_is_no_news() -> None:
    row = post_row("赵四", "A")
    row[4] = "其它基层 党组织书记"
    found = read({"职务": [row]})
    assert found.posts[0].category == "grassroots_secretary"
    assert found.notes == []


def test_the_rows_of_all_sheets_are_counted() -> None:
    found = read({"党组织": [branch(), branch()], "职务": [post_row("赵四", "A")]})
    assert found.row_count == 3


def test_what_stands_in_many_rows_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def reader(value: Any) -> str:
        asked.append(value)
        return str(value)

    monkeypatch.setattr(rows, "READERS", {**rows.READERS, "code": reader})
    read({"党组织": [branch("N1"), branch("N2"), branch("N1")]})
    assert asked == ["N1", "N2"]


def test_figures_that_only_look_alike_are_each_read() -> None:
    found = read({"党组织": [branch(1), branch(True), branch(1.0)]})
    assert [(issue.cell, issue.code) for issue in found.errors] == [
        ("A3", "not_text"),
        ("A4", "not_text"),
    ]
