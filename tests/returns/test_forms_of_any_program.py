"""Forms that other programs saved read the same; files that mean harm are named and cost little."""

import resource
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName

from pingyi.documents.form_cells import read_form
from pingyi.documents.form_pages import FormSheet
from pingyi.returns.exports.form import form_file
from pingyi.returns.queries.form import words_typed
from pingyi.returns.queries.form_sentences import fault_lines
from pingyi.returns.rules.forms import bare, compared, plain, shown
from tests.at_once import refused
from tests.documents.incoming import OLE, changed, excel, zipped
from tests.returns.desk import RURAL, WHY, Desk, town
from tests.returns.filling import WHO, codes, filled, form_for, parts_of, place_of, saved, sent

__all__ = ["town"]
pytestmark = pytest.mark.any_database
# One form, filled in and saved by XlsxWriter, and the same saved again by LibreOffice 7.4 as each
# kind: `soffice --convert-to xlsx:"Calc MS Excel 2007 XML"`, `xls`, `ods`.
SAVED = Path(__file__).resolve().parents[1] / "fixtures" / "forms"
SHEET = "xl/worksheets/sheet3.xml"
MIB = 1024 * 1024


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_what_libreoffice_saved_again_reads_the_same(kind: str) -> None:
    first = read_form((SAVED / "form.xlsx").read_bytes())
    again = read_form((SAVED / f"form-libreoffice.{kind}").read_bytes())
    assert list(again.sheets) == list(first.sheets)
    for title, sheet in first.sheets.items():
        found = again.sheets[title]
        # What is said once more in words an .xls does not give back; nobody reads it.
        words = {cell for cell in sheet.formulas if isinstance(sheet.values.get(cell), str)}
        assert read_as(found, words) == read_as(sheet, words)
        assert not [text for text in found.faults.values() if not text.startswith("=")]
        if again.knows_formulas:
            formulas = {cell: bare(text) for cell, text in sheet.formulas.items()}
            assert {cell: bare(text) for cell, text in found.formulas.items()} == formulas
    assert again.knows_formulas == (kind != "xls")


def read_as(sheet: FormSheet, but: set[Any]) -> dict[Any, str]:
    return {cell: plain(shown(v)) for cell, v in sheet.values.items() if cell not in but}


def by_wps(content: bytes) -> bytes:
    """What WPS adds: its own namespaces, extensions and a part of its own."""
    etc = "http://www.wps.cn/officeDocument/2017/etCustomData"
    more = f'<extLst><ext uri="{{0}}" xmlns:etc="{etc}"><etc:data v="1"/></ext></extLst>'
    content = changed(content, SHEET, "</worksheet>", f"{more}</worksheet>")
    content = changed(content, "xl/workbook.xml", "</workbook>", f"{more}</workbook>")
    parts = parts_of(content)
    parts["docProps/custom.xml"] = escape("KSOProductBuildVer").encode()
    parts["xl/cellimages.xml"] = f'<etc:cellImages xmlns:etc="{etc}"/>'.encode()
    return zipped(parts)


def test_what_poi_and_wps_write_reads_the_same(town: Desk) -> None:
    form = form_for(town)
    entries = {RURAL: 2, f"why.{RURAL}": WHY, "filled_on.annex1": town.now.date()}
    values = {**form.values, **WHO, **entries}
    shared = form_file(replace(form, values=values), made_at=town.now)
    # As Apache POI streams it: every text in its cell.
    inline = filled(town, entries, form)
    assert b't="inlineStr"' in parts_of(inline)[SHEET]
    first, *others = (
        compared(form.pages, read_form(each), words_typed(), ["_form"])
        for each in (shared, inline, by_wps(inline), by_wps(shared))
    )
    assert others == [first] * 3
    assert (first.said[RURAL], first.faults) == (2, [])
    assert sent(town, by_wps(inline)).intake.code == "submitted"


def with_formula(town: Desk) -> bytes:
    return filled(town, {RURAL: "=[1]Sheet1!$A$1"})


def redirected(town: Desk) -> bytes:
    form = form_for(town)
    book = openpyxl.load_workbook(BytesIO(filled(town, form=form)))
    book.defined_names[RURAL] = DefinedName(RURAL, attr_text="'附件3'!$D$6")
    return saved(book)


def relabelled(town: Desk) -> bytes:
    return filled(town, {"附件3!C4": "城市"})


def other_facts(name: str, value: str) -> Callable[[Desk], bytes]:
    rows = ["form", "version", "language", "campaign", "round", "unit", "tables", "tree"]
    return lambda town: filled(town, {f"_form!B{rows.index(name) + 1}": value})


