"""党组织: additions, changed fields, moves."""

from collections.abc import Iterator

from pingyi.rosters.rules import columns as sheet_columns
from pingyi.rosters.rules.changes import ADD, CHANGE, Change, Fields, differing, fitted, iso
from pingyi.rosters.rules.comparison import Comparison
from pingyi.rosters.rules.rows import OrganizationRow
from pingyi.rosters.rules.snapshot import OrganizationNow
from pingyi.rosters.rules.tree import parent_of

MOVE = (CHANGE, "affiliation")


def organization_changes(comparison: Comparison) -> Iterator[Change]:
    """Changes of organizations and of their place; parents come before their children."""
    now = comparison.now
    for row in _parents_first(comparison.by_code):
        comparison.kept.organizations.add(row.code)
        comparison.kept.listed.add(row.code)
        parent = parent_of(row, now)
        if parent:
            comparison.kept.organizations.add(parent)
        known = now.organizations.get(row.code)
        if known is None:
            after = _fields(row) | {
                "code": row.code,
                "parent": parent,
                "valid_from": iso(row.since or comparison.effective_on),
            }
            yield _change(comparison, row, (ADD, "organization"), None, after)
            continue
        before, after = differing(_fields_now(known), _fields(row))
        if after:
            yield _change(comparison, row, (CHANGE, "organization"), before, after)
        if known.parent != parent:
            place = {"parent": known.parent, "since": iso(known.affiliated_from)}
            yield _change(comparison, row, MOVE, place, {"parent": parent})


def _fields(row: OrganizationRow) -> dict[str, object]:
    """What the row states; the day only where it is given."""
    fields: dict[str, object] = {
        "name": row.name,
        "kind": row.kind,
        "level": row.level,
        "sector": row.sector,
    }
    if row.since:
        fields["valid_from"] = iso(row.since)
    return fields


def _fields_now(known: OrganizationNow) -> Fields:
    """What the register states."""
    return {
        "name": known.name,
        "kind": known.kind,
        "level": known.level,
        "sector": known.sector,
        "valid_from": iso(known.valid_from),
    }


def _parents_first(by_code: dict[str, OrganizationRow]) -> list[OrganizationRow]:
    """The rows so that a new parent comes before its children; circles are errors anyway."""
    ordered: dict[str, OrganizationRow] = {}
    for row in by_code.values():
        way: dict[str, OrganizationRow] = {}
        step: OrganizationRow | None = row
        while step is not None and step.code not in ordered and step.code not in way:
            way[step.code] = step
            step = by_code.get(step.parent or "")
        ordered.update((above.code, above) for above in reversed(way.values()))
    return list(ordered.values())


def _change(
    comparison: Comparison,
    row: OrganizationRow,
    what: tuple[str, str],
    before: Fields | None,
    after: Fields,
) -> Change:
    """A change of an organization."""
    known = comparison.now.organizations.get(row.code)
    return Change(
        kind=what[0],
        model=what[1],
        label=fitted(f"{row.name} ({row.code})"),
        sheet=comparison.roster.tables[sheet_columns.ORGANIZATIONS].title,
        row=row.row,
        object_id=known.id if known else None,
        before=before,
        after=after,
    )
