"""Reads PDF files back: their text, page by page and line by line."""

import pypdfium2


def pdf_pages(data: bytes) -> list[str]:
    file = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_bounded() for page in file]
    finally:
        file.close()


def pdf_lines(text: str) -> list[list[str]]:
    """The words of each line; a table row comes out as its cells, blanks left out."""
    return [line.split() for line in text.splitlines()]
