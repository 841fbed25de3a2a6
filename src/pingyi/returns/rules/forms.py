"""A form that came back, compared with the form as it went out (N12, design of returns).

The lock is a courtesy: every label, formula and sum is compared, every entry understood or named.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pingyi.documents.form_pages import FormFile, FormPage, FormSheet, Spot, Value
from pingyi.documents.workbook_headings import column_letters
from pingyi.returns.rules.cells import Said
from pingyi.returns.rules.typed import day_typed, number_typed

LONGEST = 300
FORMULA_START = re.compile(r"^(?:of:|oooc:|msoxl:)?=?")
NO_SIGN = re.compile(r"\W+")
# So many rows or columns are looked for that were inserted or deleted; so many labels tell it.
MOST_MOVED, LEAST_MOVED = 20, 2


@dataclass(frozen=True)
class Fault:
    """What is wrong, or was taken otherwise than it stands: where, what stands there, and more."""

    code: str
    sheet: str = ""
    cell: str = ""
    # The entry, where it is one.
    key: str = ""
    value: str = ""
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass
class Filled:
    """What a form says: entries by their keys, what is wrong, and what was noticed on the way."""

    said: dict[str, Said] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    # Figures that the form states, as they were when it was made.
    stated: dict[str, Value] = field(default_factory=dict)
    # What stands in each entry, as it is given back to the sender.
    raw: dict[str, int | float | str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)

    @property
    def wrong(self) -> set[str]:
        """The entries that were not understood."""
        return {fault.key for fault in self.faults}


def compared(
    pages: Sequence[FormPage], file: FormFile, words: Mapping[str, str], others: Sequence[str]
) -> Filled:
    """Everything a form says and everything that is wrong with it, at once.

    `others` are sheets that belong to the program and are not read.
    """
    found, whole = Filled(), list[FormPage]()
    if file.has_macros:
        found.faults.append(Fault("has_macros"))
    if file.has_links:
        found.notes.append(Fault("has_links"))
    for page in pages:
        if page.title not in file.sheets:
            found.faults.append(Fault("sheet_missing", sheet=page.title))
            continue
        sheet = file.sheets[page.title]
        if (elsewhere := moved(page, sheet)) is not None:
            _read_moved(page, sheet, elsewhere, found)
            whole.append(page)
            continue
        _Page(page, sheet, file, words, found).read()
    known = {*others, *(page.title for page in pages)}
    found.notes += [
        Fault("sheet_not_read", sheet=title)
        for title, sheet in file.sheets.items()
        if title not in known and sheet.values
    ]
    found.faults += _redirected([page for page in pages if page not in whole], file.names)
    return found


@dataclass(frozen=True)
class Moved:
    """The row, or column, from which on all stand so many lower, or further right; higher, or
    further left, where some are gone.
    """

    first: int
    by: int
    are_columns: bool = False

    def place(self, spot: Spot) -> tuple[int, int] | None:
        """Where a cell of the form stands now; None where it is gone."""
        at = self.along(spot)
        if at < self.first:
            return spot.row, spot.column
        if at < self.first - self.by:
            return None
        if self.are_columns:
            return spot.row, spot.column + self.by
        return spot.row + self.by, spot.column

    def along(self, spot: Spot) -> int:
        """The row of a cell, or its column."""
        return spot.column if self.are_columns else spot.row

    @property
    def fault(self) -> tuple[str, str, dict[str, str | int]]:
        """Its code, a cell, and what is said of it."""
        how = "inserted" if self.by > 0 else "deleted"
        if self.are_columns:
            letters = column_letters(self.first)
            return f"columns_{how}", f"{letters}1", {"n": abs(self.by), "column": letters}
        return f"rows_{how}", f"A{self.first}", {"n": abs(self.by), "row": self.first}


def moved(page: FormPage, sheet: FormSheet) -> Moved | None:
    """Whether all labels of a sheet from a row or column on stand elsewhere together: rows or
    columns were inserted or deleted, and every cell beyond would be called wrong.
    """
    labels = [spot for spot in page.spots if spot.kind == "label" and spot.text]
    wrong = [spot for spot in labels if not _stands(spot, sheet, (spot.row, spot.column))]
    if not wrong:
        return None
    for are_columns in (False, True):
        first = min(spot.column if are_columns else spot.row for spot in wrong)
        for by in (*range(1, MOST_MOVED + 1), *range(-1, -MOST_MOVED - 1, -1)):
            found = Moved(first, by, are_columns)
            beyond = [spot for spot in labels if found.along(spot) >= first - min(by, 0)]
            if len(beyond) >= LEAST_MOVED and all(
                _stands(spot, sheet, found.place(spot)) for spot in beyond
            ):
                return found
    return None


def _stands(spot: Spot, sheet: FormSheet, place: tuple[int, int] | None) -> bool:
    return place is not None and plain(shown(sheet.values.get(place))) == plain(spot.text)


def _read_moved(page: FormPage, sheet: FormSheet, elsewhere: Moved, found: Filled) -> None:
    """What stands in the entries, to be given back, and the one thing that is wrong."""
    for spot in page.spots:
        place = elsewhere.place(spot)
        value = sheet.values.get(place) if place is not None else None
        if spot.kind == "stated":
            found.stated[spot.key] = value
        elif spot.is_entry and value is not None:
            found.raw[spot.key] = value if isinstance(value, int | float) else str(value)
    code, cell, params = elsewhere.fault
    found.faults.append(Fault(code, page.title, cell, params=params))


def _redirected(pages: Sequence[FormPage], names: Mapping[str, str]) -> Iterator[Fault]:
    """Names of entries that lead to other cells than they did."""
    for page in pages:
        for spot in page.spots:
            if spot.is_entry and spot.key in names:
                leads = names[spot.key].replace("'", "").replace("$", "")
                if leads != f"{page.title}!{spot.name}":
                    yield Fault("name_redirected", page.title, spot.name, spot.key, leads)


@dataclass
class _Page:
    """One sheet being compared."""

    page: FormPage
    sheet: FormSheet
    file: FormFile
    words: Mapping[str, str]
    found: Filled

    def read(self) -> None:
        """Labels and entries first, then the sums of what was understood, then what lies beside."""
        taken: set[tuple[int, int]] = set()
        for spot in self.page.spots:
            taken |= {
                (spot.row + down, spot.column + right)
                for down in range(spot.rows)
                for right in range(spot.columns)
            }
            match spot.kind:
                case "label":
                    self._label(spot)
                case "stated":
                    self.found.stated[spot.key] = self._value(spot)
                case "number" | "text" | "day":
                    self._entry(spot)
        for spot in self.page.spots:
            if spot.kind in ("sum", "same"):
                self._reckoned(spot)
        for (row, column), value in self.sheet.values.items():
            if (row, column) not in taken:
                name = f"{column_letters(column)}{row}"
                self.found.notes.append(Fault("not_read", self.page.title, name, "", shown(value)))

    def _value(self, spot: Spot) -> Value:
        return self.sheet.values.get((spot.row, spot.column))

    def _fault(self, spot: Spot, code: str, value: Value, **params: str | int) -> None:
        fault = Fault(code, self.page.title, spot.name, spot.key, shown(value), params)
        self.found.faults.append(fault)

    def _note(self, spot: Spot, code: str, value: Value, **params: str | int) -> None:
        note = Fault(code, self.page.title, spot.name, spot.key, shown(value), params)
        self.found.notes.append(note)

    def _label(self, spot: Spot) -> None:
        value = self._value(spot)
        if plain(shown(value)) != plain(spot.text):
            self._fault(spot, "label_changed", value, label=spot.text)

    def _entry(self, spot: Spot) -> None:
        place = (spot.row, spot.column)
        if place in self.sheet.formulas:
            code = "formula_typed" if spot.kind == "number" else "formula_in_a_line"
            self._fault(spot, code, f"={self.sheet.formulas[place].lstrip('=')}")
            return
        if place in self.sheet.faults:
            code = "shows_an_error" if spot.kind == "number" else "error_in_a_line"
            self._fault(spot, code, self.sheet.faults[place])
            return
        value = self._value(spot)
        if value is not None:
            self.found.raw[spot.key] = value if isinstance(value, int | float) else str(value)
        if spot.kind == "number":
            typed = number_typed(value, self.words)
            if typed.problem:
                self._fault(spot, typed.problem, value)
                return
            self.found.said[spot.key] = typed.said
            if not typed.as_typed:
                read = "" if typed.said is None else typed.said
                self._note(spot, "understood" if read != "" else "taken_as_blank", value, read=read)
        elif spot.kind == "day":
            self._day(spot, value)
        elif value is not None:
            text = shown(value).strip()
            if len(text) > LONGEST:
                self._fault(spot, "too_long", text, limit=LONGEST)
            self.found.texts[spot.key] = text

    def _day(self, spot: Spot, value: Value) -> None:
        if value is None:
            return
        day = day_typed(value)
        if day is None:
            self._fault(spot, "no_day", value)
        else:
            self.found.days[spot.key] = day

    def _reckoned(self, spot: Spot) -> None:
        """A sum is what its parts add up to, reckoned as before; so is what is repeated."""
        place = (spot.row, spot.column)
        value, formula = self._value(spot), self.sheet.formulas.get(place)
        # Of several formulas that are alike a program may write the first one only.
        if formula and spot.formula and bare(formula) != bare(spot.formula):
            self._fault(spot, "formula_changed", f"={bare(formula)}", label=spot.formula)
            return
        if spot.kind == "same" or value is None or self.found.wrong & set(spot.parts):
            return
        parts = [self.found.said.get(key) for key in spot.parts]
        total = sum(part for part in parts if isinstance(part, int))
        if value == total:
            if formula is None and self.file.knows_formulas:
                self._note(spot, "formula_replaced", value)
        elif formula is None:
            self._fault(spot, "total_differs", value, total=total)
        else:
            self._note(spot, "total_is_old", value, total=total)


def shown(value: Value) -> str:
    """A value as people see it."""
    return "" if value is None else str(value)


def plain(text: str) -> str:
    """A label without what programs change in it: spaces, line feeds, widths of signs."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def bare(formula: str) -> str:
    """A formula without what programs write differently: [.C7:.I7], $C$7:$I$7 and C7:I7."""
    return NO_SIGN.sub("", FORMULA_START.sub("", formula)).upper()
