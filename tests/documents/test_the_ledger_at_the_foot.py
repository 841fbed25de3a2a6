"""The state of the ledger at the foot of a document: read by people, and by any telephone."""

from dataclasses import replace
from io import BytesIO

import numpy as np
import pypdfium2
import zxingcpp

from pingyi.documents.docx import docx
from pingyi.documents.pdf import pdf
from pingyi.documents.xlsx import xlsx
from pingyi.ledger.queries.lines import Root
from tests.documents_reading import excel_cells, pdf_pages, word_file
from tests.documents_samples import annex_1, ledger

ROOT = Root(28098, "d5764b1553a2c8f63310" + "0af7" * 11)
SHORT = "28098:d5764 b1553 a2c8f 63310"


def noted_ledger():
    return replace(ledger(*((n, "王", "加强管理。" * 20) for n in range(90))), noted=ROOT)


def codes_of(data: bytes) -> list[str]:
    """What a camera finds on each page, printed at 200 dpi."""
    pages = pypdfium2.PdfDocument(BytesIO(data))
    return [
        code.text
        for page in pages
        for code in zxingcpp.read_barcodes(np.asarray(page.render(scale=200 / 72).to_numpy()))
    ]


def test_every_page_says_it_and_holds_the_whole_in_its_code() -> None:
    made = pdf(noted_ledger())
    pages = pdf_pages(made)
    assert len(pages) > 2
    assert all(SHORT in page for page in pages)
    assert codes_of(made) == [f"28098:{ROOT.root_hash.upper()}"] * len(pages)


def test_it_takes_no_room_from_a_form() -> None:
    plain, noted = pdf_pages(pdf(annex_1())), pdf_pages(pdf(replace(annex_1(), noted=ROOT)))
    assert len(noted) == len(plain) == 1
    assert set(noted[0].split()) - set(plain[0].split()) >= set(SHORT.split())


def test_files_of_an_office_say_it_below_all_else() -> None:
    assert SHORT in excel_cells(xlsx(noted_ledger()))[-1].value
    assert SHORT in word_file(docx(noted_ledger())).paragraphs[-1].text


def test_where_nothing_is_noted_nothing_is_drawn() -> None:
    assert codes_of(pdf(annex_1())) == []
    assert "28098" not in "".join(pdf_pages(pdf(annex_1())))
