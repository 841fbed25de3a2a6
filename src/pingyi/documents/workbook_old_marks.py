"""What sheets of Excel 97 (.xls) and of OpenDocument (.ods) show beside their values.

Used inside the child: no Django here. The values themselves are read by python-calamine.
"""

import re
import zipfile
from pathlib import Path
from typing import Any

from pingyi.documents.workbook_marks import ZEROS, Marks, attributes_of, pieces_of, text_of_xml

ERROR = 5
"""XL_CELL_ERROR of xlrd."""
FURTHEST = 1_000_000
"""A row or a cell that is repeated oftener than that is the empty rest of the sheet."""
ODS_TAG = re.compile(
    rb"<table:(table|table-column|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*?)(/?)>"
)
ODS_END = re.compile(rb"</table:table-row>")
ODS_END_OF_CELL = re.compile(rb"</table:(?:covered-)?table-cell>")
ODS_STYLE = re.compile(rb"<style:style\b([^>]*?)>(.*?)</style:style>", re.DOTALL)
ODS_STRUCK = re.compile(rb'style:text-line-through-style="(?!none)')
ODS_SPAN = re.compile(rb'<text:span\b[^>]*text:style-name="([^"]*)"')
ODS_TEXT = re.compile(rb"<text:p\b[^>]*>(.*?)</text:p>", re.DOTALL)
ODS_INNER = re.compile(rb"<[^>]*>")


def xls_marks(path: Path, title: str) -> Marks:
    """The marks of one sheet of an .xls; `unknown` where they cannot be read."""
    import xlrd  # here, so that other files never load it

    marks = Marks()
    try:
        with xlrd.open_workbook(str(path), formatting_info=True, on_demand=True) as book:
            _read_xls(book, book.sheet_by_name(title), xlrd.error_text_from_code, marks)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  it falls over damaged files in every way, and never lies
        marks.unknown = True
    return marks


def _read_xls(book: Any, sheet: Any, errors: dict[int, str], marks: Marks) -> None:
    """Errors, hidden rows and columns, struck cells."""
    struck = {number for number, font in enumerate(book.font_list) if font.struck_out}
    styles = {number for number, form in enumerate(book.xf_list) if form.font_index in struck}
    padded = {
        number: len(zeros.group(1))
        for number, form in enumerate(book.xf_list)
        if (zeros := ZEROS.fullmatch(book.format_map[form.format_key].format_str))
    }
    for row in range(sheet.nrows):
        for column, kind in enumerate(sheet.row_types(row)):
            cell = (row + 1, column + 1)
            if kind == ERROR:
                marks.faults[cell] = errors.get(sheet.cell_value(row, column), "#N/A")
            runs = sheet.rich_text_runlist_map.get((row, column), ())
            style = sheet.cell_xf_index(row, column)
            if style in styles or any(run[1] in struck for run in runs):
                marks.struck.add(cell)
            if style in padded:
                marks.padded[cell] = padded[style]
    marks.hidden_rows |= {row + 1 for row, said in sheet.rowinfo_map.items() if said.hidden}
    marks.hidden_columns |= {
        column + 1 for column, said in sheet.colinfo_map.items() if said.hidden or not said.width
    }


def ods_marks(archive: zipfile.ZipFile, title: str) -> Marks:
    """The marks of one sheet of an .ods."""
    reader = _Ods(title)
    for piece in pieces_of(archive, "content.xml", ODS_END):
        reader.read(piece)
    return reader.marks


class _Ods:
    """Where the reading of an .ods stands: whether in the sheet, and at which row and column."""

    def __init__(self, title: str) -> None:
        self.marks = Marks()
        self._title = title
        self._struck: set[bytes] = set()
        self._is_there = False
        self._row = self._next_row = self._column = 1

    def read(self, piece: bytes) -> None:
        """Some rows, and what stands before them."""
        for style in ODS_STYLE.finditer(piece):
            if ODS_STRUCK.search(style.group(2)):
                self._struck.add(attributes_of(style.group(1)).get(b"style:name", b""))
        for tag in ODS_TAG.finditer(piece):
            kind, said = tag.group(1), attributes_of(tag.group(2))
            if kind == b"table":
                self._is_there = text_of_xml(said.get(b"table:name", b"")) == self._title
                self._next_row = self._column = 1
            elif not self._is_there:
                continue
            elif kind == b"table-column":
                self._hide(self.marks.hidden_columns, said, self._times(said, b"columns"))
            elif kind == b"table-row":
                self._row, self._column = self._next_row, 1
                times = self._times(said, b"rows")
                self._next_row += times
                if said.get(b"table:visibility", b"visible") != b"visible" and times < FURTHEST:
                    self.marks.hidden_rows.update(range(self._row, self._next_row))
            else:
                self._cell(said, b"" if tag.group(3) else _body(piece, tag.end()))

    def _hide(self, hidden: set[int], said: dict[bytes, bytes], times: int) -> None:
        """A column, or several."""
        if said.get(b"table:visibility", b"visible") != b"visible":
            hidden.update(range(self._column, self._column + times))
        self._column += times

    def _cell(self, said: dict[bytes, bytes], body: bytes) -> None:
        """A cell, or several that are the same."""
        times = self._times(said, b"columns")
        is_struck = said.get(b"table:style-name") in self._struck or any(
            style in self._struck for style in ODS_SPAN.findall(body)
        )
        if body or b"table:formula" in said:
            shown = self._shown(said, body)
            formula = said.get(b"table:formula")
            for column in range(self._column, self._column + times):
                if formula is not None:
                    self.marks.formulas[self._row, column] = text_of_xml(formula)
                if shown:
                    self.marks.faults[self._row, column] = shown
                if is_struck:
                    self.marks.struck.add((self._row, column))
        down = int(said.get(b"table:number-rows-spanned", b"1"))
        right = int(said.get(b"table:number-columns-spanned", b"1"))
        if down > 1 or right > 1:
            area = (self._row, self._column, self._row + down - 1, self._column + right - 1)
            self.marks.merged.append(area)
        self._column += times

    def _shown(self, said: dict[bytes, bytes], body: bytes) -> str:
        """What a cell shows in the place of a value; empty where it has one."""
        text = text_of_xml(b"".join(ODS_INNER.sub(b"", part) for part in ODS_TEXT.findall(body)))
        if said.get(b"calcext:value-type") == b"error":
            return text or "#N/A"
        if b"table:formula" in said and b"office:value-type" not in said:
            return f"={text_of_xml(said[b'table:formula']).partition('=')[2]}"
        return ""

    def _times(self, said: dict[bytes, bytes], of: bytes) -> int:
        """How often a row or a cell is repeated."""
        return int(said.get(b"table:number-%s-repeated" % of, b"1"))


def _body(piece: bytes, start: int) -> bytes:
    """What stands inside a cell."""
    end = ODS_END_OF_CELL.search(piece, start)
    return piece[start : end.start() if end else len(piece)]
