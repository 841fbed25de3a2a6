"""A form that came back, against the form as it went out: every fault at once, in its place."""

from datetime import date
from typing import Any

import pytest

from pingyi.documents.form_pages import FormFile, FormPage, FormSheet, Spot
from pingyi.returns.rules.forms import Filled, bare, compared

SPOTS = (
    Spot(1, 1, "label", "title", "统计表", columns=3),
    Spot(2, 1, "label", "row", "总 人数"),
    Spot(2, 2, "number", "figure", key="t.total.rural"),
    Spot(2, 3, "number", "figure", key="t.total.other"),
    Spot(2, 4, "sum", "aside", parts=("t.total.rural", "t.total.other"), formula="=SUM(B2:C2)"),
    Spot(3, 1, "stated", "figure", key="counted.t.total.rural"),
    Spot(3, 2, "same", "figure", parts=("t.total.rural",)),
    Spot(3, 3, "text", "list", key="why.t"),
    Spot(4, 1, "day", "pair", key="filled_on.t"),
)
PAGE = FormPage("附件1", SPOTS, (10.0,), (10.0,))
# As another program may write it: a label otherwise spaced, a formula in its own manner.
CELLS: dict[Any, Any] = {
    (1, 1): "统计表", (2, 1): "总人数\n", (2, 2): 3, (2, 3): 4, (2, 4): 7, (3, 1): 3, (3, 2): 3,
    (3, 3): " 原因 ", (4, 1): date(2011, 6, 28),
}  # fmt: skip
FORMULAS = {(2, 4): "of:=SUM([.B2:.C2])", (3, 2): "IF('附件1'!$B$2=\"\",\"\",'附件1'!$B$2)"}


def read(
    cells: dict[Any, Any] | None = None,
    formulas: dict[Any, str] | None = None,
    faults: dict[Any, str] | None = None,
    **about: Any,
) -> Filled:
    sheet = FormSheet({**CELLS, **(cells or {})}, faults or {}, {**FORMULAS, **(formulas or {})})
    for cell in [cell for cell, value in sheet.values.items() if value is None]:
        del sheet.values[cell]
    for cell in [cell for cell, formula in sheet.formulas.items() if formula == "none"]:
        del sheet.formulas[cell]
    sheets = about.pop("sheets", {"附件1": sheet})
    return compared([PAGE], FormFile(sheets, **about), {"零报告": "nil"}, ["_form"])


def codes(found: Filled) -> list[tuple[str, str]]:
    return [(each.code, each.cell) for each in (*found.faults, *found.notes)]


def test_what_was_filled_in_is_read_without_a_word() -> None:
    found = read({(2, 3): "零报告", (2, 4): 3})
    assert codes(found) == []
    assert found.said == {"t.total.rural": 3, "t.total.other": "nil"}
    assert (found.texts, found.days) == ({"why.t": "原因"}, {"filled_on.t": date(2011, 6, 28)})
    assert found.stated == {"counted.t.total.rural": 3}


@pytest.mark.parametrize(
    ("cells", "formulas", "wanted"),
    [
        ({(2, 1): "总人次"}, {}, [("label_changed", "A2")]),
        ({(1, 1): None}, {}, [("label_changed", "A1")]),
        ({(2, 2): "2000万"}, {}, [("no_number", "B2")]),
        ({}, {(2, 2): "[1]Sheet1!A1"}, [("formula_typed", "B2")]),
        ({(2, 2): "三"}, {}, [("understood", "B2")]),
        ({(2, 2): "—", (2, 4): 4}, {}, [("taken_as_blank", "B2")]),
        ({(4, 1): "六月底"}, {}, [("no_day", "A4")]),
        ({(4, 1): None}, {}, []),
        ({(3, 3): "长" * 301}, {}, [("too_long", "C3")]),
        ({(9, 9): "旁注"}, {}, [("not_read", "I9")]),
        ({}, {(2, 4): "SUM(B2:B2)"}, [("formula_changed", "D2")]),
        ({}, {(2, 4): ""}, []),
        ({(2, 4): None}, {}, []),
        ({(2, 4): 8}, {}, [("total_is_old", "D2")]),
        ({(2, 4): 8}, {(2, 4): "none"}, [("total_differs", "D2")]),
        ({(2, 4): 7}, {(2, 4): "none"}, [("formula_replaced", "D2")]),
    ],
)
def test_what_is_wrong_is_named_with_its_cell(
    cells: dict[Any, Any], formulas: dict[Any, str], wanted: list[tuple[str, str]]
) -> None:
    assert codes(read(cells, formulas)) == wanted


def test_everything_wrong_is_said_at_once() -> None:
    found = read({(2, 1): "人次", (2, 2): -1, (2, 3): 1.5, (2, 4): 9}, {(2, 4): "none"})
    assert [each.code for each in found.faults] == ["label_changed", "negative", "not_whole"]
    assert found.wrong == {"", "t.total.rural", "t.total.other"}


