"""A row per member, under each item a column per grade (annex 5, N9)."""

import math
from collections.abc import Sequence

from pingyi.campaigns.rules.pack import BallotForm
from pingyi.paper.rules.frame import (
    FRAME_MM,
    LEAST_CELL_MM,
    LEAST_ROW_MM,
    TABLE_EDGE_MM,
    TIGHT,
    Canvas,
    DoesNotFit,
    head,
)
from pingyi.paper.rules.text_fitting import fitted

A4_MM = (210.0, 297.0)
NAME_MM, NUMBER_MM = 20.0, 5.6
TOP_MM, ITEMS_MM, GRADES_MM, BOTTOM_MM = 29.0, 8.4, 7.6, 7.0
"""Top of the table, heights of its heads, and what stays free under it."""
MOST_ROW_MM = 9.5


def member_pages(form: BallotForm, name: str, names: Sequence[str]) -> list[Canvas]:
    """The pages of one ballot; the names are spread evenly over as few pages as hold them.

    DoesNotFit where the columns would be too narrow to tick.
    """
    columns = len(form.items) * len(form.options)
    width, height = _paper(columns)
    free = height - BOTTOM_MM - TOP_MM - ITEMS_MM - GRADES_MM
    most_rows = int(free / LEAST_ROW_MM)
    of = max(1, math.ceil(len(names) / most_rows))
    each = math.ceil(len(names) / of)
    row = min(MOST_ROW_MM, math.floor(free / each * 100) / 100)
    pages = []
    for page in range(1, of + 1):
        canvas = Canvas(width, height)
        head(canvas, form, name, TIGHT, page=page, of=of)
        _table(canvas, form, names[(page - 1) * each : page * each], (page - 1) * each, row)
        pages.append(canvas)
    return pages


def _paper(columns: int) -> tuple[float, float]:
    """A4 upright where the columns fit, on its side otherwise; mm."""
    short, long_ = A4_MM
    for width, height in ((short, long_), (long_, short)):
        if width - 2 * TABLE_EDGE_MM - NAME_MM >= columns * LEAST_CELL_MM:
            return width, height
    raise DoesNotFit("columns", int((long_ - 2 * TABLE_EDGE_MM - NAME_MM) / LEAST_CELL_MM))


def _table(canvas: Canvas, form: BallotForm, names: Sequence[str], before: int, row: float) -> None:
    options = len(form.options)
    columns = len(form.items) * options
    left, right = TABLE_EDGE_MM, canvas.right
    wide = math.floor((right - left - NAME_MM) / columns * 100) / 100
    first = right - columns * wide
    grades, body = TOP_MM + ITEMS_MM, TOP_MM + ITEMS_MM + GRADES_MM
    low = body + len(names) * row
    _heads(canvas, form, first, wide)
    canvas.rule(left, TOP_MM, right, TOP_MM, FRAME_MM)
    canvas.rule(first, grades, right, grades)
    for number in range(len(names) + 1):
        strong = number in (0, len(names))
        canvas.rule(left, body + number * row, right, body + number * row, *_strength(strong))
    canvas.rule(left, TOP_MM, left, low, FRAME_MM)
    for column in range(columns + 1):
        group = column % options == 0
        x = first + column * wide
        canvas.rule(x, TOP_MM if group else grades, x, low, *_strength(group))
    for number, person in enumerate(names):
        y = body + number * row
        _name(canvas, before + number + 1, person, y, first, row)
        for index, (item, option) in enumerate(
            (item, option) for item in form.items for option in form.options
        ):
            canvas.cell(
                first + index * wide, y, wide, row,
                item=item.code, row=before + number + 1, option=option.code,
            )  # fmt: skip


def _strength(strong: bool) -> tuple[float, ...]:
    return (FRAME_MM,) if strong else ()


def _heads(canvas: Canvas, form: BallotForm, first: float, wide: float) -> None:
    left, options = TABLE_EDGE_MM, len(form.options)
    canvas.words.append(
        fitted(left + 0.6, TOP_MM, first - left - 1.2, ITEMS_MM + GRADES_MM, form.member_label,
               size=11, face="hei", align="center")
    )  # fmt: skip
    for index, item in enumerate(form.items):
        x = first + index * options * wide
        canvas.words.append(
            fitted(x + 0.8, TOP_MM + 0.3, options * wide - 1.6, ITEMS_MM - 0.6, item.label,
                   size=10, face="hei", align="center")
        )  # fmt: skip
        for place, option in enumerate(form.options):
            canvas.words.append(
                fitted(x + place * wide + 0.5, TOP_MM + ITEMS_MM + 0.3, wide - 1, GRADES_MM - 0.6,
                       option.label, size=9, least=8.5, align="center")
            )  # fmt: skip


def _name(canvas: Canvas, number: int, person: str, y: float, first: float, row: float) -> None:
    left = TABLE_EDGE_MM
    canvas.words += [
        fitted(left + 0.5, y, NUMBER_MM - 0.8, row, str(number), size=9, least=7, align="right"),
        fitted(left + NUMBER_MM + 0.6, y + 0.25, first - left - NUMBER_MM - 1.2, row - 0.5,
               person, size=10.5, least=8),
    ]  # fmt: skip
