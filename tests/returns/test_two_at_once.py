"""Two people at one return: the second waits, and finds what the first one left (PostgreSQL)."""

from datetime import date

import pytest

from pingyi.returns.models import Return, Version
from tests.at_once import AtOnce, refused
from tests.returns.test_the_way_of_a_return import WHY, Desk, county, town

__all__ = ["county", "town"]
UNTIL = date(2011, 7, 5)


@pytest.fixture
def sent(town: Desk) -> Desk:
    town.sealed()
    town.submit(table="annex3")
    return town


@pytest.mark.lock("taking.taken")
@pytest.mark.parametrize(
    ("first", "second"),
    [("accept", "withdraw"), ("withdraw", "accept"), ("accept", "send_back"), ("accept", "accept")],
)
def test_one_of_two_answers_counts(
    at_once: AtOnce, sent: Desk, county: Desk, first: str, second: str
) -> None:
    deeds = {
        "accept": lambda: county.accept(table="annex3"),
        "withdraw": lambda: sent.withdraw(table="annex3"),
        "send_back": lambda: county.send_back(table="annex3", remarks={"": WHY}),
    }
    with refused("not_in_this_state"):
        at_once(deeds[first], deeds[second])


@pytest.mark.lock("taking.taken")
def test_a_return_is_made_once(at_once: AtOnce, town: Desk, county: Desk) -> None:
    """Its deadline is extended at the moment at which it is sealed."""
    at_once(town.sealed, lambda: county.extend(table="annex3", until=UNTIL, reason=WHY))
    found = Return.objects.get()
    assert (found.state, found.extended_to) == ("sealed", UNTIL)


@pytest.mark.lock("taking.taken")
def test_two_seal_one_after_the_other(at_once: AtOnce, town: Desk) -> None:
    at_once(town.sealed, town.sealed)
    assert list(Version.objects.values_list("number", flat=True)) == [1, 2]


@pytest.mark.lock("taking.taken")
def test_sent_while_the_day_is_extended(at_once: AtOnce, town: Desk, county: Desk) -> None:
    town.sealed()
    with refused("not_in_this_state"):
        at_once(
            lambda: town.submit(table="annex3"),
            lambda: county.extend(table="annex3", until=UNTIL, reason=WHY),
        )
