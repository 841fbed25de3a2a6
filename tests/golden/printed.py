"""What stands in a document as figures, row by row, read without the code that wrote it."""

from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdfium2

# Signs of one figure stand closer together than this many points, lines further apart.
GAP = 5
SECTORS = 12
# What stands above and below a table: its number, the day, the ledger's root.
NO_ROW = ("附件", "年", "电话", "台账", "校验")


def figures_in(path: Path) -> list[list[int]]:
    """The rows of a pdf, docx or xlsx that hold figures; a date or a title is none."""
    read = {".pdf": _of_pdf, ".docx": _of_word, ".xlsx": _of_excel}[path.suffix]
    read_rows = read(path.read_bytes())
    rows = [
        [int(text) for text in row if text.isdigit()]
        for row in read_rows
        if not any(word in "".join(row) for word in NO_ROW)
    ]
    return [row for row in rows if row]


def golden_rows(table: dict[str, Any]) -> list[list[int]]:
    """The rows of a table of the notice that hold figures, as the paper folds them: the sectors in
    two halves, one below the other."""
    blocks = [table] if "columns" in table else list(table.values())
    rows = []
    for block in blocks:
        width = len(block["columns"])
        fold = width // 2 if width == SECTORS else width
        for at in range(0, width, fold):
            rows += [row[at : at + fold] for name, row in block.items() if name != "columns"]
    figures = [[figure for figure in row if figure is not None] for row in rows]
    return [row for row in figures if row]


def _of_word(content: bytes) -> list[list[str]]:
    rows = [row for table in docx.Document(BytesIO(content)).tables for row in table.rows]
    # A merged cell is there once for each cell that it covers.
    return [
        [cell.text.strip() for cell in {cell._tc: cell for cell in row.cells}.values()]
        for row in rows
    ]


def _of_excel(content: bytes) -> list[list[str]]:
    rows = openpyxl.load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    return [[str(value) for value in row if value is not None] for row in rows]


def _of_pdf(content: bytes) -> list[list[str]]:
    """Words of each line: signs on one height, parted where there is a gap."""
    found = []
    for page in pypdfium2.PdfDocument(content):
        text = page.get_textpage()
        signs = [
            (*text.get_charbox(at, loose=True), text.get_text_range(at, 1))
            for at in range(text.count_chars())
        ]
        signs = [sign for sign in signs if sign[4].strip()]
        # Digits of one line stand on one base.
        for _base, line in groupby(
            sorted(signs, key=lambda sign: (-round(sign[1]), sign[0])), lambda sign: round(sign[1])
        ):
            words: list[str] = []
            end = None
            for left, _bottom, right, _top, sign in line:
                if end is None or left - end > GAP:
                    words.append("")
                words[-1] += sign
                end = right
            found.append(words)
    return found
