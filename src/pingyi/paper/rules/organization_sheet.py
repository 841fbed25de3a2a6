"""A row per item, a column per grade, and a box for opinions (annex 4, N8).

The box for what was put right is filled in later by the organization; it stands on the plain
official form and is no part of the ballot.
"""

import math

from pingyi.campaigns.rules.pack import BallotForm
from pingyi.paper.rules.frame import (
    FRAME_MM,
    LEAST_CELL_MM,
    ROOMY,
    Canvas,
    DoesNotFit,
    head,
)
from pingyi.paper.rules.text_fitting import fitted

WIDTH_MM, HEIGHT_MM = 210.0, 297.0
TOP_MM, GRADES_MM, BOTTOM_MM = 41.0, 12.0, 17.0
MOST_GRADE_MM, MOST_ROW_MM, LEAST_ITEM_ROW_MM = 23.0, 17.0, 9.0
LEAST_BOX_MM = 35.0
ITEM_SHARE = 0.42
"""The least share of the table's width that the items take."""


def organization_page(form: BallotForm, name: str) -> Canvas:
    """The page of a ballot about one organization; DoesNotFit with too many grades or items."""
    canvas = Canvas(WIDTH_MM, HEIGHT_MM)
    head(canvas, form, name, ROOMY)
    left, right = ROOMY.left, canvas.width - ROOMY.left
    low = HEIGHT_MM - BOTTOM_MM
    wide = min(MOST_GRADE_MM, math.floor((right - left) * (1 - ITEM_SHARE) / len(form.options)))
    if wide < LEAST_CELL_MM:
        most = int((right - left) * (1 - ITEM_SHARE) / LEAST_CELL_MM)
        raise DoesNotFit("options", most)
    room = low - TOP_MM - GRADES_MM - (LEAST_BOX_MM if form.opinions_label else 0)
    row = min(MOST_ROW_MM, math.floor(room / len(form.items) * 10) / 10)
    if row < LEAST_ITEM_ROW_MM:
        raise DoesNotFit("items", int(room / LEAST_ITEM_ROW_MM))
    _table(canvas, form, left, right, right - wide * len(form.options), wide, row)
    if form.opinions_label:
        _box(canvas, form, left, right, TOP_MM + GRADES_MM + row * len(form.items), low)
    return canvas


def _table(
    canvas: Canvas, form: BallotForm, left: float, right: float, first: float, wide: float,
    row: float,
) -> None:  # fmt: skip
    body = TOP_MM + GRADES_MM
    end = body + row * len(form.items)
    canvas.rule(left, TOP_MM, right, TOP_MM, FRAME_MM)
    for number in range(len(form.items) + 1):
        strong = number in (0, len(form.items))
        y = body + number * row
        canvas.rule(left, y, right, y, *((FRAME_MM,) if strong else ()))
    canvas.rule(left, TOP_MM, left, end, FRAME_MM)
    for column in range(len(form.options) + 1):
        strong = column in (0, len(form.options))
        x = first + column * wide
        canvas.rule(x, TOP_MM, x, end, *((FRAME_MM,) if strong else ()))
    canvas.words.append(
        fitted(left, TOP_MM, first - left, GRADES_MM, "项目", size=13, face="hei", align="center")
    )
    for place, option in enumerate(form.options):
        canvas.words.append(
            fitted(first + place * wide + 0.6, TOP_MM, wide - 1.2, GRADES_MM, option.label,
                   size=13, face="hei", align="center")
        )  # fmt: skip
    for number, item in enumerate(form.items):
        y = body + number * row
        canvas.words.append(
            fitted(left + 2.5, y + 0.5, first - left - 5, row - 1, item.label, size=13, least=11)
        )
        for place, option in enumerate(form.options):
            canvas.cell(
                first + place * wide, y, wide, row, item=item.code, row=None, option=option.code
            )


def _box(
    canvas: Canvas, form: BallotForm, left: float, right: float, top: float, low: float
) -> None:
    canvas.rule(left, low, right, low, FRAME_MM)
    for x in (left, right):
        canvas.rule(x, top, x, low, FRAME_MM)
    label = form.opinions_label.rstrip(":\uff1a")
    canvas.words.append(
        fitted(left + 2.5, top + 1.5, right - left - 5, 8, f"{label}\uff1a", size=12)
    )
