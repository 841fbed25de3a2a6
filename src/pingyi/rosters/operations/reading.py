"""Reads the file: our four sheets, or another list as its columns are mapped or can be guessed."""

import re
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
from pingyi.rosters.queries.memory import answered_before, said_before
from pingyi.rosters.queries.snapshot import names
from pingyi.rosters.rules.columns import (
    ASIDE,
    BY_KEY,
    HEADINGS,
    MEMBERS,
    ORGANIZATIONS,
    POSTS,
    SHEETS,
)
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


# Lists with headings of their own, by what is needed of them: of leaders whose posts, which, where;
# of organizations their names.
OWN = {spec.key: replace(spec, needed=BY_KEY[spec.key].needed_of_list) for spec in SPECS}
BESIDE = {POSTS: "sheet_beside", ORGANIZATIONS: "sheet_of_organizations"}
"""Lists that are read beside one of members, and the remark on it."""
OF_ORGANIZATIONS = re.compile("组织|支部|党委")
# What the questions of an import were answered with, as the roster knows it.
ANSWERED = ("answers", "founded", "founded_on", "founded_under", "founded_level")


def read_file(roster_import: RosterImport) -> Roster:
    """The rows of the four sheets; of another list, as its columns are mapped or can be guessed."""
    path = Path(roster_import.file.path)
    limits = Limits(file_bytes=settings.UPLOAD_LIMIT_BYTES)
    shown_only = bool(roster_import.mapping.get("shown_only"))
    as_list = partial(
        read_lists,
        path,
        beside=[OWN[MEMBERS], *(OWN[key] for key in BESIDE)],
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
        _remember(roster_import, ())
        return _answered(roster, roster_import.mapping)
    return _read_other(roster_import, as_list(), None)


def _is_mapped(mapping: dict[str, Any]) -> bool:
    """Whether somebody said which column is what."""
    return not mapping.get("guessed") and bool(mapping.get("levels") or mapping.get("sheet"))


def _answered(roster: Roster, mapping: Mapping[str, Any]) -> Roster:
    """The roster with what somebody answered about it."""
    roster.chosen = mapping.get("places", {})
    for name in ANSWERED:
        setattr(roster, name, mapping.get(name, {}))
    return roster


def _is_another_list(unreadable: UnreadableWorkbook) -> bool:
    """Whether some of our sheets are not in the file: offices have lists of their own."""
    return unreadable.problems[0][0] == "sheets_missing"


def _main_first(lists: Sequence[SheetData], mapping: Mapping[str, Any]) -> list[SheetData]:
    """The lists, the one of members first, whichever has more of our headings; once its columns
    have been seen, the one that they are of."""
    headings = mapping.get("headings")
    if headings:
        first = next((one for one in lists if list(one.keys) == headings), lists[0])
    elif len(lists) > 1:
        kinds = [(_guess_sheet(one) or {}).get("sheet") for one in lists]
        first = lists[kinds.index(MEMBERS) if MEMBERS in kinds else 0]
    else:
        first = lists[0]
    return [first, *(one for one in lists if one is not first)]


def _read_other(
    roster_import: RosterImport, lists: Sequence[SheetData], otherwise: UnreadableWorkbook | None
) -> Roster:
    """A list with headings of its own. They are kept with the first values below them, so that a
    person can say what they are. Lists of leaders and of organizations on other sheets are read
    with one of members."""
    table, *beside = _main_first(lists, roster_import.mapping)
    mapping = {**roster_import.mapping, "headings": list(table.keys), "samples": samples(table)}
    guess: dict[str, Any] | None = None
    before = said_before(roster_import, table.keys)
    mapping["places"] = {**before.places, **mapping.get("places", {})}
    if not _is_mapped(mapping) and before.columns:
        mapping = {**mapping, **before.columns, "guessed": False}
    if not _is_mapped(mapping):
        guess = guess_mapping(table.keys) or (_guess_sheet(table) if table.rows else None)
        mapping |= {**guess, "guessed": True} if guess else {}
    roster_import.mapping = mapping
    roster_import.save(update_fields=["mapping"])
    if not (_is_mapped(mapping) or guess) and otherwise is not None:
        raise otherwise
    missing = missing_headings(mapping, table.keys)
    if missing:
        params = {"sheet": table.title, "missing": missing, "found": list(table.keys)}
        raise UnreadableWorkbook([("mapped_headings_missing", params)])
    also = _lists_beside(beside, mapping)
    roster = (
        read_levels(table, mapping["levels"])
        if mapping.get("levels")
        else typed_rows(
            {mapping["sheet"]: renamed(table, mapping), **{key: each for key, _, each in also}},
            takes_posts="posts" in mapping.get("aside", {}),
        )
    )
    read = {id(other): BESIDE[key] for key, other, _ in also}
    roster.notes += [
        Issue(read.get(id(other), "sheet_not_read"), sheet=other.title) for other in beside
    ]
    roster.titles = [*table.above, table.title, Path(roster_import.filename).stem]
    roster.notes[:0] = _how_understood(mapping)
    _remember(roster_import, table.keys)
    return _answered(roster, mapping)


def _remember(roster_import: RosterImport, headings: Sequence[str]) -> None:
    """Keep what was said before of new organizations, to be proposed."""
    if "before" not in roster_import.mapping:
        before = answered_before(roster_import, headings)
        roster_import.mapping = {**roster_import.mapping, "before": before}
        roster_import.save(update_fields=["mapping"])


def _lists_beside(
    beside: Sequence[SheetData], mapping: Mapping[str, Any]
) -> list[tuple[str, SheetData, Table]]:
    """The list of leaders and that of organizations beside one of members, by their headings: the
    first of each kind."""
    found: dict[str, tuple[str, SheetData, Table]] = {}
    for table in beside if mapping.get("sheet") == MEMBERS else ():
        for key in BESIDE:
            columns = _columns_of(table, key)
            if (
                columns
                and key not in found
                and not any(each[1] is table for each in found.values())
            ):
                found[key] = key, table, renamed(table, {"sheet": key, "columns": columns})
    return list(found.values())


def _columns_of(table: SheetData, key: str) -> dict[str, str]:
    """Our columns and their headings, of a list of leaders or of organizations; of any other list
    none."""
    found = find_columns(table.headings, asdict(OWN[key]), table.title)
    columns = dict(_columns(found))
    if found.problems:
        return {}
    if key == ORGANIZATIONS:
        # Lists of people have names of organizations, too.
        says_more = len(columns) > 1 or OF_ORGANIZATIONS.search(table.title) is not None
        return columns if says_more and not _names_people(table) else {}
    # An older copy of the members may have a column of posts, too.
    return columns if _says_posts(table, columns["title"]) else {}


def _names_people(table: SheetData) -> bool:
    """Whether the rows of a list are people."""
    names = {**asdict(OWN[MEMBERS]), "columns": {"name": OWN[MEMBERS].columns["name"]}}
    return "name" in find_columns(table.headings, {**names, "alone": {}}, table.title).keys


def _guess_sheet(table: SheetData) -> dict[str, Any] | None:
    """The one of our sheets whose needed headings the list has, and of whose columns it has most;
    None where two could be meant."""
    found = {
        key: find_columns(table.headings, asdict(spec), table.title) for key, spec in OWN.items()
    }
    whole = {key: columns for key, columns in found.items() if not columns.problems}
    # A name and a place are in every list of people.
    said = whole[MEMBERS].keys if MEMBERS in whole else ()
    if said and not (set(said) - {"name", "organization"} or columns_holding("identity", table)):
        del whole[MEMBERS]
    # Of members some hold a post; in a list of leaders each does.
    for key in BESIDE:
        if key in whole and not _columns_of(table, key):
            del whole[key]
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
