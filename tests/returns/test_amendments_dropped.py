"""An amendment that was begun is given up: what was accepted stands, and all of it can be read."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from pingyi.campaigns.queries import pack_of
from pingyi.ledger.queries import lines_about
from pingyi.returns.models import Version
from pingyi.returns.queries.returns import accepted_in, return_of, sent_back_cells
from tests.at_once import refused
from tests.returns.desk import RURAL, WHY, Desk, Words, county, town

__all__ = ["county", "town"]


@pytest.fixture
def amended(town: Desk, county: Desk) -> Desk:
    """Accepted, then sealed anew with another figure."""
    town.sealed()
    town.submit(table="annex3")
    county.accept(table="annex3")
    town.correct(cell=RURAL, said=2, reason=WHY)
    town.sealed(cause=WHY)
    return town


def test_the_accepted_version_stands_again(amended: Desk) -> None:
    later = Desk(amended.round, amended.unit, amended.now + timedelta(days=1), amended.by)
    sealed = Version.objects.get(number=2)
    stands = later.drop(table="annex3", number=2)
    row = return_of(amended.round, amended.unit, "annex3")
    assert row is not None
    assert (row.state, row.latest, row.accepted) == ("accepted", row.accepted, row.accepted)
    assert (stands, stands.number) == (row.accepted, 1)
    kept = Version.objects.get(number=2)
    assert (kept.dropped_at, kept.dropped_by) == (later.now, amended.by)
    assert (kept.content, kept.digest) == (sealed.content, sealed.digest)
    line = lines_about("T1 first annex3").first()
    assert line is not None
    assert line.kind == "return.dropped"
    body = json.loads(line.body.content)
    assert (body["version"], body["digest"], body["accepted"]) == (2, kept.digest, 1)


def test_what_is_amended_later_is_another_version_with_its_cause(
    amended: Desk, county: Desk
) -> None:
    amended.drop(table="annex3")
    with refused("reason_says_nothing"):
        amended.sealed()
    assert amended.sealed(cause=WHY).number == 3
    amended.submit(table="annex3", number=3)
    assert county.accept(table="annex3").number == 3
    plan = next(each for each in pack_of(amended.round.campaign).tables if each.code == "annex3")
    row = return_of(amended.round, amended.unit, "annex3")
    assert row is not None
    assert accepted_in(row, plan) is None
    assert row.accepted == row.latest


def test_one_that_was_sent_back_is_given_up(amended: Desk, county: Desk) -> None:
    amended.submit(table="annex3")
    county.send_back(table="annex3", remarks={RURAL: WHY})
    stands = amended.drop(table="annex3", number=2)
    row = return_of(amended.round, amended.unit, "annex3")
    assert row is not None
    assert (row.state, row.latest, row.accepted) == ("accepted", stands, stands)
    assert sent_back_cells(row) is None
    kept = Version.objects.get(number=2)
    assert (kept.answer, kept.dropped_by) == ("sent_back", amended.by)
    # What came back and was never accepted is not given up.
    amended.sealed("annex1")
    amended.submit(table="annex1")
    county.send_back(table="annex1", remarks={"": WHY})
    with refused("no_amendment"):
        amended.drop(table="annex1")


def test_what_was_sent_back_of_it_is_over_as_well(amended: Desk, county: Desk) -> None:
    amended.submit(table="annex3")
    county.send_back(table="annex3", remarks={RURAL: WHY})
    amended.sealed(cause=WHY, words=Words())
    row = return_of(amended.round, amended.unit, "annex3")
    assert row is not None
    assert sent_back_cells(row)
    amended.drop(table="annex3")
    amended.sealed(cause=WHY)
    row = return_of(amended.round, amended.unit, "annex3")
    assert row is not None
    assert sent_back_cells(row) is None
    amended.correct(cell="annex3.total.government", said=1, reason=WHY)


def test_only_an_amendment_that_was_not_sent_is_dropped_and_by_the_unit(
    amended: Desk, county: Desk
) -> None:
    with refused("not_the_sender"):
        county.drop(table="annex3")
    with refused("another_version"):
        amended.drop(table="annex3", number=1)
    amended.submit(table="annex3")
    with refused("not_in_this_state"):
        amended.drop(table="annex3")
    amended.sealed("annex2")
    with refused("no_amendment"):
        amended.drop(table="annex2")


def test_a_version_that_was_sent_is_never_called_dropped(amended: Desk) -> None:
    with pytest.raises(IntegrityError, match="dropped"):
        Version.objects.filter(number=1).update(dropped_at=amended.now)


def test_whoever_began_one_sees_the_home_page(
    amended: Desk, county: Desk, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was sent in time and is to be sent again is neither late nor done."""
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: amended.now)
    assert amended.by is not None
    client.force_login(amended.by)
    amended.sealed("annex1", words=Words())
    amended.submit(table="annex1")
    county.send_back(table="annex1", remarks={"": WHY})
    page = client.get("/")
    assert page.status_code == 200
    assert "/tables/cx2011/first/T1/" in page.content.decode()


@pytest.mark.parametrize("is_sent_back", [False, True])
def test_what_was_accepted_is_not_offered_to_be_waived(
    amended: Desk, county: Desk, client: Client, *, is_sent_back: bool
) -> None:
    if is_sent_back:
        amended.submit(table="annex3")
        county.send_back(table="annex3", remarks={RURAL: WHY})
    client.force_login(county.by)
    where = [amended.round.campaign.code, amended.round.code, amended.unit.code]
    page = client.get(reverse("returns:unit", args=where) + "?table=annex3").content.decode()
    assert "/annex3/extend/" in page
    assert "/annex3/waive/" not in page
    with refused("accepted_already"):
        county.waive(table="annex3", reason=WHY)
