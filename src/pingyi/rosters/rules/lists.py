"""Lists with headings of their own: a tree by pairs of columns, or one sheet under other names.

A mapping is plain JSON, kept with the import:
  {"levels": [{"code": heading, "name": heading, "level": …, "kind": …, "sector": … or null}, …]}
with the levels from the top down, or
  {"sheet": "members", "columns": {our column: heading}}.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from pingyi.organizations.enums import Level, OrganizationKind
from pingyi.rosters.rules.columns import BY_KEY, LIKENESS, Sheet
from pingyi.rosters.rules.issues import Issue, Remarks, Table, at, shown
from pingyi.rosters.rules.rows import Names, OrganizationRow, Roster, SheetReader
from pingyi.rosters.rules.said_aside import Aside, asides_of
from pingyi.rosters.rules.values import TOLD, holds

NUMBERS = ("序号", "编号", "序", "No.")
SAMPLES = 3
# Columns of which only the last four signs are shown.
OF_NUMBERS = re.compile("身份|證|证|identity", re.IGNORECASE)
# Headings that say that identity numbers stand below, and those that say whose else.
SAYS_IDENTITY = re.compile("身份|[证證]件|identity", re.IGNORECASE)
OF_OTHERS = re.compile("配偶|介绍人|联系人|[父母]|子女|家属|监护")
NOTE = re.compile(r"[(（\[【].*", re.DOTALL)
CODE_ENDINGS = ("_code", "code", "编码", "代码")
NAME_ENDINGS = ("_name", "name", "名称", "")
FROM_THE_BOTTOM = (
    (Level.GRASSROOTS, OrganizationKind.BRANCH),
    (Level.TOWNSHIP, OrganizationKind.COMMITTEE),
    (Level.COUNTY, OrganizationKind.COMMITTEE),
    (Level.CITY, OrganizationKind.COMMITTEE),
    (Level.PROVINCE, OrganizationKind.COMMITTEE),
)


class Renamed:
    """A list as one of our sheets, by our name of a column and theirs."""

    ignored: tuple[str, ...] = ()
    # Headings below which identity numbers stand.
    numbers: tuple[str, ...] = ()

    def __init__(self, source: Table, sheet: Sheet, names: Mapping[str, str]) -> None:
        places = [source.keys.index(theirs) for theirs in names.values()]
        self.title = source.title or sheet.title
        self.keys = tuple(names)
        self.headings = tuple(source.headings[place] for place in places)
        self.faults = {
            (row, ours): shown
            for ours, theirs in names.items()
            for (row, key), shown in source.faults.items()
            if key == theirs
        }
        self.rows = [(row, [values[place] for place in places]) for row, values in source.rows]
        self.noticed = source.noticed
        self._source, self._names = source, names

    def asides(self) -> Iterator[Aside]:
        """Its columns of remarks, which nobody asked for."""
        return asides_of(self._source, self.ignored)

    def cell(self, row: int, key: str) -> str:
        """Name of a cell such as C15."""
        return self._source.cell(row, self._names[key])


def guess_mapping(headings: Sequence[str]) -> dict[str, Any] | None:
    """Pairs such as `township_code, township` as levels, the last one grassroots."""
    pairs = []
    for heading in headings:
        name = _name_beside(heading, headings)
        if name is not None:
            pairs.append((heading, name))
    if not pairs or len(pairs) > len(FROM_THE_BOTTOM) or len(pairs) * 2 != len(headings):
        return None
    levels = []
    for (code, name), (level, kind) in zip(reversed(pairs), FROM_THE_BOTTOM, strict=False):
        levels.append(
            {"code": code, "name": name, "level": level.value, "kind": kind.value, "sector": None}
        )
    return {"levels": levels[::-1]}


def _name_beside(heading: str, headings: Sequence[str]) -> str | None:
    """The heading of the names that belong to a heading of codes."""
    for ending in CODE_ENDINGS:
        if heading.casefold().endswith(ending) and len(heading) > len(ending):
            stem = heading[: -len(ending)]
            for name_ending in NAME_ENDINGS:
                name = stem + name_ending
                if name in headings:
                    return name
    return None


def missing_headings(mapping: Mapping[str, Any], headings: Sequence[str]) -> list[str]:
    """Headings that the mapping names and the list does not have."""
    named = [level[key] for level in mapping.get("levels", ()) for key in ("code", "name")]
    named += [heading for heading in mapping.get("columns", {}).values() if heading]
    return [heading for heading in dict.fromkeys(named) if heading not in headings]


def renamed(table: Table, mapping: Mapping[str, Any]) -> Renamed:
    """The list as one of our sheets: `{"sheet": …, "columns": {ours: theirs}}`."""
    sheet, chosen = BY_KEY[mapping["sheet"]], mapping["columns"]
    names = {column.key: chosen[column.key] for column in sheet.columns if chosen.get(column.key)}
    found = Renamed(table, sheet, names)
    # A row that says nothing in these columns is none, as those that were numbered beforehand.
    faulty = {row for row, _ in found.faults}
    found.rows = [
        (row, values)
        for row, values in found.rows
        if row in faulty or any(value is not None for value in values)
    ]
    found.ignored = tuple(
        heading
        for key, heading in zip(table.keys, table.headings, strict=True)
        if key not in names.values() and key not in NUMBERS
    )
    if "identity" not in names and has_identity(sheet):
        found.numbers = tuple(columns_holding("identity", table))
    return found


def columns_holding(kind: str, table: Table) -> list[str]:
    """The headings below which such values stand in half of the cells at least, whatever they are
    called; never those of the numbers of other people."""
    found = []
    for place, key in enumerate(table.keys):
        if OF_OTHERS.search(key):
            continue
        said = says_identity(key)
        values = [row[place] for _, row in table.rows if row[place] is not None]
        if values and 2 * sum(holds(kind, value, said=said) for value in values) >= len(values):
            found.append(key)
    return found


def by_what_they_hold(columns: Mapping[str, str], sheet: Sheet, table: Table) -> dict[str, str]:
    """The columns without those whose headings may say another thing and do, by what stands below
    them; and with one of identity numbers that no heading says, where there is only one."""
    said = {
        key: heading
        for key, heading in columns.items()
        if (column := sheet.column(key)).kind not in TOLD
        or NOTE.sub("", heading).strip() not in column.alone
        or heading in columns_holding(column.kind, table)
    }
    numbers = columns_holding("identity", table) if has_identity(sheet) else []
    free = [heading for heading in numbers if heading not in said.values()]
    if "identity" not in said and len(free) == 1:
        said["identity"] = free[0]
    return said


def says_identity(heading: str) -> bool:
    """Whether a heading itself says that identity numbers stand below it."""
    return SAYS_IDENTITY.search(heading) is not None


def has_identity(sheet: Sheet) -> bool:
    """Whether the rows of a sheet are people."""
    return any(column.key == "identity" for column in sheet.columns)


def samples(table: Table) -> dict[str, list[str]]:
    """The first values of each column, no two the same, to tell what it is by."""
    found: dict[str, list[str]] = {key: [] for key in table.keys}
    lacking = len(found)
    for _, values in table.rows:
        for key, value in zip(table.keys, values, strict=True):
            said, what = found[key], "identity" if OF_NUMBERS.search(key) else ""
            if value is None or len(said) == SAMPLES or (text := shown(what, value)) in said:
                continue
            said.append(text)
            lacking -= len(said) == SAMPLES
        if not lacking:
            break
    return found


def ignored_columns(table: Table, sheet: Sheet) -> Iterator[Issue]:
    """A remark on each heading that nobody asked for; on one that is probably a column which the
    table lacks, with that column."""
    lacking = [column for column in sheet.columns if column.key not in table.keys]
    unused = []
    numbers = table.numbers if isinstance(table, Renamed) else ()
    for heading in table.ignored:
        like = [
            column.heading
            for column in lacking
            if not OF_OTHERS.search(heading)
            and (
                (column.key == "identity" and heading in numbers)
                or (column.heading in LIKENESS and re.search(LIKENESS[column.heading], heading))
            )
        ]
        if like:
            yield Issue("column_like", table.title, label=heading, value=like[0])
        else:
            unused.append(heading)
    if len(unused) == 1:
        yield Issue("column_ignored", table.title, label=unused[0])
    elif unused:
        yield Issue(
            "columns_ignored", table.title, params={"count": len(unused), "columns": unused}
        )


def read_levels(table: Table, levels: Sequence[Mapping[str, Any]]) -> Roster:
    """The organizations of a list whose rows repeat everything above them; the same code with
    another name or place is an error."""
    sheet = BY_KEY[OrganizationRow.sheet]
    found: dict[str, OrganizationRow] = {}
    errors: list[Issue] = []
    pairs = [{"code": level["code"], "name": level["name"]} for level in levels]
    lists = [Renamed(table, sheet, pair) for pair in pairs]
    readers = [SheetReader(each, sheet, Names(), errors, Remarks()) for each in lists]
    for cells in zip(*(each.rows for each in lists), strict=True):
        parent: str | None = None
        for (row, values), reader, level in zip(cells, readers, levels, strict=True):
            said = reader.read(row, values)
            if len(said) < len(values):
                break
            more = {"level": level["level"], "kind": level["kind"], "sector": level.get("sector")}
            stated = OrganizationRow(row, **said, **more, parent=parent)
            first = found.setdefault(stated.code, stated)
            if (first.name, first.parent) != (stated.name, parent):
                key = "name" if first.name != stated.name else "code"
                wrong = "two_names" if key == "name" else "two_parents"
                cell = reader.table.cell(first.row, key)
                issue = at(reader.table, row, key, wrong, said[key], of=stated.code, cell=cell)
                errors.append(issue)
            parent = stated.code
    # Whatever is wrong with a place is shown in the columns of the lowest level.
    return Roster({sheet.key: lists[-1]}, list(found.values()), errors=errors)


def mapping_fault(mapping: Any, sectors: Collection[str]) -> Issue | None:
    """What is wrong with a mapping that somebody wrote; None where nothing is."""
    if not isinstance(mapping, dict):
        return Issue("mapping.no_object")
    if "levels" in mapping:
        levels = mapping["levels"]
        if not isinstance(levels, list) or not levels:
            return Issue("mapping.no_levels")
        return next((fault for level in levels if (fault := _level_fault(level, sectors))), None)
    sheet = next((sheet for sheet in BY_KEY.values() if sheet.key == mapping.get("sheet")), None)
    if sheet is None:
        return _not_offered("sheet", list(BY_KEY))
    columns = mapping.get("columns")
    if not isinstance(columns, dict):
        columns = {}
    known = [column.key for column in sheet.columns]
    if not columns.keys() <= set(known):
        return _not_offered("columns", known)
    missing = [key for key in sheet.needed_of_list if not _is_heading(columns.get(key))]
    missing += [key for key, heading in columns.items() if heading and not _is_heading(heading)]
    if missing:
        return Issue("mapping.columns_missing", params={"missing": list(dict.fromkeys(missing))})
    return None


def _level_fault(level: Any, sectors: Collection[str]) -> Issue | None:
    """What is wrong with one level."""
    if not isinstance(level, dict) or not all(_is_heading(level.get(k)) for k in ("code", "name")):
        return Issue("mapping.no_columns")
    for key, offered in (("level", Level.values), ("kind", OrganizationKind.values)):
        if level.get(key) not in offered:
            return _not_offered(key, offered)
    if level.get("sector") and level["sector"] not in sectors:
        return _not_offered("sector", list(sectors))
    return None


def _is_heading(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _not_offered(key: str, offered: list[str]) -> Issue:
    return Issue("mapping.not_offered", params={"key": key, "offered": offered})
