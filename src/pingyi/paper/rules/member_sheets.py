"""A row per member, under each item a column per grade (annex 5, N9)."""

import math
from collections.abc import Sequence

from pingyi.campaigns.rules.pack import BallotForm
from pingyi.documents.drawings import Words
from pingyi.documents.measures import width_mm
from pingyi.paper.rules.frame import (
    FRAME_MM,
    LEAST_CELL_MM,
    LEAST_ROW_MM,
    RULE_MM,
    TABLE_EDGE_MM,
    TIGHT,
    Canvas,
    DoesNotFit,
    head,
)
from pingyi.paper.rules.text_fitting import TIGHT_LEADING, fitted

A4_MM = (210.0, 297.0)
NAME_MM, DIGIT_MM = 20.0, 1.85
"""Number and name together; a digit of the number at its size."""
NUMBER_SIZE, OPTION_SIZE = 9.0, 9.0
TOP_MM, ITEMS_MM, GRADES_MM, BOTTOM_MM = 29.0, 8.4, 7.6, 7.0
"""Top of the table, heights of its heads, and what stays free under it."""
MOST_ROW_MM = 10.0
NAME_WORDS = "姓名"
"""Above the names where the pack does not say it."""


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
        head(canvas, form, name, TIGHT, number=f"第{page}页 共{of}页" if of > 1 else "")
        rows = list(enumerate(names, start=1))[(page - 1) * each : page * each]
        _table(canvas, form, rows, row, number_mm=DIGIT_MM * max(2, len(str(len(names)))))
        pages.append(canvas)
    return pages


def _paper(columns: int) -> tuple[float, float]:
    """A4 upright where the columns fit, on its side otherwise; mm."""
    short, long_ = A4_MM
    for width, height in ((short, long_), (long_, short)):
        if width - 2 * TABLE_EDGE_MM - NAME_MM >= columns * LEAST_CELL_MM:
            return width, height
    raise DoesNotFit("columns", int((long_ - 2 * TABLE_EDGE_MM - NAME_MM) / LEAST_CELL_MM))


def _table(
    canvas: Canvas, form: BallotForm, rows: Sequence[tuple[int, str]], row: float, *,
    number_mm: float,
) -> None:  # fmt: skip
    columns = len(form.items) * len(form.options)
    wide = math.floor((canvas.right - TABLE_EDGE_MM - NAME_MM) / columns * 100) / 100
    first = canvas.right - columns * wide
    body = TOP_MM + ITEMS_MM + GRADES_MM
    _rules(canvas, form, len(rows), row, first, wide)
    _heads(canvas, form, first, wide)
    ticks = [(item.code, option.code) for item in form.items for option in form.options]
    for place, (number, person) in enumerate(rows):
        y = body + place * row
        _name(canvas, number, person, y, first, row, number_mm)
        for index, (item, option) in enumerate(ticks):
            x = first + index * wide
            canvas.cell(x, y, wide, row, item=item, row=number, option=option)


def _rules(
    canvas: Canvas, form: BallotForm, rows: int, row: float, first: float, wide: float
) -> None:
    """Strong rules around the table, between its heads and its rows, and between the items."""
    left, right, options = TABLE_EDGE_MM, canvas.right, len(form.options)
    grades, body = TOP_MM + ITEMS_MM, TOP_MM + ITEMS_MM + GRADES_MM
    low = body + rows * row
    canvas.rule(left, TOP_MM, right, TOP_MM, FRAME_MM)
    canvas.rule(first, grades, right, grades)
    for number in range(rows + 1):
        y = body + number * row
        canvas.rule(left, y, right, y, FRAME_MM if number in (0, rows) else RULE_MM)
    canvas.rule(left, TOP_MM, left, low, FRAME_MM)
    for column in range(len(form.items) * options + 1):
        group = column % options == 0
        x = first + column * wide
        canvas.rule(x, TOP_MM if group else grades, x, low, FRAME_MM if group else RULE_MM)


def _heads(canvas: Canvas, form: BallotForm, first: float, wide: float) -> None:
    left, options = TABLE_EDGE_MM, len(form.options)
    canvas.words.append(
        fitted(left + 0.6, TOP_MM, first - left - 1.2, ITEMS_MM + GRADES_MM,
               form.member_label or NAME_WORDS,
               size=11, face="hei", align="center")
    )  # fmt: skip
    for index, item in enumerate(form.items):
        x = first + index * options * wide
        canvas.words.append(
            fitted(x + 0.8, TOP_MM + 0.3, options * wide - 1.6, ITEMS_MM - 0.6, item.label,
                   size=10, face="hei", align="center", leading=TIGHT_LEADING)
        )  # fmt: skip
        for place, option in enumerate(form.options):
            canvas.words.append(
                fitted(x + place * wide + 0.5, TOP_MM + ITEMS_MM + 0.3, wide - 1, GRADES_MM - 0.6,
                       _in_two(option.label, wide - 1), size=OPTION_SIZE, align="center",
                       leading=TIGHT_LEADING)
            )  # fmt: skip


def _in_two(label: str, room: float) -> str:
    """A grade too wide for its column on two lines, the longer one below."""
    if width_mm(label, OPTION_SIZE) <= room:
        return label
    middle = len(label) // 2
    return f"{label[:middle]}\n{label[middle:]}"


def _name(
    canvas: Canvas, number: int, person: str, y: float, first: float, row: float, number_mm: float
) -> None:
    x = TABLE_EDGE_MM + 0.5 + number_mm
    canvas.words += [
        fitted(TABLE_EDGE_MM + 0.5, y, number_mm, row, str(number),
               size=NUMBER_SIZE, align="right"),
        _whole_mark(x + 0.9, y + 0.25, first - x - 1.4, row - 0.5, person),
    ]  # fmt: skip


def _whole_mark(x: float, y: float, w: float, h: float, person: str) -> Words:
    """The name; what tells namesakes apart is not torn behind its bracket."""
    words = fitted(x, y, w, h, person, size=11, least=8.5, leading=TIGHT_LEADING)
    if "（\n" not in words.text:
        return words
    parted = person.replace("（", "\n（")
    return fitted(x, y, w, h, parted, size=11, least=8.5, leading=TIGHT_LEADING)