def stray(cell: str) -> Callable[[Desk], bytes]:
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    more = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData>'
    return lambda town: changed(filled(town), SHEET, "</sheetData>", more)


def with_part(name: str, content: str | bytes) -> Callable[[Desk], bytes]:
    return lambda town: zipped({**parts_of(filled(town)), name: content})


HOSTILE: dict[str, tuple[Callable[[Desk], bytes], str]] = {
    "the last cell of all": (stray("XFD1048576"), "stray_cell"),
    "the last row": (stray("A1048576"), "stray_cell"),
    "a bomb": (with_part("xl/worksheets/sheet9.xml", b" " * 80 * MIB), "unpacks_too_large"),
    "macros": (with_part("xl/vbaProject.bin", "x"), "has_macros"),
    "macros of 1997": (
        lambda _town: OLE + b"\0" * 90 + "Workbook_VBA_PROJECT_CUR".encode("utf-16-le"), "damaged",
    ),
    "a formula in an entry": (with_formula, "formula_typed"),
    "names that lead elsewhere": (redirected, "name_redirected"),
    "another label": (relabelled, "label_changed"),
    "a picture": (lambda _town: b"\x89PNG\r\n\x1a\n" + b"\0" * 90, "not_a_workbook"),
    "a password": (
        lambda _town: OLE + b"\0" * 90 + "EncryptedPackage".encode("utf-16-le"), "encrypted",
    ),
    "half of it": (lambda town: filled(town)[:9000], "damaged"),
    "a web page called .xls": (lambda _town: b"<html><table><tr><td>1</td></tr></table>",
                               "web_page"),
    "nothing": (lambda _town: b"", "empty_file"),
    "another workbook": (lambda _town: excel({"附件3": [["党员数", 3]]}), "not_a_form"),
    "a text file": (lambda _town: b"a,b\n1,2\n", "not_a_form"),
    "another form": (other_facts("form", "other-form"), "wrong_form"),
    "an old version": (other_facts("version", "0123456789ab"), "old_version"),
    "another campaign": (other_facts("campaign", "cx2010"), "unknown_round"),
    "another round, by hand": (other_facts("round", "second"), "other_round"),
    "another unit, by hand": (other_facts("unit", "T1-1"), "other_unit"),
    "an unknown unit": (other_facts("unit", "Z9"), "unknown_unit"),
    "tables that there are not": (other_facts("tables", "annex1,annex9"), "form_altered"),
    "another day of the tree": (other_facts("tree", "2011-01-01"), "form_altered"),
    "another language": (other_facts("language", "fr"), "form_altered"),
    "counted figures altered": (
        lambda town: filled(town, {f"counted.{RURAL}": 9}), "form_altered",
    ),
}  # fmt: skip


def most_of(whom: int) -> float:
    """The most MiB that this process has held, or the largest of its children that have ended."""
    return resource.getrusage(whom).ru_maxrss / 1024


def most_of_a_child() -> float:
    return most_of(resource.RUSAGE_CHILDREN)


def test_each_hostile_file_has_its_message_and_costs_little(town: Desk) -> None:
    where = {"round_": town.round, "unit": town.unit}
    found = {}
    # Other tests of this process have children with wider limits; and a child begins as a copy of
    # the process that starts it, which counts as its own.
    before = max(most_of_a_child(), most_of(resource.RUSAGE_SELF))
    for name, (make, code) in HOSTILE.items():
        outcome = sent(town, make(town), **where)
        found[name] = (outcome.intake.code, code)
    assert {name: got for name, (got, code) in found.items() if got != code} == {}
    far_out = sent(town, stray("Z500")(town), **where).intake.faults
    assert "请删除工作表“附件3”Z500 中的内容" in fault_lines(None, far_out)[0].mend
    assert most_of_a_child() <= max(before, most_of(resource.RUSAGE_SELF), 512)
    assert town.state() == "open"
    # Links to other workbooks are noticed; the figures are what they are.
    linked = with_part("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    outcome = sent(town, linked(town), **where)
    assert (outcome.intake.code, outcome.intake.notes[0]["code"]) == ("submitted", "has_links")


def test_a_sheet_that_is_gone_is_named_alone(town: Desk) -> None:
    book = openpyxl.load_workbook(BytesIO(filled(town, {RURAL: 2})))
    del book["附件1"]
    assert codes(sent(town, saved(book))) == [("sheet_missing", "")]


def test_what_is_larger_than_a_form_is_not_opened_or_kept(town: Desk) -> None:
    with refused("file_too_large"):
        sent(town, b"P" * (4 * MIB + 1))
    assert place_of(form_for(town), RURAL)[0] == "附件3"
