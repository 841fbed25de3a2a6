"""职务 and 分工: posts and charges added or corrected; the same line twice is an error."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from pingyi.rosters.rules.changes import Change
from pingyi.rosters.rules.comparison import Comparison
from pingyi.rosters.rules.fields import ChargeFields, PersonRef, PostFields
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
    for row, subject in _once(comparison, rows, "title", lambda row: row.title):
        begin = comparison.begin(row.since, row.organization)
        after = PostFields(row.organization, row.title, row.category, begin)
        known = open_posts.get((subject.ref, row.organization, row.title))
        if known is None:
            yield comparison.line_of(subject, row, after)
            continue
        comparison.kept.posts.add(known.id)
        after = replace(after, title=known.fields.title)
        if not comparison.roster.asks(row, "category"):
            after = replace(after, category=known.fields.category)
        if not row.since or agree(row.since, known.fields.valid_from):
            after = replace(after, valid_from=known.fields.valid_from)
        if after != known.fields:
            yield comparison.line_of(subject, row, after, known.fields, known.id)


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
        roster = comparison.roster
        cell = roster.cell(first, key)
        roster.errors.append(roster.at(row, key, "line_twice", said(row), cell=cell))
