"""Reads the file: our four sheets, or another list as its columns are mapped or can be guessed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings

from pingyi.documents.workbook_headings import Found, find_columns, plain
from pingyi.documents.workbooks import (
    Limits,
    SheetData,
    SheetSpec,
    UnreadableWorkbook,
    read_lists,
    read_tables,
)
from pingyi.organizations.queries import identity_key
from pingyi.rosters.models import RosterImport
from pingyi.rosters.queries.memory import said_before
from pingyi.rosters.queries.snapshot import names
from pingyi.rosters.rules.columns import ASIDE, BY_KEY, HEADINGS, MEMBERS, POSTS, SHEETS
from pingyi.rosters.rules.issues import Issue, Table
from pingyi.rosters.rules.lists import (
    Renamed,
    by_what_they_hold,
    columns_holding,
    guess_mapping,
    ignored_columns,
    missing_headings,
    read_levels,
    renamed,
    samples,
    says_identity,
)
from pingyi.rosters.rules.rows import Roster, read_roster
from pingyi.rosters.rules.said_aside import Understood

SPECS = [
    SheetSpec(
        key=sheet.key,
        titles=(sheet.title, sheet.english),
        columns={column.key: column.headings for column in sheet.columns},
        needed=sheet.needed,
        alone={column.key: column.alone for column in sheet.columns if column.alone},
    )
    for sheet in SHEETS
]


# A list of leaders that stands beside one of members: whose posts, which, where.
LEADERS = replace(
    next(spec for spec in SPECS if spec.key == POSTS), needed=BY_KEY[POSTS].needed_of_list
)


def read_file(roster_import: RosterImport) -> Roster:
    """The rows of the four sheets; of another list, as its columns are mapped or can be guessed."""
    path = Path(roster_import.file.path)
    limits = Limits(file_bytes=settings.UPLOAD_LIMIT_BYTES)
    shown_only = bool(roster_import.mapping.get("shown_only"))
    as_list = partial(
        read_lists,
        path,
        beside=LEADERS,
        limits=limits,
        shown_only=shown_only,
        aside=ASIDE,
        words=HEADINGS,
    )
    if not _is_mapped(roster_import.mapping):
        try:
            tables = read_tables(
                path, sheets=SPECS, limits=limits, shown_only=shown_only, aside=ASIDE
            )
        except UnreadableWorkbook as unreadable:
            if not _is_another_list(unreadable):
                raise
            return _read_other(roster_import, as_list(), unreadable)
        roster = typed_rows({table.key: table for table in tables})
        roster.chosen = roster_import.mapping.get("places", {})
        roster.answers = roster_import.mapping.get("answers", {})
        roster.founded = roster_import.mapping.get("founded", {})
        roster.founded_on = roster_import.mapping.get("founded_on", {})
        return roster
    return _read_other(roster_import, as_list(), None)


def _is_mapped(mapping: dict[str, Any]) -> bool:
    """Whether somebody said which column is what."""
    return not mapping.get("guessed") and bool(mapping.get("levels") or mapping.get("sheet"))


def _is_another_list(unreadable: UnreadableWorkbook) -> bool:
    """Whether none of our sheets is in the file, or one alone."""
    code, params = unreadable.problems[0]
    lacks_all = code == "sheets_missing" and len(params["missing"]) == len(SPECS)
    return lacks_all or (code == "sheets_missing" and len(params["found"]) == 1)


def _read_other(
    roster_import: RosterImport, lists: Sequence[SheetData], otherwise: UnreadableWorkbook | None
) -> Roster:
    """A list with headings of its own. They are kept with the first values below them, so that a
    person can say what they are. A list of leaders on another sheet is read with one of members."""
    table, *beside = lists
    mapping = {**roster_import.mapping, "headings": list(table.keys), "samples": samples(table)}
    guess: dict[str, Any] | None = None
    before = said_before(roster_import, table.keys)
    mapping["places"] = {**before.places, **mapping.get("places", {})}
    if not _is_mapped(mapping) and before.columns:
        mapping = {**mapping, **before.columns, "guessed": False}
    if not _is_mapped(mapping):
        guess = guess_mapping(table.keys) or _guess_sheet(table)
        mapping |= {**guess, "guessed": True} if guess else {}
    roster_import.mapping = mapping
    roster_import.save(update_fields=["mapping"])
    if not (_is_mapped(mapping) or guess) and otherwise is not None:
        raise otherwise
    missing = missing_headings(mapping, table.keys)
    if missing:
        params = {"sheet": table.title, "missing": missing, "found": list(table.keys)}
        raise UnreadableWorkbook([("mapped_headings_missing", params)])
    roster = (
        read_levels(table, mapping["levels"])
        if mapping.get("levels")
        else typed_rows(
            {mapping["sheet"]: renamed(table, mapping), **_leaders(beside, mapping)},
            takes_posts="posts" in mapping.get("aside", {}),
        )
    )
    is_read = POSTS in roster.tables and mapping.get("sheet") == MEMBERS
    code = "sheet_beside" if is_read else "sheet_not_read"
    roster.notes += [Issue(code, sheet=other.title) for other in beside]
    roster.titles = [*table.above, table.title, Path(roster_import.filename).stem]
    roster.chosen = mapping["places"]
    roster.answers = mapping.get("answers", {})
    roster.founded = mapping.get("founded", {})
    roster.founded_on = mapping.get("founded_on", {})
    roster.notes[:0] = _how_understood(mapping)
    return roster


def _leaders(beside: Sequence[SheetData], mapping: Mapping[str, Any]) -> dict[str, Table]:
    """The list of leaders beside one of members, by its headings."""
    if mapping["sheet"] != MEMBERS:
        return {}
    found: dict[str, Table] = {}
    for table in beside:
        columns = dict(_columns(find_columns(table.headings, asdict(LEADERS), table.title)))
        # An older copy of the members may have a column of posts, too.
        if _says_posts(table, columns["title"]):
            found[POSTS] = renamed(table, {"sheet": POSTS, "columns": columns})
    return found


def _guess_sheet(table: SheetData) -> dict[str, Any] | None:
    """The one of our sheets whose needed headings the list has, and of whose columns it has most;
    None where two could be meant."""
    found = {
        sheet.key: find_columns(
            table.headings, {**asdict(spec), "needed": sheet.needed_of_list}, table.title
        )
        for sheet, spec in zip(SHEETS, SPECS, strict=True)
    }
    whole = {key: columns for key, columns in found.items() if not columns.problems}
    # A name and a place are in every list of people.
    said = whole[MEMBERS].keys if MEMBERS in whole else ()
    if said and not (set(said) - {"name", "organization"} or columns_holding("identity", table)):
        del whole[MEMBERS]
    # Of members some hold a post; in a list of leaders each does.
    if POSTS in whole and not _says_posts(table, dict(_columns(whole[POSTS]))["title"]):
        del whole[POSTS]
    most = max((len(columns.keys) for columns in whole.values()), default=0)
    best = [key for key, columns in whole.items() if len(columns.keys) == most]
    if MEMBERS in best:
        best = [MEMBERS]
    if len(best) != 1:
        return None
    columns = dict(_columns(whole[best[0]]))
    return {"sheet": best[0], "columns": by_what_they_hold(columns, BY_KEY[best[0]], table)}


def _columns(found: Found) -> Iterator[tuple[str, str]]:
    """Our columns and their headings."""
    return zip(found.keys, found.headings, strict=True)


def _says_posts(table: SheetData, heading: str) -> bool:
    """Whether a title stands in half of the rows at least."""
    place = table.headings.index(heading)
    said = sum(values[place] is not None for _, values in table.rows)
    return 2 * said >= len(table.rows)


def _how_understood(mapping: Mapping[str, Any]) -> list[Issue]:
    """The remark on how a list was understood where nobody has said it for this file."""
    if before := mapping.get("remembered"):
        return [
            Issue("columns_remembered", value=before["filename"], params={"day": before["day"]})
        ]
    return list(_said_guess(mapping)) if mapping.get("guessed") else []


def _said_guess(guess: Mapping[str, Any]) -> Iterator[Issue]:
    """The remarks on how a list was understood, and on headings that are none of ours."""
    if "levels" in guess:
        yield Issue("columns_guessed")
        return
    sheet, columns = BY_KEY[guess["sheet"]], guess["columns"]
    yield Issue("sheet_guessed", value=sheet.title, params={"columns": list(columns.values())})
    for key, heading in columns.items():
        column = sheet.column(key)
        if key == "identity" and not says_identity(heading):
            yield Issue("identity_guessed", label=heading, value=column.heading)
        elif plain(heading) not in map(plain, column.headings):
            yield Issue("heading_guessed", label=heading, value=column.heading)


def typed_rows(tables: Mapping[str, Table], *, takes_posts: bool = False) -> Roster:
    """The rows of our sheets, their cells read, with what stands aside; headings that nobody asked
    for are noted. Posts that stand aside are taken where somebody has said so."""
    roster = read_roster(tables, names=names(), identity_key=identity_key())
    for key, table in tables.items():
        if key == MEMBERS and isinstance(table, Renamed):
            aside = Understood(roster, table.title, takes_posts)
            taken = [each.heading for each in table.asides() if aside.take(each)]
            table.ignored = tuple(each for each in table.ignored if each not in taken)
        roster.notes += ignored_columns(table, BY_KEY[key])
    return roster
