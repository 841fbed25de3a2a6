"""Layouts as PDF, set by Typst.

Data reach the template as JSON, never as source, so a name cannot become a command. The file is
accessible PDF (PDF/UA-1); that standard also makes Typst name a character that no font has.
"""

import json
import re
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Literal, cast

import typst

from pingyi.documents import fonts, glyphs
from pingyi.documents.layouts import Cell, Layout, Pair
from pingyi.documents.measures import (
    EVEN,
    PADDING_MM,
    balanced,
    breaking_words,
    clean,
    room,
)
from pingyi.documents.qr import qr_svg
from pingyi.documents.sheets import GridCell, Sheet, notes_room, pair_rooms, sheet_of

TEMPLATE = Path(__file__).parent / "typst" / "sheets.typ"
MOST_LINES_KEPT = 12


def pdf(layout: Layout, *, made_at: datetime | None = None) -> bytes:
    """One layout as a PDF file."""
    return several_pdf([layout], made_at=made_at)


def several_pdf(layouts: Sequence[Layout], *, made_at: datetime | None = None) -> bytes:
    """Layouts one after the other in one PDF file, pages numbered through.

    The same layouts give the same bytes; the file carries no time unless `made_at` is given.
    """
    data = {
        "fonts": fonts.stacks(),
        "thicken": fonts.title_is_embedded(),
        "made_at": made_at and [made_at.year, made_at.month, made_at.day],
        "sheets": [_sheet(sheet_of(layout)) for layout in layouts],
    }
    return compiled(TEMPLATE, data, made_at=made_at)


def compiled(
    template: Path, data: dict[str, object], *,
    made_at: datetime | None = None, standard: Literal["ua-1"] | None = "ua-1",
) -> bytes:  # fmt: skip
    """A Typst template filled with data, as a PDF file: accessible (PDF/UA-1) unless told not to.

    A box stands for what no font has, and `lacking` says so to the template; without a standard
    nobody looks.
    """
    compiler = typst.Compiler(template, root=template.parent, font_paths=fonts.font_files())
    compile_ = partial(
        compiler.compile,
        format="pdf",
        pdf_standards=standard,
        timestamp=made_at and made_at.replace(microsecond=0),
    )
    text = json.dumps({**data, "lacking": ""}, ensure_ascii=False)
    try:
        made = compile_(sys_inputs={"data": text})
    except typst.TypstError as error:
        # What shows alone may not show where it stands: an accent upon a letter, say. The letter
        # stays: the names of the data are made of such.
        lacking = glyphs.lacking(text) or re.sub(r"[\x00-\x7f]", "", glyphs.named_in(error))
        if not lacking:
            raise
        boxed = text.translate(dict.fromkeys(map(ord, lacking), glyphs.BOX))
        said = json.dumps(
            {**json.loads(boxed), "lacking": glyphs.sentence(lacking)}, ensure_ascii=False
        )
        made = compile_(sys_inputs={"data": said})
    return cast(bytes, made)  # one file, since there is no output path and the format is PDF


def _sheet(sheet: Sheet) -> dict[str, object]:
    margins = sheet.margins
    return {
        "title": _title(sheet),
        "annex": clean(sheet.annex),
        "mark": clean(sheet.mark),
        "noted": _noted(sheet),
        "head": _pairs(sheet.head, sheet),
        "notes": _notes(sheet),
        "notes_label": clean(sheet.notes_label),
        "foot": _pairs(sheet.foot, sheet),
        "landscape": sheet.orientation == "landscape",
        "margins": [margins.top, margins.right, margins.bottom, margins.left],
        "title_size": sheet.title_size,
        "cell_size": sheet.cell_size,
        "page_numbers": sheet.page_numbers,
        "widths": sheet.grid.widths,
        "heights": sheet.grid.heights,
        "head_lines": sheet.grid.head_lines,
        "lines": _lines(sheet),
        "whole": [_stays_whole(line, sheet) for line in sheet.grid.lines],
    }


def _noted(sheet: Sheet) -> list[str | float]:
    """What the foot says of the ledger, the picture beside it and how wide it is; or nothing."""
    if sheet.noted is None:
        return []
    return [sheet.noted_line, qr_svg(sheet.noted.code), sheet.noted_mm]


def _notes(sheet: Sheet) -> list[str]:
    across = notes_room(sheet.text_width)
    return [breaking_words(clean(note), across) for note in sheet.notes]


def _title(sheet: Sheet) -> str:
    return balanced(clean(sheet.title), room(sheet.text_width, sheet.title_size, 0), even=True)


def _pairs(pairs: tuple[Pair, ...], sheet: Sheet) -> list[list[str]]:
    rooms = pair_rooms(len(pairs), sheet.text_width)
    return [
        [clean(label), breaking_words(clean(value), across)]
        for (label, value), across in zip(pairs, rooms, strict=True)
    ]


def _lines(sheet: Sheet) -> list[list[list[object]]]:
    widths, size = sheet.grid.widths, sheet.cell_size
    rooms = [room(width, size) for width in widths]
    lines: list[list[list[object]]] = [[] for _ in sheet.grid.lines]
    for y, x, cell in sheet.grid.placed():
        text = cell_text(cell.value)
        if text and cell.kind in PADDING_MM:
            across = room(sum(widths[x : x + cell.columns]), size, PADDING_MM[cell.kind])
            text = balanced(text, across, even=cell.kind in EVEN)
        elif text and cell.columns == 1:
            text = breaking_words(text, rooms[x])
        lines[y].append([text, cell.kind, cell.columns, cell.rows])
    return lines


def _stays_whole(line: tuple[GridCell, ...], sheet: Sheet) -> bool:
    """Whether a row goes to the next page as one; what fills a good part of a page is parted."""
    if len(line) != len(sheet.grid.widths):
        return False  # rows that share cells are held together by their spans
    texts = zip(line, sheet.grid.widths, strict=True)
    lines = max((len(cell_text(c.value)) / room(w, sheet.cell_size) for c, w in texts), default=0)
    return lines < MOST_LINES_KEPT


def cell_text(value: Cell) -> str:
    """A cell as it is printed: nothing for None, 0 for zero."""
    return "" if value is None else clean(str(value))
