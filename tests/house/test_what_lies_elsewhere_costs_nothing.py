"""What a page asks of the database does not grow with what lies outside of what it shows (bar of
"Cost" in docs/structure.md). Counted are the steps of SQLite's virtual machine, not time.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.models import Count, Q
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.campaigns.models import Participant
from pingyi.core import statistics
from pingyi.reviews.models import Review
from tests.cast import NOW
from tests.house.elsewhere import Elsewhere
from tests.house.every_address import ADDRESSES, World, client_of

pytestmark = pytest.mark.steps
FEW, MANY = 30, 90
STEPS = 20  # the handler is called once in so many
# What depends on the depth of an index or the length of a key, and is no row more.
SLACK = 1.05
# What shows the office all of its county, or adds it up: more is shown where there is more.
SHOWS_THE_COUNTY = {
    "accounts:list", "appraisals:results", "appraisals:units", "campaigns:amendments",
    "campaigns:amendments-export", "campaigns:campaign", "campaigns:exemptions",
    "campaigns:exemptions-export", "campaigns:gaps", "campaigns:gaps-export",
    "bulletins:begin", "bulletins:bulletins", "commitments:commitments",
    "campaigns:people", "rectification:ages", "rectification:items",
    "rectification:merge", "rectification:waiting", "register:list",
    "register:list-export", "register:people", "register:people-export", "returns:forms",
    "returns:rollup-cell",
    "returns:units",
    "reviews:coverage", "reviews:ledger", "reviews:ledger-xlsx",
    "reviews:published", "web:glance", "web:home", "web:supervision", "web:supervision-export",
    "campaigns:urge", "notifications:feed", "returns:urge", "web:supervision-urge",
}  # fmt: skip
# Twenty rows of a list, and how many there are in all, counted for its last line: at most so many
# steps for what there is in a branch.
COUNTS_ITS_ROWS = {"accounts:slips", "campaigns:units", "reviews:assignments"}
STEPS_TO_COUNT = 10
# Asks whether something lies below the top of the register, or whether that is all of it: the dated
# tree is walked from there, its organizations but not its people.
WALKS_THE_REGISTER = {
    "accounts:create-many", "mailbox:addresses", "mailbox:list", "mailbox:mail",
    "accounts:detail", "campaigns:add-person", "register:appoint", "register:merge-people",
    "register:put-in-charge", "register:same-person", "register:unit", "register:unit-history",
    "register:unit-members", "rosters:columns", "rosters:list", "rosters:people", "rosters:places",
    "rosters:preview", "web:access", "web:access-export",
}  # fmt: skip
# Grows by as much as the slack: a step more or less decides whether it does.
AT_THE_EDGE = {"campaigns:units", "web:access"}
# Says how large the universe is, whoever looks; the calendar of the office, whoever fetches it.
OF_THE_WHOLE = {"campaigns:campaign", "notifications:feed"}


@pytest.fixture(autouse=True)
def _it_is_the_day_of_the_cast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: NOW)


@contextmanager
def steps() -> Iterator[Callable[[], int]]:
    """Counts what SQLite does meanwhile."""
    counted = [0]

    def one_more() -> int:
        counted[0] += 1
        return 0

    connection.ensure_connection()
    connection.connection.set_progress_handler(one_more, STEPS)
    try:
        yield lambda: STEPS * counted[0]
    finally:
        connection.connection.set_progress_handler(None, 0)


def forget_statistics() -> None:
    """Plans that are right without them, as before the first import, are right on any day."""
    with connection.cursor() as cursor:
        if "sqlite_stat1" in connection.introspection.table_names(cursor, include_views=False):
            cursor.execute("DELETE FROM sqlite_stat1")
        # Reading what is left of them (ANALYZE sqlite_master) keeps the sizes of the tables.
        cursor.execute("PRAGMA writable_schema = RESET")


def work(client: Client, urls: dict[str, str]) -> dict[str, int]:
    """The steps of every page that answers, looked at for the second time."""
    forget_statistics()
    found = {}
    for url in urls:
        if client.get(url).status_code == 200:
            with steps() as counted:
                answer = client.get(url)
                b"".join(answer) if answer.streaming else answer.content
            found[url] = counted()
    return found


def grown(before: dict[str, int], after: dict[str, int]) -> dict[str, tuple[int, int]]:
    return {
        url: (before[url], after[url])
        for url in before
        if after[url] > before[url] * SLACK + 10 * STEPS
    }


def told(found: dict[str, tuple[int, int]]) -> str:
    return "steps that grew:\n" + "\n".join(
        f"{url}: {one} -> {three}" for url, (one, three) in sorted(found.items())
    )


def pages(world: World) -> dict[str, str]:
    urls = {reverse(one.name, kwargs=world.things(one)): one.name for one in ADDRESSES}
    return {url: name for url, name in urls.items() if not url.endswith((".pdf", ".svg"))}


@pytest.mark.parametrize("role", ["clerk", "secretary", "branch_secretary", "member"])
def test_nobody_pays_for_the_other_township(
    role: str, world: World, people: dict[str, User], elsewhere: Elsewhere
) -> None:
    client, urls = client_of(people[role]), pages(world)
    elsewhere(FEW)
    before = work(client, urls)
    elsewhere(MANY)
    found = grown(before, work(client, urls))
    found = {url: each for url, each in found.items() if urls[url] not in OF_THE_WHOLE}
    assert not found, told(found)
    assert len(before) > 15


def test_the_office_pays_for_what_it_is_shown(
    world: World, people: dict[str, User], elsewhere: Elsewhere
) -> None:
    client, urls = client_of(people["office"]), pages(world)
    allowed = SHOWS_THE_COUNTY | COUNTS_ITS_ROWS | WALKS_THE_REGISTER
    elsewhere(FEW)
    before = work(client, urls)
    elsewhere(MANY)
    found = grown(before, work(client, urls))
    more = {url: each for url, each in found.items() if urls[url] not in allowed}
    assert not more, told(more)
    counted = STEPS_TO_COUNT * (MANY - FEW)
    more = {
        url: (few, many)
        for url, (few, many) in found.items()
        if urls[url] in COUNTS_ITS_ROWS and many - few > counted
    }
    assert not more, told(more)
    needless = allowed - {urls[url] for url in found} - AT_THE_EDGE
    assert not needless, "not to be listed: " + ", ".join(sorted(needless))


def test_what_was_counted_before_is_forgotten(
    world: World, people: dict[str, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(globals(), "STEPS", 1)  # told of every step, the count is exact
    client = client_of(people["clerk"])
    asked = {reverse("register:list"): "register:list", reverse("web:home"): "web:home"}
    before = work(client, asked)
    statistics.refresh()
    assert work(client, asked) == before


@pytest.mark.parametrize(
    "planted",
    [
        lambda top: Review.objects.filter(Q(unit__path=top) | Q(participant__unit__path=top)),
        lambda _: Participant.objects.filter(pk__in=Review.objects.values("participant")),
        lambda _: Participant.objects.order_by().values("standing").annotate(n=Count("pk")),
    ],
    ids=["or", "in", "aggregate"],
)
def test_a_query_that_reads_everything_is_found(
    planted: Callable[[str], object],
    people: dict[str, User],
    elsewhere: Elsewhere,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = reverse("web:home")
    client = client_of(people["member"])

    def reads_all(*_: object) -> list[object]:
        len(planted("00001/"))  # type: ignore[arg-type]  a queryset
        return []

    monkeypatch.setattr("pingyi.web.views.home.timeline", reads_all)
    elsewhere(FEW)
    before = work(client, {asked: "web:home"})
    elsewhere(MANY)
    assert set(grown(before, work(client, {asked: "web:home"}))) == {asked}
