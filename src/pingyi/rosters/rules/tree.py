"""Checks the organizations of a roster: codes, parents, no circles."""

from collections.abc import Mapping

from pingyi.rosters.rules.rows import OrganizationRow, Roster
from pingyi.rosters.rules.snapshot import Snapshot


def check_organizations(roster: Roster, now: Snapshot) -> dict[str, OrganizationRow]:
    """Rows by code; errors are added to the roster."""
    by_code: dict[str, OrganizationRow] = {}
    rows = [row for row in roster.organizations if row.code]
    for row in rows:
        first = by_code.setdefault(row.code, row)
        if first is not row:
            cell = roster.tables[row.sheet].cell(first.row, "code")
            roster.errors.append(roster.at(row, "code", "code_twice", row.code, cell=cell))
        known = now.organizations.get(row.code)
        if known is not None and known.ended:
            name = known.fields.name
            roster.errors.append(roster.at(row, "code", "code_of_ended", row.code, name=name))
        elif known is not None and row.code not in now.inside:
            roster.errors.append(roster.at(row, "code", "code_outside", row.code))
    for row in rows:
        if wrong := _wrong_parent(row, by_code, now):
            roster.errors.append(roster.at(row, "parent", wrong, row.parent))
    for circle in circles(resulting_parents(by_code, now)):
        row = next(by_code[code] for code in circle if code in by_code)
        way = " → ".join([*circle, circle[0]])
        roster.errors.append(roster.at(row, "parent", "circle", row.parent, way=way))
    return by_code


def parent_of(row: OrganizationRow, now: Snapshot) -> str | None:
    """Where the row places the organization: with an empty parent a known one stays where it is,
    a new one comes below the scope, or to the top.

    The scope itself stays where it is, whatever its row says.
    """
    known = now.organizations.get(row.code)
    if known is not None and (row.code == now.scope or not row.parent):
        return known.fields.place.parent
    return row.parent or now.scope


def resulting_parents(
    by_code: Mapping[str, OrganizationRow], now: Snapshot
) -> dict[str, str | None]:
    """Child to parent, as the tree would be after the import."""
    parents = {
        code: organization.fields.place.parent
        for code, organization in now.organizations.items()
        if not organization.ended
    }
    return parents | {code: parent_of(row, now) for code, row in by_code.items()}


def circles(parents: Mapping[str, str | None]) -> list[list[str]]:
    """Every circle once, from its smallest code on."""
    walked: set[str] = set()
    found = []
    for start in sorted(parents):
        way: list[str] = []
        code: str | None = start
        while code is not None and code not in walked:
            walked.add(code)
            way.append(code)
            code = parents.get(code)
        if code in way:
            circle = way[way.index(code) :]
            least = circle.index(min(circle))
            found.append(circle[least:] + circle[:least])
    return found


def _wrong_parent(
    row: OrganizationRow, by_code: Mapping[str, OrganizationRow], now: Snapshot
) -> str | None:
    """A parent that does not exist, or lies outside the scope. A circle of one is a circle."""
    parent = row.parent
    if row.code == now.scope:
        return "above_the_scope" if parent in by_code else None
    if parent is None or parent in by_code or parent in now.inside:
        return None
    return "code_outside" if parent in now.organizations else "parent_unknown"
