"""职务 and 分工: posts and charges added or corrected; the same line twice is an error."""

from collections.abc import Iterator

from pingyi.rosters.rules import columns as sheet_columns
from pingyi.rosters.rules.changes import ADD, CHANGE, Change, differing, iso
from pingyi.rosters.rules.comparison import Comparison, Line
from pingyi.rosters.rules.issues import Table, at
from pingyi.rosters.rules.rows import ChargeRow, PostRow


def post_changes(comparison: Comparison) -> Iterator[Change]:
    """Posts; a post is one title of one person in one organization."""
    open_posts = {
        (post.person, post.organization, post.title): post for post in comparison.now.posts
    }
    seen: dict[tuple[str, str, str], PostRow] = {}
    for row, subject in comparison.people.posts:
        if not row.title:
            continue
        table = comparison.roster.tables[sheet_columns.POSTS]
        first = seen.setdefault((subject.key, row.organization, row.title), row)
        if first is not row:
            _twice(comparison, table, (row.row, first.row), "title", row.title)
            continue
        line = Line(subject, table.title, row.row)
        person = subject.now.id if subject.now else 0
        begin = comparison.begin(row.since, row.organization)
        known = open_posts.get((person, row.organization, row.title))
        if known is None:
            after: dict[str, object] = {
                "person": subject.key,
                "organization": row.organization,
                "title": row.title,
                "category": row.category,
                "valid_from": iso(begin),
            }
            yield line.change(ADD, "post", after=after)
            continue
        comparison.kept.posts.add(known.id)
        fields: dict[str, object] = {"category": row.category}
        if row.since:
            fields["valid_from"] = iso(begin)
        before, after = differing(
            {"category": known.category, "valid_from": iso(known.valid_from)}, fields
        )
        if after:
            yield line.change(CHANGE, "post", object_id=known.id, before=before, after=after)


def charge_changes(comparison: Comparison) -> Iterator[Change]:
    """Charges; a person is in charge of an organization once."""
    open_charges = {
        (charge.person, charge.organization): charge for charge in comparison.now.charges
    }
    seen: dict[tuple[str, str], ChargeRow] = {}
    for row, subject in comparison.people.charges:
        table = comparison.roster.tables[sheet_columns.CHARGES]
        first = seen.setdefault((subject.key, row.organization), row)
        if first is not row:
            _twice(comparison, table, (row.row, first.row), "organization", row.organization)
            continue
        line = Line(subject, table.title, row.row)
        person = subject.now.id if subject.now else 0
        begin = comparison.begin(row.since, row.organization)
        known = open_charges.get((person, row.organization))
        if known is None:
            after = {
                "person": subject.key,
                "organization": row.organization,
                "valid_from": iso(begin),
            }
            yield line.change(ADD, "charge", after=after)
            continue
        comparison.kept.charges.add(known.id)
        if row.since and begin != known.valid_from:
            yield line.change(
                CHANGE,
                "charge",
                object_id=known.id,
                before={"valid_from": iso(known.valid_from)},
                after={"valid_from": iso(begin)},
            )


def _twice(
    comparison: Comparison, table: Table, rows: tuple[int, int], key: str, value: str
) -> None:
    """The same line twice: the later one is the error and names the earlier."""
    row, first = rows
    cell = f"{table.title}!{table.cell(first, key)}"
    comparison.roster.errors.append(at(table, row, key, "line_twice", value, cell=cell))
