"""Every page asks the database as often for three rows as for one."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pingyi.accounts.models import User
from tests.cast import NOW
from tests.house.every_address import ADDRESSES, World, client_of
from tests.house.growing import Growth

pytestmark = pytest.mark.any_database

HEADS = ["annex1.total.grassroots_secretary", "annex2.total.rural", "annex3.total.rural"]
# Pages of one record, which has the same rows whatever is added elsewhere.
LISTS = {
    "bulletins:begin",
    "bulletins:bulletins",
    "commitments:commitments",
    "commitments:wall",
    "accounts:list",
    "appraisals:units",
    "campaigns:amendments",
    "campaigns:exemptions",
    "campaigns:gaps",
    "campaigns:list",
    "campaigns:people",
    "campaigns:units",
    "rosters:list",
    "rectification:ages",
    "rectification:items",
    "rectification:waiting",
    "register:list",
    "register:people",
    "register:unit",
    "register:unit-members",
    "returns:heads",
    "returns:units",
    "reviews:assignments",
    "reviews:coverage",
    "reviews:ledger",
    "reviews:missing",
    "reviews:published",
    "web:search",
    "web:supervision",
}
# They gather what there is in every campaign that is not closed: so many more for each of them.
FOR_EACH_CAMPAIGN = {"notifications:feed": 9, "web:home": 7, "web:search": 2}
# More than any page asks, for one that does not answer any more.
NEVER = 1_000_000
SEEN_BY_ITS_PERSON = {"reviews:mine", "reviews:tasks"}


@pytest.fixture(autouse=True)
def _it_is_the_day_of_the_cast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: NOW)


def pages(world: World) -> dict[str, str]:
    """An address of every page and workbook, and a cell of each table."""
    found: dict[str, str] = {}
    for heads in HEADS:
        county = {"kind": "xlsx", "unit_code": "X", "cell": heads}
        for by_name in (county, {**county, "unit_code": "T1-1"}):
            here = replace(world, by_name={**world.by_name, **by_name})
            for address in ADDRESSES:
                url = reverse(address.name, kwargs=here.things(address))
                if not url.endswith(".pdf"):
                    found[url] = address.name
                    if address.name == "returns:heads":
                        found[f"{url}?show=missing"] = address.name
    return {url + ("?q=村" if name == "web:search" else ""): name for url, name in found.items()}


def asked(client: Client, url: str) -> tuple[int, int] | None:
    """Queries and length of a page, where it answers."""
    # Only the last 9,000 are noted: once there are as many, none would be counted any more.
    reset_queries()
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    if answer.status_code == 200 and not answer.streaming:
        return own(queries.captured_queries), len(answer.content)
    return None


def asked_at_last(client: Client, urls: Iterable[str]) -> dict[str, tuple[int, int]]:
    """What is asked once and then kept may make the first look dearer, never the second."""
    looks = {url: asked(client, url) and asked(client, url) for url in urls}
    return {url: second for url, second in looks.items() if second}


def own(queries: list[dict[str, str]]) -> int:
    """Queries of the page itself: a session is written once a minute, whichever page comes then."""
    return sum(
        "SAVEPOINT" not in one["sql"] and "django_session" not in one["sql"] for one in queries
    )


@pytest.mark.parametrize(
    ("role", "growing"), [("office", LISTS), ("branch_secretary", SEEN_BY_ITS_PERSON)]
)
def test_three_rows_cost_what_one_costs(
    role: str, growing: set[str], world: World, people: dict[str, User], grow: Growth
) -> None:
    client, urls = client_of(people[role]), pages(world)
    grow(1)
    one = asked_at_last(client, urls)
    more = {url: 2 * FOR_EACH_CAMPAIGN.get(urls[url], 0) for url in one}
    grow(2)
    grow(3)
    three = {url: asked(client, url) or (NEVER, 0) for url in one}

    def is_dearer(url: str) -> bool:
        return three[url][0] > one[url][0] + more[url]

    three |= asked_at_last(client, [url for url in one if is_dearer(url)])
    assert {url: (one[url][0], three[url][0]) for url in one if is_dearer(url)} == {}
    longer = {urls[url] for url in one if three[url][1] > one[url][1]}
    assert growing - longer == set(), "a list that shows no more rows proves nothing"
