"""The rows below the headings as people see them on the sheet, and what was noticed on the way.

Used inside the child: no Django here.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any

from pingyi.documents.workbook_headings import Found, close, column_letters, plain
from pingyi.documents.workbook_marks import Marks

Numbered = tuple[int, list[Any]]
Noticed = tuple[str, str, str, str]
"""A code, the cell or cells, the heading above them, what stands there."""


NOTE_OF_COLUMN = re.compile(
    r"[(（\[【].*[)）\]】]|(?:格式|填写|说明|如|例如|例|必填|选填|必选)[:：]?.*", re.DOTALL
)
EXAMPLE = re.compile(r"[(（\[【]?(?:示例|样例|例如|例[:：]|例$|填写说明|填报说明)")
REMARK = "※"
"""How the remarks begin that a marked copy has beside its rows (documents.marked_copies)."""
NO_FAULTS: dict[int, Any] = {}


@dataclass
class Below:
    """Reads the rows below the headings; only the columns that were asked for."""

    heading_row: int
    found: Found
    # The texts of the heading row and of what stands above it, for pages that repeat them.
    above: Sequence[Sequence[str]]
    marks: Marks
    # How lines are, their texts joined by semicolons, that are none of the table (合计, 填表人);
    # and the columns that they leave blank.
    aside: re.Pattern[str] | None = None
    needed: Sequence[str] = ()
    # Whether rows that people do not see, or have struck out, are left out.
    shown_only: bool = False
    noticed: list[Noticed] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._places = [position - 1 for position in self.found.positions]
        # Row -> place -> what the cell shows in the place of a value.
        self._shown: dict[int, dict[int, Any]] = defaultdict(dict)
        for (row, column), text in self.marks.faults.items():
            if row > self.heading_row:
                self._shown[row][column - 1] = {"shows": text}
        self._begun = False
        # Columns without a heading in which nothing has been met yet.
        headings = self.above[-1] if self.above else ()
        self._nameless = {place for place in range(len(headings)) if not headings[place].strip()}
        # Those that still come, the next one last; and those that the row lies in.
        self._coming = [_Merged(*area) for area in sorted(self.marks.merged, reverse=True)]
        self._open: list[_Merged] = []
        if self.marks.unknown:
            self.noticed.append(("marks_unknown", "", "", ""))
        self._above = {_spoken(texts) for texts in self.above} - {()}
        self._begin_above = {spoken[0] for spoken in self._above}
        self._needed = [place for place, key in enumerate(self.found.keys) if key in self.needed]
        for position, heading, taken in self.found.guessed:
            self.noticed.append(
                ("heading_guessed", f"{column_letters(position)}{self.heading_row}", heading, taken)
            )
        for position, heading in zip(self.found.positions, self.found.headings, strict=True):
            if position in self.marks.hidden_columns:
                letters = column_letters(position)
                self.noticed.append(("column_hidden", letters, heading, heading))

    def lines(self, rows: Iterator[Numbered]) -> Iterator[str]:
        """A JSON line for every row that has a value, or shows an error, in one of the columns."""
        for row, values in self._with_shown(rows):
            here = self._shown.get(row, NO_FAULTS)
            picked = [
                here.get(place) or (handed(values[place]) if place < len(values) else None)
                for place in self._places
            ]
            if self.marks.padded:
                self._pad(row, picked)
            if any(value is not None for value in picked):
                self._open_merged(row, picked)
                if self._is_no_row(row, values, picked):
                    continue
                self._begun = True
                self._say_nameless(row, values)
                self._fill(row, picked)
                if not self._is_left_out(row, picked):
                    yield json.dumps([row, *picked], ensure_ascii=False)

    def _with_shown(self, rows: Iterator[Numbered]) -> Iterator[Numbered]:
        """The rows, and among them those that hold no value and show something."""
        if not self._shown:
            yield from rows
            return
        more: Iterator[Numbered] = ((row, []) for row in sorted(self._shown))
        for _, same in groupby(merge(rows, more, key=itemgetter(0)), key=itemgetter(0)):
            yield next(same)

    def _is_no_row(self, row: int, values: list[Any], picked: list[Any]) -> bool:
        """Notes a line that repeats what stands above, or that is none of the table."""
        # Quickly past the rows of the table, which are nearly all.
        first = next((value for value in values if value not in ("", None)), "")
        may_repeat = isinstance(first, str) and plain(first) in self._begin_above
        may_be_aside = self.aside is not None and self._lacks(picked)
        may_be_note = self.aside is not None and not self._begun
        if not (may_repeat or may_be_aside or may_be_note):
            return False
        code = ""
        texts = [text.strip() for text in map(text_of, map(handed, values)) if text]
        if may_be_note and explains(texts):
            code = "row_of_notes"
        elif may_repeat and any(_repeats(_spoken(texts), above) for above in self._above):
            code = "headings_again"
        elif may_be_aside and self.aside and self.aside.match(";".join(map(close, texts))):
            code = "row_aside"
        if code:
            self.noticed.append((code, str(row), "", " ".join(texts)))
        return bool(code)

    def _pad(self, row: int, picked: list[Any]) -> None:
        """A code that the sheet shows with zeros before it is read so: 001, not 1."""
        for index, place in enumerate(self._places):
            width = self.marks.padded.get((row, place + 1), 0)
            if width and isinstance(picked[index], int) and picked[index] >= 0:
                picked[index] = str(picked[index]).zfill(width)

    def _say_nameless(self, row: int, values: list[Any]) -> None:
        """Notes the first value of a column without a heading; nobody can ask for it."""
        for place in [place for place in self._nameless if place < len(values)]:
            if (value := handed(values[place])) is not None:
                self._nameless.remove(place)
                if text_of(value).startswith(REMARK):
                    continue
                cell = f"{column_letters(place + 1)}{row}"
                self.noticed.append(("column_nameless", cell, "", text_of(value)))

    def _lacks(self, picked: list[Any]) -> bool:
        """Whether a row of the table would have more: what is needed, or half of the columns."""
        if self._needed:
            return any(picked[place] is None for place in self._needed)
        return 2 * sum(value is not None for value in picked) <= len(picked)

    def _is_left_out(self, row: int, picked: list[Any]) -> bool:
        """Notes a row that nobody sees or that is struck out; left out where that was said."""
        if row in self.marks.hidden_rows:
            code = "row_hidden"
        elif self.marks.struck and any(
            (row, place + 1) in self.marks.struck for place in self._places
        ):
            code = "row_struck"
        else:
            return False
        text = next(text_of(value) for value in picked if value is not None)
        self.noticed.append((f"{code}_out" if self.shown_only else code, str(row), "", text))
        return self.shown_only

    def _open_merged(self, row: int, picked: list[Any]) -> None:
        """Note which merged cells the row lies in; they may begin in a line that is left out."""
        if not (self._coming or self._open):
            return
        self._open = [area for area in self._open if row <= area.last]
        while self._coming and self._coming[-1].first <= row:
            area = self._coming.pop()
            if area.first == row and area.column - 1 in self._places:
                area.value = picked[self._places.index(area.column - 1)]
                self._open.append(area)
                if any(area.column <= place < area.right for place in self._places):
                    self._say("merged_across", area)

    def _fill(self, row: int, picked: list[Any]) -> None:
        """What stands in merged cells stands in every row of them."""
        for area in self._open:
            if row > area.first and area.value is not None:
                place = self._places.index(area.column - 1)
                picked[place] = area.value
                if not area.is_said:
                    area.is_said = True
                    self._say("merged", area)

    def _say(self, code: str, area: "_Merged") -> None:
        """Note merged cells."""
        heading = self.found.headings[self._places.index(area.column - 1)]
        ends = ((area.column, area.first), (area.right, area.last))
        cells = ":".join(f"{column_letters(column)}{row}" for column, row in ends)
        self.noticed.append((code, cells, heading, text_of(area.value)))


@dataclass
class _Merged:
    """Cells that show one value."""

    first: int
    column: int
    last: int
    right: int
    value: Any = None
    is_said: bool = False


def explains(texts: Sequence[str]) -> bool:
    """Whether the first line below the headings says what is to be written there, gives an example,
    or numbers the columns."""
    if not texts:
        return False
    notes = sum(NOTE_OF_COLUMN.fullmatch(text) is not None for text in texts)
    numbers = [text.strip("()（）") for text in texts]
    is_numbered = len(texts) > 3 and numbers == [str(n + 1) for n in range(len(texts))]
    return 2 * notes > len(texts) or is_numbered or EXAMPLE.match(texts[0]) is not None


def _repeats(spoken: Sequence[str], above: Sequence[str]) -> bool:
    """Whether a line says what a line above says, but for cells that merged ones hide."""
    rest = iter(above)
    return 2 * len(spoken) > len(above) and all(text in rest for text in spoken)


def _spoken(texts: Iterable[str]) -> tuple[str, ...]:
    """What a line says, without what people vary and without its blanks."""
    return tuple(text for text in map(plain, texts) if text)


def handed(value: Any) -> Any:
    """A value as JSON carries it: whole numbers as such, days as a list with one ISO date."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, datetime):
        return [value.date().isoformat()]
    if isinstance(value, date):
        return [value.isoformat()]
    if value is None or isinstance(value, int | float):
        return value
    return str(value)


def text_of(value: Any) -> str:
    """A value as people read it."""
    if isinstance(value, list):
        return str(value[0])
    if isinstance(value, dict):
        return str(value["shows"])
    return "" if value is None else str(value)
