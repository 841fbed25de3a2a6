"""Nothing runs over the rules or over the page: long words, long names, long items."""

from dataclasses import replace

import pytest

from pingyi.documents.docx import docx
from pingyi.documents.layouts import Column, LedgerTable
from pingyi.documents.measures import breaking_words
from pingyi.documents.pdf import pdf
from pingyi.documents.sheets import sheet_of
from tests.documents_reading import pdf_pages, pdf_signs, word_file
from tests.documents_samples import annex_1, annex_2, annex_4, annex_5

LONG_NAME = "中共示范省示范市示范县住房和城乡建设局机关党总支部委员会"
WORDS = [
    "Alexandrovichsonlongname" * 3,
    "http://www.example.cn/abcdefghijklmnopqrstuvwxyz/?q=0123456789&page=12&sort=name",
    "RECHTSSCHUTZVERSICHERUNGSGESELLSCHAFTEN" * 2,
    "4309231970010100124309231970010100124309231970010100",
]


def narrow(word: str) -> LedgerTable:
    columns = (Column("甲", 6), Column("乙", 10), Column("丙", 6), Column("丁", 20))
    head = (("单位", word), ("时间", word))
    return LedgerTable("台账", columns, (("一", word, "三", "四"),), head, notes=("短", word * 4))


@pytest.mark.parametrize("word", WORDS)
def test_a_long_word_stays_in_its_cell_and_on_its_page(word: str) -> None:
    layout = narrow(word)
    sheet = sheet_of(layout)
    left = sheet.margins.left + sheet.grid.widths[0]
    made = pdf(layout)
    page = pdf_pages(made)[0]
    assert page.replace("\r\n", "").count(word) == 7
    signs = pdf_signs(made)
    assert max(right for _, _, right in signs) < sheet.margins.left + sheet.text_width + 0.5
    cell = page.index("一") + 1
    inside = signs[cell : page.index("三", cell)]
    assert len(inside) > len(word)
    for sign, begins, ends in inside:
        assert not sign.strip() or left <= begins <= ends <= left + sheet.grid.widths[1], sign


def test_words_are_left_alone_where_they_fit() -> None:
    assert breaking_words("网址 www.example.cn 参见", 12) == "网址 www.example.cn 参见"
    assert breaking_words("很长的中文没有空格也会自己换行", 4) == "很长的中文没有空格也会自己换行"
    assert breaking_words("abcdefghijklmnop", 5) == "abcdefg\nhijklmn\nop"


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_form_is_one_page_whatever_its_unit_is_called(number: int) -> None:
    plain = annex_1() if number == 1 else annex_2(number)
    head = (("填报单位(盖章)", LONG_NAME * 2), ("填报时间", "2011年6月20日"))
    pages = pdf_pages(pdf(replace(plain, head=head)))
    assert len(pages) == 1
    assert LONG_NAME * 2 in pages[0].replace("\r\n", "")


@pytest.mark.parametrize("name", [LONG_NAME, LONG_NAME * 2], ids=["long", "very long"])
def test_a_ballot_is_one_page_whatever_its_unit_is_called(name: str) -> None:
    layout = replace(annex_4(), head=(("党组织名称", name), ("时间", "年  月  日")))
    pages = pdf_pages(pdf(layout))
    assert len(pages) == 1
    assert name in pages[0].replace("\r\n", "")
    assert layout.notes[0] in pages[0].replace("\r\n", "")


def test_a_ballot_with_long_items_is_one_page() -> None:
    layout = replace(annex_4(), items=("推进创先争优活动、兑现公开承诺情况" * 4, "基本评价"))
    pages = pdf_pages(pdf(layout))
    assert len(pages) == 1
    assert layout.items[0] in pages[0].replace("\r\n", "")
    rows = word_file(docx(layout)).tables[0].rows
    assert rows[1].height > rows[2].height


def test_a_long_name_on_a_ballot_of_members_is_printed_whole() -> None:
    name = "欧阳买买提·吐尔逊阿不都热合曼·艾合买提江"
    page = pdf_pages(pdf(annex_5((name,))))[0]
    assert name in page.replace("\r\n", "")


def test_a_title_of_several_lines_leaves_the_form_on_its_page() -> None:
    layout = replace(annex_4(), title="基层党组织开展创先争优活动群众评议表" * 3)
    pages = pdf_pages(pdf(layout))
    assert len(pages) == 1
    assert layout.title in pages[0].replace("\r\n", "")


def test_notes_of_many_lines_leave_the_form_on_its_page() -> None:
    layout = replace(annex_4(), notes=("填表说明写得很详细。" * 20, "另有一条。"))
    pages = pdf_pages(pdf(layout))
    assert len(pages) == 1
    assert "②另有一条" in pages[0]
