"""职务 and 分工: posts and charges added or corrected; the same line twice is an error."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from pingyi.organizations.rules.titles import names_leader, names_secretary
from pingyi.rosters.rules.changes import Change
from pingyi.rosters.rules.columns import MEMBERS
from pingyi.rosters.rules.comparison import Comparison
from pingyi.rosters.rules.fields import ChargeFields, PersonRef, PostFields
from pingyi.rosters.rules.issues import Remarks
from pingyi.rosters.rules.rows import ChargeRow, PostRow
from pingyi.rosters.rules.snapshot import HeldNow
from pingyi.rosters.rules.subjects import Subject
from pingyi.rosters.rules.values import agree, tidy

Row = TypeVar("Row", PostRow, ChargeRow)


def post_changes(comparison: Comparison) -> Iterator[Change]:
    """Posts; a post is one title of one person in one organization."""
    open_posts: dict[tuple[PersonRef, str, str], HeldNow[PostFields]] = {
        (post.person, post.fields.organization, tidy(post.fields.title)): post
        for post in comparison.now.posts
    }
    rows = [(row, subject) for row, subject in comparison.people.posts if row.title]
    remarks = Remarks()
    for row, subject in _once(comparison, rows, "title", lambda row: row.title):
        begin = comparison.begin(row.since, row.organization)
        known = open_posts.get((subject.ref, row.organization, row.title))
        category = _category(comparison, row, known, remarks)
        after = PostFields(row.organization, row.title, category, begin)
        if known is None:
            yield comparison.line_of(subject, row, after)
            continue
        comparison.kept.posts.add(known.id)
        after = replace(after, title=known.fields.title)
        if not row.since or agree(row.since, known.fields.valid_from):
            after = replace(after, valid_from=known.fields.valid_from)
        if after != known.fields:
            yield comparison.line_of(subject, row, after, known.fields, known.id)
    comparison.roster.notes += remarks.issues()


def _category(
    comparison: Comparison, row: PostRow, known: HeldNow[PostFields] | None, remarks: Remarks
) -> str | None:
    """The leader category of a post. Of a new secretary or leader without one it is filled in by
    level and kind of the organization; one that is known stays, as it does where no column asks
    for it.
    """
    is_secretary, is_leader = names_secretary(row.title), names_leader(row.title)
    if known and (is_secretary or is_leader or not comparison.roster.asks(row, "category")):
        category = row.category or known.fields.category
    else:
        category = row.category
    if category or not (is_secretary or is_leader):
        return category
    table, place = comparison.roster.tables[row.sheet], comparison.said_of(row.organization)
    names = comparison.roster.names
    if known is None and place is not None:
        of_place = names.secretaries if is_secretary else names.leaders
        category = of_place.get((place.level, place.kind))
    if is_secretary:
        code = "category_by_title" if category else "secretary_without_category"
    elif category:
        code = "leader_by_title"
    else:
        # A branch has no leading group that is counted: nothing is missing.
        return None
    named = {code: name for name, code in names.categories.items()}
    remarks.add(table, (row.row, "title"), code, row.title, named.get(category or "", row.title))
    return category


def charge_changes(comparison: Comparison) -> Iterator[Change]:
    """Charges; a person is in charge of an organization once."""
    open_charges: dict[tuple[PersonRef, str], HeldNow[ChargeFields]] = {
        (charge.person, charge.fields.organization): charge for charge in comparison.now.charges
    }
    rows = comparison.people.charges
    for row, subject in _once(comparison, rows, "organization", lambda row: row.organization):
        begin = comparison.begin(row.since, row.organization)
        after = ChargeFields(row.organization, begin)
        known = open_charges.get((subject.ref, row.organization))
        if known is None:
            yield comparison.line_of(subject, row, after)
            continue
        comparison.kept.charges.add(known.id)
        is_another = row.since and not agree(row.since, known.fields.valid_from)
        if is_another and after != known.fields:
            yield comparison.line_of(subject, row, after, known.fields, known.id)


def _once(
    comparison: Comparison,
    rows: Iterable[tuple[Row, Subject]],
    key: str,
    said: Callable[[Row], str],
) -> Iterator[tuple[Row, Subject]]:
    """The rows; where one says the same again, it is an error and names the earlier."""
    seen: dict[tuple[Subject, str, str], Row] = {}
    for row, subject in rows:
        first = seen.setdefault((subject, row.organization, said(row)), row)
        if first is row:
            yield row, subject
            continue
        if row.sheet == MEMBERS:
            # A remark that says what a list of leaders says, or another remark.
            continue
        roster = comparison.roster
        cell = roster.cell(first, key)
        roster.errors.append(roster.at(row, key, "line_twice", said(row), cell=cell))