def test_an_error_in_an_entry_is_shown_as_it_stands() -> None:
    found = read({(2, 2): None}, faults={(2, 2): "#REF!"})
    assert [(each.code, each.value) for each in found.faults] == [("shows_an_error", "#REF!")]


def test_where_formulas_cannot_be_told_a_sum_is_only_added_up() -> None:
    assert codes(read(formulas={(2, 4): "none", (3, 2): "none"}, knows_formulas=False)) == []


def test_what_is_said_of_the_whole_file() -> None:
    names = {"t.total.rural": "'附件1'!$C$2", "t.total.other": "附件1!$C$2", "_xlnm.x": "$A$1"}
    more = FormSheet({(1, 1): "草稿"})
    sheets = {
        "附件1": FormSheet(CELLS, {}, FORMULAS),
        "草稿": more,
        "空": FormSheet(),
        "_form": more,
    }
    found = read(sheets=sheets, has_macros=True, has_links=True, names=names)
    assert codes(found) == [
        ("has_macros", ""), ("name_redirected", "B2"), ("has_links", ""), ("sheet_not_read", ""),
    ]  # fmt: skip
    assert [each.code for each in read(sheets={}).faults] == ["sheet_missing"]


@pytest.mark.parametrize("text", ["=SUM($C$7:I7)", "of:=SUM([.C7:.I7])", "sum(C7:I7)"])
def test_one_formula_in_three_manners(text: str) -> None:
    assert bare(text) == "SUMC7I7"


def moved(cells: dict[Any, Any], first: int, by: int) -> dict[Any, Any]:
    """Cells after rows were inserted before a row, or deleted from it on."""
    kept = {at: value for at, value in cells.items() if not first <= at[0] < first - by}
    return {(at[0] + by if at[0] >= first else at[0], at[1]): value for at, value in kept.items()}


@pytest.mark.parametrize(
    ("first", "by", "code"),
    [(2, 1, "rows_inserted"), (1, 3, "rows_inserted"), (2, -1, "rows_deleted")],
)
def test_rows_that_were_inserted_or_deleted_are_named_once(first: int, by: int, code: str) -> None:
    long = (*SPOTS, Spot(5, 1, "label", "row", "负责人"), Spot(6, 1, "label", "row", "联系电话"))
    page = FormPage("附件1", long, (10.0,), (10.0,))
    cells = {**CELLS, (5, 1): "负责人", (6, 1): "联系电话"}
    sheet = FormSheet(moved(cells, first, by), {}, moved(FORMULAS, first, by))
    # Names follow their cells.
    names = {"t.total.rural": f"附件1!$B${2 + by if first <= 2 else 2}"}
    found = compared([page], FormFile({"附件1": sheet}, names=names), {}, [])
    assert [(each.code, each.cell) for each in found.faults] == [(code, f"A{first}")]
    assert found.faults[0].params == {"n": abs(by), "row": first}
    # What was typed is given back where it belongs.
    assert found.raw.get("t.total.rural") == (3 if by > 0 else None)
    assert found.raw["why.t"] == " 原因 "
    assert found.stated == {"counted.t.total.rural": 3}


@pytest.mark.parametrize(
    ("first", "by", "code", "cell"),
    [
        (2, 1, "columns_inserted", "B1"),
        (3, 20, "columns_inserted", "C1"),
        (1, 2, "columns_inserted", "A1"),
        (2, -1, "columns_deleted", "B1"),
    ],
)
def test_columns_that_were_inserted_or_deleted_are_named_once(
    first: int, by: int, code: str, cell: str
) -> None:
    heads = ("农村", "学校", "合计")
    long = [Spot(5, 2 + at, "label", "row", text) for at, text in enumerate(heads)]
    page = FormPage("附件1", (*SPOTS, *long), (10.0,), (10.0,))
    cells = {**CELLS, **{(5, 2 + at): text for at, text in enumerate(heads)}}
    sheet = FormSheet(across(cells, first, by), {}, across(FORMULAS, first, by))
    found = compared([page], FormFile({"附件1": sheet}), {}, [])
    assert [(each.code, each.cell) for each in found.faults] == [(code, cell)]
    assert found.faults[0].params == {"n": abs(by), "column": cell[0]}
    # What was typed is given back where it belongs.
    assert found.raw.get("t.total.rural") == (3 if by > 0 else None)
    assert found.raw["t.total.other"] == 4
    assert found.stated == {"counted.t.total.rural": 3}


def across(cells: dict[Any, Any], first: int, by: int) -> dict[Any, Any]:
    """Cells after columns were inserted before a column, or deleted from it on."""
    turned = {(column, row): value for (row, column), value in cells.items()}
    return {(row, column): value for (column, row), value in moved(turned, first, by).items()}


def test_labels_that_moved_without_their_row_are_each_named() -> None:
    assert codes(read({(1, 1): None, (2, 1): "统计表"})) == [
        ("label_changed", "A1"), ("label_changed", "A2"),
    ]  # fmt: skip
