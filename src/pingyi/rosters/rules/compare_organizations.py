"""党组织: additions, changed fields, moves."""

from collections.abc import Iterator
from dataclasses import replace

from pingyi.rosters.rules.changes import Change
from pingyi.rosters.rules.comparison import Comparison
from pingyi.rosters.rules.fields import AffiliationFields, OrganizationFields
from pingyi.rosters.rules.founding import BRANCHES, sector_of
from pingyi.rosters.rules.issues import Remarks
from pingyi.rosters.rules.proposals import FoundedRow
from pingyi.rosters.rules.rows import OrganizationRow
from pingyi.rosters.rules.tree import parent_of
from pingyi.rosters.rules.values import said_of, tidy


def organization_changes(comparison: Comparison) -> Iterator[Change]:
    """Changes of organizations and of their place; parents come before their children."""
    remarks = Remarks()
    is_sector_unsaid = not any(
        row.sector or isinstance(row, FoundedRow) for row in comparison.by_code.values()
    )
    for row in _parents_first(comparison.by_code):
        parent = parent_of(row, comparison.now)
        comparison.kept.listed.add(row.code)
        comparison.kept.organizations.add(row.code)
        if parent:
            comparison.kept.organizations.add(parent)
        label = f"{row.name} ({row.code})"
        known = comparison.now.organizations.get(row.code)
        if known is None:
            if is_sector_unsaid:
                row = _with_sector(comparison, row, remarks)  # noqa: PLW2901  as if it were said
                comparison.by_code[row.code] = row
            yield comparison.line(row, label, _founded(comparison, row, parent))
            continue
        before = known.fields
        is_sector_said = row.sector or comparison.roster.asks(row, "sector")
        after = replace(
            before,
            name=before.name if row.name == tidy(before.name) else row.name,
            kind=row.kind,
            level=row.level,
            sector=row.sector if is_sector_said else before.sector,
            valid_from=said_of(row.since, before.valid_from) or before.valid_from,
        )
        if after != before:
            yield comparison.line(row, label, after, before, known.id)
        if parent and parent != before.place.parent:
            # From the effective day on; where it stood elsewhere only from later on, all along.
            begin = comparison.begin(None, parent)
            since = max(begin, before.valid_from, before.place.since or begin)
            place = AffiliationFields(parent, since)
            yield comparison.line(row, label, place, before.place, known.id)
    comparison.roster.notes += remarks.issues()


def _with_sector(comparison: Comparison, row: OrganizationRow, remarks: Remarks) -> OrganizationRow:
    """A new branch with the sector that its name says, where the whole file says none, noted."""
    names = {code: name for name, code in comparison.roster.names.sectors.items()}
    sector = sector_of(row.name, names) if row.kind in BRANCHES.values() else ""
    if not sector:
        return row
    table = comparison.roster.tables[row.sheet]
    remarks.add(table, (row.row, "name"), "sector_by_name", row.name, names[sector])
    return replace(row, sector=sector)


def _founded(
    comparison: Comparison, row: OrganizationRow, parent: str | None
) -> OrganizationFields:
    """A new organization; it stands in the tree as soon as it and what is above it have begun."""
    begun = row.since or comparison.effective_on
    place = (
        AffiliationFields(parent, max(begun, comparison.begun(parent) or begun))
        if parent
        else AffiliationFields()
    )
    return OrganizationFields(row.code, row.name, row.kind, row.level, row.sector, place, begun)


def _parents_first(by_code: dict[str, OrganizationRow]) -> list[OrganizationRow]:
    """The rows so that a new parent comes before its children; circles are errors anyway."""
    ordered: dict[str, OrganizationRow] = {}
    for row in by_code.values():
        way: dict[str, OrganizationRow] = {}
        step: str | None = row.code
        while step in by_code and step not in way:
            way[step] = by_code[step]
            step = by_code[step].parent
        ordered.update((above.code, above) for above in reversed(way.values()))
    return list(ordered.values())
