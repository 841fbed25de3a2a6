"""Ledgers and lists: long, filtered, and safe to open (N10)."""

from io import BytesIO

import docx as word
import openpyxl
import pytest

from pingyi.documents.docx import docx
from pingyi.documents.layouts import Column, LedgerTable
from pingyi.documents.pdf import pdf
from pingyi.documents.xlsx import xlsx
from tests.documents_reading import pdf_pages
from tests.documents_samples import ledger


@pytest.mark.parametrize("text", ["=1+1", "+86", "-3", "@sum", '=HYPERLINK("x")', "http://x.cn"])
def test_a_text_that_looks_like_a_formula_stays_a_text(text: str) -> None:
    page = openpyxl.load_workbook(BytesIO(xlsx(ledger((1, "王", text))))).worksheets[0]
    cell = next(cell for row in page.iter_rows() for cell in row if cell.value == text)
    assert cell.data_type == "s"
    assert cell.hyperlink is None


def test_a_list_has_filters_a_frozen_heading_and_numbers() -> None:
    columns = (Column("姓名"), Column("人数", 6, "right"))
    made = xlsx(LedgerTable("名单", columns, (("王䶮", 3), ("李", None))))
    page = openpyxl.load_workbook(BytesIO(made)).worksheets[0]
    values = [[cell.value for cell in row] for row in page.iter_rows()]
    assert values == [["名单", None], ["姓名", "人数"], ["王䶮", 3], ["李", None]]
    assert page.freeze_panes == "A3"
    assert page.auto_filter.ref == "A2:B4"


def test_an_empty_ledger_still_has_its_heading() -> None:
    assert "努力方向" in pdf_pages(pdf(ledger()))[0]
    rows = word.Document(BytesIO(docx(ledger()))).tables[0].rows
    assert [cell.text for cell in rows[0].cells] == ["序号", "点评领导", "努力方向"]
    page = openpyxl.load_workbook(BytesIO(xlsx(ledger()))).worksheets[0]
    assert page.auto_filter.ref == "A3:C3"


def test_a_long_ledger_repeats_its_heading_and_numbers_its_pages() -> None:
    rows = [(n, "王建国", "加强流动党员管理。" * 8) for n in range(1, 121)]
    pages = pdf_pages(pdf(ledger(*rows)))
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        assert "点评领导" in page
        assert f"\u2014 {number} \u2014" in page
    assert "120" in pages[-1]


def test_a_row_of_the_workbook_is_high_enough_for_a_long_text() -> None:
    page = openpyxl.load_workbook(
        BytesIO(xlsx(ledger((1, "王", "短"), (2, "李", "很长的努力方向" * 40))))
    ).worksheets[0]
    assert page.row_dimensions[5].height > page.row_dimensions[4].height * 2


def test_a_row_is_not_parted_by_the_end_of_a_page() -> None:
    rows = [(n, "王", f"始{n}始" + "加强管理。" * 80 + f"\n终{n}终") for n in range(1, 60)]
    pages = [page.replace(" ", "") for page in pdf_pages(pdf(ledger(*rows)))]
    assert len(pages) > 3
    for n in range(1, 60):
        assert sum(f"终{n}终" in page for page in pages) == 1
        assert [f"始{n}始" in page for page in pages] == [f"终{n}终" in page for page in pages]


def test_a_row_higher_than_a_page_goes_on_on_the_next() -> None:
    pages = pdf_pages(pdf(ledger((1, "王", "加强管理。" * 1500 + "终"))))
    assert len(pages) > 1
    assert "终" in pages[-1]
