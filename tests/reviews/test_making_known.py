"""Making reviews known: where the page is found, and all of them at once (N6)."""

from datetime import date

import pytest
from django.urls import reverse

from pingyi.reviews.models import Publication
from pingyi.reviews.operations.consequences import publish
from pingyi.reviews.queries.worklist import worklist

pytestmark = [pytest.mark.any_database, pytest.mark.pages_unwatched]

GIVEN = {"scope": "unit", "way": "meeting", "published_on": "2011-06-01"}
TODAY = date(2011, 6, 1)


@pytest.fixture(autouse=True)
def _today(monkeypatch, now):
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: now)


@pytest.fixture
def page(client, clerk_user):
    """Where a clerk makes reviews of the township known; signs the clerk in."""
    client.force_login(clerk_user)
    return reverse("reviews:publish", args=["cx2011", "first", "T1"])


@pytest.fixture
def three(record):
    return [
        record("village_secretary", "village_member"),
        record("village_secretary", "village_probationer", 1),
        record("t1_leader", "T1-1", 2),
    ]


def made_known(review, units, now):
    return publish(
        unit=units["T1-1"], reviews=[review], by=None, now=now, **{**GIVEN, "published_on": TODAY}
    )


def test_all_reviews_of_the_list_are_published_at_once(client, page, three):
    assert 'name="everything"' in client.get(page).content.decode()
    assert client.post(page, {**GIVEN, "everything": "on"}).status_code == 302
    assert set(Publication.objects.get().reviews.all()) == set(three)


def test_all_of_what_a_search_finds_are_published_and_no_others(client, page, three):
    found = three[0].participant.name
    assert client.post(f"{page}?q={found}", {**GIVEN, "everything": "on"}).status_code == 302
    assert list(Publication.objects.get().reviews.all()) == three[:1]


def test_those_already_published_are_left_out_where_only_the_others_are_asked_for(
    client, page, three, units, now
):
    made_known(three[0], units, now)
    assert set(client.get(f"{page}?left=1").context["offer"].listing.page) == set(three[1:])
    client.post(f"{page}?left=1", {**GIVEN, "everything": "on"})
    assert set(Publication.objects.latest("pk").reviews.all()) == set(three[1:])
    assert "都已通报" in client.get(f"{page}?left=1").content.decode()


def test_who_publishes_all_is_told_where_one_was_published_meanwhile(
    client, page, three, units, now
):
    offered = client.get(f"{page}?left=1")
    seen = offered.context["deed"].edits.version
    shown = [review.pk for review in three]
    made_known(three[0], units, now)
    sent = {**GIVEN, "everything": "on", "seen": seen, "shown": shown}
    answer = client.post(f"{page}?left=1", sent)
    assert answer.status_code == 422
    assert three[0].participant.name in answer.content.decode()
    assert Publication.objects.count() == 1


@pytest.mark.parametrize(
    "address",
    [
        reverse("reviews:ledger", args=["cx2011"]),
        reverse("reviews:published", args=["cx2011"]),
        reverse("reviews:coverage-unit", args=["cx2011", "first", "T1"]),
        reverse("web:unit", args=["cx2011", "first", "T1"]),
    ],
)
def test_publishing_is_reached_from_the_pages_where_it_is_looked_for(
    address, client, page, three, member_user
):
    assert f'href="{page}?left=1"' in client.get(address).content.decode()
    client.force_login(member_user)
    assert "/publish/" not in client.get(address).content.decode()


def test_the_ledger_leads_to_the_unit_and_round_that_it_shows(client, page, three):
    ledger = reverse("reviews:ledger", args=["cx2011"])
    shown = client.get(f"{ledger}?unit=T1-1&round=first").content.decode()
    there = reverse("reviews:publish", args=["cx2011", "first", "T1-1"])
    assert f'href="{there}?left=1"' in shown


def test_what_is_not_made_known_yet_stands_in_the_worklist_until_it_is(
    branch_secretary_user, first_round, three, units, now
):
    def lines():
        found = worklist(branch_secretary_user, first_round, TODAY).owed
        return [(item.what, item.for_whom, item.due_on) for item in found if "left=1" in item.url]

    assert lines() == [("通报 3 条点评", "柳湾村党支部", date(2011, 6, 30))]
    for review in three:
        made_known(review, units, now)
    assert lines() == []


def test_the_office_is_not_asked_to_make_known_what_its_branches_do(
    office_user, member_user, first_round, three
):
    for user in (office_user, member_user):
        found = worklist(user, first_round, TODAY).owed
        assert not [item for item in found if "left=1" in item.url]
