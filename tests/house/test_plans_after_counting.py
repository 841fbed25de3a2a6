"""What the database plans for pages of one township, once it has counted the rows of a county: no
table as long as the county is read from its beginning to its end.

SQLite's steps are counted on every page (test_what_lies_elsewhere_costs_nothing.py); PostgreSQL
counts none and plans by what it knows of the rows.
"""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pingyi.accounts.models import User
from pingyi.campaigns.models import Participant, Round, Unit
from pingyi.core import statistics
from pingyi.reviews.models import Assignment, Review
from tests.appraisals.conftest import HELD_ON
from tests.cast import NOW
from tests.house.every_address import client_of

TOWNSHIPS, BRANCHES, MEMBERS = 30, 50, 6
LONG = "campaigns_unit|campaigns_participant|reviews_review|reviews_assignment"
ROUND = "/cx2011/rounds/first"
PAGES = [
    "/",
    "/supervision/cx2011/first/",
    "/units/cx2011/first/T1/",
    "/campaigns/cx2011/units/",
    "/campaigns/cx2011/people/",
    f"/campaigns{ROUND}/gaps/",
    "/campaigns/cx2011/exemptions/",
    f"/reviews{ROUND}/coverage/",
    f"/reviews{ROUND}/assignments/",
    "/reviews/cx2011/ledger/",
    "/tables/cx2011/first/T1/",
]


@pytest.fixture
def county(first_round: Round, units: dict[str, Unit]) -> None:
    """A campaign as long as a county's, nearly all of it in other townships; counted."""
    campaign = first_round.campaign
    townships = _below(units["X"], TOWNSHIPS, kind="committee", level="township", is_reporting=True)
    branches = [
        branch
        for top in townships
        for branch in _below(top, BRANCHES, kind="branch", level="grassroots", sector="rural")
    ]
    people = Participant.objects.bulk_create(
        Participant(campaign=campaign, name=f"远{n}", standing="full", unit=unit, since=NOW)
        for unit in branches
        for n in range(MEMBERS)
    )
    leaders = {person.unit_id: person for person in people}
    led = [
        {"round": first_round, "participant": person, "reviewer": leaders[person.unit_id]}
        for person in people
        if person != leaders[person.unit_id]
    ]
    Assignment.objects.bulk_create(Assignment(source="affiliation", **each) for each in led)
    Review.objects.bulk_create(
        Review(
            form="meeting", held_on=HELD_ON, place="村部", recorded_at=NOW,
            counted_in_id=each["participant"].unit_id, **each,
        )
        for each in led[::2]
    )  # fmt: skip
    statistics.refresh()


def _below(top: Unit, how_many: int, **said: object) -> list[Unit]:
    return Unit.objects.bulk_create(
        Unit(
            campaign=top.campaign, parent=top, depth=top.depth + 1, path=f"{top.path}{n:05d}/",
            code=f"{top.code}-F{n}", name=f"{top.name}远处{n}", since=NOW, **said,
        )
        for n in range(100, 100 + how_many)
    )  # fmt: skip


def plan_of(query: str) -> str:
    with connection.cursor() as cursor:
        words = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
        cursor.execute(words + query)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def read_whole(plan: str) -> list[str]:
    """The long tables that a plan reads from beginning to end."""
    if connection.vendor == "postgresql":
        return re.findall(rf"Seq Scan on ({LONG})\b", plan)
    return re.findall(rf"SCAN ({LONG})\b", plan)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_one_township_reads_no_table_of_the_county(
    page: str, people: dict[str, User], county: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: NOW)
    client = client_of(people["clerk"])
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    queries = [query["sql"] for query in asked if query["sql"].startswith("SELECT")]
    plans = {query: plan_of(query) for query in queries if re.search(LONG, query)}
    assert plans
    found = [f"{query}\n{plan}" for query, plan in plans.items() if read_whole(plan)]
    assert not found, "\n\n".join(found)


def test_a_table_that_is_read_whole_is_found(county: None) -> None:
    everybody = "SELECT * FROM campaigns_participant WHERE name LIKE '%远%'"
    assert read_whole(plan_of(everybody)) == ["campaigns_participant"]
