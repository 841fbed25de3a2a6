"""The ledger as a document reads plain values: the same lines as the page, the same queries."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pingyi.accounts.models import User
from pingyi.campaigns.models import Campaign, Round, Unit
from pingyi.reviews.exports import ledger_table
from pingyi.reviews.operations.consequences import publish
from pingyi.reviews.queries.entries import LedgerEntry, ledger_entries
from pingyi.reviews.queries.ledger import Filters, ledger_rows, lines_of
from pingyi.reviews.queries.sight import viewer_of
from pingyi.reviews.queries.texts import plan_of
from tests.cast import NOW, TODAY


@pytest.fixture
def published(record: Any, first_round: Round, units: dict[str, Unit]) -> Round:
    """Three reviews, of a unit and of people; one of them published twice."""
    twice = record("village_secretary", "village_member")
    record("t1_leader", "T1-1", 1, form="on_site")
    record("county_leader", "t1_secretary", 2)
    for scope in ("unit", "township"):
        publish(
            unit=units["T1-1"], scope=scope, way="notice_board", place="村部",
            published_on=TODAY, reviews=[twice], by=None, now=NOW,
        )  # fmt: skip
    return first_round


def rows_of(campaign: Campaign) -> Any:
    viewer = viewer_of(User.objects.get(username="office"), campaign)
    return ledger_rows(viewer, campaign, Filters())


def entries(campaign: Campaign) -> list[LedgerEntry]:
    return ledger_entries(campaign, plan_of(campaign), rows_of(campaign))


@pytest.mark.parametrize("many", [500, 0])
def test_a_document_says_what_the_page_says(
    many: int, published: Round, office_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pingyi.reviews.queries.entries.MANY", many)
    campaign = published.campaign
    lines = lines_of(plan_of(campaign), rows_of(campaign))
    assert len(lines) == 3
    assert lines[-1].published.count("/") == 2
    assert [
        (each.subject, each.unit, each.post, each.form, each.published)
        for each in entries(campaign)
    ] == [(line.subject, line.unit, line.post, line.form, line.published) for line in lines]
    assert [(each.held_on, each.reviewer, each.direction) for each in entries(campaign)] == [
        (line.review.held_on, line.review.reviewer.name, line.review.direction) for line in lines
    ]


def test_a_document_numbers_its_lines_under_the_usual_columns(
    published: Round, office_user: User
) -> None:
    table = ledger_table(published.campaign, entries(published.campaign), NOW)
    rows = tuple(table.rows)
    assert [row[0] for row in rows] == [1, 2, 3]
    assert {len(row) for row in rows} == {len(table.columns)}
    assert rows[-1][12].count("；") == 1


def test_three_lines_cost_what_one_costs(
    record: Any, campaign: Campaign, office_user: User
) -> None:
    counts = []
    for reviewer, subject, text in [
        ("village_secretary", "village_member", 0),
        ("t1_leader", "T1-1", 1),
        ("county_leader", "t1_secretary", 2),
    ]:
        record(reviewer, subject, text)
        rows = rows_of(campaign)
        with CaptureQueriesContext(connection) as asked:
            ledger_entries(campaign, plan_of(campaign), rows)
        counts.append(len(asked))
    assert counts == [3, 3, 3]
