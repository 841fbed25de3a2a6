"""Checks the organizations of a roster: codes, parents, no circles."""

from collections.abc import Mapping

from pingyi.rosters.rules import columns as sheet_columns
from pingyi.rosters.rules.issues import Issue, Table, at
from pingyi.rosters.rules.rows import OrganizationRow, Roster
from pingyi.rosters.rules.snapshot import Snapshot


def check_organizations(roster: Roster, now: Snapshot) -> dict[str, OrganizationRow]:
    """Rows by code; errors are added to the roster."""
    table = roster.tables.get(sheet_columns.ORGANIZATIONS)
    if table is None:
        return {}
    by_code: dict[str, OrganizationRow] = {}
    for row in roster.organizations:
        if not row.code:
            continue
        first = by_code.setdefault(row.code, row)
        if first is not row:
            roster.errors.append(
                _at(table, row, "code", "code_twice", row.code, row_first=first.row)
            )
        roster.errors += _wrong_code(table, row, now)
    for row in roster.organizations:
        if row.code:
            roster.errors += _wrong_parent(table, row, by_code, now)
    for circle in circles(resulting_parents(by_code, now)):
        row = next(by_code[code] for code in circle if code in by_code)
        way = " → ".join([*circle, circle[0]])
        roster.errors.append(_at(table, row, "parent", "circle", row.parent or "", way=way))
    return by_code


def parent_of(row: OrganizationRow, now: Snapshot) -> str | None:
    """Where the row places the organization: with an empty parent a known one stays where it is,
    a new one comes below the scope, or to the top.

    The scope itself stays where it is, whatever its row says.
    """
    known = now.organizations.get(row.code)
    if known is not None and (row.code == now.scope or not row.parent):
        return known.parent
    return row.parent or now.scope


def resulting_parents(by_code: Mapping[str, OrganizationRow], now: Snapshot) -> dict[str, str]:
    """Child to parent, as the tree would be after the import."""
    parents = {
        code: organization.parent
        for code, organization in now.organizations.items()
        if organization.parent and not organization.ended
    }
    for code, row in by_code.items():
        parent = parent_of(row, now)
        if parent is None:
            parents.pop(code, None)
        else:
            parents[code] = parent
    return parents


def circles(parents: Mapping[str, str]) -> list[list[str]]:
    """Every circle once, from its smallest code on."""
    state: dict[str, int] = {}
    found = []
    for number, start in enumerate(sorted(parents), start=1):
        code: str | None = start
        while code is not None and code not in state:
            state[code] = number
            code = parents.get(code)
        if code is None or state[code] != number:
            continue
        circle = [code]
        while (code := parents[code]) != circle[0]:
            circle.append(code)
        least = circle.index(min(circle))
        found.append(circle[least:] + circle[:least])
    return found


def _wrong_code(table: Table, row: OrganizationRow, now: Snapshot) -> list[Issue]:
    """A code that the register cannot take from this file."""
    known = now.organizations.get(row.code)
    if known is None:
        return []
    if known.ended:
        return [_at(table, row, "code", "code_of_ended", row.code, name=known.name)]
    if row.code not in now.inside:
        return [_at(table, row, "code", "code_outside", row.code)]
    return []


def _wrong_parent(
    table: Table, row: OrganizationRow, by_code: Mapping[str, OrganizationRow], now: Snapshot
) -> list[Issue]:
    """A parent that does not exist, or lies outside the scope. A circle of one is a circle."""
    parent = row.parent
    if parent is not None and parent in by_code and row.code == now.scope:
        return [_at(table, row, "parent", "above_the_scope", parent)]
    if parent is None or parent in by_code or row.code == now.scope or parent in now.inside:
        return []
    code = "code_outside" if parent in now.organizations else "parent_unknown"
    return [_at(table, row, "parent", code, parent)]


def _at(
    table: Table, row: OrganizationRow, key: str, code: str, value: str, **more: object
) -> Issue:
    """An issue of a cell of the sheet of organizations."""
    first = more.pop("row_first", None)
    if isinstance(first, int):
        more["cell"] = table.cell(first, key)
    return at(table, row.row, key, code, value, **more)
