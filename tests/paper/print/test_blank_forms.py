"""Blank ballots of every pack: one sheet each, with room to write (N8, N9)."""

from io import BytesIO
from typing import Any

import docx as word
import pytest
from docx.shared import Emu

from pingyi.campaigns.queries.packs import known_packs
from pingyi.paper.exports import blank_form
from tests.documents_reading import pdf_pages

FORMS = [
    form
    for info in known_packs()
    if info.pack and info.pack.appraisal
    for form in info.pack.appraisal.forms
]
EACH = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.title)
LINE = 1.35
"""Height of a line in sizes of its type; Word sets the faces of offices at 1.3."""


@EACH
def test_a_blank_ballot_is_one_sheet_with_its_note(form: Any) -> None:
    pages = pdf_pages(blank_form(form, kind="pdf"))
    assert len(pages) == 1
    assert form.note in pages[0].replace("\r\n", "")


@EACH
def test_a_blank_ballot_is_one_sheet_in_word(form: Any) -> None:
    document = word.Document(BytesIO(blank_form(form, kind="docx")))
    section = document.sections[0]
    page = Emu(section.page_height - section.top_margin - section.bottom_margin).pt
    rows = sum(row.height.pt for row in document.tables[0].rows)
    assert rows + sum(map(_height, document.paragraphs)) <= page


def _height(paragraph: Any) -> float:
    space = paragraph.paragraph_format
    size = max([12.0, *(run.font.size.pt for run in paragraph.runs if run.font.size)])
    around = [space.space_before, space.space_after]
    return size * LINE + sum(length.pt for length in around if length is not None)


@pytest.mark.parametrize(
    "form", [form for form in FORMS if form.date_blank], ids=lambda form: form.title
)
def test_a_blank_ballot_leaves_room_for_its_date(form: Any) -> None:
    """Ordinary blanks are a quarter as wide, and shrink to one on paper."""
    text = word.Document(BytesIO(blank_form(form, kind="docx"))).paragraphs[2].text
    assert f"{form.date_label}\uff1a\u3000\u3000年\u3000\u3000月\u3000\u3000日" in text


def test_a_member_ballot_has_at_least_ten_rows() -> None:
    form = next(form for form in FORMS if form.subject == "member")
    rows = word.Document(BytesIO(blank_form(form, kind="docx"))).tables[0].rows
    assert len(rows) >= 2 + 10
