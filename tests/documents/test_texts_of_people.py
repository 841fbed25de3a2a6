"""Whatever people type comes out whole and as text, in every format."""

from dataclasses import replace
from typing import Any

import pytest
from openpyxl.utils.escape import unescape

from pingyi.documents.docx import docx
from pingyi.documents.layouts import Column, LedgerTable, PaperTable, TableBlock, TableRow
from pingyi.documents.measures import clean
from pingyi.documents.pdf import pdf
from pingyi.documents.xlsx import several_xlsx, xlsx
from tests.documents_reading import excel_cells, excel_page, pdf_pages, word_file
from tests.documents_samples import annex_4, annex_5, ledger

NEVER_TEXT = ["\ufffe", "\uffff", "\ufdd0", "\U0001ffff", "\ud800", "\x00", "\x1b"]
FORMULAS = ["=1+1", "+86", "-3", "@sum(A1)", "=HYPERLINK(1)", "\t=1+1", "{=1}", "http://x.cn/a"]


def third_cells(text: str) -> dict[str, str]:
    """A text in the last cell of a ledger, as each format gives it back."""
    layout = ledger((1, "王", text))
    return {
        # Excel and calamine do this for texts that stand in their cells, openpyxl does not.
        "xlsx": unescape(excel_page(xlsx(layout))["C4"].value),
        "docx": word_file(docx(layout)).tables[0].rows[1].cells[2].text,
    }


@pytest.mark.parametrize("sign", NEVER_TEXT, ids=lambda sign: f"U+{ord(sign):04X}")
def test_what_no_file_can_hold_is_left_out_and_the_rest_stays(sign: str) -> None:
    assert third_cells(f"王{sign}建国") == {"xlsx": "王建国", "docx": "王建国"}
    assert "王建国" in pdf_pages(pdf(ledger((1, f"王{sign}建国", "换届"))))[0]


@pytest.mark.parametrize("sign", ["䶮", "𠅤", "\ue000", "·", "\u3000"])
def test_rare_signs_and_those_of_old_name_lists_stay(sign: str) -> None:
    assert third_cells(f"王{sign}国") == {"xlsx": f"王{sign}国", "docx": f"王{sign}国"}


def test_a_line_ends_as_it_was_typed_on_any_machine() -> None:
    assert clean("一\r\n二\r三\n四") == "一\n二\n三\n四"
    assert set(third_cells("一\r\n二\r三\n四").values()) == {"一\n二\n三\n四"}
    page = pdf_pages(pdf(ledger((1, "王", "甲行\r乙行"))))[0]
    assert "甲行\r\n乙行" in page


@pytest.mark.parametrize(
    "text", ["<w:t>&amp;</w:t>", "]]>", "_x0041_国", "&quot;", "  两边 ", '"引"', "{{ x }}", "%s"]
)
def test_what_looks_like_markup_is_a_text(text: str) -> None:
    assert third_cells(text) == {"xlsx": text, "docx": text}


def everywhere(text: str) -> list[Any]:
    """Layouts with a text in every place that takes one."""
    pairs = ((text, text), (text, text))
    block = TableBlock((text, text), (TableRow((text, text), (text, None)),), heading=text)
    lines = ((text, text, 1),)
    columns = (Column(text), Column(text, align="right"), Column(text, align="center"))
    return [
        PaperTable(text, (block,), text, pairs, (text, text), pairs, mark=text),
        LedgerTable(text, columns, lines, pairs, (text,), mark=text),
        replace(annex_4(), title=text, items=(text,), grades=(text,), notes=(text,)),
        replace(annex_5((text,)), title=text, corner=text, items=(text,), grades=(text, text)),
    ]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_place_of_a_workbook_takes_a_text_for_a_formula(text: str) -> None:
    cells = excel_cells(several_xlsx(everywhere(text)))
    assert len(cells) > 30
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert all(cell.hyperlink is None for cell in cells)
    assert sum(clean(text) == cell.value for cell in cells) > 15


@pytest.mark.parametrize("text", FORMULAS)
def test_no_place_of_a_word_file_makes_a_field_of_a_text(text: str) -> None:
    for layout in everywhere(text):
        document = word_file(docx(layout))
        assert document.element.xpath("//w:fldSimple | //w:instrText | //w:hyperlink") == []
        assert clean(text) in [cell.text for row in document.tables[0].rows for cell in row.cells]


def test_a_workbook_never_cuts_a_text_off_in_silence() -> None:
    fits = "长" * 32_767
    assert excel_page(xlsx(ledger((1, "王", fits))))["C4"].value == fits
    with pytest.raises(ValueError, match=r"Excel has no room for '长+' … in row 4"):
        xlsx(ledger((1, "王", f"{fits}长")))


def test_a_name_of_the_sheet_holds_no_sign_that_excel_forbids() -> None:
    layout = replace(ledger(), title="附件:1/2*?[甲]\\'乙'")
    assert excel_page(xlsx(layout)).title == "附件12甲乙"
    assert excel_page(xlsx(replace(layout, title="[]"))).title == "1"
    long = replace(layout, title="很长的标题" * 20)
    assert excel_page(several_xlsx([long, long])).title == ("很长的标题" * 20)[:28]
