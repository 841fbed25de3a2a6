"""Pages of a PDF: where they end, how they are numbered, what goes on them."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
import typst

from pingyi.documents import pdf as module
from pingyi.documents.layouts import PaperTable, TableBlock, TableRow
from pingyi.documents.pdf import cell_text, compiled, pdf, several_pdf
from tests.documents_reading import pdf_pages
from tests.documents_samples import annex_1, annex_2, annex_4, ledger


def test_a_cell_is_printed_as_it_is_and_nothing_for_none() -> None:
    assert [cell_text(value) for value in (None, 0, 12, "", "王\x00")] == ["", "0", "12", "", "王"]


def test_each_layout_begins_on_a_page_of_its_own_turned_as_it_is() -> None:
    made = several_pdf([annex_4(), annex_2(), ledger((1, "王", "一"))])
    file = pypdfium2.PdfDocument(made)
    sizes = [tuple(round(length / 72 * 25.4) for length in page.get_size()) for page in file]
    file.close()
    assert sizes == [(210, 297), (297, 210), (297, 210)]
    pages = pdf_pages(made)
    assert "附件 4" in pages[0]
    assert "\u2014 1 \u2014" not in pages[0]
    assert ["\u2014 2 \u2014" in pages[1], "\u2014 3 \u2014" in pages[2]] == [True, True]


def test_a_form_with_more_rows_than_a_page_repeats_its_heading() -> None:
    rows = tuple(TableRow((f"第{at}行",), (at, None)) for at in range(60))
    made = pdf(PaperTable("表", (TableBlock(("甲", "乙"), rows),)))
    pages = ["".join(page.split()) for page in pdf_pages(made)]
    assert len(pages) > 2
    assert all("类别甲乙第" in page for page in pages)
    found = re.findall(r"第(\d+)行(\d+)(?=第|—)", "".join(pages))
    assert found == [(str(at), str(at)) for at in range(60)]


def test_notes_and_foot_stand_after_the_last_row_once() -> None:
    layout = replace(annex_1(), notes=("注意一", "注意二"))
    pages = pdf_pages(pdf(layout))
    text = "".join(pages)
    assert [text.count(word) for word in ("注意一", "注意二", "负责人", "联系电话")] == [1] * 4
    assert text.index("领导点评") < text.index("注意一") < text.index("负责人")


def test_the_title_of_the_file_is_that_of_its_layouts() -> None:
    file = pypdfium2.PdfDocument(several_pdf([annex_4(), ledger()]))
    assert file.get_metadata_value("Title") == f"{annex_4().title};领导点评工作台账"
    file.close()


def test_a_moment_is_written_to_the_second() -> None:
    moment = datetime(2011, 6, 20, 8, 15, 30, 999, tzinfo=UTC)
    made = pdf(ledger(), made_at=moment)
    assert made == pdf(ledger(), made_at=moment.replace(microsecond=0))
    assert made != pdf(ledger())


@pytest.mark.parametrize(
    ("signs", "codes"),
    [("\U00030000", "U+30000"), ("\ue863", "U+E863"), ("a\U000f0000", "U+F0000")],
)
def test_a_missing_character_is_named_wherever_it_stands(
    signs: str, codes: str, embedded: None
) -> None:
    for layout in (
        replace(ledger(), title=signs),
        replace(ledger(), notes=(signs,)),
        replace(ledger(), mark=signs),
        replace(annex_4(), head=(("单位", signs),)),
    ):
        text = "\n".join(pdf_pages(pdf(layout)))
        assert "□" in text
        assert codes in text


def test_a_fault_of_a_template_is_no_refusal(tmp_path: Path) -> None:
    template = tmp_path / "broken.typ"
    template.write_text("#unknown-function()", encoding="utf-8")
    with pytest.raises(typst.TypstError, match="unknown variable"):
        compiled(template, {})


def test_a_template_reads_no_file_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    template = tmp_path / "inside" / "page.typ"
    template.write_text('#read("../secret.txt")', encoding="utf-8")
    with pytest.raises(typst.TypstError, match="would escape the project root"):
        compiled(template, {})


def test_rows_are_kept_whole_unless_they_fill_a_good_part_of_a_page() -> None:
    sheet = module.sheet_of(ledger((1, "王", "短"), (2, "李", "很长" * 2000)))
    whole = [module._stays_whole(line, sheet) for line in sheet.grid.lines]
    assert whole == [True, True, False]
