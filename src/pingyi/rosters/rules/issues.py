"""What is wrong with a cell, and what was normalized: as codes, so that each reader gets it in
his own language."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from pingyi.rosters.rules.signs import unwrapped
from pingyi.rosters.rules.values import Param, Raw, bare, is_error

EXAMPLES = 5
# What is shown one by one, not by a few examples.
SHOWN_OF = {
    "name_doubtful": 100,
    "name_otherwise": 100,
    "rows_near": 100,
    "holder_in_file": 100,
    "merged": 20,
    "row_hidden": 20,
    "row_struck": 20,
    "row_aside": 20,
    "place_by_name": 100,
    "post_aside": 20,
    "post_offered": 20,
    "sector_by_name": 100,
    "post_taken": 20,
    "standing_aside": 20,
    "standing_aside_other": 20,
}
PLACE = re.compile(r"([A-Z]*)([0-9]+)")
OF_OTHER_SHEETS = frozenset({"sheet_not_read", "sheet_hidden"})
LIKE_AN_IDENTITY = re.compile(r"[0-9]{14,17}[0-9Xx]")
VALUE_SHOWN = 60


class Table(Protocol):
    """A sheet as it was read."""

    @property
    def title(self) -> str: ...
    @property
    def keys(self) -> tuple[str, ...]: ...
    @property
    def headings(self) -> tuple[str, ...]: ...
    @property
    def ignored(self) -> tuple[str, ...]: ...
    @property
    def rows(self) -> list[tuple[int, list[Raw]]]: ...
    @property
    def faults(self) -> Mapping[tuple[int, str], str]:
        """Row and key of cells that show an error, or a formula without a result."""
        ...

    @property
    def noticed(self) -> Sequence[tuple[str, str, str, str]]:
        """What was not taken as it stands: a code, cells, the heading, what stands there."""
        ...

    def cell(self, row: int, key: str) -> str:
        """Name of a cell such as C15."""
        ...


@dataclass(frozen=True)
class Issue:
    """One error or remark. `code` names the sentence, `params` fill it."""

    code: str
    sheet: str = ""
    cell: str = ""
    label: str = ""
    value: str = ""
    params: Mapping[str, Param] = field(default_factory=dict)


def shown(key: str, value: Raw) -> str:
    """A value in a message: long ones cut, of an identity number only the last four, in whichever
    column it stands."""
    text = "" if value is None else str(value)
    is_number = key == "identity" and not is_error(value) and any(map(str.isdigit, text))
    if is_number or LIKE_AN_IDENTITY.fullmatch(bare(unwrapped(text))):
        return f"…{bare(unwrapped(text))[-4:]}"
    return text if len(text) <= VALUE_SHOWN else f"{text[:VALUE_SHOWN]}…"


def place_of(table: Table, row: int, key: str) -> tuple[str, str]:
    """Sheet and cell; where the column is missing, the row."""
    return table.title, table.cell(row, key) if key in table.keys else str(row)


def at(table: Table, row: int, key: str, code: str, value: Raw, **params: Param) -> Issue:
    """An issue of one cell."""
    label = table.headings[table.keys.index(key)] if key in table.keys else ""
    return Issue(code, *place_of(table, row, key), label, shown(key, value), params)


@dataclass
class Remark:
    """Where something was noted in a column, with examples: cell, as written, as read."""

    places: list[str] = field(default_factory=list)
    examples: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, code: str, place: str, written: str, read: str) -> None:
        """Note one place, the first of them with what stands there."""
        self.places.append(place)
        if len(self.examples) < SHOWN_OF.get(code, EXAMPLES):
            self.examples.append((place, written, read))


@dataclass
class Remarks:
    """Remarks of the same kind on the same column are counted, not listed one by one."""

    found: dict[tuple[str, str, str], Remark] = field(default_factory=dict)
    sheets: list[Issue] = field(default_factory=list)

    def add(self, table: Table, place: tuple[int, str], code: str, value: Raw, read: Raw) -> None:
        """Note one cell, given by row and column."""
        row, key = place
        label = table.headings[table.keys.index(key)] if key in table.keys else ""
        remark = self.found.setdefault((code, table.title, label), Remark())
        remark.add(code, place_of(table, row, key)[1], shown(key, value), shown(key, read))

    def add_at(self, place: tuple[str, str, str], code: str, value: Raw, read: Raw) -> None:
        """Note one cell of a column that is none of ours: sheet, heading, name of the cell."""
        sheet, heading, cell = place
        remark = self.found.setdefault((code, sheet, heading), Remark())
        remark.add(code, cell, shown("", value), shown("", read))

    def add_noticed(self, table: Table) -> None:
        """Note what the reading of the file noticed."""
        for code, cells, label, value in table.noticed:
            if code in OF_OTHER_SHEETS:
                self.sheets.append(Issue(code, sheet=value))
                continue
            remark = self.found.setdefault((code, table.title, label), Remark())
            remark.add(code, cells, shown("", value), shown("", value))

    def issues(self) -> Iterator[Issue]:
        """One issue for each sheet that was not read, and for each kind and column."""
        yield from self.sheets
        for (code, sheet, label), remark in self.found.items():
            cell, value, _ = remark.examples[0]
            params: dict[str, Param] = {"count": len(remark.places), "examples": remark.examples}
            if len(remark.places) > len(remark.examples):
                params["places"] = runs(remark.places)
            yield Issue(code, sheet, cell, label, value, params)


def runs(places: Iterable[str]) -> str:
    """Places in their order, those that follow each other as one: A2:A40, A44."""
    found: list[tuple[str, str]] = []
    for place in places:
        before, now = (PLACE.fullmatch(text) for text in (found[-1][1] if found else "", place))
        follows = before and now and before[1] == now[1] and int(now[2]) == int(before[2]) + 1
        if follows:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return ", ".join(first if first == last else f"{first}:{last}" for first, last in found)


def as_json(issues: Iterable[Issue]) -> list[dict[str, Any]]:
    """As the import keeps them."""
    return [dict(vars(issue)) for issue in issues]
