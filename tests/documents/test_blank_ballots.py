"""Blank ballots of annex 4 and 5 read back (N8, N9)."""

from io import BytesIO

import docx as word
import openpyxl
import pytest

from pingyi.documents.docx import docx
from pingyi.documents.pdf import pdf
from pingyi.documents.xlsx import xlsx
from tests.documents_reading import pdf_pages
from tests.documents_samples import GRADES, RARE_NAMES, annex_4, annex_5


def test_the_organization_ballot_has_its_items_grades_and_boxes() -> None:
    rows = word.Document(BytesIO(docx(annex_4()))).tables[0].rows
    assert tuple(cell.text for cell in rows[0].cells[2:]) == GRADES
    assert rows[0].cells[0].text == "选项\n项目"
    assert [row.cells[0].text for row in rows[1:4]] == list(annex_4().items)
    assert [cell.text for cell in rows[1].cells[2:]] == [""] * 4
    assert rows[4].cells[5].text == "意见和建议(可附页)\uff1a"
    assert rows[5].cells[0].text == "意见和建议整改落实情况"
    assert rows[5].cells[1].text == ""


def test_the_corner_is_cut_by_a_diagonal() -> None:
    assert "w:tl2br" in word.Document(BytesIO(docx(annex_4()))).element.xml
    page = openpyxl.load_workbook(BytesIO(xlsx(annex_4()))).worksheets[0]
    corner = next(cell for row in page.iter_rows() for cell in row if "选项" in str(cell.value))
    assert corner.border.diagonalDown


def test_the_organization_ballot_is_one_upright_page_without_a_number() -> None:
    pages = pdf_pages(pdf(annex_4()))
    assert len(pages) == 1
    assert "\u2014" not in pages[0]
    for text in (*annex_4().items, *GRADES, "党组织名称", "打“√”", "可附页"):
        assert text in pages[0].replace("\r\n", "")


def test_the_member_ballot_has_a_heading_of_two_levels_and_a_row_per_member() -> None:
    rows = word.Document(BytesIO(docx(annex_5()))).tables[0].rows
    assert rows[0].cells[0]._tc is rows[1].cells[0]._tc
    assert [rows[0].cells[i].text for i in (1, 5, 9)] == list(annex_5().items)
    assert [cell.text for cell in rows[1].cells[1:]] == list(GRADES) * 3
    assert [row.cells[0].text for row in rows[2:]] == [*RARE_NAMES, "", ""]


def test_the_heading_of_the_member_ballot_is_repeated_on_each_page() -> None:
    pages = pdf_pages(pdf(annex_5(tuple(f"党员{n}" for n in range(40)), blank_rows=0)))
    assert len(pages) > 1
    for page in pages:
        assert "党员姓名" in page
        assert "立足本职岗位争优情况" in page


@pytest.mark.parametrize("name", RARE_NAMES)
def test_rare_characters_of_names_are_read_back_from_the_paper(name: str) -> None:
    assert name in pdf_pages(pdf(annex_5()))[0]
