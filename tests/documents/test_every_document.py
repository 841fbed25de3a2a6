"""What holds for every layout in every format."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO

import docx as word
import openpyxl
import pypdfium2
import pytest

from pingyi.documents.docx import docx
from pingyi.documents.layouts import Layout
from pingyi.documents.pdf import pdf
from pingyi.documents.xlsx import xlsx
from tests.documents_reading import pdf_pages
from tests.documents_samples import every_layout, ledger

LAYOUTS = pytest.mark.parametrize("layout", every_layout(), ids=lambda layout: layout.title)
MADE_AT = datetime(2011, 6, 20, 8, tzinfo=UTC)


@LAYOUTS
@pytest.mark.parametrize("draw", [pdf, xlsx, docx])
def test_the_same_layout_gives_the_same_bytes(draw, layout: Layout) -> None:
    assert draw(layout) == draw(layout)


@LAYOUTS
def test_an_office_file_says_nothing_about_the_machine_that_made_it(layout: Layout) -> None:
    for made in (xlsx(layout), docx(layout)):
        with zipfile.ZipFile(BytesIO(made)) as archive:
            about = archive.read("docProps/core.xml").decode()
            times = {entry.date_time for entry in archive.infolist()}
        assert "python-docx" not in about
        assert "2000-01-01" in about
        assert {time[:2] for time in times} == {(1980, 1)}


def test_a_time_is_written_only_when_it_is_told() -> None:
    layout = ledger((1, "王", "换届"))
    assert not pypdfium2.PdfDocument(pdf(layout)).get_metadata_value("CreationDate")
    told = pypdfium2.PdfDocument(pdf(layout, made_at=MADE_AT)).get_metadata_value("CreationDate")
    assert told.startswith("D:20110620")
    book = openpyxl.load_workbook(BytesIO(xlsx(layout, made_at=MADE_AT)))
    assert book.properties.created == MADE_AT.replace(tzinfo=None)
    document = word.Document(BytesIO(docx(layout, made_at=MADE_AT)))
    assert document.core_properties.created.replace(tzinfo=UTC) == MADE_AT


@pytest.mark.parametrize(("character", "code"), [("𪚥", "U+2A6A5"), ("\ue863", "U+E863")])
def test_a_box_stands_for_a_character_no_font_has(character: str, code: str, embedded) -> None:
    page = pdf_pages(pdf(ledger((1, f"王{character}明", "换届"))))[-1]
    assert "王□明" in page
    assert code in page


def test_of_what_does_not_show_together_the_letter_stays(embedded, monkeypatch) -> None:
    monkeypatch.setattr("pingyi.documents.glyphs.lacking", lambda _text: "")
    monkeypatch.setattr("pingyi.documents.glyphs.named_in", lambda _error: "a\U000f0000")
    page = pdf_pages(pdf(ledger((1, "王a\U000f0000明", "换届"))))[-1]
    assert "a□明" in page
    assert "U+F0000" in page


def test_text_is_never_read_as_a_command() -> None:
    text = '#panic("x") $a$ *b* _c_ @d <e> `f` \\ // g /* h */ = i'
    assert text in pdf_pages(pdf(ledger((1, text, "换届"))))[0].replace(" \r\n", " ")


def test_control_characters_are_left_out_of_every_format() -> None:
    layout = ledger((1, "王\x0b建\x00国", "换届"))
    assert "王建国" in pdf_pages(pdf(layout))[0]
    assert word.Document(BytesIO(docx(layout))).tables[0].rows[1].cells[1].text == "王建国"
    page = openpyxl.load_workbook(BytesIO(xlsx(layout))).worksheets[0]
    assert page["B4"].value == "王建国"


@LAYOUTS
def test_a_pdf_carries_all_its_faces_and_can_be_read_aloud(layout: Layout) -> None:
    made = pdf(layout)
    assert b"/StructTreeRoot" in made
    assert b"pdfuaid" in made
