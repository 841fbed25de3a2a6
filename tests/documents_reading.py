"""Reads documents back: PDF page by page, workbooks cell by cell, Word files."""

from io import BytesIO
from typing import Any

import docx as word
import openpyxl
import pypdfium2

MM = 25.4 / 72


def pdf_pages(data: bytes) -> list[str]:
    file = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_bounded() for page in file]
    finally:
        file.close()


def pdf_lines(text: str) -> list[list[str]]:
    """The words of each line; a table row comes out as its cells, blanks left out."""
    return [line.split() for line in text.splitlines()]


def pdf_signs(data: bytes, number: int = 0) -> list[tuple[str, float, float]]:
    """The signs of a page with their left and right edge in mm."""
    file = pypdfium2.PdfDocument(data)
    try:
        text = file[number].get_textpage()
        edges = [(index, text.get_charbox(index)) for index in range(text.count_chars())]
        return [
            (text.get_text_range(index, 1), left * MM, right * MM)
            for index, (left, _, right, _) in edges
        ]
    finally:
        file.close()


def excel_page(data: bytes) -> Any:
    """The first worksheet of a workbook."""
    return openpyxl.load_workbook(BytesIO(data)).worksheets[0]


def excel_cells(data: bytes) -> list[Any]:
    """The cells of a workbook that hold something."""
    book = openpyxl.load_workbook(BytesIO(data))
    return [cell for page in book for row in page.iter_rows() for cell in row if cell.value]


def word_file(data: bytes) -> Any:
    """A Word document."""
    return word.Document(BytesIO(data))
