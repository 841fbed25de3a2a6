"""A mark that stands on every page of a document, such as "fictitious data"."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import docx as word
import openpyxl

from pingyi.documents.docx import docx
from pingyi.documents.pdf import pdf
from pingyi.documents.xlsx import xlsx
from tests.documents_reading import pdf_pages
from tests.documents_samples import annex_1, ledger

MARK = "虚构数据 & 其余"


def long_ledger() -> Any:
    return replace(ledger(*((n, "王", "加强管理。" * 20) for n in range(90))), mark=MARK)


def test_every_page_of_a_pdf_carries_the_mark() -> None:
    pages = pdf_pages(pdf(long_ledger()))
    assert len(pages) > 2
    assert all(MARK in page for page in pages)


def test_the_mark_takes_no_room_from_a_form() -> None:
    plain, marked = pdf_pages(pdf(annex_1())), pdf_pages(pdf(replace(annex_1(), mark=MARK)))
    assert len(marked) == len(plain) == 1
    assert marked[0].replace(MARK, "").split() == plain[0].split()


def test_odd_and_even_pages_of_a_word_file_carry_the_mark() -> None:
    section = word.Document(BytesIO(docx(long_ledger()))).sections[0]
    assert section.header.paragraphs[0].text == MARK
    assert section.even_page_header.paragraphs[0].text == MARK


def test_a_workbook_carries_the_mark_on_the_screen_and_on_each_printed_page() -> None:
    page = openpyxl.load_workbook(BytesIO(xlsx(long_ledger()))).worksheets[0]
    assert page["A1"].value == MARK
    assert page.oddHeader.center.text == MARK.replace("&", "&&")
    # The row for the screen is not printed: the header already says it.
    assert page.print_area.split("!")[1].startswith("$A$2:")
    assert page.freeze_panes == "A5"


def test_a_document_without_a_mark_has_an_empty_head() -> None:
    page = openpyxl.load_workbook(BytesIO(xlsx(ledger()))).worksheets[0]
    assert page["A1"].value == "领导点评工作台账"
    assert not page.oddHeader.center.text
    assert word.Document(BytesIO(docx(ledger()))).sections[0].header.is_linked_to_previous
