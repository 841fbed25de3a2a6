"""Excel 97 and OpenDocument say as much as .xlsx about what stands beside the values."""

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from pingyi.documents.workbooks import SheetData, SheetSpec, read_tables
from tests.documents.incoming import Desk, changed

# Made with LibreOffice 7.4 from one .xlsx: cells merged over three rows, #N/A, #DIV/0!, a hidden
# row, a hidden column, a struck name, a hidden sheet.
FIXTURES = Path(__file__).parents[1] / "fixtures"
COLUMNS = {
    "name": ("姓名",),
    "unit": ("党组织编码",),
    "kind": ("党员类别",),
    "since": ("入党日期",),
}
SPEC = SheetSpec("members", ("党员",), COLUMNS, ("name", "unit"))
KINDS = [FIXTURES / "marked-roster.xls", FIXTURES / "marked-roster.ods"]


def read(path: Path, *, shown_only: bool = False) -> SheetData:
    [members] = read_tables(path, sheets=[SPEC], shown_only=shown_only)
    return members


@pytest.mark.parametrize("path", KINDS, ids=["xls", "ods"])
@pytest.mark.usefixtures("desk")
def test_errors_merged_hidden_and_struck_cells_are_said(path: Path) -> None:
    found = read(path)
    assert found.faults == {(2, "since"): "#N/A", (3, "since"): "#DIV/0!", (4, "since"): "#N/A"}
    assert [values[1] for _, values in found.rows] == ["T-01", "T-01", "T-01", "T-02"]
    assert sorted(found.noticed) == [
        ("column_hidden", "D", "党员类别", "党员类别"),
        ("merged", "C2:C4", "党组织编码", "T-01"),
        ("row_hidden", "3", "", "甲二"),
        ("row_struck", "4", "", "甲三"),
        ("sheet_hidden", "", "", "隐藏"),
    ]
    assert [row for row, _ in read(path, shown_only=True).rows] == [2, 5]


def test_both_say_the_same(desk: Desk) -> None:
    one, other = (replace(read(path), noticed=sorted(read(path).noticed)) for path in KINDS)
    assert one == other


def test_a_formula_of_opendocument_without_a_result_is_told_by_its_text(desk: Desk) -> None:
    book = changed(
        KINDS[1].read_bytes(), "content.xml",
        'table:formula="of:=NA()" office:value-type="string" office:string-value="" '
        'calcext:value-type="error"', 'table:formula="of:=&quot;T&quot;&amp;[.A9]"',
    )  # fmt: skip
    assert read(desk.put(book)).faults[2, "since"] == '="T"&[.A9]'


def test_rows_and_cells_that_are_repeated_keep_their_places(desk: Desk) -> None:
    with zipfile.ZipFile(BytesIO(KINDS[1].read_bytes())) as archive:
        content = archive.read("content.xml").decode()
    first = content.index("<table:table-row", content.index("姓名"))
    blank = '<table:table-row table:number-rows-repeated="5"><table:table-cell/></table:table-row>'
    book = changed(
        KINDS[1].read_bytes(), "content.xml", content, content[:first] + blank + content[first:]
    )
    found = read(desk.put(book))
    assert sorted(found.faults) == [(7, "since"), (8, "since"), (9, "since")]
    assert ("row_hidden", "8", "", "甲二") in found.noticed


def test_a_file_whose_marks_cannot_be_read_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    import xlrd

    def falls_over(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(xlrd, "open_workbook", falls_over)
    found = read(KINDS[0])
    assert len(found.rows) == 4
    assert ("marks_unknown", "", "", "") in found.noticed


def test_lack_of_memory_is_no_such_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    import xlrd

    def lacks(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(xlrd, "open_workbook", lacks)
    refusal = desk.refused(KINDS[0].read_bytes(), sheets=[SPEC])
    assert refusal.code == "needs_too_much_memory"
