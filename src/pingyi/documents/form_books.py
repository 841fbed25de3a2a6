"""Writes forms that people fill in: labels and sums locked, entries tried as they are typed.

The lock has no password: it is a courtesy, and what comes back is compared (form_pages).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from typing import Any

import xlsxwriter

from pingyi.documents.fonts import OFFICE
from pingyi.documents.form_pages import FormPage, Look, Spot
from pingyi.documents.measures import clean
from pingyi.documents.xlsx import A4, NO_TIME, PIXELS_PER_MM

FACTS = "_form"
"""The hidden sheet that says which form it is."""
MOST = 999_999_999
LONGEST = 300
FIRST_DAY = date(2000, 1, 1)
Shown = int | float | str | date | None
_LOOKS: Mapping[Look, Mapping[str, Any]] = {
    "mark": {"font_name": OFFICE["kai"], "font_size": 10.5, "align": "center"},
    "annex": {"font_name": OFFICE["hei"], "font_size": 16},
    "title": {"font_name": OFFICE["title"], "font_size": 22, "align": "center"},
    "pair": {"font_name": OFFICE["body"], "font_size": 12, "shrink": True},
    "pair_end": {"font_name": OFFICE["body"], "font_size": 12, "align": "right", "shrink": True},
    "head": {"font_name": OFFICE["hei"], "border": 1, "align": "center", "text_wrap": True},
    "row": {"font_name": OFFICE["body"], "border": 1, "align": "center", "text_wrap": True},
    "figure": {"font_name": OFFICE["body"], "border": 1, "align": "center", "text_wrap": True},
    "note": {"font_name": OFFICE["body"], "align": "left", "valign": "top", "text_wrap": True},
    "aside": {"font_name": OFFICE["body"], "font_color": "#595959", "align": "center"},
    "list": {"font_name": OFFICE["body"], "border": 1, "align": "left", "text_wrap": True},
}
_TYPED, _WRONG, _DIFFERS = "#FFF9E5", "#F8CBAD", "#FFE08A"


@dataclass(frozen=True)
class FormBook:
    """A form with what stands in its entries.

    `marks` says of entries what is wrong with them; `closed` are entries that stay as they are;
    `counted` names, by the key of an entry, the stated figure that it is compared with by colour.
    """

    title: str
    pages: Sequence[FormPage]
    facts: Sequence[tuple[str, str]]
    values: Mapping[str, Shown]
    # What may be typed instead of a number.
    words: Sequence[str]
    # What is said where something else is typed, by the kind of the entry.
    refused: Mapping[str, str]
    counted: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()
    # A sheet of its own with what is wrong: its title, then its lines, the first one the headings.
    remarks: tuple[str, Sequence[Sequence[str]]] = ("", ())


def form_workbook(book: FormBook, *, made_at: datetime | None = None) -> bytes:
    """The form as an .xlsx."""
    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as workbook:
        created = (made_at or NO_TIME).astimezone(UTC).replace(tzinfo=None)
        properties = {"title": clean(book.title).replace("\n", ""), "author": ""}
        workbook.set_properties({**properties, "created": created})
        _Writing(workbook, book).write()
    return file.getvalue()


class _Writing:
    """One form being written."""

    def __init__(self, workbook: Any, book: FormBook) -> None:
        self.workbook = workbook
        self.book = book
        self.style = cache(self._style)
        # Where each entry and each stated figure stands, as a formula of another sheet says it.
        self.places = {
            spot.key: (page.title, spot) for page in book.pages for spot in page.spots if spot.key
        }

    def write(self) -> None:
        """The remarks first where there are any, then the pages, then which form it is."""
        title, lines = self.book.remarks
        if lines:
            self._remarks(title, lines)
        for page in self.book.pages:
            self._page(page)
        facts = self.workbook.add_worksheet(FACTS)
        facts.hide()
        facts.protect()
        for row, pair in enumerate(self.book.facts):
            facts.write_row(row, 0, pair)

    def _remarks(self, title: str, lines: Sequence[Sequence[str]]) -> None:
        sheet = self.workbook.add_worksheet(title)
        for row, line in enumerate(lines):
            look: Look = "list" if row else "head"
            for column, text in enumerate(line):
                sheet.write_string(row, column, clean(text), self.style(look))
        for column, width in enumerate((10, 8, 22, 26, 16, 36, 40)):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)

    def _page(self, page: FormPage) -> None:
        sheet = self.workbook.add_worksheet(page.title)
        self._set_up(sheet, page)
        for spot in page.spots:
            self._spot(sheet, page, spot)
        sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})

    def _set_up(self, sheet: Any, page: FormPage) -> None:
        for column, width in enumerate(page.widths):
            sheet.set_column_pixels(column, column, round(width * PIXELS_PER_MM))
        for row, height in enumerate(page.heights):
            sheet.set_row(row, min(height, 409.0))
        edges = page.margins
        inches = [mm / 25.4 for mm in (edges.left, edges.right, edges.top, edges.bottom)]
        sheet.set_margins(left=inches[0], right=inches[1], top=inches[2], bottom=inches[3])
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        first, last, column = page.printed
        sheet.print_area(first - 1, 0, last - 1, column - 1)

    def _spot(self, sheet: Any, page: FormPage, spot: Spot) -> None:
        is_open = spot.is_entry and spot.key not in self.book.closed
        is_wrong = spot.key != "" and spot.key in self.book.marks
        style = self.style(spot.look, is_open, is_wrong, spot.kind == "day")
        top, left = spot.row - 1, spot.column - 1
        if spot.rows > 1 or spot.columns > 1:
            area = (top, left, top + spot.rows - 1, left + spot.columns - 1)
            sheet.merge_range(*area, "", style)
        if spot.kind in ("sum", "same"):
            sheet.write_formula(top, left, self._formula(spot), style, self._reckoned(spot))
            return
        value = clean(spot.text) if spot.kind == "label" else self.book.values.get(spot.key)
        _write(sheet, (top, left), value, style)
        if is_open:
            self._try(sheet, page, spot)
        if is_wrong:
            size = {"x_scale": 2.5, "y_scale": 1.2}
            sheet.write_comment(top, left, clean(self.book.marks[spot.key]), size)

    def _try(self, sheet: Any, page: FormPage, spot: Spot) -> None:
        """What may be typed into an entry, and its colour where it is not what was counted."""
        self.workbook.define_name(spot.key, f"={_place(page.title, spot)}")
        here, area = spot.name, (spot.row - 1, spot.column - 1)
        rules: dict[str, dict[str, Any]] = {
            "number": {"validate": "custom", "value": _is_number(here, self.book.words)},
            "day": {"validate": "date", "criteria": ">=", "value": FIRST_DAY},
            "text": {"validate": "length", "criteria": "<=", "value": LONGEST},
        }
        rule = {**rules[spot.kind], "error_message": self.book.refused[spot.kind][:255]}
        sheet.data_validation(*area, *area, rule)
        if spot.key in self.book.counted:
            counted = _place(*self.places[self.book.counted[spot.key]])
            differs = self.workbook.add_format({"bg_color": _DIFFERS})
            criteria = f'={here}&""<>{counted}&""'
            colour = {"type": "formula", "criteria": criteria, "format": differs}
            sheet.conditional_format(*area, *area, colour)

    def _formula(self, spot: Spot) -> str:
        """As the page says; of entries on other sheets as they are called there."""
        if spot.formula:
            return spot.formula
        places = [_place(*self.places[key]) for key in spot.parts]
        if spot.kind == "sum":
            return f"={'+'.join(f'N({place})' for place in places)}"
        return f'=IF({places[0]}="","",{places[0]})'

    def _reckoned(self, spot: Spot) -> Shown:
        """What the formula gives, so that it stands there before anything reckons."""
        values = [self.book.values.get(key) for key in spot.parts]
        if spot.kind == "sum":
            return sum(value for value in values if isinstance(value, int))
        return "" if values[0] is None else values[0]

    def _style(
        self, look: Look, is_open: bool = False, is_wrong: bool = False, is_day: bool = False
    ) -> Any:
        said: dict[str, Any] = {"font_size": 10.5, "valign": "vcenter", **_LOOKS[look]}
        if is_open:
            said |= {"locked": False, "bg_color": _TYPED}
        if is_wrong:
            said |= {"bg_color": _WRONG, "border": 2, "border_color": "#B3261E"}
        if is_day:
            said |= {"num_format": 'yyyy"年"m"月"d"日"', "align": "left"}
        return self.workbook.add_format(said)


def _write(sheet: Any, place: tuple[int, int], value: Shown, style: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(*place, None, style)
    elif isinstance(value, str):
        sheet.write_string(*place, clean(value)[:32_000], style)
    elif isinstance(value, date):
        sheet.write_datetime(*place, value, style)
    else:
        sheet.write_number(*place, value, style)


def _place(title: str, spot: Spot) -> str:
    """A cell as other sheets name it."""
    letters = spot.name.removesuffix(str(spot.row))
    return f"'{title}'!${letters}${spot.row}"


def _is_number(here: str, words: Sequence[str]) -> str:
    """The rule of an entry for a number."""
    said = "".join(f',{here}="{word}"' for word in words)
    whole = f"AND(ISNUMBER({here}),N({here})>=0,N({here})=INT(N({here})),N({here})<={MOST})"
    return f"=OR({whole}{said})"
